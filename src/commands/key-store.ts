/** The seller's signing keys in koo's data folder: NAME.key, readable by the user alone, and NAME.pub beside it. */
import { suggest } from '../check/suggest.ts'
import { usage } from '../model/failure.ts'
import type { KeyRow } from '../model/keys.ts'
import type { World } from '../ports.ts'
import { type PublicKey, publicKeyFile, publicKeyLine, readPublicKey, type SecretKey } from '../signing/minisign.ts'
import { readSecretKey, secretKeyFile } from '../signing/secret-key.ts'

export interface StoredKey {
  readonly row: KeyRow
  readonly publicKey: PublicKey
}

/** The one that signs where there are several and none is named. */
export const defaultName = 'default'
/** No key file has more; what is larger is something else. */
export const mostKeyBytes = 16 * 1024
const nameForm = /^[A-Za-z0-9][\w.-]{0,63}$/

async function folderOfKeys(world: World): Promise<string> {
  return world.files.join((await world.folders()).data, 'keys')
}

/** As the user would write it. */
export async function shownFolder(world: World): Promise<string> {
  return world.files.shown(await folderOfKeys(world))
}

async function pathOf(world: World, name: string, half: 'key' | 'pub'): Promise<string> {
  return world.files.join(await folderOfKeys(world), `${name}.${half}`)
}

/** By their names. */
export async function storedKeys(world: World): Promise<readonly StoredKey[]> {
  const folder = await folderOfKeys(world)
  if (!(await world.files.isFolder(folder))) return []
  const names = (await world.files.glob(folder, ['*.pub'], [])).map((file) => file.slice(0, -'.pub'.length))
  const isDefault = (name: string) => names.length === 1 || name === defaultName
  return Promise.all(names.map((name) => storedKeyOf(world, name, isDefault(name))))
}

async function storedKeyOf(world: World, name: string, isDefault: boolean): Promise<StoredKey> {
  const publicKey = readPublicKey(await readText(world, await pathOf(world, name, 'pub')))
  const secretPath = await pathOf(world, name, 'key')
  const protection = (await world.files.exists(secretPath))
    ? protectionOf(await readText(world, secretPath), name)
    : 'absent'
  const row = { name, keyId: publicKey.keyId, publicKey: publicKeyLine(publicKey), protection, isDefault } as const
  return { row, publicKey }
}

function protectionOf(text: string, name: string): KeyRow['protection'] {
  return readSecretKey(text, `the key ${name}`).isEncrypted ? 'passphrase' : 'none'
}

/** The key of that name; without a name the only one, or the default one. */
export async function storedKey(world: World, name: string | undefined): Promise<StoredKey> {
  const keys = await storedKeys(world)
  const names = keys.map(({ row }) => row.name)
  const found = keys.find(({ row }) => (name === undefined ? row.isDefault : row.name === name))
  if (found !== undefined) return found
  if (keys.length === 0) {
    const folder = await shownFolder(world)
    if (name === undefined) {
      const hint = 'Make one with `koo keys generate`, or set KOO_SIGNING_KEY.'
      throw usage('no-key', `There is no key in ${folder}.`, hint)
    }
    const hint = `Make one with \`koo keys generate\`; \`koo keys list\` shows those there are.`
    throw usage('no-key', `There is no key ${name} in ${folder}.`, hint)
  }
  const possible = `There are: ${names.join(', ')}.`
  if (name === undefined) throw usage('no-key', 'There are several keys; name one.', possible)
  const likely = suggest(name, names)
  const hint = `${likely === undefined ? possible : `Did you mean ${likely}?`} \`koo keys list\` shows them.`
  throw usage('no-key', `There is no key ${name}.`, hint)
}

/** What the file of the secret half says. */
export async function secretTextOf(world: World, { row }: StoredKey): Promise<string> {
  if (row.protection === 'absent') {
    throw usage('no-key', `Of the key ${row.name} only the public half is in ${await shownFolder(world)}.`)
  }
  return readText(world, await pathOf(world, row.name, 'key'))
}

async function readText(world: World, path: string): Promise<string> {
  return new TextDecoder().decode(await world.files.read(path, mostKeyBytes))
}

/** @throws {Failure} (usage) where a key cannot have the name, or there is one of that name. */
export async function refuseName(world: World, name: string): Promise<void> {
  if (!nameForm.test(name)) {
    const form = 'up to 64 letters, digits, dots, hyphens and underscores, not starting with a sign'
    throw usage('bad-name', `A key cannot be called \`${name}\`: its name is ${form}.`)
  }
  for (const half of ['key', 'pub'] as const) {
    const path = await pathOf(world, name, half)
    if (!(await world.files.exists(path))) continue
    const hint = 'koo never overwrites a key: what it signed could not be checked any more. Choose another name.'
    throw usage('key-exists', `${world.files.shown(path)} is there already.`, hint)
  }
}

/** Writes both halves; the name has been looked at. */
export async function keepKey(
  world: World,
  name: string,
  secret: SecretKey,
  passphrase: string | undefined,
): Promise<StoredKey> {
  const salt = Buffer.from(world.randomness.hex(32), 'hex')
  const text = await secretKeyFile(secret, passphrase, salt)
  await world.files.write(await pathOf(world, name, 'key'), text, { secret: true })
  await world.files.write(await pathOf(world, name, 'pub'), publicKeyFile(secret.publicKey))
  return storedKey(world, name)
}
