/**
 * Signatures of the production interface: what KooGallery signs its calls with, and what the seller signs answers with.
 *
 * Source: Huawei's sample project for sellers. The written page says otherwise in two places, and its own examples
 * contradict it; what it says can be had as another reading.
 */
import { createHmac } from 'node:crypto'

/** `ascending` is what the sample project does and the examples show; the written page says Z to A. */
export type KeyOrder = 'ascending' | 'descending'

/** A signature with everything it is made from, for whoever compares it with their own. */
export interface SignedCall {
  /** The body without nulls, its keys sorted, without blanks. */
  readonly payload: string
  /** HMAC-SHA256 of the payload, in lower-case hex. */
  readonly innerHash: string
  /** What is signed, with the key in it; never printed. */
  readonly text: string
  /** HMAC-SHA256 of that text, in lower-case hex. Compared without regard to case. */
  readonly signature: string
}

/** A key and a text of which a hash is made, in hex or base64. */
export function hmac(key: string, text: string | Uint8Array, as: 'hex' | 'base64' = 'hex'): string {
  return createHmac('sha256', key).update(text).digest(as)
}

/** The text of a body that is signed. Only keys of the body itself are sorted, those of objects in it stay as they are. */
export function payloadOf(body: Readonly<Record<string, unknown>>, order: KeyOrder = 'ascending'): string {
  const keys = Object.keys(body)
    .filter((key) => body[key] !== null && body[key] !== undefined)
    .sort()
  if (order === 'descending') keys.reverse()
  // Not through an object, in which names that look like numbers would come first.
  return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(body[key])}`).join(',')}}`
}

/** The signature of a call of version 2.0, also of those about license authorization codes. */
export function signCall(
  key: string,
  call: {
    readonly body: Readonly<Record<string, unknown>>
    readonly nonce: string
    /** As it is sent: milliseconds since 1970. */
    readonly timestamp: string
  },
  order: KeyOrder = 'ascending',
): SignedCall {
  const payload = payloadOf(call.body, order)
  const innerHash = hmac(key, payload)
  const text = `${key}${call.nonce}${call.timestamp}${innerHash}`
  return { payload, innerHash, text, signature: hmac(key, text) }
}

/** The value of the header `Body-Sign`, over the bytes of an answer as they are sent. */
export function bodySign(key: string, body: string | Uint8Array): string {
  return `sign_type="HMAC-SHA256", signature="${hmac(key, body, 'base64')}"`
}

/**
 * The value of the header `signature` of a usage push, which the seller signs for KooGallery.
 * @param call timestamp in milliseconds since 1970; the body is signed with its keys sorted
 */
export function usageSign(
  key: string,
  {
    body,
    nonce,
    timestamp,
  }: { readonly body: Readonly<Record<string, unknown>>; readonly nonce: string; readonly timestamp: string },
): string {
  return hmac(key, `ts=${timestamp}&nonce=${nonce}&body=${payloadOf(body)}`, 'base64')
}
