/** What a case speaks with the seller's server: calls that are right or made wrong on purpose, and what is expected of answers. */
import type { Charging } from '../model/access/charging.ts'
import { lineOf, newOrderOf } from '../model/access/mock-orders.ts'
import {
  beingProcessed,
  codeInWords,
  type ResultCode,
  resultCodes,
  succeeded,
  unauthenticated,
} from '../model/access/result-codes.ts'
import type { CallEnd, CallRequest, Clock, SellerServer } from '../ports.ts'
import { hmac } from '../signing/production.ts'
import { Blocked, Wrong } from './case.ts'
import type { Signable } from './misreadings.ts'
import { shown } from './shown.ts'
import { type JsonObject, type Spoken, spokenOf } from './spoken.ts'

/** What is made wrong on purpose. */
export interface Change {
  /** Instead of the right signature; null leaves it out. */
  readonly signature?: (right: string, call: Signable, text: string) => string | null
  /** Milliseconds since 1970, instead of now; null leaves the parameter out. */
  readonly time?: number | null
  /** The timestamp is written so, whatever is usual. */
  readonly unit?: 'seconds'
  /** Instead of a new one; null leaves it out. */
  readonly nonce?: string | null
  /** The text of the body as it is sent, which says the same or something else than what is signed. */
  readonly text?: (body: JsonObject) => string
}

/** A way to write calls down: version 2.0, or 1.0. */
export type Prepare = (
  call: { readonly activity: string; readonly fields: JsonObject; readonly now: number; readonly nonce: string },
  change: Change,
) => Omit<CallRequest, 'time'>

export interface Partner {
  readonly server: SellerServer
  readonly clock: Clock
  readonly url: string
  readonly key: string
  readonly prepare: Prepare
  /** Milliseconds an answer may take. */
  readonly answerTime: number
  /** Milliseconds an instance may take to be made, once the server said that it is being made. */
  readonly creationTime: number
  /** Milliseconds between two questions after it. */
  readonly pollInterval: number
  /** Instances that are asked for at the same time. */
  readonly concurrency: number
  /** Ends waiting between calls. */
  readonly stop?: AbortSignal | undefined
  /** Why instances do not come to be, once one did not: each other case would wait as long. */
  readonly creation: { stuck?: string }
  /** A license authorization code the seller's server knows. */
  readonly license?: string | undefined
  /** For the ids of orders. */
  readonly seed: string
  /** For nonces, which must be new in every run. */
  readonly fresh: string
}

export interface Order {
  readonly orderId: string
  readonly orderLineId: string
  readonly businessId: string
}

export class Talk {
  readonly spoken: Spoken[] = []
  readonly charging: Charging
  readonly partner: Partner
  readonly #id: string
  #drawn = 0

  constructor(partner: Partner, id: string, charging: Charging) {
    this.partner = partner
    this.#id = id
    this.charging = charging
  }

  /** Ids nobody had before, the same again with the same seed. */
  drawn(of = this.partner.seed): string {
    this.#drawn += 1
    return hmac(of, `${this.#id}/${this.#drawn}`)
  }

  uuid(): string {
    const hex = this.drawn()
    const part = (from: number, to: number) => hex.slice(from, to)
    return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`
  }

  order(): Order {
    const orderId = `${newOrderOf[this.charging]}-${this.drawn().slice(0, 12).toUpperCase()}`
    return { orderId, orderLineId: lineOf(orderId), businessId: this.uuid() }
  }

  /** Makes a call; whatever comes of it is given back. */
  async send(activity: string, fields: JsonObject, change: Change = {}): Promise<Spoken> {
    const nonce = this.drawn(this.partner.fresh).toUpperCase()
    const spoken = await makeCall(this.partner, { activity, fields, nonce }, change)
    this.spoken.push(spoken)
    return spoken
  }

  /** The same bytes again. */
  async repeat(before: Spoken): Promise<Spoken> {
    const at = this.partner.clock.now()
    const once = () => this.partner.server.call(before.request)
    const first = await once()
    const spoken = spokenOf({ ...before, at, isAuthentic: false }, isStale(first) ? await once() : first)
    this.spoken.push(spoken)
    return spoken
  }

  /** A call about which nothing is special succeeds, so that what comes of another one tells something. */
  async accepted(): Promise<Spoken> {
    return prior('new-instance', async () => {
      const spoken = await this.send('newInstance', { ...this.order() })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance')
      return spoken
    })
  }

  /** Makes a call that has to succeed. */
  async done(activity: string, fields: JsonObject, change: Change = {}, what = activity): Promise<Spoken> {
    const spoken = await this.send(activity, fields, change)
    expectCode(spoken, [succeeded], what)
    return spoken
  }

  /** Buys an instance and waits until it is there. */
  async opened(order = this.order()): Promise<string> {
    return prior('new-instance', async () => {
      const spoken = await this.send('newInstance', { ...order })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance')
      const id = newIdOf(spoken)
      if (codeOf(spoken) === beingProcessed) await prior('new-instance-slow', () => this.made(id))
      return id
    })
  }

  /** Asks until the instance is there, as KooGallery does. */
  async made(instanceId: string): Promise<void> {
    const { clock, creationTime, pollInterval, stop, creation } = this.partner
    if (creation.stuck !== undefined) throw new Wrong(creation.stuck)
    const end = clock.now() + creationTime
    for (;;) {
      const spoken = await this.send('queryInstance', { instanceId })
      const code = codeOf(spoken)
      if (code === succeeded && infosOf(spoken).some((info) => info.instanceId === instanceId)) return
      if (code !== beingProcessed && code !== succeeded) {
        creation.stuck = `queryInstance answers ${codeInWords(code)} for an instance that is being made.`
      } else if (clock.now() >= end) {
        creation.stuck = `The instance is still not there ${creationTime / 1000} seconds after newInstance.`
      }
      if (creation.stuck !== undefined) throw new Wrong(creation.stuck)
      await clock.sleep(pollInterval, stop)
    }
  }
}

/** Makes one call, signed as KooGallery signs it where nothing is to be changed. */
export async function makeCall(
  { server, clock, answerTime: time, prepare }: Pick<Partner, 'server' | 'clock' | 'answerTime' | 'prepare'>,
  { activity, fields, nonce }: { readonly activity: string; readonly fields: JsonObject; readonly nonce: string },
  change: Change = {},
): Promise<Spoken> {
  const once = async (own: string): Promise<Spoken> => {
    const at = clock.now()
    const request = { ...prepare({ activity, fields, now: at, nonce: own }, change), time }
    const isAuthentic = Object.keys(change).length === 0
    return spokenOf({ activity, fields, request, at, isAuthentic }, await server.call(request))
  }
  const spoken = await once(nonce)
  // Not the same call: a server that hung up instead of answering has seen its nonce.
  return isStale(spoken.end) ? once(hmac(nonce, 'again').toUpperCase()) : spoken
}

function isStale(end: CallEnd): boolean {
  return end.is === 'unreached' && end.stale === true
}

/** Runs what a case builds on; where that is wrong, it is the other case that says so. */
export function prior<T>(by: string, run: () => T): T {
  const turned = (error: unknown): never => {
    if (error instanceof Wrong) throw new Blocked(by, error.message)
    throw error
  }
  try {
    const result = run()
    return result instanceof Promise ? (result.catch(turned) as T) : result
  } catch (error) {
    return turned(error)
  }
}

/**
 * The result code of an answer.
 * @throws {Blocked} where there is none to go by, for which there are cases of their own.
 */
export function codeOf({ activity, end, text, json, code, isAuthentic }: Spoken): string {
  if (end.is === 'late') throw new Blocked('answer-time', `${activity} was not answered in time.`)
  if (end.is === 'unreached') throw new Blocked('reachable', `The server could not be called: ${end.why}.`)
  if (code !== undefined) {
    if (code === unauthenticated && isAuthentic) {
      throw new Blocked(
        'signature-accepted',
        `${activity} is signed as it has to be, and refused (${unauthenticated}).`,
      )
    }
    if (Object.hasOwn(resultCodes, code)) return code
    throw new Blocked('result-code', `The answer to ${activity} has a resultCode that is in no table.`)
  }
  if (end.status !== 200) throw new Blocked('answer-status', `${activity} was answered with HTTP ${end.status}.`)
  if (text === undefined || json === undefined) {
    throw new Blocked('answer-json', `The answer to ${activity} is no JSON object in UTF-8.`)
  }
  throw new Blocked('result-code', `The answer to ${activity} has no resultCode.`)
}

/** @throws {Wrong} where the answer has another result code. */
export function expectCode(spoken: Spoken, codes: readonly ResultCode[], what: string): void {
  const code = codeOf(spoken)
  if (codes.some((each) => each === code)) return
  const wanted = codes.map(codeInWords).join(' or ')
  throw new Wrong(`${what} is answered with ${codeInWords(code)}${messageOf(spoken)}, not with ${wanted}.`)
}

function messageOf({ json }: Spoken): string {
  const message = json?.resultMsg
  return typeof message === 'string' && message !== '' ? `, “${shown(message)}”` : ''
}

/** @throws {Wrong} where there is none. */
export function instanceIdOf({ activity, json }: Spoken): string {
  const id = json?.instanceId
  if (typeof id === 'string' && id !== '') return id
  const instead = id === undefined || id === null || id === '' ? '' : `: it is ${shown(JSON.stringify(id))}, no text`
  throw new Wrong(`The answer to ${activity} has no instanceId${instead}.`)
}

/**
 * The id of an instance that is made or being made.
 * @throws {Wrong} {Blocked} where there is none.
 */
export function newIdOf(spoken: Spoken): string {
  if (spoken.code !== beingProcessed) return instanceIdOf(spoken)
  return prior('new-instance-slow', () => instanceIdOf(spoken))
}

/** What queryInstance tells of instances. */
export function infosOf({ json }: Spoken): readonly JsonObject[] {
  const info = json?.info
  return Array.isArray(info) ? info.filter((each) => typeof each === 'object' && each !== null) : []
}
