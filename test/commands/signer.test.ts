/** Which key signs, and which is checked with: by name, by default, from the environment, or given. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { keepKey } from '../../src/commands/key-store.ts'
import { knownKey, signerFor } from '../../src/commands/signer.ts'
import type { World } from '../../src/ports.ts'
import { checkSignature, publicKeyFile, publicKeyLine, readSignature } from '../../src/signing/minisign.ts'
import { secretKeyFile, secretKeyOf } from '../../src/signing/secret-key.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()
const digest = createHash('blake2b512').update('a file').digest()
const [seller, ci, stranger] = ['seller', 'ci', 'stranger'].map((name) => secretKeyOf(hash(name)))
if (seller === undefined || ci === undefined || stranger === undefined) throw new Error('three keys were made')

/** What minisign made; `light` has a passphrase that opens it in a tenth of a second. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/minisign.json'), 'utf8')) as {
  readonly passphrase: string
  readonly light: { readonly secret: string; readonly public: string; readonly keyId: string }
}

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'koo-signer-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

function world(environment: World['environment'] = {}): World {
  const part: Partial<World> = {
    files: nodeFiles(data, () => 'temporary'),
    randomness: { uuid: () => 'u', hex: (bytes) => 'ab'.repeat(bytes) },
    terminal: { asks: false },
    environment,
    folders: async () => ({ data, cache: data }),
  }
  return part as World
}

/** Keeps the key of minisign's under a name, as `koo keys import` would, without the scrypt. */
async function storeLight(name: string) {
  const { light } = vectors
  await mkdir(join(data, 'keys'), { recursive: true })
  await writeFile(join(data, `keys/${name}.key`), light.secret)
  await writeFile(join(data, `keys/${name}.pub`), light.public)
  return light
}

test('nothing signs unless it is asked for, or KOO_SIGNING_KEY is set', async () => {
  await keepKey(world(), 'seller', seller, undefined)
  expect(await signerFor(world(), undefined)).toBeUndefined()
  expect(await signerFor(world({ KOO_SIGNING_KEY: '' }), undefined)).toBeUndefined()
  const KOO_SIGNING_KEY = await secretKeyFile(ci, undefined, hash('salt'))
  expect((await signerFor(world({ KOO_SIGNING_KEY }), undefined))?.keyId).toBe(ci.keyId)
  expect((await signerFor(world({ KOO_SIGNING_KEY }), true))?.keyId).toBe(ci.keyId)
  expect((await signerFor(world({ KOO_SIGNING_KEY }), 'seller'))?.keyId).toBe(seller.keyId)
})

test('the only key signs, else the default one, else one has to be named', async () => {
  await expect(signerFor(world(), true)).rejects.toMatchObject({ exit: 'usage', code: 'no-key' })
  await expect(signerFor(world(), 'seller')).rejects.toMatchObject({
    exit: 'usage',
    hint: expect.stringContaining('`koo keys list`'),
  })
  await keepKey(world(), 'seller', seller, undefined)
  expect((await signerFor(world(), true))?.keyId).toBe(seller.keyId)
  await keepKey(world(), 'ci', ci, undefined)
  await expect(signerFor(world(), true)).rejects.toMatchObject({ exit: 'usage', hint: 'There are: ci, seller.' })
  await keepKey(world(), 'default', stranger, undefined)
  expect((await signerFor(world(), true))?.keyId).toBe(stranger.keyId)
  await expect(signerFor(world(), 'sellre')).rejects.toMatchObject({
    exit: 'usage',
    hint: 'Did you mean seller? `koo keys list` shows them.',
  })
})

test('a PEM in KOO_SIGNING_KEY signs with the id its key has in the store', async () => {
  const KOO_SIGNING_KEY = seller.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const signer = await signerFor(world({ KOO_SIGNING_KEY }), undefined)
  const signature = readSignature(signer?.sign(digest, 'file:f') ?? '')
  await keepKey(world(), 'seller', seller, undefined)
  const key = await knownKey(world(), undefined, signature.keyId)
  expect(key && checkSignature(signature, key, digest)).toBe('valid')
})

test('a passphrase comes from the environment, and is wanted before anything else', async () => {
  const light = await storeLight('seller')
  const wrong = { exit: 'credentials', code: 'wrong-passphrase' }
  await expect(signerFor(world(), 'seller')).rejects.toMatchObject({ exit: 'credentials', code: 'no-passphrase' })
  await expect(signerFor(world({ KOO_SIGNING_PASSPHRASE: 'horse' }), 'seller')).rejects.toMatchObject(wrong)
  expect((await signerFor(world({ KOO_SIGNING_PASSPHRASE: vectors.passphrase }), 'seller'))?.keyId).toBe(light.keyId)
})

test('a key to check with is one of the seller’s, or given', async () => {
  const light = await storeLight('light')
  expect(await knownKey(world(), undefined, light.keyId)).toMatchObject({ keyId: light.keyId })
  await keepKey(world(), 'seller', seller, undefined)
  expect(await knownKey(world(), undefined, seller.keyId)).toMatchObject({ keyId: seller.keyId })
  expect(await knownKey(world(), undefined, stranger.keyId)).toBeUndefined()
  const KOO_SIGNING_KEY = await secretKeyFile(ci, undefined, hash('salt'))
  expect(await knownKey(world({ KOO_SIGNING_KEY }), undefined, ci.keyId)).toMatchObject({ keyId: ci.keyId })
  await writeFile(join(data, 'their.pub'), publicKeyFile(stranger.publicKey))
  for (const given of ['their.pub', join(data, 'their.pub'), publicKeyLine(stranger.publicKey)]) {
    // Whatever the signature says of itself.
    expect(await knownKey(world(), given, seller.keyId)).toMatchObject({ keyId: stranger.keyId })
  }
  await expect(knownKey(world(), 'nothing', seller.keyId)).rejects.toMatchObject({ exit: 'usage', code: 'no-key' })
})
