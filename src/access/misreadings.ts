/**
 * Ways to misread how calls are signed, which sellers were seen to take or the pages lead to.
 *
 * A call that is signed right and refused is tried with each of them, so that the verdict can name the mistake; the
 * reference server makes each of them as a fault.
 */
import { createHash } from 'node:crypto'
import { activityNamed } from '../model/access/activities.ts'
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
  /** The case of the signature matters. */
  readonly comparesCase?: true
}

const correct = (key: string, call: Signable): SignedCall => signCall(key, call)

/** The signature over another payload than the right one. */
function signedOver(key: string, { nonce, timestamp }: Signable, payload: string | Uint8Array): string {
  return hmac(key, `${key}${nonce}${timestamp}${hmac(key, payload)}`)
}

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
  'base64-inner-hash': {
    does: 'writes the hash of the body in base64',
    mend: 'The inner hash is lower-case hex; base64 is for Body-Sign.',
    signature: (key, { body, nonce, timestamp }) =>
      hmac(key, `${key}${nonce}${timestamp}${hmac(key, payloadOf(body), 'base64')}`),
  },
  'payload-with-blanks': {
    does: 'signs the sorted body with blanks after its commas and colons',
    mend: 'Write the sorted body without blanks, in Python json.dumps(body, sort_keys=True, separators=(",", ":")).',
    signature: (key, call) => signedOver(key, call, spaced(call.body)),
  },
  'test-flag-unsigned': {
    does: 'leaves testFlag out of what is signed',
    mend: 'Sign every parameter of the body that is not null, those you do not use too.',
    signature: (key, call) => {
      const { testFlag: _, ...others } = call.body
      return signedOver(key, call, payloadOf(others))
    },
  },
  'plain-signature': {
    does: 'makes the signature with plain SHA-256',
    mend: 'The signature is an HMAC-SHA256 with the key, over a text that begins with the key.',
    signature: (key, call) => createHash('sha256').update(correct(key, call).text).digest('hex'),
  },
  'capitals-only': {
    does: 'takes signatures in capitals only',
    mend: 'Compare without regard to case: KooGallery’s page has capitals, its sample project small letters.',
    signature: (key, call) => correct(key, call).signature.toUpperCase(),
    comparesCase: true,
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

/** As Python writes JSON where it is not told otherwise. */
function spaced(body: Signable['body']): string {
  const pairs = Object.entries(JSON.parse(payloadOf(body)) as Signable['body'])
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`
}

/** Ways to read the body that make the right signature for plain calls, and a wrong one for others. */
export interface BodyMisreading {
  /** What the server does, after "it". */
  readonly does: string
  readonly mend: string
  /** @param text the body as it is sent */
  signature(key: string, call: Signable, text: string): string
}

export const bodyMisreadings = {
  'raw-body': {
    does: 'signs the body as it came',
    mend: 'Parse the body, sort its keys and write it without blanks before it is hashed.',
    signature: signedOver,
  },
  'nulls-signed': {
    does: 'signs parameters that are null, too',
    mend: 'Leave out what is null before the body is hashed.',
    signature(key, call) {
      const pairs = Object.entries(call.body).sort(([a], [b]) => (a < b ? -1 : 1))
      return signedOver(key, call, JSON.stringify(Object.fromEntries(pairs)))
    },
  },
  'known-fields-signed': {
    does: 'signs only the parameters it knows',
    mend: 'Read the body into a map, not into a class, so that parameters you do not know are signed as well.',
    signature(key, call) {
      const fields = activityNamed(String(call.body.activity))?.fields ?? {}
      const known = Object.entries(call.body).filter(([name]) => name === 'activity' || Object.hasOwn(fields, name))
      return signedOver(key, call, payloadOf(Object.fromEntries(known)))
    },
  },
  'ascii-payload': {
    does: 'signs the body with \\u escapes for what is not ASCII',
    mend: 'Write the sorted body with its characters as they are, in Python json.dumps(…, ensure_ascii=False).',
    signature(key, call) {
      const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
      return signedOver(key, call, payloadOf(call.body).replace(/[^\x20-\x7e]/g, escaped))
    },
  },
  'latin-1-payload': {
    does: 'signs the body in Latin-1',
    mend: 'Hash its bytes in UTF-8, in Java payload.getBytes(StandardCharsets.UTF_8).',
    signature: (key, call) => signedOver(key, call, latin1(payloadOf(call.body))),
  },
} as const satisfies Readonly<Record<string, BodyMisreading>>

/** With a question mark for what Latin-1 does not have. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].map((character) => character.codePointAt(0) ?? 0).map((code) => (code > 255 ? 63 : code)),
  )
}
