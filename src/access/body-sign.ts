/** What is wrong with the header Body-Sign of an answer, by the name of the mistake. */
import { createHash } from 'node:crypto'
import { bodySign, hmac, payloadOf } from '../signing/production.ts'
import { shown } from './shown.ts'
import type { Spoken } from './spoken.ts'

/**
 * As a sentence; undefined where it is right.
 *
 * Source: the page on Body-Sign, and what debugging checks: both values stand in double quotes.
 */
export function signTrouble(
  value: string,
  key: string,
  body: Uint8Array,
  { json, text, request }: Pick<Spoken, 'json' | 'text' | 'request'>,
): string | undefined {
  const right = bodySign(key, body)
  if (squeezed(value) === squeezed(right)) return undefined
  const parts = /^\s*sign_type\s*=\s*(.*?)\s*,\s*signature\s*=\s*(.*?)\s*$/.exec(value)
  if (parts === null) return `Body-Sign is not of the form sign_type="…", signature="…": ${shown(value)}`
  const [, type = '', signature = ''] = parts
  if (![type, signature].every((each) => /^".*"$/.test(each))) {
    return `Body-Sign has a value without double quotes: ${shown(value)}`
  }
  if (type !== '"HMAC-SHA256"') return `Body-Sign has sign_type=${shown(type)}, not "HMAC-SHA256".`
  const given = signature.slice(1, -1)
  const [, known] = mistakes(key, body, json, text, request.body).find(([wrong]) => wrong === given) ?? []
  if (known !== undefined) return `the signature in Body-Sign is ${known}.`
  return `the signature in Body-Sign is ${shown(signature)}, and that of the bytes sent is "${hmac(key, body, 'base64')}"; perhaps it is made of another text, or with another key.`
}

function squeezed(value: string): string {
  return value.replace(/\s+/g, '')
}

type Mistake = readonly [signature: string, what: string]

function mistakes(
  key: string,
  body: Uint8Array,
  json: Spoken['json'],
  text = '',
  request: Uint8Array | undefined,
): readonly Mistake[] {
  const hex = hmac(key, body)
  const over = (other: string | Uint8Array, what: string): Mistake => [hmac(key, other, 'base64'), `made of ${what}`]
  const unlike = 'and not of the bytes that are sent'
  return [
    [hex, 'in hex, not in base64'],
    [hex.toUpperCase(), 'in hex, not in base64'],
    [Buffer.from(hex).toString('base64'), 'the base64 of its hex, not of its bytes'],
    [Buffer.from(hex, 'hex').toString('base64url'), 'in the base64 of addresses (- and _, without =)'],
    [createHash('sha256').update(body).digest('base64'), 'made by plain SHA-256, without the key'],
    over('', 'an empty text, as where it is made before the body is written'),
    over(request ?? '', 'the body of the call, not of the answer'),
    over(text.trim(), `the text without blanks around it, ${unlike}`),
    over(text.replace(/^\ufeff/, ''), `the text without its byte order mark, ${unlike}`),
    ...(json === undefined
      ? []
      : [
          over(JSON.stringify(json), `the JSON without blanks or escapes, ${unlike}`),
          over(JSON.stringify(json, undefined, 2), `the JSON with line breaks, ${unlike}`),
          over(JSON.stringify(json, undefined, 4), `the JSON with line breaks, ${unlike}`),
          over(payloadOf(json), `the JSON with its keys sorted, ${unlike}`),
        ]),
  ]
}
