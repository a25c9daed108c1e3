/** Changes below a folder are seen however they come about, in any order, also of what was not there at first. */
import { appendFile, cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { changesBelow } from '../../src/adapters/file-changes.ts'

let home: string
let stop: AbortController
let changes: AsyncIterator<void>
let next: Promise<IteratorResult<void>>
const own = new Map<string, number>()
const at = (...path: readonly string[]): string => join(home, ...path)

function follow(...folders: readonly string[]): void {
  changes = changesBelow(folders, stop.signal, own)[Symbol.asyncIterator]()
  next = changes.next()
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'koo-changes-'))
  stop = new AbortController()
  own.clear()
  await mkdir(at('top/shop/docs'), { recursive: true })
  await writeFile(at('top/shop/koo.yaml'), 'a')
  follow(at('top'))
})
afterEach(async () => {
  stop.abort()
  await next
  await rm(home, { recursive: true })
})

const quiet = Symbol('quiet')

/** Nothing is under way any more: whatever comes next was not there before. */
async function settled(): Promise<void> {
  while ((await Promise.race([next, sleep(250, quiet)])) !== quiet) next = changes.next()
}

async function seen(act: () => Promise<unknown>): Promise<void> {
  await settled()
  await act()
  expect(await next).toEqual({ done: false, value: undefined })
  next = changes.next()
}

async function unseen(act: () => Promise<unknown>): Promise<void> {
  await settled()
  await act()
  expect(await Promise.race([next, sleep(700, quiet)])).toBe(quiet)
}

const file = () => at('top/shop/koo.yaml')
const inPlace = () => writeFile(file(), `${Math.random()}`)
async function renamedOver(): Promise<void> {
  await writeFile(`${file()}.tmp`, 'renamed')
  await rename(`${file()}.tmp`, file())
}
async function fromOutside(): Promise<void> {
  await writeFile(at('elsewhere'), 'outside')
  await rename(at('elsewhere'), file())
}
async function againThere(): Promise<void> {
  await rm(file())
  await writeFile(file(), 'again')
}
const ways = { inPlace, renamedOver, fromOutside, againThere }

describe.each(Object.entries(ways))('a file after a change by %s', (_name, first) => {
  test.each(Object.entries(ways))('is seen to change by %s', async (_second, second) => {
    await seen(first)
    await seen(second)
    await seen(inPlace)
  })
})

test('a file that is gone, and one that is back', async () => {
  await seen(() => rm(file()))
  await seen(() => writeFile(file(), 'back'))
  await seen(() => appendFile(file(), 'more'))
})

test('new folders, also deep ones and those moved in, and what happens inside', async () => {
  await seen(() => mkdir(at('top/new/deep/er'), { recursive: true }))
  await seen(() => writeFile(at('top/new/deep/er/file'), 'a'))
  await seen(() => appendFile(at('top/new/deep/er/file'), 'b'))
  await mkdir(at('apart/in'), { recursive: true })
  await seen(() => rename(at('apart'), at('top/shop/moved')))
  await seen(() => writeFile(at('top/shop/moved/in/file'), 'a'))
})

test('a folder that is deleted and copied back, and one that takes the name of another', async () => {
  await cp(at('top/shop'), at('kept'), { recursive: true })
  for (let times = 0; times < 2; times += 1) {
    await seen(() => rm(at('top/shop'), { recursive: true }))
    await seen(() => cp(at('kept'), at('top/shop'), { recursive: true }))
    await seen(inPlace)
  }
  // At once, so that nobody sees that it was gone.
  await seen(async () => {
    await rm(at('top/shop'), { recursive: true })
    await cp(at('kept'), at('top/shop'), { recursive: true })
  })
  await seen(() => writeFile(at('top/shop/docs/file'), 'a'))
  await cp(at('kept'), at('other'), { recursive: true })
  await seen(async () => {
    await rename(at('top/shop'), at('top/before'))
    await rename(at('other'), at('top/shop'))
  })
  await seen(inPlace)
  await seen(() => writeFile(at('top/before/docs/file'), 'b'))
})

test('the folder at the top itself, gone, back, and replaced together with what holds it', async () => {
  await cp(at('top'), at('kept'), { recursive: true })
  await seen(() => rm(at('top'), { recursive: true }))
  await seen(() => cp(at('kept'), at('top'), { recursive: true }))
  await seen(inPlace)
  // So soon that it is given the number of the one before.
  for (let times = 0; times < 5; times += 1) {
    await seen(async () => {
      await rm(at('top'), { recursive: true })
      await sleep(130)
      await cp(at('kept'), at('top'), { recursive: true })
    })
    await settled()
    await sleep(550)
    await seen(inPlace)
  }
  stop.abort()
  await next
  stop = new AbortController()
  follow(at('deep/top'))
  await seen(() => cp(at('kept'), at('deep/top'), { recursive: true }))
  await cp(at('kept'), at('second/top'), { recursive: true })
  await seen(async () => {
    await rename(at('deep'), at('first'))
    await rename(at('second'), at('deep'))
  })
  await seen(() => writeFile(at('deep/top/shop/koo.yaml'), 'b'))
})

test('a file elsewhere that a link leads to', async () => {
  await writeFile(at('shared.yaml'), 'a')
  await seen(() => symlink(at('shared.yaml'), at('top/shop/linked.yaml')))
  await seen(() => appendFile(at('shared.yaml'), 'b'))
  await writeFile(at('shared.yaml.tmp'), 'c')
  await seen(() => rename(at('shared.yaml.tmp'), at('shared.yaml')))
  await seen(() => appendFile(at('shared.yaml'), 'd'))
  await unseen(() => writeFile(at('beside.yaml'), 'e'))
})

test('what others keep there, and what koo itself wrote, is no change', async () => {
  await unseen(() => cp(at('top/shop'), at('top/node_modules/shop'), { recursive: true }))
  await unseen(() => writeFile(at('top/node_modules/shop/koo.yaml'), 'b'))
  own.set(file(), Date.now() + 60_000)
  await unseen(renamedOver)
  own.clear()
  await seen(inPlace)
})
