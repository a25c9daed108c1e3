/** One attempt at a call: a signed request, its answer or the error in place of one, within time limits. */
import { type Dispatcher, request } from 'undici'
import { stopped } from '../model/failure.ts'
import type { Clock, Credentials, Randomness } from '../ports.ts'
import { bodyHashHeader, canonicalQuery, sdkDate, sha256Hex, sign } from '../signing/sdk-hmac-sha256.ts'
import { type Answer, answerOf, textOf } from './answer.ts'
import { timeIsUp, unreachable } from './call-failures.ts'
import type { HostMemory } from './host-memory.ts'
import type { Limits } from './proxies.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the base address; only unreserved characters, which every signer encodes alike. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: readonly (readonly [string, string])[]
  /** With the SHA-256 of the bytes where that is known already. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array; readonly sha256?: string }
  /** Sending it twice has the effect of sending it once, so it may be repeated when the answer is lost. */
  readonly repeatable: boolean
  /** What is called, for a limit of its own; by default the method, and the path without its ids. */
  readonly endpoint?: string
}

/** Names in lower case. */
export type Headers = Dispatcher.ResponseData['headers']

export interface Answered {
  readonly is: 'answer'
  readonly answer: Answer
  readonly headers: Headers
  /** The body of a stream that has begun; `answer` has none then. */
  readonly body?: AsyncIterable<Uint8Array>
  readonly milliseconds: number
  /** Seconds by which this machine's clock was ahead of the time the request was signed with. */
  readonly signedWith: number
  /** Seconds by which that time was ahead of the server's; undefined where the server does not tell its own. */
  readonly skew: number | undefined
}

export type Attempt = Answered | { readonly is: 'lost'; readonly cause: unknown; readonly milliseconds: number }

const slowestBytesPerMillisecond = 30

/** What a slow line needs for the body of a call, in milliseconds. */
export function timeForBody({ body }: { readonly body?: { readonly bytes: ArrayLike<unknown> } }): number {
  return Math.ceil((body?.bytes.length ?? 0) / slowestBytesPerMillisecond)
}

/** The path a call has on its host, and the same with the query. */
export function addressOf(base: URL, call: Call): { readonly path: string; readonly full: string } {
  const path = `${base.pathname.replace(/\/$/, '')}${call.path}`
  const query = call.query ?? []
  return { path, full: query.length === 0 ? path : `${path}?${canonicalQuery(query)}` }
}

/** Milliseconds; `whole` is for an attempt. */
export type CallLimits = Limits & { readonly whole: number }

/**
 * @returns what makes an attempt; a body is left open where it is to be streamed and the call went well. Whatever goes
 * wrong is in the attempt, but for a stop, which is thrown as a Failure.
 */
export function attempts(options: {
  /** As in "The marketplace at https://…". */
  readonly who: string
  readonly base: URL
  readonly credentials: Credentials
  readonly headers: readonly (readonly [string, string])[]
  readonly clock: Clock
  readonly randomness: Randomness
  /** Ends what is in flight. */
  readonly abort: AbortSignal | undefined
  readonly memory: HostMemory
  readonly dispatcher: Dispatcher
  readonly limits: CallLimits
}): (call: Call, streamed: boolean) => Promise<Attempt> {
  const { who, base, credentials, clock, randomness, abort, memory, dispatcher, limits } = options

  async function send(call: Call, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { path, full } = addressOf(base, call)
    const headers: [string, string][] = [
      ['host', base.host],
      ['x-sdk-date', sdkDate(clock.now() - memory.skew * 1000)],
      // Makes two equal requests within one second differ, so that neither looks like a replay.
      ['client-request-id', randomness.uuid()],
      ...(credentials.securityToken === undefined
        ? []
        : [['x-security-token', credentials.securityToken] as [string, string]]),
      ...[...options.headers, ...(call.headers ?? [])].map(([name, value]): [string, string] => [name, value]),
    ]
    const bodyHash = call.body?.sha256 ?? sha256Hex(call.body?.bytes ?? '')
    if (call.body) headers.push(['content-type', call.body.type], [bodyHashHeader, bodyHash])
    const signed = { method: call.method, path: decodeURI(path), query: call.query ?? [], headers, bodyHash }
    const { authorization } = sign(signed, credentials.accessKey, credentials.secretKey)
    return request(`${base.origin}${full}`, {
      method: call.method,
      headers: { ...Object.fromEntries(headers), authorization },
      body: call.body?.bytes ?? null,
      dispatcher,
      signal,
      // undici counts from the moment the body is handed over, not from when it has been sent.
      headersTimeout: limits.headers + timeForBody(call),
    })
  }

  async function* guarded(body: AsyncIterable<Uint8Array>, free: () => void): AsyncGenerator<Uint8Array> {
    try {
      yield* body
    } catch (cause) {
      throw abort?.aborted ? stopped() : unreachable(who, cause, limits)
    } finally {
      free()
    }
  }

  return async (call, streamed) => {
    const started = clock.now()
    const signedWith = memory.skew
    const end = new AbortController()
    const stop = (): void => end.abort(stopped())
    // However slowly its bytes drip; only the body of a stream takes as long as it takes.
    const timer = setTimeout(
      () => end.abort(Object.assign(new Error('The time is up.'), { code: timeIsUp })),
      limits.whole + timeForBody(call),
    )
    const free = (): void => abort?.removeEventListener('abort', stop)
    abort?.addEventListener('abort', stop, { once: true })
    if (abort?.aborted) stop()
    let open = false
    try {
      const { statusCode: status, headers, body } = await send(call, end.signal)
      open = streamed && status >= 200 && status < 300
      const answer = answerOf(status, open ? '' : await textOf(body))
      const now = clock.now()
      const server = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN
      return {
        ...{ is: 'answer', answer, headers, signedWith, milliseconds: now - started },
        skew: Number.isNaN(server) ? undefined : Math.round((now - server) / 1000) - signedWith,
        ...(open ? { body: guarded(body, free) } : {}),
      }
    } catch (cause) {
      if (abort?.aborted) throw stopped()
      return { is: 'lost', cause, milliseconds: clock.now() - started }
    } finally {
      clearTimeout(timer)
      if (!open) free()
    }
  }
}
