/**
 * Ways to misread how calls are signed, which sellers were seen to take or the pages lead to.
 *
 * A call that is signed right and refused is tried with each of them, so that the verdict can name the mistake; the
 * reference server makes each of them as a fault.
 */
import { createHash } from 'node:crypto'
import { hmac, payloadOf, type SignedCall, signCall } from '../signing/production.ts'

/** What a signature is made from. */
export interface Signable {
  readonly body: Readonly<Record<string, unknown>>
  readonly nonce: string
  /** As it is sent. */
  readonly timestamp: string
}

export interface Misreading {
  /** What the server does, after "it". */
  readonly does: string
  readonly mend: string
  signature(key: string, call: Signable): string
  /** `seconds`: the timestamp is one in seconds. */
  readonly timestamp?: 'seconds'
}

const correct = (key: string, call: Signable): SignedCall => signCall(key, call)

export const misreadings = {
  'timestamp-in-seconds': {
    does: 'reads the timestamp as seconds',
    mend: 'KooGallery sends milliseconds since 1970, 13 digits, whatever the written page says.',
    timestamp: 'seconds',
    signature: (key, call) => correct(key, call).signature,
  },
  'keys-descending': {
    does: 'sorts the keys of the body from Z to A',
    mend: 'Sort them from A to Z, as the examples of the page and Huawei’s sample project do.',
    signature: (key, call) => signCall(key, call, 'descending').signature,
  },
  'plain-inner-hash': {
    does: 'hashes the body with plain SHA-256',
    mend: 'The inner hash is an HMAC-SHA256 with the key, too.',
    signature: (key, { body, nonce, timestamp }) => {
      const inner = createHash('sha256').update(payloadOf(body)).digest('hex')
      return hmac(key, `${key}${nonce}${timestamp}${inner}`)
    },
  },
  'no-inner-hash': {
    does: 'signs the body itself instead of its hash',
    mend: 'Sign key, nonce, timestamp and the HMAC-SHA256 of the sorted body; only kit interfaces sign the body itself.',
    signature: (key, { body, nonce, timestamp }) => hmac(key, `${key}${nonce}${timestamp}${payloadOf(body)}`),
  },
  'upper-case-inner-hash': {
    does: 'writes the hash of the body in capitals',
    mend: 'The inner hash is lower-case hex; only the signature is compared without regard to case.',
    signature: (key, { body, nonce, timestamp }) => {
      const inner = hmac(key, payloadOf(body)).toUpperCase()
      return hmac(key, `${key}${nonce}${timestamp}${inner}`)
    },
  },
  'timestamp-before-nonce': {
    does: 'puts the timestamp before the nonce',
    mend: 'The order is key, nonce, timestamp, hash of the body.',
    signature: (key, call) => hmac(key, `${key}${call.timestamp}${call.nonce}${correct(key, call).innerHash}`),
  },
  'text-without-key': {
    does: 'leaves the key out of the signed text',
    mend: 'The text begins with the key, which also is the key of the HMAC.',
    signature: (key, call) => hmac(key, `${call.nonce}${call.timestamp}${correct(key, call).innerHash}`),
  },
  'base64-signature': {
    does: 'expects the signature in base64',
    mend: 'The signature of a call is hex; base64 is for Body-Sign.',
    signature: (key, call) => hmac(key, correct(key, call).text, 'base64'),
  },
} as const satisfies Readonly<Record<string, Misreading>>
export type MisreadingName = keyof typeof misreadings
