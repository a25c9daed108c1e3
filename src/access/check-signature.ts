/** Whether a signature is right, and which mistake gives one that is not. */
import { timestampLife } from '../model/access/activities.ts'
import type { CheckedMessage, MisreadSignature, SignedMessage } from '../model/access/signing.ts'
import { bodySign } from '../signing/production.ts'
import { signTrouble } from './body-sign.ts'
import type { Signable } from './misreadings.ts'
import { readingsOf, v1ReadingsOf } from './other-readings.ts'
import { withoutKey } from './sign-steps.ts'
import { objectIn } from './spoken.ts'

/** @param text the body as it was sent */
export function checkV2(
  key: string,
  call: Signable,
  {
    signed,
    text,
    given,
    now,
  }: { readonly signed: SignedMessage; readonly text: string; readonly given: string; readonly now: number },
): CheckedMessage {
  const right = given.toLowerCase() === signed.signature
  const notes = [...formNotes(given), ...ageNotes(call.timestamp, now)]
  if (right) return { right, given, notes }
  // Base64 is compared as it is; a + in it may have come out of the address as a blank.
  return { right, given, notes, ...mistakeOf(given, readingsOf(key, call, text)) }
}

function formNotes(given: string): readonly string[] {
  if (/^[0-9a-f]{64}$/i.test(given)) return []
  const what = given.trim() !== given ? 'has blanks around it' : `has ${given.length} characters`
  return [
    `A signature is 64 hex digits; this one ${/^[0-9a-f]*$/i.test(given) ? what : `${what}, not all of them hex`}.`,
  ]
}

export function checkV1(
  key: string,
  params: Readonly<Record<string, string>>,
  raw: Readonly<Record<string, string>>,
  {
    signed,
    timestamp,
    given,
    now,
  }: { readonly signed: SignedMessage; readonly timestamp: string; readonly given: string; readonly now: number },
): CheckedMessage {
  const right = given.replaceAll(' ', '+') === signed.signature
  const notes = [
    ...(right && given.includes(' ') ? ['Its + came out of the address as a blank: write it %2B there.'] : []),
    ...compactAge(timestamp, now),
  ]
  return right
    ? { right, given, notes }
    : { right, given, notes, ...mistakeOf(given, v1ReadingsOf(key, params, raw, timestamp)) }
}

function mistakeOf(given: string, readings: readonly MisreadSignature[]): Pick<CheckedMessage, 'mistake'> {
  const plain = given.trim().replaceAll(' ', '+')
  const found = readings.find(({ signature }) => signature === plain || isSameHex(signature, plain))
  if (found === undefined) return {}
  return { mistake: { name: found.name, wrong: `This is the signature one gets who ${found.does}.`, mend: found.mend } }
}

function isSameHex(one: string, other: string): boolean {
  return /^[0-9a-f]{64}$/i.test(one) && one.toLowerCase() === other.toLowerCase()
}

/** @param given the value of the header */
export function checkAnswer(key: string, body: Uint8Array, given: string): CheckedMessage {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  const parts = { json: objectIn(text), text, request: { method: 'POST', url: '', headers: [], time: 0 } } as const
  const wrong = signTrouble(given, key, body, parts)
  if (wrong === undefined) return { right: true, given, notes: spacing(key, body, given) }
  const ending = endings.find(([, other]) => signTrouble(given, key, other(body), parts) === undefined)
  if (ending !== undefined) {
    const [name, , what] = ending
    return {
      ...{ right: false, given, notes: [] },
      mistake: { name, wrong: `Body-Sign is made of ${what}.`, mend: 'Sign exactly the bytes that are sent.' },
    }
  }
  const sentence = wrong.charAt(0).toUpperCase() + wrong.slice(1)
  const mend = `Compare each step; the header is ${bodySign(key, body)}`
  return { right: false, given, notes: [], mistake: { name: 'body-sign', wrong: withoutKey(sentence, key), mend } }
}

function spacing(key: string, body: Uint8Array, given: string): readonly string[] {
  return given.trim() === bodySign(key, body)
    ? []
    : ['Its blanks are other than in the documentation, which nobody was seen to mind.']
}

/** What a body may have lost or got at its end on the way. */
const endings: readonly (readonly [name: string, change: (body: Uint8Array) => Uint8Array, what: string])[] = [
  [
    'line-break-at-end',
    (body) => joined(body, '\n'),
    'the body and a line break at its end, which this one does not have',
  ],
  [
    'crlf-at-end',
    (body) => joined(body, '\r\n'),
    'the body and a line break (CR LF) at its end, which this one does not have',
  ],
  [
    'crlf-lines',
    (body) => encoded(decoded(body).replace(/\r?\n/g, '\r\n')),
    'the body with line breaks of CR LF, and not of the bytes that are sent',
  ],
  [
    'lf-lines',
    (body) => encoded(decoded(body).replace(/\r\n/g, '\n')),
    'the body with line breaks of LF, and not of the bytes that are sent',
  ],
  [
    'byte-order-mark',
    (body) => joined(encoded('\ufeff'), decoded(body)),
    'the body and a byte order mark before it, which this one does not have',
  ],
]

function joined(body: Uint8Array, end: string): Uint8Array {
  return Uint8Array.from([...body, ...encoded(end)])
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** What a timestamp tells: it may be of an old log, so its age is no mistake. */
function ageNotes(timestamp: string, now: number): readonly string[] {
  if (/^\d{13}$/.test(timestamp)) return [aged(now - Number(timestamp))]
  if (/^\d{10}$/.test(timestamp)) {
    return [
      `The timestamp is in seconds, and KooGallery sends milliseconds, 13 digits. ${aged(now - Number(timestamp) * 1000)}`,
    ]
  }
  return ['The timestamp is no time in milliseconds since 1970, which has 13 digits.']
}

function compactAge(timeStamp: string, now: number): readonly string[] {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(timeStamp)
  if (parts === null) return ['The timeStamp is no yyyyMMddHHmmssSSS in UTC, which has 17 digits.']
  const [, year, month, day, hour, minute, second, rest] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${rest}Z`)
  return [Number.isNaN(time) ? 'The timeStamp is no time there is.' : aged(now - time)]
}

function aged(age: number): string {
  if (age < -timestampLife) return `The timestamp is ${span(-age)} ahead of this machine’s clock.`
  if (age <= timestampLife) return 'The timestamp is in time: not older than a minute.'
  return `The timestamp is ${span(age)} old: a server would refuse the call now, as it has to after ${timestampLife / 1000} seconds.`
}

function span(milliseconds: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const
  const [name, size] = units.find(([, each]) => milliseconds >= 2 * each) ?? ['second', 1000]
  const number = Math.floor(milliseconds / size)
  return `${number} ${name}${number === 1 ? '' : 's'}`
}
