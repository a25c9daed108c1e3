/** How a message is signed, step by step, with the key masked. */
import { keyMark, type MisreadSignature, type SignedMessage, type SignStep } from '../model/access/signing.ts'
import { authToken } from '../signing/auth-token.ts'
import { bodySign, hmac, payloadOf, signCall, usageSign } from '../signing/production.ts'
import type { JsonRead } from './json-text.ts'
import { misreadings } from './misreadings.ts'
import { readingsOf } from './other-readings.ts'

type ReadBody = JsonRead & { readonly value: Readonly<Record<string, unknown>> }

/** Shorter ones may be in any text, and are no keys of KooGallery's. */
const shortestMasked = 8

/** A text in which the key is not to be seen; what a buyer or seller wrote may hold it. */
export function withoutKey(text: string, key: string): string {
  return key.length < shortestMasked ? text : text.replaceAll(key, keyMark)
}

export function signV2(
  key: string,
  read: ReadBody,
  { nonce, timestamp }: { readonly nonce: string; readonly timestamp: string },
): SignedMessage {
  const call = { body: read.value, nonce, timestamp }
  const { payload, innerHash, signature } = signCall(key, call)
  const text = `${keyMark}${nonce}${timestamp}${innerHash}`
  const query = new URLSearchParams({ signature, timestamp, nonce }).toString()
  const remarks = [
    ...(/^\d{13}$/.test(timestamp) ? [] : ['KooGallery’s timestamps are milliseconds since 1970, 13 digits.']),
    ...(nonce.trim() === nonce ? [] : ['The nonce has blanks around it, which are signed.']),
  ]
  const steps: readonly SignStep[] = [
    ...bodySteps(key, read, payload),
    {
      title: 'Inner hash',
      how: 'HMAC-SHA256 with the key, of the sorted body, in lower-case hex',
      ...shown(innerHash),
      hint: misreadings['plain-inner-hash'].mend,
    },
    {
      title: 'String',
      how: 'key, nonce, timestamp and inner hash, with nothing between them',
      text: withoutKey(text, key),
      bytes: bytesOf(text) - bytesOf(keyMark) + bytesOf(key),
      remarks,
      hint: 'The key is in the string as well. Nonce and timestamp stand in it exactly as they are in the address.',
    },
    {
      title: 'Signature',
      how: 'HMAC-SHA256 with the key, of the string, in hex; compared without regard to case',
      ...shown(signature),
      hint: misreadings['base64-signature'].mend,
    },
  ]
  const misread = readingsOf(key, call, read.text).filter((each) => differs(each, signature))
  return {
    ...{ form: 'v2', steps, payload: withoutKey(payload, key), innerHash, text: withoutKey(text, key), signature },
    ...{ nonce: withoutKey(nonce, key), timestamp: withoutKey(timestamp, key), query: withoutKey(query, key), misread },
  }
}

/** Small letters and capitals are the same. */
function differs(each: MisreadSignature, signature: string): boolean {
  return each.signature.toLowerCase() !== signature.toLowerCase()
}

export function signV1(key: string, params: Readonly<Record<string, string>>, timestamp: string): SignedMessage {
  const { text, token } = authToken(key, params, timestamp)
  const { authToken: _, timeStamp: __, ...others } = params
  const query = new URLSearchParams({ ...others, timeStamp: timestamp, authToken: token }).toString()
  const remarks = /^\d{17}$/.test(timestamp) ? [] : ['KooGallery’s timeStamp is yyyyMMddHHmmssSSS in UTC, 17 digits.']
  return {
    form: 'v1',
    steps: [
      {
        title: 'String',
        how: 'all parameters but authToken, sorted by name, their values decoded, joined by & and =',
        ...shown(text, key),
        hint: 'Decode the values first: what is signed has no %XY in it. timeStamp is one of the parameters.',
      },
      {
        title: 'Key',
        how: 'the key and the timeStamp, with nothing between them',
        text: withoutKey(`${keyMark}${timestamp}`, key),
        bytes: bytesOf(`${key}${timestamp}`),
        remarks,
        hint: 'The key alone is not enough: the timeStamp makes another one for each call.',
      },
      {
        title: 'authToken',
        how: 'HMAC-SHA256 with that key, of the string, in base64',
        ...shown(token),
        hint: 'In the address its +, / and = are written %2B, %2F and %3D.',
      },
    ],
    ...{
      text: withoutKey(text, key),
      signature: token,
      timestamp: withoutKey(timestamp, key),
      query: withoutKey(query, key),
      misread: [],
    },
  }
}

export function signAnswer(key: string, body: Uint8Array): SignedMessage {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  const signature = hmac(key, body, 'base64')
  const header = bodySign(key, body)
  const remarks = [
    ...(/[\r\n]$/.test(text) ? ['The line break at its end is signed, too: it has to be in the answer as well.'] : []),
    ...(text.startsWith('\ufeff')
      ? ['It begins with a byte order mark, which JSON does not allow; it is signed.']
      : []),
    ...(isObject(text) ? [] : ['This is no JSON object, and an answer has to be one.']),
  ]
  return {
    form: 'answer',
    steps: [
      {
        title: 'Body',
        how: 'the bytes of the answer exactly as they are sent; nothing is sorted or dropped',
        text: withoutKey(text, key),
        bytes: body.byteLength,
        remarks,
        hint: 'Write the answer into bytes once, sign these, and send these: a framework may write it otherwise.',
      },
      {
        title: 'Signature',
        how: 'HMAC-SHA256 with the key, of these bytes, in base64',
        ...shown(signature),
        hint: 'Base64 of the 32 bytes, not of their hex.',
      },
      {
        title: 'Header',
        how: 'Body-Sign, its name in this case, both values in double quotes',
        ...shown(header),
        hint: 'Debugging compares the name with regard to case.',
      },
    ],
    ...{ text: withoutKey(text, key), payload: withoutKey(text, key), signature },
    ...{ headers: [['Body-Sign', header]], misread: [] },
  }
}

export function signUsage(
  key: string,
  read: ReadBody,
  { nonce, timestamp }: { readonly nonce: string; readonly timestamp: string },
): SignedMessage {
  const payload = payloadOf(read.value)
  const text = `ts=${timestamp}&nonce=${nonce}&body=${payload}`
  const signature = usageSign(key, { body: read.value, nonce, timestamp })
  return {
    form: 'usage',
    steps: [
      ...bodySteps(key, read, payload),
      {
        title: 'String',
        how: 'ts=TIMESTAMP&nonce=NONCE&body=SORTED BODY',
        ...shown(text, key),
        hint: 'The key is not in this string, and nothing in it is written as %XY.',
      },
      {
        title: 'Signature',
        how: 'HMAC-SHA256 with the key, of the string, in base64',
        ...shown(signature),
        hint: 'This is in base64, where the signature of a call is in hex. The request is signed with the access key besides.',
      },
    ],
    ...{ payload: withoutKey(payload, key), text: withoutKey(text, key), signature, misread: [] },
    ...{ nonce: withoutKey(nonce, key), timestamp: withoutKey(timestamp, key) },
    headers: [
      ['signature', signature],
      ['ts', withoutKey(timestamp, key)],
      ['nonce', withoutKey(nonce, key)],
    ],
  }
}

function bodySteps(key: string, read: ReadBody, payload: string): readonly SignStep[] {
  return [
    {
      title: 'Body',
      how: 'as it is given',
      ...shown(read.text, key),
      remarks: read.remarks,
      hint: 'Read it into a map, not into a class, so that parameters you do not know are signed as well.',
    },
    {
      title: 'Sorted body',
      how: 'without what is null, the keys from A to Z, without blanks, in UTF-8',
      ...shown(payload, key),
      remarks: changes(read),
      hint: misreadings['keys-descending'].mend,
    },
  ]
}

function changes({ text, value }: ReadBody): readonly string[] {
  const keys = Object.keys(value)
  const nulls = keys.filter((name) => value[name] === null)
  const kept = keys.filter((name) => value[name] !== null)
  const named = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')
  const isSorted = kept.every((name, index) => index === 0 || (kept[index - 1] ?? '') < name)
  const isCompact = JSON.stringify(value) === text
  return [
    ...(nulls.length > 0 ? [`Dropped, as null: ${named(nulls)}.`] : []),
    ...(isSorted ? [] : [`The keys are in another order: ${named([...kept].sort())}.`]),
    ...(isCompact
      ? []
      : ['The text is written anew: blanks between its parts are gone, values are as koo writes them.']),
  ]
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function shown(text: string, key = ''): Pick<SignStep, 'text' | 'bytes' | 'remarks'> {
  return { text: withoutKey(text, key), bytes: bytesOf(text), remarks: [] }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
