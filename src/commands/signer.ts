/** The key that signs, and the key to check with: from the environment, the key store, or a file. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { type PublicKey, readPublicKey, type SecretKey, sign } from '../signing/minisign.ts'
import { readSecretKey } from '../signing/secret-key.ts'
import { mostKeyBytes, secretTextOf, storedKey, storedKeys } from './key-store.ts'
import { passphraseOf } from './passphrase.ts'

/** Signs files by their BLAKE2b-512, in minisign's format. */
export interface Signer {
  readonly keyId: string
  sign(digest: Uint8Array, trustedComment: string): string
}

/**
 * @param wanted the name of a key; true for KOO_SIGNING_KEY, else the only key or the default one; undefined where
 *   signing was not asked for: then only KOO_SIGNING_KEY, if it is set, signs.
 * @throws {Failure} (usage) where there is no such key, (credentials) where its passphrase is wrong or missing.
 */
export async function signerFor(world: World, wanted: string | true | undefined): Promise<Signer | undefined> {
  if (wanted === undefined && !world.environment.KOO_SIGNING_KEY) return undefined
  const secret = await signingKey(world, wanted ?? true)
  return { keyId: secret.keyId, sign: (digest, trustedComment) => sign(secret, digest, trustedComment) }
}

/** The secret key `wanted` stands for, as `signerFor` says. */
export async function signingKey(world: World, wanted: string | true): Promise<SecretKey> {
  const fromEnvironment = world.environment.KOO_SIGNING_KEY
  if (wanted === true && fromEnvironment) return openedKey(world, fromEnvironment, 'KOO_SIGNING_KEY')
  const stored = await storedKey(world, wanted === true ? undefined : wanted)
  return openedKey(world, await secretTextOf(world, stored), `the key ${stored.row.name}`)
}

/** The key in a text, for which a passphrase may have to be given; `where` says what the text is. */
export async function openedKey(world: World, text: string, where: string): Promise<SecretKey> {
  const file = readSecretKey(text, where)
  return file.open(file.isEncrypted ? await passphraseOf(world, where) : '')
}

/**
 * The public key to check with.
 *
 * @param given a file, the key itself (base64, PEM or JWK), or the name of one of the seller's keys; without it, the
 *   seller's keys are searched for the id, KOO_SIGNING_KEY among them where it can be read without a passphrase.
 */
export async function knownKey(world: World, given: string | undefined, keyId: string): Promise<PublicKey | undefined> {
  if (given !== undefined) return givenKey(world, given)
  const known = (await storedKeys(world)).find(({ row }) => row.keyId === keyId)?.publicKey
  const fromEnvironment = world.environment.KOO_SIGNING_KEY
  if (known !== undefined || !fromEnvironment) return known
  const file = readSecretKey(fromEnvironment, 'KOO_SIGNING_KEY')
  const secret = file.isEncrypted ? undefined : await file.open('')
  return secret?.keyId === keyId ? secret.publicKey : undefined
}

/** What a public key looks like; none of it is the name of a file. */
const inlineKey = /^(RW[A-Za-z0-9+/]{54}$|-----BEGIN|\{)/

async function givenKey(world: World, given: string): Promise<PublicKey> {
  if (inlineKey.test(given.trim())) return readPublicKey(given)
  if (await world.files.exists(given)) {
    return readPublicKey(new TextDecoder().decode(await world.files.read(given, mostKeyBytes)))
  }
  const own = (await storedKeys(world)).find(({ row }) => row.name === given)
  if (own !== undefined) return own.publicKey
  const hint = 'Give a .pub file of minisign, its base64 line, or an Ed25519 public key as PEM or JWK.'
  throw usage('no-key', `\`${given}\` is neither a file nor a public key, nor the name of one of your keys.`, hint)
}
