/** A call that was made and what came of it, as cases look at it, and as the verdict shows it. */

import type { Exchange } from '../model/access/report.ts'
import type { CallEnd, CallRequest } from '../ports.ts'
import { masked } from './masked.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export interface Spoken {
  readonly activity: string
  readonly fields: JsonObject
  readonly request: CallRequest
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
  readonly end: CallEnd
  /** Nothing in it was made wrong on purpose, so that it must be accepted as authentic. */
  readonly isAuthentic: boolean
  /** The body of the answer as text; undefined where there is none, or it is no UTF-8. */
  readonly text: string | undefined
  /** The answer where it is a JSON object. */
  readonly json: JsonObject | undefined
  /** Its resultCode where that is a text. */
  readonly code: string | undefined
}

export function spokenOf(
  call: Pick<Spoken, 'activity' | 'fields' | 'request' | 'at' | 'isAuthentic'>,
  end: CallEnd,
): Spoken {
  const text = end.is === 'answer' ? textOf(end.body) : undefined
  const json = text === undefined ? undefined : objectIn(text)
  const code = typeof json?.resultCode === 'string' ? json.resultCode : undefined
  return { ...call, end, text, json, code }
}

/** Also with a byte order mark, which JSON does not allow but the case about it tells. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** @param key a secret that shows nowhere */
export function exchangeOf({ activity, request, at, end }: Spoken, key: string): Exchange {
  const { method, url, headers, body } = request
  const sent = { method, ...masked({ url, headers, body: decoded(body) }, key) }
  const base = { activity, sent, at, milliseconds: Math.round(end.milliseconds) }
  if (end.is === 'late') return { ...base, came: { is: 'late' } }
  if (end.is === 'unreached') return { ...base, came: { is: 'unreached', why: end.why } }
  const { headers: came, body: answer } = masked({ url: '', headers: end.headers, body: decoded(end.body) }, key)
  return { ...base, came: { is: 'answer', status: end.status, headers: came, body: answer } }
}

function decoded(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes)
}
