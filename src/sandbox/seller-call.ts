/** One call to a seller's production interface: made as KooGallery makes it, looked at, and kept with secrets masked. */
import { type Case, isScenario, type Observation } from '../access/case.ts'
import { exchangeOf, type JsonObject, type Spoken } from '../access/spoken.ts'
import { infosOf, makeCall } from '../access/talk.ts'
import { prepareV2, usualReadings } from '../access/v2.ts'
import { answerFields, appInfoFields } from '../model/access/activities.ts'
import type { Exchange } from '../model/access/report.ts'
import { codeInWords, succeeded } from '../model/access/result-codes.ts'
import { Failure } from '../model/failure.ts'
import type { Clock, Randomness, SellerServer } from '../ports.ts'
import type { CallFinding, WholeCall } from './order-store.ts'
import type { Access } from './orders.ts'
import { Refusal } from './refusal.ts'

export interface Caller {
  readonly server: SellerServer
  readonly clock: Clock
  readonly randomness: Randomness
  readonly key: string
  readonly url: string
  readonly observations: readonly Observation[]
  /** Milliseconds an answer may take. */
  readonly answerTime: number
  /** Ends a call that waits. */
  readonly stop: AbortSignal
}

/** Characters of a body that are kept. */
const mostKept = 32_768
/** Of a text that the seller's server wrote and that becomes part of a sentence. */
const mostQuoted = 100
/** Of what a buyer signs in with; longer than any may be, so that what is too long can be seen. */
const mostAccess = 2_048

/** @throws {Refusal} where the sandbox is stopped meanwhile; nothing else is thrown for what the seller's server does. */
export async function calledSeller(caller: Caller, activity: string, fields: JsonObject): Promise<Spoken> {
  const { server, clock, randomness, key, url, answerTime, stop } = caller
  // No testFlag: these are orders, as far as the seller is concerned.
  const prepare = prepareV2(url, key, { ...usualReadings, testFlag: false })
  const nonce = randomness.hex(32).toUpperCase()
  if (stop.aborted) throw stopping()
  let halt = (): void => {}
  const halted = new Promise<never>((_, reject) => {
    halt = () => reject(stopping())
    stop.addEventListener('abort', halt, { once: true })
  })
  try {
    return await Promise.race([makeCall({ server, clock, answerTime, prepare }, { activity, fields, nonce }), halted])
  } catch (error) {
    throw error instanceof Failure && error.code === 'stopped' ? stopping() : error
  } finally {
    stop.removeEventListener('abort', halt)
  }
}

function stopping(): Refusal {
  return new Refusal('KOO.01503001', 'The sandbox was stopped before the seller’s server had answered.')
}

export function observationsIn(cases: readonly Case[]): readonly Observation[] {
  return cases.filter((each): each is Observation => !isScenario(each))
}

/** A call as it is kept. */
export function keptCall(
  spoken: Spoken,
  { key, observations }: Pick<Caller, 'key' | 'observations'>,
): Omit<WholeCall, 'number' | 'instance' | 'orderId'> {
  const { activity, at, end, code } = spoken
  const findings = observations.flatMap((each): readonly CallFinding[] => {
    const look = each.observe(spoken, key)
    if (typeof look !== 'object') return []
    return [{ id: each.id, level: each.level, wrong: look.wrong, mend: each.mend }]
  })
  return {
    activity,
    at,
    milliseconds: Math.round(end.milliseconds),
    ...(end.is === 'answer' ? { status: end.status } : {}),
    ...(code === undefined ? {} : { code: quoted(code) }),
    findings,
    exchange: shortened(exchangeOf(spoken, key)),
  }
}

function shortened(exchange: Exchange): Exchange {
  const { sent, came } = exchange
  return {
    ...exchange,
    sent: { ...sent, body: cut(sent.body, mostKept) },
    came: came.is === 'answer' ? { ...came, body: cut(came.body, mostKept) } : came,
  }
}

function cut(text: string, most: number): string {
  const more = text.length - most
  return more <= 0 ? text : `${text.slice(0, most)}… (${more.toLocaleString('en-US')} more characters)`
}

function quoted(text: string): string {
  return text.length > mostQuoted ? `${text.slice(0, mostQuoted)}…` : text
}

/** Why a call did not succeed, in a sentence; undefined where it did, or has one of the other codes. */
export function troubleOf(
  { activity, end, json, code }: Spoken,
  answerTime: number,
  accepted: readonly string[] = [succeeded],
): string | undefined {
  if (end.is === 'late') return `The seller’s server did not answer ${activity} within ${answerTime / 1000} seconds.`
  if (end.is === 'unreached') return `The seller’s server could not be called: ${end.why}.`
  const says = `The seller’s server answered ${activity} with`
  if (end.status !== 200) return `${says} HTTP status ${end.status}.`
  if (json === undefined) return `${says} something that is no JSON object.`
  if (code === undefined) return `${says} no resultCode.`
  if (accepted.includes(code)) return undefined
  const { resultMsg } = json
  const message = typeof resultMsg === 'string' && resultMsg !== '' ? `: “${quoted(resultMsg)}”` : ''
  return `${says} ${codeInWords(quoted(code))}${message}.`
}

/** The id of a new instance, or what is wrong with it. */
export function newInstanceId({ json }: Spoken): { readonly id: string } | { readonly trouble: string } {
  const id = json?.instanceId
  if (typeof id !== 'string' || id === '') return { trouble: 'The answer to newInstance names no instanceId.' }
  const { length } = id
  if (length <= answerFields.instanceId) return { id }
  return { trouble: `The instanceId has ${length} characters; ${answerFields.instanceId} are allowed.` }
}

/** What a query tells of an instance: undefined where it says nothing of it. */
export function accessOf(spoken: Spoken, instanceId: string): Access | undefined {
  const info = infosOf(spoken).find((each) => each.instanceId === instanceId)
  if (info === undefined) return undefined
  const { appInfo } = info
  if (typeof appInfo !== 'object' || appInfo === null) return {}
  const texts = Object.keys(appInfoFields).flatMap((name) => {
    const text = (appInfo as JsonObject)[name]
    return typeof text === 'string' && text !== '' ? [[name, cut(text, mostAccess)] as const] : []
  })
  return Object.fromEntries(texts)
}
