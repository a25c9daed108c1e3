/** `koo keys` and `koo license` as a seller runs them: exit codes, modes of files, and no secret in any output. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { seedOf } from '../../src/signing/ed25519.ts'
import { readSecretKey } from '../../src/signing/secret-key.ts'
import { runKoo } from '../commands/in-process.ts'
import { edit, openShop, type Run, type Shop } from '../e2e/koo.ts'
import { runs, testWith } from '../e2e/programs.ts'

const passphrase = 'correct horse battery'
const protectedBy = { KOO_SIGNING_PASSPHRASE: passphrase }

const minisigns = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/minisign.json'), 'utf8')) as {
  readonly passphrase: string
  /** Opened in a tenth of a second, where koo's own take a whole one. */
  readonly light: { readonly secret: string; readonly public: string; readonly keyId: string }
}
const lightSecret = minisigns.light.secret

let shop: Shop
/** Everything koo printed. */
let printed = ''
/** What must never be in it. */
const secrets: string[] = [passphrase, minisigns.passphrase, lightSecret.split('\n')[1] ?? '']

beforeAll(async () => {
  shop = await openShop()
  await really('keys', 'generate', 'plain', '--no-passphrase')
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

const data = () => join(shop.folder, '../data/koo')
const stored = (file: string) => join(data(), 'keys', file)
const there = (file: string) => join(shop.folder, file)
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

const told = (run: Run): Run => {
  printed += run.stdout + run.stderr
  return run
}
async function kooWith(environment: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Run> {
  const call = { folder: shop.folder, environment: { KOO_DATA: data(), ...environment } }
  return told(await runKoo(call, ...argv))
}
/** As a process of its own, which finds its data folder by itself. */
const really = async (...argv: readonly string[]) => told(await shop.koo(...argv))
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
    [['keys', 'generate', 'x', 'y'], 'See koo keys generate --help.'],
    [['keys', 'export', '--sceret'], 'See koo keys export --help.'],
    [['license', 'issue', '--custmer', 'x'], 'See koo license issue --help.'],
    [['license', 'verify'], 'See koo license verify --help.'],
    [['keys', '--nothing'], 'See koo keys --help.'],
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

  test('export --secret goes to a file only, for its owner only', async () => {
    const run = await koo('keys', 'export', 'locked', '--secret', '--out', 'backup.key', '--json')
    expect(run).toMatchObject({ code: 0 })
    expect(modeOf(there('backup.key'))).toBe('600')
    expect(readFileSync(there('backup.key'), 'utf8')).toBe(readFileSync(stored('locked.key'), 'utf8'))
  })

  test('export never overwrites, nor through a link, and leaves what is there as it is', async () => {
    writeFileSync(there('other.key'), 'old', { mode: 0o644 })
    symlinkSync(there('other.key'), there('link.key'))
    mkdirSync(there('folder.key'))
    for (const out of ['other.key', 'link.key', 'folder.key', there('other.key')]) {
      for (const how of [['--secret'], [], ['--as', 'pem'], ['--json']]) {
        const run = await koo('keys', 'export', 'plain', ...how, '--out', out)
        expect(run).toMatchObject({ code: 2, stdout: '' })
        expect(run.stderr).toContain('is there already')
      }
    }
    expect(readFileSync(there('other.key'), 'utf8')).toBe('old')
    expect(modeOf(there('other.key'))).toBe('644')
  })

  test('folders made for a secret are for its owner only, whatever the umask; those made for others are not', async () => {
    const before = process.umask(0)
    try {
      const KOO_DATA = there('new/data')
      expect(await kooWith({ KOO_DATA }, 'keys', 'generate', '--no-passphrase')).toMatchObject({ code: 0 })
      await koo('keys', 'export', 'plain', '--secret', '--out', 'secret/folder/plain.key')
      await koo('keys', 'export', 'plain', '--out', 'public/plain.pub')
    } finally {
      process.umask(before)
    }
    for (const folder of ['new', 'new/data', 'new/data/keys', 'secret', 'secret/folder']) {
      expect([folder, modeOf(there(folder))]).toEqual([folder, '700'])
    }
    expect(modeOf(there('new/data/keys/default.key'))).toBe('600')
    expect(modeOf(there('public'))).toBe('777')
  })

  test('import takes what minisign made, and wants its passphrase', async () => {
    writeFileSync(there('light.key'), lightSecret)
    const importing = ['keys', 'import', 'light.key', '--name', 'light']
    const wrong = await kooWith({ KOO_SIGNING_PASSPHRASE: 'wrong' }, ...importing)
    expect(wrong).toMatchObject({ code: 3, stdout: '' })
    expect(await koo(...importing)).toMatchObject({ code: 3, stdout: '' })
    expect(existsSync(stored('light.key'))).toBe(false)
    const opened = { KOO_SIGNING_PASSPHRASE: minisigns.passphrase }
    expect(await kooWith(opened, ...importing)).toMatchObject({ code: 0 })
    expect(modeOf(stored('light.key'))).toBe('600')
    expect(readFileSync(stored('light.pub'), 'utf8')).toBe(minisigns.light.public)
    const { keys } = json((await koo('keys', 'list', '--json')).stdout) as { keys: readonly unknown[] }
    expect(keys).toContainEqual(expect.objectContaining({ name: 'light', protection: 'passphrase' }))
    for (const half of ['light.key', 'light.pub']) rmSync(stored(half))
  })

  test('import takes back what was exported', async () => {
    await koo('keys', 'export', 'plain', '--secret', '--out', 'again.key')
    expect(await koo('keys', 'import', 'again.key', '--name', 'again', '--no-passphrase')).toMatchObject({ code: 0 })
    for (const half of ['key', 'pub']) {
      expect(readFileSync(stored(`again.${half}`), 'utf8')).toBe(readFileSync(stored(`plain.${half}`), 'utf8'))
      rmSync(stored(`again.${half}`))
    }
  })

  testWith('minisign', ['-v'])('minisign signs with an exported key, and koo imports one of its', async () => {
    await koo('keys', 'export', 'plain', '--secret', '--out', 'm.key')
    await koo('keys', 'export', 'plain', '--out', 'm.pub')
    const minisign = (...args: readonly string[]) => runs('minisign', args, shop.folder, '\n')
    expect(minisign('-S', '-s', 'm.key', '-m', 'examples/saas/koo.yaml')).toMatchObject({ code: 0 })
    expect(minisign('-V', '-p', 'm.pub', '-m', 'examples/saas/koo.yaml')).toMatchObject({ code: 0 })
    expect(minisign('-G', '-W', '-p', 'theirs.pub', '-s', 'theirs.key')).toMatchObject({ code: 0 })
    expect(await koo('keys', 'import', 'theirs.key', '--name', 'theirs', '--no-passphrase')).toMatchObject({ code: 0 })
    // Its comment is not compared: minisign 0.11 leaves zeros at the start of a key id out.
    const line = readFileSync(there('theirs.pub'), 'utf8').split('\n')[1] ?? 'none'
    expect((await koo('keys', 'export', 'theirs')).stdout.split('\n')[1]).toBe(line)
  })
})

describe('license', () => {
  const issue = ['license', 'issue', 'examples/license', '--customer', 'Acme Ltd']
  const site = [...issue, '--specification', 'Enterprise Site']

  test('is printed alone, and holds', async () => {
    const run = await really(...site, '--key', 'plain')
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

  test('a quantity is a whole number of at least 1, under any name where the product declares none', async () => {
    for (const number of ['0', '1.5', '-1']) {
      const run = await koo(...site, '--quantity', `hosts=${number}`, '--key', 'plain')
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toContain('a whole number of at least 1')
    }
    const run = await koo(...site, '--quantity', 'hosts=250', '--quantity', 'whatever=1', '--key', 'plain', '--json')
    expect(json(run.stdout)).toMatchObject({ claims: { quantities: { hosts: 250, whatever: 1 } } })
  })

  test('KOO_SIGNING_KEY signs where no key is named; a passphrase that is wrong or missing ends with 3', async () => {
    const alone = { KOO_DATA: there('nothing'), KOO_SIGNING_KEY: lightSecret }
    for (const environment of [alone, { ...alone, KOO_SIGNING_PASSPHRASE: 'a wrong one' }]) {
      expect(await kooWith(environment, ...site)).toMatchObject({ code: 3, stdout: '' })
    }
    const opened = { ...alone, KOO_SIGNING_PASSPHRASE: minisigns.passphrase }
    const run = await kooWith(opened, ...site, '--json')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(json(run.stdout)).toMatchObject({ key_id: minisigns.light.keyId })
    const damaged = await kooWith({ ...opened, KOO_SIGNING_KEY: lightSecret.slice(0, -20) }, ...site)
    expect(damaged).toMatchObject({ code: 2, stdout: '' })
    const none = await kooWith({ KOO_DATA: there('nothing') }, ...site)
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('koo keys generate')
  })

  test('a key of the seller’s that a passphrase protects signs with it, and not without', async () => {
    expect(await koo(...site, '--key', 'locked')).toMatchObject({ code: 3, stdout: '' })
    expect(await kooWith(protectedBy, ...site, '--key', 'locked')).toMatchObject({ code: 0 })
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
