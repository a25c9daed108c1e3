/**
 * Ways to misread how calls of version 1.0 are signed. A call that is signed right and refused is tried with them, so that
 * the verdict can name the mistake; the reference server makes each of them as a fault.
 */
import { createHash, createHmac } from 'node:crypto'
import { activitiesV1 } from '../model/access/activities-v1.ts'
import { authToken } from '../signing/auth-token.ts'
import { hmac } from '../signing/production.ts'
import type { BodyMisreading, Signable } from './misreadings.ts'

/** `text` is the query as it came, without the token. */
export type TokenMisreading = BodyMisreading

type Pair = readonly [name: string, value: string]

/** What is signed, where it is read right. */
function textOf(key: string, { body, timestamp }: Signable): string {
  return authToken(key, body as Readonly<Record<string, string>>, timestamp).text
}

function over(key: string, { timestamp }: Signable, text: string | Uint8Array): string {
  return hmac(`${key}${timestamp}`, text, 'base64')
}

function joined(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

function byName(pairs: readonly Pair[]): readonly Pair[] {
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** The parameters in the order in which they came, their values not decoded. */
function rawPairs(query: string): readonly Pair[] {
  return query.split('&').map((part) => {
    const [name = '', ...value] = part.split('=')
    return [name, value.join('=')] as const
  })
}

/** Those that make a wrong token for any call. */
export const tokenMisreadings = {
  'key-without-timestamp': {
    does: 'takes the key alone for the HMAC',
    mend: 'The key of the HMAC is the shared key, and behind it the timeStamp of the call.',
    signature: (key, call) => hmac(key, textOf(key, call), 'base64'),
  },
  'timestamp-before-key': {
    does: 'puts the timeStamp before the key',
    mend: 'The key of the HMAC is the shared key, and behind it the timeStamp of the call.',
    signature: (key, call) => hmac(`${call.timestamp}${key}`, textOf(key, call), 'base64'),
  },
  'timestamp-unsigned': {
    does: 'leaves timeStamp out of what is hashed',
    mend: 'Hash all parameters but authToken: timeStamp is a part of the key, and one of the parameters too.',
    signature(key, call) {
      const { timeStamp: _, ...others } = call.body
      return over(key, call, joined(byName(Object.entries(others) as Pair[])))
    },
  },
  'test-flag-unhashed': {
    does: 'leaves testFlag out of what is hashed',
    mend: 'Hash all parameters but authToken, those you do not use too.',
    signature(key, call) {
      const { testFlag: _, ...others } = call.body
      return over(key, call, joined(byName(Object.entries(others) as Pair[])))
    },
  },
  'token-descending': {
    does: 'sorts the parameters from Z to A',
    mend: 'Sort them by name, from A to Z.',
    signature: (key, call) => over(key, call, textOf(key, call).split('&').reverse().join('&')),
  },
  'values-alone': {
    does: 'hashes the values without their names',
    mend: 'Hash name=value, and join them with &.',
    signature: (key, call) =>
      over(
        key,
        call,
        byName(Object.entries(call.body) as Pair[])
          .map(([, value]) => value)
          .join(''),
      ),
  },
  'token-hex': {
    does: 'expects the token in hex',
    mend: 'The token is the base64 of the bytes of the HMAC; hex is for version 2.0.',
    signature: (key, call) => hmac(`${key}${call.timestamp}`, textOf(key, call)),
  },
  'token-base64-of-hex': {
    does: 'expects the base64 of the hex of the HMAC',
    mend: 'Take the bytes of the HMAC for the base64, not its hex.',
    signature: (key, call) => Buffer.from(hmac(`${key}${call.timestamp}`, textOf(key, call))).toString('base64'),
  },
  'token-plain-hash': {
    does: 'makes the token with plain SHA-256',
    mend: 'The token is an HMAC-SHA256, with the shared key and the timeStamp as its key.',
    signature: (key, call) =>
      createHash('sha256')
        .update(`${key}${call.timestamp}${textOf(key, call)}`)
        .digest('base64'),
  },
  'token-sha1': {
    does: 'makes the token with HMAC-SHA1',
    mend: 'The token is an HMAC-SHA256.',
    signature: (key, call) => createHmac('sha1', `${key}${call.timestamp}`).update(textOf(key, call)).digest('base64'),
  },
} as const satisfies Readonly<Record<string, TokenMisreading>>

/** Those that make the right token for plain calls, and a wrong one for others. */
export const queryMisreadings = {
  'params-unsorted': {
    does: 'hashes the parameters in the order in which they come',
    mend: 'Sort them by name first, from A to Z.',
    signature: (key, call, query) => over(key, call, joined([...new URLSearchParams(query)])),
  },
  'values-encoded': {
    does: 'hashes the values as they stand in the address',
    mend: 'Decode the values first, as a web framework does: the token is made of what they say.',
    signature: (key, call, query) => over(key, call, joined(byName(rawPairs(query)))),
  },
  'plus-kept': {
    does: 'takes a plus in the address for a plus',
    mend: 'Decode the query as a form: a plus is a blank, %2B a plus; decodeURIComponent and the like leave it.',
    signature(key, call, query) {
      const pairs = rawPairs(query).map(([name, value]): Pair => [name, decodeURIComponent(value)])
      return over(key, call, joined(byName(pairs)))
    },
  },
  'values-latin-1': {
    does: 'reads the values as Latin-1',
    mend: 'Decode the query as UTF-8, in old Tomcats URIEncoding="UTF-8".',
    signature(key, call) {
      return over(key, call, Buffer.from(Buffer.from(textOf(key, call)).toString('latin1')))
    },
  },
  'params-known-only': {
    does: 'hashes only the parameters it knows',
    mend: 'Hash all parameters but authToken, those you do not know as well: others may be added.',
    signature(key, call) {
      const { activity } = call.body
      const fields = Object.hasOwn(activitiesV1, String(activity))
        ? activitiesV1[activity as keyof typeof activitiesV1].fields
        : {}
      const known = Object.entries(call.body).filter(
        ([name]) => name === 'activity' || name === 'timeStamp' || Object.hasOwn(fields, name),
      )
      return over(key, call, joined(byName(known as Pair[])))
    },
  },
} as const satisfies Readonly<Record<string, TokenMisreading>>
export type QueryMisreadingName = keyof typeof queryMisreadings
