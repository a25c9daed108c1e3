/** What others make of the rules for signing: the signature each misreading gives, to tell a wrong one by. */
import type { MisreadSignature } from '../model/access/signing.ts'
import { authToken } from '../signing/auth-token.ts'
import { hmac, payloadOf, signCall } from '../signing/production.ts'
import { bodyMisreadings, type Misreading, misreadings, type Signable } from './misreadings.ts'

interface Reading {
  readonly does: string
  readonly mend: string
  signature(key: string, call: Signable): string
}

/** Mistakes of those who sign by hand, which no server was seen to make. */
const ofHands = {
  'key-with-line-break': {
    does: 'has a line break at the end of the key',
    mend: 'Read the key without the line break at the end of its file.',
    signature: (key, call) => signCall(`${key}\n`, call).signature,
  },
  'key-in-capitals': {
    does: 'writes the key in capitals',
    mend: 'Take the key as Seller Console shows it.',
    signature: (key, call) => signCall(key.toUpperCase(), call).signature,
  },
  'nonce-in-small-letters': {
    does: 'writes the nonce in small letters',
    mend: 'Sign the nonce exactly as it is sent.',
    signature: (key, call) => signCall(key, { ...call, nonce: call.nonce.toLowerCase() }).signature,
  },
  'nonce-left-out': {
    does: 'leaves the nonce out of the string',
    mend: 'The string is key, nonce, timestamp, hash of the body.',
    signature: (key, call) => signCall(key, { ...call, nonce: '' }).signature,
  },
  'timestamp-left-out': {
    does: 'leaves the timestamp out of the string',
    mend: 'The string is key, nonce, timestamp, hash of the body.',
    signature: (key, call) => signCall(key, { ...call, timestamp: '' }).signature,
  },
  'inner-hash-alone': {
    does: 'sends the inner hash as the signature',
    mend: 'Sign key, nonce, timestamp and the inner hash once more.',
    signature: (key, call) => signCall(key, call).innerHash,
  },
  'empty-body': {
    does: 'signs an empty body, as where it was read before',
    mend: 'Keep the bytes of the body: a stream can be read only once.',
    signature: (key, call) => signedOver(key, call, ''),
  },
  'nested-keys-sorted': {
    does: 'sorts the keys of objects within the body, too',
    mend: 'Sort the keys of the body itself only.',
    signature: (key, call) => signedOver(key, call, payloadOf(deeplySorted(call.body) as Signable['body'])),
  },
  'nested-nulls-dropped': {
    does: 'drops what is null within objects of the body, too',
    mend: 'Drop what is null in the body itself only.',
    signature: (key, call) => signedOver(key, call, payloadOf(withoutNulls(call.body) as Signable['body'])),
  },
  'html-escapes': {
    does: "writes <, >, &, = and ' as escapes, as Gson does",
    mend: 'In Gson, call disableHtmlEscaping().',
    signature: (key, call) => signedOver(key, call, payloadOf(call.body).replace(/[<>&=']/g, asEscape)),
  },
  'escaped-slashes': {
    does: 'writes / as \\/, as PHP does',
    mend: 'In PHP, give json_encode JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE.',
    signature: (key, call) => signedOver(key, call, payloadOf(call.body).replaceAll('/', '\\/')),
  },
  'php-payload': {
    does: 'writes / as \\/ and what is not ASCII as \\u escapes, as PHP does',
    mend: 'In PHP, give json_encode JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE.',
    signature: (key, call) =>
      signedOver(
        key,
        call,
        payloadOf(call.body)
          .replaceAll('/', '\\/')
          .replace(/[^\x20-\x7e]/g, asEscape),
      ),
  },
} as const satisfies Readonly<Record<string, Reading>>

function signedOver(key: string, { nonce, timestamp }: Signable, payload: string): string {
  return hmac(key, `${key}${nonce}${timestamp}${hmac(key, payload)}`)
}

function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function deeplySorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeplySorted)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(pairs.map(([name, inner]) => [name, deeplySorted(inner)]))
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(pairs.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/**
 * Of a call of version 2.0: those that happen to be right for it among them.
 * @param text the body as it is sent
 */
export function readingsOf(key: string, call: Signable, text: string): readonly MisreadSignature[] {
  const servers = Object.entries(misreadings as Readonly<Record<string, Misreading>>).map(([name, each]) => {
    // What is sent is the timestamp as it is; who takes it for seconds signs a shorter or longer one.
    const read = each.timestamp === 'seconds' ? { ...call, timestamp: otherUnit(call.timestamp) } : call
    const does = each.timestamp === 'seconds' ? secondsDo(call.timestamp) : each.does
    return { name, does, mend: each.mend, signature: each.signature(key, read) }
  })
  const bodies = Object.entries(bodyMisreadings).map(([name, { does, mend, signature }]) => ({
    ...{ name, does, mend, signature: signature(key, call, text) },
  }))
  const hands = Object.entries(ofHands as Readonly<Record<string, Reading>>).map(([name, each]) => ({
    ...{ name, does: each.does, mend: each.mend, signature: each.signature(key, call) },
  }))
  return [...servers, ...bodies, ...hands]
}

function otherUnit(timestamp: string): string {
  if (/^\d{13}$/.test(timestamp)) return timestamp.slice(0, 10)
  return /^\d{10}$/.test(timestamp) ? `${timestamp}000` : timestamp
}

function secondsDo(timestamp: string): string {
  return /^\d{10}$/.test(timestamp)
    ? 'signs milliseconds and sends seconds'
    : 'signs the timestamp in seconds and sends milliseconds'
}

/** Of a call of version 1.0. `raw` are the parameters as they stand in the address, before decoding. */
export function v1ReadingsOf(
  key: string,
  params: Readonly<Record<string, string>>,
  raw: Readonly<Record<string, string>>,
  timeStamp: string,
): readonly MisreadSignature[] {
  const { text, token } = authToken(key, params, timeStamp)
  const withKey = `${key}${timeStamp}`
  const { authToken: _, timeStamp: __, ...untimed } = params
  const joined = (pairs: readonly (readonly [string, string])[]) => pairs.map((pair) => pair.join('=')).join('&')
  const timed = Object.entries({ ...params, timeStamp }).filter(([name]) => name !== 'authToken')
  const of = (name: string, does: string, mend: string, signature: string) => ({ name, does, mend, signature })
  const decode = 'Decode the values before they are signed.'
  const sort = 'Sort the parameters by name, from A to Z.'
  return [
    of(
      'key-alone',
      'signs with the key alone',
      'The key of the HMAC is the key and the timeStamp.',
      hmac(key, text, 'base64'),
    ),
    of(
      'time-stamp-unsigned',
      'leaves timeStamp out of the string',
      'timeStamp is one of the parameters that are signed.',
      hmac(withKey, joined(Object.entries(untimed).sort(byName)), 'base64'),
    ),
    of('encoded-values', 'signs the values as they stand in the address', decode, authToken(key, raw, timeStamp).token),
    of('as-it-came', 'signs the parameters in the order of the address', sort, hmac(withKey, joined(timed), 'base64')),
    of(
      'keys-descending',
      'sorts the parameters from Z to A',
      sort,
      hmac(withKey, joined([...timed].sort(byName).reverse()), 'base64'),
    ),
    of('hex-token', 'writes the token in hex', 'The token is base64.', Buffer.from(token, 'base64').toString('hex')),
    of(
      'base64-of-hex',
      'writes the base64 of the hex',
      'The token is the base64 of the 32 bytes.',
      Buffer.from(Buffer.from(token, 'base64').toString('hex')).toString('base64'),
    ),
    of(
      'key-with-line-break',
      ofHands['key-with-line-break'].does,
      ofHands['key-with-line-break'].mend,
      authToken(`${key}\n`, params, timeStamp).token,
    ),
  ]
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}
