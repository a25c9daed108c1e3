/** Which flags of `koo pack` sign a bundle, and with which key. */
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { root } from '../e2e/koo.ts'
import { runKoo } from './in-process.ts'

const bundle = 'dist/plumbline-fim_V2-1.tar.gz'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-pack-sign-'))
  await cp(join(root, 'examples/license'), join(folder, 'license'), { recursive: true })
  for (const name of ['default', 'seller']) await koo('keys', 'generate', name, '--no-passphrase')
})
beforeEach(() => rm(join(folder, 'dist'), { recursive: true, force: true }))
afterAll(() => rm(folder, { recursive: true, force: true }))

const there = (file: string) => join(folder, file)
const kooWith = (environment: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  runKoo({ folder, environment: { KOO_DATA: there('data'), ...environment } }, ...argv)
const koo = (...argv: readonly string[]) => kooWith({}, ...argv)
const packing = ['pack', 'license', '--scan', 'off']

async function keyId(name: string): Promise<string> {
  const { stdout } = await koo('keys', 'export', name, '--json')
  return (JSON.parse(stdout) as { readonly key_id: string }).key_id
}

/** The id of the key that signed the bundle; undefined where it is not signed. */
async function signedBy(): Promise<string | undefined> {
  expect(existsSync(there(bundle))).toBe(true)
  if (!existsSync(there(`${bundle}.minisig`))) return undefined
  const run = await koo('verify', bundle, '--json')
  expect(run).toMatchObject({ code: 0 })
  const line = (await readFile(there(`${bundle}.minisig`), 'utf8')).split('\n')[1] ?? ''
  return Buffer.from(line, 'base64').subarray(2, 10).reverse().toString('hex').toUpperCase()
}

test.each<[readonly string[], string | undefined]>([
  [[], undefined],
  [['--sign'], 'default'],
  [['--sign-key', 'seller'], 'seller'],
  [['--sign', '--sign-key', 'seller'], 'seller'],
  [['--sign-key', 'seller', '--sign'], 'seller'],
])('%j', async (flags, name) => {
  expect(await koo(...packing, ...flags)).toMatchObject({ code: 0 })
  expect(await signedBy()).toBe(name === undefined ? undefined : await keyId(name))
})

test('--sign-key comes before KOO_SIGNING_KEY, which comes before the default key', async () => {
  const KOO_SIGNING_KEY = await readFile(there('data/keys/seller.key'), 'utf8')
  for (const [flags, name] of [
    [['--sign-key', 'default'], 'default'],
    [['--sign'], 'seller'],
    [[], 'seller'],
  ] as const) {
    await rm(there('dist'), { recursive: true, force: true })
    expect(await kooWith({ KOO_SIGNING_KEY }, ...packing, ...flags)).toMatchObject({ code: 0 })
    expect([flags, await signedBy()]).toEqual([flags, await keyId(name)])
  }
})

test.each([[['--sign-key', 'sellre']], [['--sign', '--sign-key', 'nobody']]])(
  '%j: an unknown name is told, and nothing is written',
  async (flags) => {
    for (const environment of [{}, { KOO_DATA: there('nothing') }]) {
      const run = await kooWith(environment, ...packing, ...flags)
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toContain(`There is no key ${flags.at(-1)}`)
      expect(run.stderr).toContain('`koo keys list`')
      expect(existsSync(there('dist'))).toBe(false)
    }
  },
)

test('--sign without any key says how to make one', async () => {
  const run = await kooWith({ KOO_DATA: there('nothing') }, ...packing, '--sign')
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain('`koo keys generate`')
})
