/** Signed HTTP over undici: time limits, a few careful repeats, and foreign errors turned into Failures. */
import { Agent, type Dispatcher, request } from 'undici'
import { Failure, stopped } from '../model/failure.ts'
import type { Clock, Credentials, Randomness } from '../ports.ts'
import { bodyHashHeader, canonicalQuery, parseSdkDate, sdkDate, sha256Hex, sign } from '../signing/sdk-hmac-sha256.ts'
import { printable } from './wire.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below the base address; only unreserved characters, which every signer encodes alike. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: { readonly type: string; readonly bytes: Uint8Array }
  /** Sending it twice has the effect of sending it once, so it may be repeated when the answer is lost. */
  readonly repeatable: boolean
}

export interface Answer {
  readonly status: number
  /** Undefined where the body is not JSON. */
  readonly json: unknown
  readonly text: string
}

const attempts = 4
const firstPause = 200
const longestPause = 10_000
const times = { connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 60_000 } as const
const wholeCall = 60_000
const slowestBytesPerMillisecond = 30
const largestAnswer = 16 * 1024 * 1024
const textLimit = 300

/** A call as a whole, however slowly its bytes drip: a minute, and what a slow line needs for the body. */
function timeFor(call: Call): number {
  return wholeCall + Math.ceil((call.body?.bytes.length ?? 0) / slowestBytesPerMillisecond)
}

/** The body of an answer, which is never large. */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > largestAnswer) throw new RangeError('The answer is too large.')
  }
  return Buffer.concat(chunks).toString('utf8')
}

type Attempt =
  | {
      readonly is: 'answer'
      readonly answer: Answer
      readonly retryAfter: unknown
      /** Seconds this machine is ahead of the server. */
      readonly skew: number | undefined
    }
  | { readonly is: 'lost'; readonly cause: unknown }

export interface SignedHttp {
  /** @throws {Failure} where no answer comes, or one that says the credentials are wrong or the server failed. */
  call(call: Call): Promise<Answer>
  /** The same for a body that is too large to be held; not repeated. */
  stream(call: Call): Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> }>
  close(): Promise<void>
}

export function signedHttp(options: {
  /** What is spoken to, as in "The marketplace". */
  readonly who: string
  readonly base: URL
  readonly credentials: Credentials
  /** Sent and signed with every call. */
  readonly headers?: readonly (readonly [string, string])[]
  readonly clock: Clock
  readonly randomness: Randomness
  readonly stop: AbortSignal
}): SignedHttp {
  const { who, base, credentials, clock, randomness, stop } = options
  const agent = new Agent({ connections: 8, ...times })

  async function once(call: Call): Promise<Dispatcher.ResponseData> {
    const path = `${base.pathname.replace(/\/$/, '')}${call.path}`
    const query = call.query ?? []
    const headers: [string, string][] = [
      ['host', base.host],
      ['x-sdk-date', sdkDate(clock.now())],
      // Makes two equal requests within one second differ, so that neither looks like a replay.
      ['client-request-id', randomness.uuid()],
      ...(credentials.securityToken === undefined
        ? []
        : [['x-security-token', credentials.securityToken] as [string, string]]),
      ...(options.headers ?? []).map(([name, value]): [string, string] => [name, value]),
      ...(call.headers ?? []).map(([name, value]): [string, string] => [name, value]),
    ]
    const bodyHash = sha256Hex(call.body?.bytes ?? '')
    if (call.body) headers.push(['content-type', call.body.type], [bodyHashHeader, bodyHash])
    const signed = { method: call.method, path: decodeURI(path), query, headers, bodyHash }
    const { authorization } = sign(signed, credentials.accessKey, credentials.secretKey)
    const suffix = query.length === 0 ? '' : `?${canonicalQuery(query)}`
    return request(`${base.origin}${path}${suffix}`, {
      method: call.method,
      headers: { ...Object.fromEntries(headers), authorization },
      body: call.body?.bytes ?? null,
      dispatcher: agent,
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeFor(call))]),
    })
  }

  /** Full jitter, doubling; a server that names a pause is obeyed. */
  async function pause(attempt: number, retryAfter: unknown): Promise<void> {
    const named = Number(retryAfter) * 1000
    const jitter = Number.parseInt(randomness.hex(2), 16) / 0xffff
    const own = Math.min(longestPause, firstPause * 2 ** attempt) * jitter
    await clock.sleep(Number.isFinite(named) && named > 0 ? Math.min(named, longestPause) : own, stop)
  }

  async function attempted(call: Call): Promise<Attempt> {
    try {
      const { statusCode: status, headers, body } = await once(call)
      const text = await textOf(body)
      const answer = { status, text, json: parsed(text) }
      return { is: 'answer', answer, retryAfter: headers['retry-after'], skew: skewSeconds(headers.date, clock) }
    } catch (cause) {
      if (stop.aborted) throw stopped()
      return { is: 'lost', cause }
    }
  }

  async function call(call: Call): Promise<Answer> {
    let attempt = await attempted(call)
    for (let number = 1; number < attempts && mayRepeat(call, attempt); number += 1) {
      await pause(number, attempt.is === 'answer' ? attempt.retryAfter : undefined)
      attempt = await attempted(call)
    }
    if (attempt.is === 'lost') throw unreachable(who, base, attempt.cause)
    throwIfRefused(who, base, attempt.answer, attempt.skew)
    return attempt.answer
  }

  async function stream(call: Call): ReturnType<SignedHttp['stream']> {
    const { statusCode: status, body } = await once(call)
    return { status, body }
  }

  return { call, stream, close: () => agent.destroy() }
}

/** A throttled call had no effect; one that failed or whose answer was lost may have had it. */
function mayRepeat(call: Call, attempt: Attempt): boolean {
  if (attempt.is === 'lost') return call.repeatable
  return attempt.answer.status === 429 || (mayPass(attempt.answer.status) && call.repeatable)
}

function mayPass(status: number): boolean {
  return status === 429 || status >= 500
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The code and the sentence of an error body, in any of the shapes Huawei Cloud's services use. */
export function errorOf(answer: Answer): { readonly code: string; readonly message: string } {
  const body = (answer.json ?? {}) as Readonly<Record<string, unknown>>
  const inner = (typeof body.error === 'object' && body.error !== null ? body.error : body) as typeof body
  const code = inner.error_code ?? inner.code
  const message = inner.error_msg ?? inner.message
  return {
    code: printable(typeof code === 'string' ? code : String(answer.status)),
    message:
      printable(typeof message === 'string' ? message : answer.text).slice(0, textLimit) || `HTTP ${answer.status}`,
  }
}

function throwIfRefused(who: string, base: URL, answer: Answer, skew: number | undefined): void {
  const { code, message } = errorOf(answer)
  if (answer.status === 401) {
    const clock =
      skew === undefined || Math.abs(skew) < 60
        ? 'Check the access key and the secret key; both must belong to the seller’s account.'
        : `This machine’s clock is ${Math.abs(skew)} seconds ${skew < 0 ? 'behind' : 'ahead of'} the server’s; set it right.`
    throw new Failure({
      code: 'credentials-refused',
      exit: 'credentials',
      message: `${who} at ${base.origin} refuses the credentials: ${message} (${code})`,
      hint: clock,
    })
  }
  if (answer.status === 403) {
    throw new Failure({
      code: 'not-allowed',
      exit: 'credentials',
      message: `${who} at ${base.origin} does not allow this: ${message} (${code})`,
      hint: 'Ask for the rights, or use credentials that have them.',
    })
  }
  if (mayPass(answer.status)) {
    throw new Failure({
      code: 'marketplace-failed',
      exit: 'marketplace',
      message: `${who} at ${base.origin} failed: ${message} (${code})`,
      hint: 'Nothing is half done; run the same command again later.',
    })
  }
}

/** Seconds this machine is ahead of the server, where the server tells its time. */
function skewSeconds(date: string | string[] | undefined, clock: Clock): number | undefined {
  if (typeof date !== 'string') return undefined
  const server = Date.parse(date)
  return Number.isNaN(server) ? undefined : Math.round((parseSdkDate(sdkDate(clock.now())) - server) / 1000)
}

function unreachable(who: string, base: URL, cause: unknown): Failure {
  const code = causeCode(cause)
  return new Failure({
    code: 'marketplace-unreachable',
    exit: 'marketplace',
    message: `${who} at ${base.origin} does not answer${code === undefined ? '' : ` (${code})`}.`,
    hint: 'Check the address and the network. Nothing is half done; run the same command again later.',
    cause,
  })
}

/** The code of an error or of what caused it, as in ECONNREFUSED. */
export function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? causeCode(error.cause) : undefined
}
