/** Passphrases on a terminal: asked for twice, never shown, and asked for again when the key signs. */
import { cp, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { root } from '../e2e/koo.ts'
import { keys, type Place, place, type Screen, terminal } from './terminal.ts'

const passphrase = 'correct horse'
let here: Place
const opened: Screen[] = []

beforeEach(async () => {
  here = await place()
})
afterEach(async () => {
  for (const each of opened.splice(0)) {
    for (const secret of [passphrase, 'wrong horse']) expect(each.raw()).not.toContain(secret)
    each.close()
  }
  await here.remove()
})

function koo(...args: readonly string[]): Screen {
  const screen = terminal(here, args)
  opened.push(screen)
  return screen
}

const stored = (file: string) => join(here.environment.KOO_DATA ?? '', 'keys', file)

async function generated(): Promise<Screen> {
  const screen = koo('keys', 'generate')
  await screen.see('? Passphrase for the new key:')
  screen.type(passphrase, keys.enter)
  await screen.see('? The same once more:')
  screen.type(passphrase, keys.enter)
  return screen
}

test('a key is protected by what was typed twice', async () => {
  const screen = await generated()
  expect(await screen.ended()).toBe(0)
  expect(screen.text()).toMatch(/✔ The key default is [0-9A-F]{16}/)
  expect(screen.text()).not.toContain('No passphrase protects it')
  expect(screen.cursorVisible()).toBe(true)
  expect((await stat(stored('default.key'))).mode & 0o777).toBe(0o600)
})

test('nothing, and another passphrase the second time, are complained of', async () => {
  const screen = koo('keys', 'generate')
  await screen.see('? Passphrase for the new key:')
  screen.type(keys.enter)
  await screen.see('> A passphrase has at least one character.')
  screen.type(passphrase, keys.enter)
  await screen.see('? The same once more:')
  screen.type('wrong horse', keys.enter)
  await screen.see('> This is not the same')
  screen.type(keys.clearLine, passphrase, keys.enter)
  expect(await screen.ended()).toBe(0)
})

test('Ctrl-C leaves no key', async () => {
  const screen = koo('keys', 'generate')
  await screen.see('? Passphrase for the new key:')
  screen.type('wrong horse', keys.ctrlC)
  expect(await screen.ended()).toBe(130)
  expect(screen.cursorVisible()).toBe(true)
  await expect(readdir(stored(''))).rejects.toThrow('ENOENT')
})

test('signing asks for it, and refuses another', async () => {
  expect(await (await generated()).ended()).toBe(0)
  await cp(join(root, 'examples/license'), join(here.folder, 'fim'), { recursive: true })
  const issue = [
    'license',
    'issue',
    'fim',
    '--customer',
    'Acme',
    '--specification',
    'Enterprise Site',
    '--out',
    'a.jwt',
  ]
  const wrong = koo(...issue)
  await wrong.see('? Passphrase of the key default:')
  wrong.type('wrong horse', keys.enter)
  expect(await wrong.ended()).toBe(3)
  expect(wrong.text()).toContain('error: The passphrase does not open the key default')
  const right = koo(...issue)
  await right.see('? Passphrase of the key default:')
  right.type(passphrase, keys.enter)
  expect(await right.ended()).toBe(0)
  expect(await readFile(join(here.folder, 'a.jwt'), 'utf8')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
})
