/** Calls of version 1.0: GET, with everything in the query, and an authToken over it. */
import { authToken } from '../signing/auth-token.ts'
import { hmac } from '../signing/production.ts'
import type { JsonObject } from './spoken.ts'
import type { Prepare } from './talk.ts'
import type { Readings } from './v2.ts'

/** Milliseconds a time is moved at most, so that a token has no plus. */
const mostMoved = 100

/**
 * Sends the parameters in the order in which they are signed. What is unusual about a call is for a case to do: unless a
 * time is given, one is taken whose token has no plus, which some servers take for a blank.
 */
export function prepareV1(url: string, key: string, { testFlag }: Pick<Readings, 'testFlag'>): Prepare {
  const own = Object.fromEntries(new URL(url).searchParams)
  return ({ activity, fields, now }, change) => {
    const said = { ...own, ...textsOf({ activity, ...fields }), ...(testFlag ? { testFlag: '1' } : {}) }
    const time = change.time === undefined ? plainTime(key, said, now) : change.time
    const timeStamp = time === null ? undefined : timeStampOf(time)
    const params = { ...said, ...(timeStamp === undefined ? {} : { timeStamp }) }
    const query = change.text?.(params) ?? queryOf(params)
    const right = tokenOf(key, params, timeStamp)
    const call = { body: params, nonce: '', timestamp: timeStamp ?? '' }
    const token = change.signature ? change.signature(right, call, query) : right
    const whole = token === null ? query : `${query}&${queryOf({ authToken: token })}`
    return { method: 'GET', url: withQueryText(url, whole), headers: [['Accept', 'application/json']] }
  }
}

/** As KooGallery writes times: yyyyMMddHHmmssSSS, in UTC. */
export function timeStampOf(time: number): string {
  return new Date(time).toISOString().replace(/\D/g, '')
}

/** The query as Java's URLEncoder writes it: a blank is a plus. */
export function queryOf(params: JsonObject): string {
  const sorted = Object.entries(textsOf(params)).sort(([a], [b]) => (a < b ? -1 : 1))
  return new URLSearchParams(sorted).toString()
}

/** The right token, also of a call that has no timeStamp. */
export function tokenOf(
  key: string,
  params: Readonly<Record<string, string>>,
  timeStamp = params.timeStamp ?? '',
): string {
  if (timeStamp !== '') return authToken(key, params, timeStamp).token
  const { authToken: _, ...others } = params
  const text = Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))
  return hmac(key, text.map(([name, value]) => `${name}=${value}`).join('&'), 'base64')
}

function textsOf(params: JsonObject): Readonly<Record<string, string>> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

function plainTime(key: string, params: Readonly<Record<string, string>>, now: number): number {
  for (let time = now; time > now - mostMoved; time -= 1) {
    if (!tokenOf(key, params, timeStampOf(time)).includes('+')) return time
  }
  return now
}

/** What the address has itself is among the parameters. */
function withQueryText(url: string, query: string): string {
  const address = new URL(url)
  address.search = query
  return address.href
}
