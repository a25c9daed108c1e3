/** `koo keys` and `koo license` as a seller runs them: exit codes, modes of files, and no secret in any output. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { seedOf } from '../../src/signing/ed25519.ts'
import { readSecretKey } from '../../src/signing/secret-key.ts'
import { edit, openShop, type Run, type Shop } from '../e2e/koo.ts'
import { runs, testWith } from '../e2e/programs.ts'

const passphrase = 'correct horse battery'
const protectedBy = { KOO_SIGNING_PASSPHRASE: passphrase }

let shop: Shop
/** Everything koo printed. */
let printed = ''
/** What must never be in it. */
const secrets: string[] = [passphrase]

beforeAll(async () => {
  shop = await openShop()
  await koo('keys', 'generate', 'plain', '--no-passphrase')
  await kooWith(protectedBy, 'keys', 'generate', 'locked')
  for (const name of ['plain', 'locked']) {
    const text = readFileSync(stored(`${name}.key`), 'utf8')
    const { privateKey } = await readSecretKey(text, name).open(passphrase)
    const seed = Buffer.from(seedOf(privateKey))
    secrets.push(text.split('\n')[1] ?? '', seed.toString('hex'), seed.toString('base64'), seed.toString('base64url'))
  }
})
afterEach(() => {
  for (const secret of secrets) expect(printed).not.toContain(secret)
})
afterAll(() => shop.close())

const stored = (file: string) => join(shop.folder, '../data/koo/keys', file)
const there = (file: string) => join(shop.folder, file)
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

async function kooWith(environment: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Run> {
  const run = await shop.kooWith(environment, ...argv)
  printed += run.stdout + run.stderr
  return run
}
const koo = (...argv: readonly string[]) => kooWith({}, ...argv)
const json = (text: string) => JSON.parse(text) as Readonly<Record<string, unknown>>

describe('keys', () => {
  test('generate makes two files, the secret one for its owner only', () => {
    for (const name of ['plain', 'locked']) {
      expect(modeOf(stored(`${name}.key`))).toBe('600')
      expect(readFileSync(stored(`${name}.pub`), 'utf8')).toMatch(
        /^untrusted comment: minisign public key [0-9A-F]{16}\nRW/,
      )
    }
  })

  test('generate never overwrites', async () => {
    const before = readFileSync(stored('plain.key'), 'utf8')
    const run = await koo('keys', 'generate', 'plain', '--no-passphrase')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('plain.key is there already')
    expect(readFileSync(stored('plain.key'), 'utf8')).toBe(before)
  })

  test.each([
    [['keys', 'generate'], '--no-passphrase'],
    [['keys', 'generate', '../outside', '--no-passphrase'], 'A key cannot be called'],
    [['keys', 'generate', '.hidden', '--no-passphrase'], 'A key cannot be called'],
    [['keys', 'export'], 'There are several keys'],
    [['keys', 'export', 'plian'], 'Did you mean plain?'],
    [['keys', 'export', 'plain', '--as', 'openpgp'], '--as takes minisign, pem, jwk'],
    [['keys', 'export', 'plain', '--secret'], '--secret needs --out'],
    [['keys', 'export', 'plain', '--secret', '--as', 'pem', '--out', 'x'], 'contradict'],
    [['keys', 'import', 'examples/saas/koo.yaml', '--name', 'x'], 'is no secret key'],
    [['keys', 'import', 'nowhere.key', '--name', 'x'], 'Cannot read nowhere.key'],
    [['license'], 'koo license issue'],
  ])('wrong usage: %j', async (argv, words) => {
    const run = await koo(...argv)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain(words)
    expect(run.stderr).not.toContain('    at ')
  })

  test('list says how each is protected', async () => {
    const { keys } = json((await koo('keys', 'list', '--json')).stdout) as { keys: Readonly<Record<string, unknown>>[] }
    expect(keys).toMatchObject([
      { name: 'locked', protection: 'passphrase', default: false },
      { name: 'plain', protection: 'none', default: false },
    ])
    const text = (await koo('keys')).stdout
    expect(text).toMatch(/^locked +[0-9A-F]{16} +passphrase +RW/m)
    expect(text).toMatch(/^plain +[0-9A-F]{16} +none but the file’s mode +RW/m)
  })

  test('export gives the public half in three forms, alone', async () => {
    expect((await koo('keys', 'export', 'plain')).stdout).toBe(readFileSync(stored('plain.pub'), 'utf8'))
    expect((await koo('keys', 'export', 'plain', '--as', 'pem')).stdout).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
    const jwk = json((await koo('keys', 'export', 'plain', '--as', 'jwk')).stdout)
    expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519' })
    expect(jwk).not.toHaveProperty('d')
    expect(json((await koo('keys', 'export', 'plain', '--json')).stdout)).toMatchObject({ format: 1, key_id: jwk.kid })
  })

  test('export --secret goes to a file only, for its owner only, over whatever is there', async () => {
    writeFileSync(there('backup.key'), 'old', { mode: 0o644 })
    expect(await koo('keys', 'export', 'locked', '--secret', '--out', 'backup.key', '--json')).toMatchObject({
      code: 0,
    })
    expect(modeOf(there('backup.key'))).toBe('600')
    expect(readFileSync(there('backup.key'), 'utf8')).toBe(readFileSync(stored('locked.key'), 'utf8'))
  })

  test('import takes back what was exported, and wants its passphrase', async () => {
    await koo('keys', 'export', 'locked', '--secret', '--out', 'again.key')
    const wrong = await kooWith({ KOO_SIGNING_PASSPHRASE: 'wrong' }, 'keys', 'import', 'again.key', '--name', 'again')
    expect(wrong).toMatchObject({ code: 3, stdout: '' })
    expect(await koo('keys', 'import', 'again.key', '--name', 'again')).toMatchObject({ code: 3, stdout: '' })
    expect(existsSync(stored('again.key'))).toBe(false)
    expect(await kooWith(protectedBy, 'keys', 'import', 'again.key', '--name', 'again')).toMatchObject({ code: 0 })
    expect(modeOf(stored('again.key'))).toBe('600')
    expect(readFileSync(stored('again.pub'), 'utf8')).toBe(readFileSync(stored('locked.pub'), 'utf8'))
  })

  testWith('minisign', ['-v'])('minisign signs with an exported key, and koo imports one of its', async () => {
    await koo('keys', 'export', 'locked', '--secret', '--out', 'm.key')
    await koo('keys', 'export', 'locked', '--out', 'm.pub')
    const minisign = (...args: readonly string[]) => runs('minisign', args, shop.folder, `${passphrase}\n`)
    expect(minisign('-S', '-s', 'm.key', '-m', 'examples/saas/koo.yaml')).toMatchObject({ code: 0 })
    expect(minisign('-V', '-p', 'm.pub', '-m', 'examples/saas/koo.yaml')).toMatchObject({ code: 0 })
    expect(minisign('-G', '-W', '-p', 'theirs.pub', '-s', 'theirs.key')).toMatchObject({ code: 0 })
    expect(await koo('keys', 'import', 'theirs.key', '--name', 'theirs', '--no-passphrase')).toMatchObject({ code: 0 })
    expect((await koo('keys', 'export', 'theirs')).stdout).toBe(readFileSync(there('theirs.pub'), 'utf8'))
  })
})

describe('license', () => {
  const issue = ['license', 'issue', 'examples/license', '--customer', 'Acme Ltd']
  const site = [...issue, '--specification', 'Enterprise Site']

  test('is printed alone, and holds', async () => {
    const run = await koo(...site, '--key', 'plain')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(await shop.kooReading(run.stdout, 'license', 'verify', '-')).toMatchObject({ code: 0 })
  })

  test('is written to a file, with a summary', async () => {
    const term = ['--specification', 'Standard, 25 hosts', '--from', '2027-01-01', '--until', '2027-12-31']
    const run = await koo(...issue, ...term, '--quantity', 'hosts=25', '--key', 'plain', '--out', 'acme.jwt')
    expect(run).toMatchObject({ code: 0 })
    expect(run.stdout).toMatch(/✔ Wrote acme\.jwt\n[\s\S]*customer +Acme Ltd\n[\s\S]*ends +2028-01-01 00:00:00 UTC\n/)
    const verify = ['license', 'verify', 'acme.jwt', '--at']
    expect(await koo(...verify, '2027-12-31T23:59:59Z', '--product', 'plumbline-fim')).toMatchObject({ code: 0 })
    const wrong = await koo(...verify, '2028-01-01', '--product', 'other', '--hardware-id', 'X', '--json')
    expect(wrong.code).toBe(1)
    expect(json(wrong.stdout)).toMatchObject({
      format: 1,
      file: 'acme.jwt',
      valid: false,
      problems: [{ code: 'expired' }, { code: 'other-product' }, { code: 'other-hardware-id' }],
      claims: { sub: 'Acme Ltd', quantities: { hosts: 25 } },
    })
    expect((await koo(...verify, '2026-12-31')).stdout).toContain('! It does not hold before 2027-01-01 00:00:00 UTC.')
  })

  test('takes the public key as file, text, name, PEM and JWK', async () => {
    await koo(...site, '--key', 'plain', '--out', 'site.jwt')
    await koo('keys', 'export', 'plain', '--as', 'pem', '--out', 'plain.pem')
    await koo('keys', 'export', 'plain', '--as', 'jwk', '--out', 'plain.jwk')
    const line = readFileSync(stored('plain.pub'), 'utf8').split('\n')[1] ?? ''
    const pem = readFileSync(there('plain.pem'), 'utf8')
    for (const key of [stored('plain.pub'), line, 'plain', 'plain.pem', 'plain.jwk', pem]) {
      expect([key, await koo('license', 'verify', 'site.jwt', '--key', key)]).toMatchObject([key, { code: 0 }])
    }
    const other = await koo('license', 'verify', 'site.jwt', '--key', 'locked')
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('The license is signed with the key')
    const secret = await koo('license', 'verify', 'site.jwt', '--key', stored('plain.key'))
    expect(secret).toMatchObject({ code: 2, stdout: '' })
    expect(secret.stderr).toContain('This is a secret key')
    expect(await koo('license', 'verify', 'site.jwt', '--key', 'nowhere.pub')).toMatchObject({ code: 2 })
  })

  test('a passphrase that is wrong or missing ends with 3', async () => {
    for (const environment of [{}, { KOO_SIGNING_PASSPHRASE: 'a wrong one' }]) {
      const run = await kooWith(environment, ...site, '--key', 'locked')
      expect(run).toMatchObject({ code: 3, stdout: '' })
    }
    expect(await kooWith(protectedBy, ...site, '--key', 'locked')).toMatchObject({ code: 0 })
  })

  test('KOO_SIGNING_KEY signs where no key is named', async () => {
    const text = readFileSync(stored('locked.key'), 'utf8')
    const alone = { KOO_DATA: there('nothing'), KOO_SIGNING_KEY: text, ...protectedBy }
    const run = await kooWith(alone, ...site, '--json')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const locked = json((await koo('keys', 'export', 'locked', '--json')).stdout)
    expect(json(run.stdout)).toMatchObject({ key_id: locked.key_id })
    const damaged = await kooWith({ ...alone, KOO_SIGNING_KEY: text.slice(0, -20) }, ...site)
    expect(damaged).toMatchObject({ code: 2, stdout: '' })
    const none = await kooWith({ KOO_DATA: there('nothing') }, ...site)
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('koo keys generate')
  })

  test('is bound to what the manifest says', async () => {
    await edit(there('examples/license/koo.yaml'), 'kind: license-file', 'kind: hardware-id')
    expect((await koo(...site, '--key', 'plain')).stderr).toContain('--hardware-id is missing')
    await koo(...site, '--key', 'plain', '--hardware-id', '4C4C-0042', '--out', 'bound.jwt')
    await edit(there('examples/license/koo.yaml'), 'kind: hardware-id', 'kind: license-file')
    const verify = ['license', 'verify', 'bound.jwt', '--hardware-id']
    expect(await koo(...verify, '4C4C-0042')).toMatchObject({ code: 0 })
    expect((await koo(...verify, '4C4C-0043')).stdout).toContain('bound to the hardware id 4C4C-0042, not to 4C4C-0043')
  })

  test('is for one product that has licenses, with a sound manifest', async () => {
    const run = await koo('license', 'issue', 'examples', '--customer', 'Acme', '--key', 'plain')
    expect(run.stderr).toContain('A license is for one product')
    const saas = await koo('license', 'issue', 'examples/saas', '--customer', 'Acme', '--key', 'plain')
    expect(saas.stderr).toContain('its delivery method, SaaS, has no authorization')
    for (const each of [run, saas]) expect(each).toMatchObject({ code: 2, stdout: '' })
    await edit(there('examples/license/koo.yaml'), 'version: V2.1', 'version: 2.1')
    expect(await koo(...site, '--key', 'plain')).toMatchObject({ code: 1 })
    await edit(there('examples/license/koo.yaml'), 'version: 2.1', 'version: V2.1')
  })

  test('of a stranger’s key is no verdict', async () => {
    const token = (await koo(...site, '--key', 'plain')).stdout
    writeFileSync(there('strange.jwt'), token)
    const run = await kooWith({ KOO_DATA: there('nothing') }, 'license', 'verify', 'strange.jwt')
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('--key FILE')
  })
})
