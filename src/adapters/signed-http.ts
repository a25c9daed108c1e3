/** Signed HTTP over undici: paced, repeated where that helps, and with foreign errors turned into Failures. */
import { isLoopback } from '../model/address.ts'
import { stopped } from '../model/failure.ts'
import { jitterOf } from '../model/jitter.ts'
import type { Clock, Credentials, Environment, Randomness } from '../ports.ts'
import type { Answer } from './answer.ts'
import {
  type Answered,
  type Attempt,
  addressOf,
  attempts,
  type Call,
  type CallLimits,
  type Headers,
  timeForBody,
} from './attempt.ts'
import { asksToWait, lag, throwIfRefused, unreachable } from './call-failures.ts'
import { type HostMemory, hostMemory } from './host-memory.ts'
import { connectionsTo } from './proxies.ts'
import { type Next, nextOf, noPast, type Past, retryAfter } from './repeats.ts'
import type { TraceLine } from './trace.ts'
import { causeCode, type Trouble, troubleOf } from './trouble.ts'
import { printable } from './wire.ts'

export { type Answer, errorOf } from './answer.ts'
export type { Call } from './attempt.ts'
export { causeCode } from './trouble.ts'

/** An answer whose body may be of any size. */
export interface Streamed {
  readonly status: number
  readonly headers: Headers
  /** To be read to its end, or given up with `return`. Throws a Failure where it breaks off. */
  readonly body: AsyncIterable<Uint8Array>
}

export interface SignedHttp {
  /** @throws {Failure} where no answer comes, or one that says the credentials are wrong or the server failed. */
  call(call: Call): Promise<Answer>
  /** The same for a large body; nothing is repeated once that has begun. */
  stream(call: Call): Promise<Streamed>
  close(): Promise<void>
}

const usualLimits = { connect: 10_000, headers: 30_000, body: 60_000, whole: 60_000, silence: 15_000 } as const

/** Seconds a clock may be wrong before that is told; gateways allow 15 minutes. */
const skewAllowed = 60

/** `POST /v1/releases/{}/submit`: what has a digit in it is an id, unless it is the version of an API. */
function endpointOf({ endpoint, method, path }: Call): string {
  return endpoint ?? `${method} ${path.replace(/\/(?!v\d+(?:\/|$))[^/]*\d[^/]*/g, '/{}')}`
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
  /**
   * What `stop` does to a request in flight; by default it is aborted. With `finish` only pauses end; what is called
   * afterwards is sent at once and not repeated, because it is the last that has to be said.
   */
  readonly whenStopped?: 'abort' | 'finish'
  /** Names the proxies. */
  readonly environment?: Environment
  /** Most connections at once. */
  readonly connections?: number
  /** Signs with the server's time where this machine's clock is wrong. */
  readonly mendClock?: boolean
  /** What other clients of the host have learned of it. */
  readonly memory?: HostMemory
  /** Takes a sentence for the user. */
  readonly notice?: (text: string) => void
  /** Takes a line for each attempt. */
  readonly trace?: (line: TraceLine) => void
  /** Milliseconds; `silence` is how long a server may say nothing until that is told. */
  readonly limits?: Partial<CallLimits & { readonly silence: number }>
}): SignedHttp {
  const { base, credentials, headers = [], clock, randomness, stop, environment = {}, connections = 16 } = options
  const { whenStopped = 'abort', memory = hostMemory(clock), notice = () => {} } = options
  const limits = { ...usualLimits, ...options.limits }
  const who = `${options.who} at ${base.origin}`
  // Whoever could forge the date could have old requests sent again.
  const mendsClock = options.mendClock === true && (base.protocol === 'https:' || isLoopback(base))
  const dispatcher = connectionsTo(base, { environment, connections, limits })
  const abort = whenStopped === 'abort' ? stop : undefined
  const attempt = attempts({
    ...{ who, base, credentials, headers, clock, randomness, abort, memory, dispatcher, limits },
  })

  function mend({ signedWith, skew }: Skewed): void {
    memory.skew = signedWith + skew
    if (memory.toldOfSkew) return
    memory.toldOfSkew = true
    notice(`This machine’s clock is ${lag(skew)} the server’s; requests are signed with the server’s time.`)
  }

  /** What an attempt tells of the rate the host allows. */
  function learn(endpoint: string, trouble: Trouble, next: Next): void {
    if (trouble === 'throttled') {
      memory.pacer.throttled(endpoint, next.do === 'repeat' && next.shared ? next.pause : undefined)
    } else if (trouble === 'none' || trouble === 'refused') memory.pacer.answered(endpoint)
  }

  /** A pause as long as a silence that is told, is told as well; several calls may have got the same. */
  function tellOfPause(asked: number): void {
    const until = clock.now() + asked
    if (asked < limits.silence || until - memory.toldOfPause < 1000) return
    memory.toldOfPause = until
    notice(`${who} asks to wait ${Math.ceil(asked / 1000)} seconds.`)
  }

  async function rest(milliseconds: number): Promise<void> {
    if (milliseconds > 0 && !stop.aborted) await clock.sleep(milliseconds, stop)
    if (stop.aborted) throw stopped()
  }

  function nextAfter(call: Call, made: Attempt, trouble: Trouble, past: Past): Next {
    if (mendsClock && !past.mended && isSkewed(made)) {
      mend(made)
      return { do: 'repeat', pause: 0, shared: false, past: { ...past, mended: true } }
    }
    const asked = askedPause(made, clock.now())
    const next = nextOf(trouble, call, past, asked, jitterOf(randomness))
    if (next.do === 'repeat' && asked !== undefined) tellOfPause(asked)
    return next
  }

  function judged(attempt: Attempt, trouble: Trouble, asked: number | undefined): Answered {
    if (asked !== undefined) throw asksToWait(who, asked)
    if (attempt.is === 'lost') throw unreachable(who, attempt.cause, limits)
    throwIfRefused(who, trouble, attempt.answer, attempt.skew)
    return attempt
  }

  async function carriedOut(call: Call, streamed: boolean): Promise<Answered> {
    if (abort?.aborted) throw stopped()
    const endpoint = endpointOf(call)
    const turn = stop.aborted ? async () => {} : () => memory.pacer.turn(endpoint, stop)
    const silence = silenceOf(call)
    let past = noPast
    try {
      for (let number = 1; ; number += 1) {
        await turn()
        silence.begin()
        const made = await attempt(call, streamed)
        if (made.is === 'answer') silence.end()
        const trouble = troubleOf(made)
        const next = nextAfter(call, made, trouble, past)
        learn(endpoint, trouble, next)
        traced(call, made, number, next.do === 'repeat' ? next.pause : undefined)
        if (next.do === 'end') return judged(made, trouble, next.asked)
        past = next.past
        // What everyone has to wait for, the pacer keeps.
        await rest(next.shared ? 0 : next.pause)
      }
    } finally {
      silence.stop()
    }
  }

  function traced(call: Call, attempt: Attempt, number: number, pause: number | undefined): void {
    const answered = attempt.is === 'answer' ? attempt : undefined
    const id = answered?.headers['x-request-id']
    options.trace?.({
      ...{ method: call.method, host: base.host, path: addressOf(base, call).full },
      result: attempt.is === 'answer' ? attempt.answer.status : (causeCode(attempt.cause) ?? 'lost'),
      ...{ milliseconds: attempt.milliseconds, attempt: number, pause },
      sent: call.body?.bytes.length ?? 0,
      received: answered === undefined ? 0 : Buffer.byteLength(answered.answer.text),
      requestId: typeof id === 'string' ? printable(id) : undefined,
    })
  }

  /** Tells of a server that says nothing, attempt after attempt, while koo goes on waiting. */
  function silenceOf(call: Call) {
    const time = limits.silence + timeForBody(call)
    let timer: NodeJS.Timeout | undefined
    const tell = (): void => {
      if (!memory.toldOfSilence)
        notice(`${who} has not answered for ${Math.round(time / 1000)} seconds; still waiting.`)
      memory.toldOfSilence = true
    }
    const stop = (): void => {
      clearTimeout(timer)
      timer = undefined
    }
    return {
      begin() {
        timer ??= setTimeout(tell, time)
      },
      end() {
        memory.toldOfSilence = false
        stop()
      },
      stop,
    }
  }

  return {
    call: async (call) => (await carriedOut(call, false)).answer,
    async stream(call) {
      const { answer, headers, body } = await carriedOut(call, true)
      return { status: answer.status, headers, body: body ?? piecesOf(answer.text) }
    },
    close: () => dispatcher.destroy(),
  }
}

/** A refusal for which the clock may be the cause. */
type Skewed = Answered & { readonly skew: number }

function isSkewed(attempt: Attempt): attempt is Skewed {
  return attempt.is === 'answer' && attempt.answer.status === 401 && Math.abs(attempt.skew ?? 0) > skewAllowed
}

/** Milliseconds for which the server wants no call. */
function askedPause(attempt: Attempt, now: number): number | undefined {
  if (attempt.is === 'lost') return undefined
  const { date } = attempt.headers
  const server = typeof date === 'string' ? Date.parse(date) : Number.NaN
  return retryAfter(attempt.headers['retry-after'], Number.isNaN(server) ? now : server)
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
