/** Ed25519 keys between their 32 bytes, which minisign's files hold, and the forms Node and other programs take. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** What stands before the 32 bytes of a key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
}

export function publicKeyOf(key: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiHead, key]), format: 'der', type: 'spki' })
}

/** The 32 bytes of a public key, or those that belong to a private one; undefined for a key of another kind. */
export function publicBytes(key: KeyObject): Uint8Array | undefined {
  if (key.asymmetricKeyType !== 'ed25519') return undefined
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length)
}

/** The 32 secret bytes. */
export function seedOf(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Head.length)
}

/**
 * The id koo gives a key: as minisign writes it, but worked out of the public key rather than drawn, so that it survives
 * in forms that have no place for it (PEM).
 */
export function keyIdOf(publicKey: Uint8Array): string {
  return keyIdText(createHash('sha256').update(publicKey).digest().subarray(0, 8))
}

/** A key id of eight bytes as minisign prints it, with zeros at the start that minisign 0.11 drops: little-endian. */
export function keyIdText(bytes: Uint8Array): string {
  return Buffer.from(bytes).reverse().toString('hex').toUpperCase()
}

export function keyIdBytes(text: string): Uint8Array {
  return Buffer.from(text, 'hex').reverse()
}

/** SubjectPublicKeyInfo in PEM, which most libraries read. */
export function publicPem(key: Uint8Array): string {
  return publicKeyOf(key).export({ format: 'pem', type: 'spki' }).toString()
}

/** RFC 8037, with the id that a token names as its `kid`. */
export function publicJwk(key: Uint8Array, keyId: string): Readonly<Record<string, unknown>> {
  const { kty, crv, x } = publicKeyOf(key).export({ format: 'jwk' })
  return { kty, crv, x, kid: keyId, alg: 'EdDSA', use: 'sig' }
}
