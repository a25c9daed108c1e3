/** Calls of version 2.0, also those about license authorization codes: POST of JSON, signed in the query. */
import { type KeyOrder, signCall } from '../signing/production.ts'
import type { JsonObject } from './spoken.ts'
import type { Prepare } from './talk.ts'

/** How calls are written down where the pages contradict the sample project; by default as the sample project does. */
export interface Readings {
  /** The written page says seconds. */
  readonly timestamp: 'milliseconds' | 'seconds'
  /** The written page says Z to A. */
  readonly order: KeyOrder
  /** Calls say that they are a trial. */
  readonly testFlag: boolean
}

const encoder = new TextEncoder()

export const usualReadings: Readings = { timestamp: 'milliseconds', order: 'ascending', testFlag: true }

/** Source: the example requests of the access guide. */
const headers = [
  ['Accept', 'application/json'],
  ['Content-Type', 'application/json;charset=utf8'],
] as const

/** Sends the keys in the order in which they are signed, and without blanks, as the examples do. */
export function prepareV2(url: string, key: string, readings: Readings): Prepare {
  return ({ activity, fields, now, nonce: fresh }, change) => {
    const body: JsonObject = { activity, ...fields, ...(readings.testFlag ? { testFlag: '1' } : {}) }
    const timestamp = written(change.time === undefined ? now : change.time, change.unit ?? readings.timestamp)
    const nonce = change.nonce === undefined ? fresh : change.nonce
    const call = { body, nonce: nonce ?? '', timestamp: timestamp ?? '' }
    const signed = signCall(key, call, readings.order)
    const text = change.text?.(body) ?? signed.payload
    const signature = change.signature ? change.signature(signed.signature, call, text) : signed.signature
    return { method: 'POST', url: withQuery(url, { signature, timestamp, nonce }), headers, body: encoder.encode(text) }
  }
}

function written(time: number | null, unit: Readings['timestamp']): string | null {
  if (time === null) return null
  return String(unit === 'seconds' ? Math.floor(time / 1000) : time)
}

/** With the parameters after those the seller's address has itself; those that are null are left out. */
export function withQuery(url: string, query: Readonly<Record<string, string | null>>): string {
  const address = new URL(url)
  for (const [name, value] of Object.entries(query)) if (value !== null) address.searchParams.append(name, value)
  return address.href
}
