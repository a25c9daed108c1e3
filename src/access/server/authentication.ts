/** Tells which calls are KooGallery's: their signature, age and nonce. */
import { invalidParameter, type ResultCode, unauthenticated } from '../../model/access/result-codes.ts'
import type { Clock } from '../../ports.ts'
import { type JsonObject, objectIn } from '../spoken.ts'
import type { Behaviour } from './behaviour.ts'

export interface Received {
  readonly query: URLSearchParams
  /** The body as it came. */
  readonly text: string
  readonly body: JsonObject
  readonly activity: string
}

/** What reads a call; undefined where that is no JSON object. */
export function receivedOf(url: string, bytes: Uint8Array): Received | undefined {
  const text = new TextDecoder().decode(bytes)
  const body = objectIn(text)
  if (body === undefined) return undefined
  const activity = typeof body.activity === 'string' ? body.activity : ''
  return { query: new URL(url, 'http://localhost').searchParams, text, body, activity }
}

/** Gives what a call is refused with; undefined where it is authentic. */
export function authentication(
  key: string,
  clock: Clock,
  behaviour: Behaviour,
): (call: Received) => ResultCode | undefined {
  const nonces = new Map<string, number>()
  const signatures = new Set<string>()

  return (received) => {
    const { query, text, activity } = received
    const [timestamp, nonce] = [query.get('timestamp'), query.get('nonce')]
    if (!timestamp && behaviour.needsTimestamp) return invalidParameter
    if (!nonce && behaviour.needsNonce) return invalidParameter
    const refusal = behaviour.checksSignature(activity) ? signatureTrouble(received) : undefined
    if (refusal !== undefined) return refusal
    if (timestamp && behaviour.checksAge && !isFresh(timestamp)) return unauthenticated
    // Whoever takes a known signature for right tells a replay by the whole call.
    if (nonce && !isNew(behaviour.remembersSignatures ? `${nonce}${text}` : nonce)) return unauthenticated
    return undefined
  }

  function signatureTrouble({ query, text, body }: Received): ResultCode | undefined {
    const signature = query.get('signature')
    if (!signature) return behaviour.unsigned
    const call = { body, nonce: query.get('nonce') ?? '', timestamp: query.get('timestamp') ?? '' }
    return isRight(signature, behaviour.signature(key, call, text)) ? undefined : unauthenticated
  }

  function isRight(given: string, wanted: string): boolean {
    const same = (text: string) => (behaviour.comparesCase ? text : text.toLowerCase())
    if (behaviour.remembersSignatures && signatures.has(given)) return true
    if (same(given) !== same(wanted)) return false
    signatures.add(given)
    return true
  }

  function isFresh(timestamp: string): boolean {
    const time = Number(timestamp) * (behaviour.timestampUnit === 'seconds' ? 1000 : 1)
    return Math.abs(clock.now() - time) <= behaviour.timestampLife
  }

  function isNew(nonce: string): boolean {
    const now = clock.now()
    if (behaviour.checksNonce && nonces.has(nonce)) return false
    for (const [old, at] of nonces) {
      if (now - at <= behaviour.timestampLife) break
      nonces.delete(old)
    }
    nonces.set(nonce, now)
    return true
  }
}
