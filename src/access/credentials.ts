/** What is wrong with an encrypted user name or password of version 1.0, by the name of the mistake. */
import { createHash } from 'node:crypto'
import {
  aesDecrypt,
  bytesIn,
  decryptCredential,
  encryptionKey,
  encryptTypes,
  ivLength,
  type KeyBits,
} from '../signing/production-v1.ts'

const allBits = [256, 128] as const satisfies readonly KeyBits[]

/**
 * As a clause that follows the name of the field; undefined where it is right. It never has the plain text in it.
 * @param encryptType as it was answered; where it is in no table, each of them will do
 */
export function credentialTrouble(value: string, encryptType: unknown, sharedKey: string): string | undefined {
  const declared = encryptType === undefined || encryptType === null ? '1' : encryptType
  const bits = isEncryptType(declared) ? [encryptTypes[declared]] : allBits
  const tried = bits.map((each) => decryptCredential(value, sharedKey, each))
  if (tried.some(({ is }) => is === 'decrypted')) return undefined
  const known = mistakeIn(value, sharedKey)
  if (known !== undefined) return known
  const [first] = tried
  const why = first?.is === 'wrong' ? first.why : ''
  const isPlain = bytesIn(value.slice(ivLength)) === undefined || value.length < ivLength + 24
  return `cannot be decrypted: ${why}${isPlain ? '; perhaps it is not encrypted at all' : ''}`
}

function isEncryptType(value: unknown): value is keyof typeof encryptTypes {
  return typeof value === 'string' && Object.hasOwn(encryptTypes, value)
}

function mistakeIn(value: string, sharedKey: string): string | undefined {
  const other = allBits.find((bits) => decryptCredential(value, sharedKey, bits).is === 'decrypted')
  if (other !== undefined) {
    const type = other === 256 ? '1' : '2'
    return `is encrypted with a key of ${other} bits, and encryptType does not say so: that would be "${type}"`
  }
  const right = allBits.map((bits) => ({ key: encryptionKey(sharedKey, bits), how: '' }))
  for (const { key, how } of [...right, ...wrongKeys(sharedKey)]) {
    const found = forms(value).find(({ bytes, iv }) => aesDecrypt(bytes, key, iv) !== undefined)
    const clauses = [how, found?.how ?? ''].filter((clause) => clause !== '')
    if (found !== undefined) return clauses.join(', and ')
  }
  return undefined
}

interface Form {
  readonly bytes: Uint8Array
  readonly iv: Uint8Array | null
  readonly how: string
}

/** The bytes that may have been encrypted, for each way to write them down; the right one says nothing. */
function forms(value: string): readonly Form[] {
  const head = Buffer.from(value.slice(0, ivLength))
  const tail = value.slice(ivLength)
  const afterIv = bytesIn(tail)
  const all = bytesIn(value)
  const hex = /^(?:[0-9a-f]{32})+$/i.test(tail) ? Buffer.from(tail, 'hex') : undefined
  const zero = new Uint8Array(ivLength)
  const isIv = head.length === ivLength
  const given: readonly (Form | undefined)[] = [
    afterIv && isIv ? { bytes: afterIv, iv: head, how: '' } : undefined,
    hex && isIv ? { bytes: hex, iv: head, how: 'is hex after its vector, not base64' } : undefined,
    afterIv && { bytes: afterIv, iv: null, how: 'is encrypted in the mode ECB, not CBC' },
    all && { bytes: all, iv: null, how: 'is encrypted in the mode ECB, not CBC, and has no vector before it' },
    all && { bytes: all, iv: zero, how: 'has no vector before it: it is encrypted with one of zeros' },
    all && {
      bytes: all.subarray(ivLength),
      iv: all.subarray(0, ivLength),
      how: 'has its vector within the base64: only what is encrypted is written in base64',
    },
  ]
  return given.filter((form) => form !== undefined).filter(({ bytes }) => bytes.length > 0 && bytes.length % 16 === 0)
}

/** AES keys that are easily taken for the right one. */
function wrongKeys(sharedKey: string): readonly { readonly key: Uint8Array; readonly how: string }[] {
  const bytes = Buffer.from(sharedKey)
  const bare = Buffer.from(sharedKey.replaceAll('-', ''))
  const hash = (name: string) => createHash(name).update(bytes).digest()
  const itself = 'is encrypted with the shared key itself: the AES key is the one Java’s SHA1PRNG makes of it'
  const hashed = (name: string) =>
    `is encrypted with ${name} of the shared key: the AES key is the one Java’s SHA1PRNG makes of it`
  const isHex = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i.test(bare.toString())
  const sha1Twice = createHash('sha1').update(hash('sha1')).digest()
  return [
    ...[bytes, bare].flatMap((each) => allBits.map((bits) => ({ key: sized(each, bits / 8), how: itself }))),
    ...(isHex ? [{ key: Buffer.from(bare.toString(), 'hex'), how: itself }] : []),
    { key: hash('sha256'), how: hashed('the SHA-256') },
    { key: hash('sha256').subarray(0, 16), how: hashed('the SHA-256') },
    { key: hash('md5'), how: hashed('the MD5') },
    { key: Buffer.from(hash('md5').toString('hex')), how: hashed('the MD5') },
    { key: hash('sha1').subarray(0, 16), how: hashed('the SHA-1') },
    { key: sized(hash('sha1'), 32), how: hashed('the SHA-1') },
    {
      key: sized(sha1Twice, 32),
      how: 'is encrypted with a key whose last 12 bytes are zeros: SHA1PRNG makes a second block of 20 bytes',
    },
  ]
}

function sized(bytes: Uint8Array, length: number): Uint8Array {
  const key = new Uint8Array(length)
  key.set(bytes.subarray(0, length))
  return key
}
