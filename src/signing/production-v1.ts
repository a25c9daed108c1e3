/**
 * What version 1.0 of the production interface encrypts: the user name and password a buyer gets.
 *
 * Source: the sample code of the access guide. The AES key is not the key both sides share: the sample has Java's
 * KeyGenerator make it, from the generator of random numbers SHA1PRNG seeded with the shared key.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** Of the AES key. */
export type KeyBits = 128 | 256

/** What `encryptType` names. Where it is left out, the first is meant. */
export const encryptTypes = { '1': 256, '2': 128 } as const satisfies Readonly<Record<string, KeyBits>>
export type EncryptType = keyof typeof encryptTypes

/** Characters of an initialization vector, which are also its bytes. */
export const ivLength = 16

export type Decrypted =
  | { readonly is: 'decrypted'; readonly plain: string }
  /** As a clause, as in "the text after its first 16 characters is no base64". */
  | { readonly is: 'wrong'; readonly why: string }

/** The AES key that Java makes of the key both sides share, whose bytes are those of its UTF-8. */
export function encryptionKey(sharedKey: string, bits: KeyBits): Uint8Array {
  return javaRandom(Buffer.from(sharedKey), bits / 8)
}

/**
 * The bytes Java's SHA1PRNG gives where nothing but this seed was given to it, as the provider Sun of OpenJDK makes them.
 * The specification of Java leaves that open; Huawei's sample depends on it all the same.
 */
function javaRandom(seed: Uint8Array, length: number): Uint8Array {
  const state = sha1(seed)
  const bytes: number[] = []
  while (bytes.length < length) {
    const block = sha1(state)
    bytes.push(...block)
    stir(state, block)
  }
  return Uint8Array.from(bytes.slice(0, length))
}

/** Adds a block and one to the state, as bytes with a sign; the state never stays as it was. */
function stir(state: Uint8Array, block: Uint8Array): void {
  let carry = 1
  let hasChanged = false
  for (const [index, byte] of state.entries()) {
    const sum = signed(byte) + signed(block[index] ?? 0) + carry
    hasChanged ||= byte !== (sum & 255)
    state[index] = sum & 255
    carry = sum >> 8
  }
  if (!hasChanged) state[0] = ((state[0] ?? 0) + 1) & 255
}

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte
}

function sha1(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha1').update(bytes).digest())
}

/** @param iv 16 characters of A-Z, a-z and 0-9, other ones each time */
export function encryptCredential(plain: string, sharedKey: string, iv: string, bits: KeyBits = 256): string {
  return `${iv}${aesEncrypt(plain, encryptionKey(sharedKey, bits), Buffer.from(iv)).toString('base64')}`
}

export function decryptCredential(text: string, sharedKey: string, bits: KeyBits = 256): Decrypted {
  const iv = text.slice(0, ivLength)
  const base64 = text.slice(ivLength)
  if (!/^[\x21-\x7e]{16}$/.test(iv)) return { is: 'wrong', why: 'it does not begin with 16 characters of ASCII' }
  const bytes = bytesIn(base64)
  if (bytes === undefined) return { is: 'wrong', why: 'the text after its first 16 characters is no base64' }
  if (bytes.length === 0 || bytes.length % 16 !== 0) {
    return {
      is: 'wrong',
      why: `the base64 after its first 16 characters has ${bytes.length} bytes, no whole blocks of AES`,
    }
  }
  const plain = aesDecrypt(bytes, encryptionKey(sharedKey, bits), Buffer.from(iv))
  if (plain !== undefined) return { is: 'decrypted', plain }
  return { is: 'wrong', why: 'it is encrypted with another key or mode, or padded otherwise' }
}

/** AES in the mode CBC, or ECB where there is no vector, with the padding of PKCS #5. */
export function aesEncrypt(plain: string, key: Uint8Array, iv: Uint8Array | null): Buffer {
  const cipher = createCipheriv(cipherName(key, iv), key, iv)
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
}

/** Undefined where the padding is wrong, or no text comes of it. */
export function aesDecrypt(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array | null): string | undefined {
  try {
    const decipher = createDecipheriv(cipherName(key, iv), key, iv)
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
    return /\p{Cc}/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

function cipherName(key: Uint8Array, iv: Uint8Array | null): string {
  return `aes-${key.length * 8}-${iv === null ? 'ecb' : 'cbc'}`
}

/** Undefined where it is no base64, with its padding. */
export function bytesIn(base64: string): Uint8Array | undefined {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)
    ? Buffer.from(base64, 'base64')
    : undefined
}
