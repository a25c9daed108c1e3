/**
 * minisign's public keys and signatures, read, checked and written.
 *
 * Format: https://jedisct1.github.io/minisign/ ("Signature format", "Public key format"). The files here are those of
 * minisign 0.11, which checks what koo signs and signs what koo checks (`test/signing/minisign.test.ts`).
 */
import { createPublicKey, sign as ed25519Sign, verify as ed25519Verify, type KeyObject } from 'node:crypto'
import { Failure, usage } from '../model/failure.ts'
import { keyIdBytes, keyIdOf, keyIdText, publicBytes, publicKeyOf } from './ed25519.ts'

export interface PublicKey {
  /** 16 upper-case hexadecimal digits, as minisign prints it. */
  readonly keyId: string
  /** 32 bytes. */
  readonly key: Uint8Array
  /** The key came in a form without an id, so that this one is koo's own, and a signature may name another. */
  readonly idIsDerived?: true
}

export interface Signature {
  readonly keyId: string
  /** Signed like the file itself. Written by whoever signed: it may hold anything but line breaks. */
  readonly trustedComment: string
  readonly signature: Uint8Array
  /** Of the signature and the trusted comment. */
  readonly commentSignature: Uint8Array
}

export interface SecretKey {
  readonly keyId: string
  readonly publicKey: PublicKey
  /** Not shown by anything that prints an object. */
  readonly privateKey: KeyObject
}

const untrusted = 'untrusted comment: '
const trusted = 'trusted comment: '
/** Including its prefix and the end of the line; a longer one minisign does not read. */
const longestComment = 8192

/**
 * A public key in any usual form: minisign's file or the base64 line of it, SubjectPublicKeyInfo in PEM, a JWK.
 *
 * @throws {Failure} (usage) for anything else; what was given is not repeated, because it may be secret.
 */
export function readPublicKey(text: string): PublicKey {
  const plain = text.trim()
  if (plain.includes('-----BEGIN')) return fromKeyObject(plain, () => plain)
  if (plain.startsWith('{')) return fromJwk(plain)
  const bytes = base64(plain.split(/\s+/).at(-1) ?? '')
  // The letters Ed, eight bytes of an id, the key.
  if (bytes?.length === 42 && bytes.toString('latin1', 0, 2) === 'Ed') {
    return { keyId: keyIdText(bytes.subarray(2, 10)), key: bytes.subarray(10) }
  }
  if (bytes?.length === 158) throw secretGiven()
  throw usage('bad-key', 'This is no public key of minisign.', publicKeyForms)
}

const publicKeyForms = 'Give a .pub file of minisign, its base64 line, or an Ed25519 public key as PEM or JWK.'

function secretGiven(): Failure {
  return usage(
    'bad-key',
    'This is a secret key, where a public one is wanted.',
    'Keep it to yourself. `koo keys export` prints the public one.',
  )
}

function fromKeyObject(text: string, input: () => Parameters<typeof createPublicKey>[0]): PublicKey {
  if (/PRIVATE KEY-----/.test(text)) throw secretGiven()
  let key: Uint8Array | undefined
  try {
    key = publicBytes(createPublicKey(input()))
  } catch {
    // Whatever the parser says of it would not help anybody.
  }
  if (key === undefined) throw usage('bad-key', 'This is no Ed25519 public key.', publicKeyForms)
  return { keyId: keyIdOf(key), key, idIsDerived: true }
}

function fromJwk(text: string): PublicKey {
  let jwk: Readonly<Record<string, unknown>>
  try {
    jwk = JSON.parse(text)
  } catch {
    throw usage('bad-key', 'This is no JWK: it is no JSON.', publicKeyForms)
  }
  if ('d' in jwk) throw secretGiven()
  const { kty, crv, x, kid } = jwk
  const read = fromKeyObject('', () => ({ key: { kty, crv, x } as Record<string, string>, format: 'jwk' }))
  // Another program's id is none that a signature could name.
  return typeof kid === 'string' && /^[0-9A-F]{16}$/.test(kid) ? { keyId: kid, key: read.key } : read
}

/** The file minisign reads with `-p`. */
export function publicKeyFile({ keyId, key }: PublicKey): string {
  return `${untrusted}minisign public key ${keyId}\n${publicKeyLine({ keyId, key })}\n`
}

/** What minisign takes with `-P`. */
export function publicKeyLine({ keyId, key }: PublicKey): string {
  return Buffer.concat([Buffer.from('Ed'), keyIdBytes(keyId), key]).toString('base64')
}

/** @throws {Failure} (findings) where the text is no signature of minisign, or one koo cannot check. */
export function readSignature(text: string): Signature {
  const [untrustedLine = '', signatureLine = '', trustedLine = '', commentLine = '', ...rest] = text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
  const isWhole = untrustedLine.startsWith(untrusted) && trustedLine.startsWith(trusted) && rest.join('') === ''
  if (!isWhole) throw noSignature('it does not consist of the four lines of one')
  const bytes = base64(signatureLine)
  if (bytes?.length !== 74) throw noSignature('its second line is none')
  const algorithm = bytes.toString('latin1', 0, 2)
  if (algorithm === 'Ed') {
    const message =
      'The signature is one of minisign’s old kind, of the file itself and not of its digest, which koo does not check.'
    const hint = 'Sign the file again with minisign 0.10 or later (in earlier ones, with -H).'
    throw new Failure({ code: 'signature-legacy', exit: 'findings', message, hint })
  }
  if (algorithm !== 'ED') throw noSignature('its algorithm is unknown')
  const commentSignature = base64(commentLine)
  if (commentSignature?.length !== 64) throw noSignature('its fourth line is none')
  return {
    keyId: keyIdText(bytes.subarray(2, 10)),
    trustedComment: trustedLine.slice(trusted.length),
    signature: bytes.subarray(10),
    commentSignature,
  }
}

function noSignature(why: string): Failure {
  return new Failure({ code: 'bad-signature', exit: 'findings', message: `This is no signature of minisign: ${why}.` })
}

/**
 * Checks the signature and that of its trusted comment; `digest` is the BLAKE2b-512 of the file.
 *
 * `other-key`: made with another key, so that nothing is known of the file.
 */
export function checkSignature(
  { keyId, signature, trustedComment, commentSignature }: Signature,
  { keyId: expected, key, idIsDerived }: PublicKey,
  digest: Uint8Array,
): 'valid' | 'invalid' | 'other-key' {
  const isOther = keyId !== expected
  if (isOther && !idIsDerived) return 'other-key'
  const publicKey = publicKeyOf(key)
  const isValid =
    ed25519Verify(null, digest, publicKey, signature) &&
    ed25519Verify(null, commented(signature, trustedComment), publicKey, commentSignature)
  if (isValid) return 'valid'
  return isOther ? 'other-key' : 'invalid'
}

/**
 * The text of the .minisig file for a file whose BLAKE2b-512 is `digest`.
 *
 * @throws {Failure} (usage) for a trusted comment that minisign could not read back.
 */
export function sign({ keyId, privateKey }: SecretKey, digest: Uint8Array, trustedComment: string): string {
  if (digest.length !== 64) throw new TypeError('A BLAKE2b-512 has 64 bytes.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what minisign would not print, but for the tab.
  const isPrintable = !/[\x00-\x08\x0a-\x1f\x7f]/.test(trustedComment)
  if (!isPrintable || Buffer.byteLength(trustedComment) > longestComment - trusted.length - 2) {
    throw usage(
      'bad-comment',
      'What is to be signed beside the file is too long for minisign, or has line breaks in it.',
    )
  }
  const signature = ed25519Sign(null, digest, privateKey)
  const line = Buffer.concat([Buffer.from('ED'), keyIdBytes(keyId), signature]).toString('base64')
  const commentSignature = ed25519Sign(null, commented(signature, trustedComment), privateKey).toString('base64')
  return `${untrusted}signature from koo, check with minisign -V\n${line}\n${trusted}${trustedComment}\n${commentSignature}\n`
}

function commented(signature: Uint8Array, trustedComment: string): Uint8Array {
  return Buffer.concat([signature, Buffer.from(trustedComment)])
}

/** Strict, because Node passes over what is no base64; undefined for what is not written as minisign writes it. */
export function base64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
