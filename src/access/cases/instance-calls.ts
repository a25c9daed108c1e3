/** The calls about an instance that is there, as the cases about its life make them. */
import { type ActivityName, activities } from '../../model/access/activities.ts'
import { lineOf, type MockOrderName } from '../../model/access/mock-orders.ts'
import { beingProcessed, codeInWords, invalidParameter, succeeded } from '../../model/access/result-codes.ts'
import { Blocked, Wrong } from '../case.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { codeOf, expectCode, infosOf, prior, type Talk } from '../talk.ts'

const day = 24 * 60 * 60 * 1000
/** How often a call is repeated while it is being processed, as KooGallery repeats it. */
const mostRepeats = 10

/** When an instance ends, in UTC as KooGallery writes it: yyyyMMddHHmmss. */
export function expireTime(talk: Talk, days = 365): string {
  return new Date(talk.partner.clock.now() + days * day).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** Another order than the one an instance was made for: a renewal, a change, an unsubscription. */
export function laterOrder(
  talk: Talk,
  name: MockOrderName,
): { readonly orderId: string; readonly orderLineId: string } {
  const orderId = `${name}-${talk.drawn().slice(0, 12).toUpperCase()}`
  return { orderId, orderLineId: lineOf(orderId) }
}

const orderOfScene = {
  TRIAL_TO_FORMAL: 'MOCKMONTYTRIALTOFORMAL',
  RENEWAL: 'MOCKMONTYRENEW',
  UNSUBSCRIBE_RENEWAL_PERIOD: 'MOCKMONTYUNSUBSCRIBE',
  RENEWAL_CHANGE: 'MOCKMONTYCHANGE',
} as const

/** What refreshInstance is told, with all that may be told. */
export function refreshed(
  talk: Talk,
  instanceId: string,
  scene: keyof typeof orderOfScene = 'RENEWAL',
  days = 365,
): JsonObject {
  const productId = talk.drawn().slice(0, 32)
  return { scene, ...laterOrder(talk, orderOfScene[scene]), instanceId, productId, expireTime: expireTime(talk, days) }
}

/** What releaseInstance is told, with the order by which the buyer unsubscribes. */
export function released(talk: Talk, instanceId: string): JsonObject {
  return { instanceId, ...laterOrder(talk, 'MOCKMONTYUNSUBSCRIBE') }
}

/** What upgradeInstance is told. */
export function upgraded(talk: Talk, instanceId: string): JsonObject {
  return { instanceId, ...laterOrder(talk, 'MOCKMONTYCHANGE') }
}

/** Makes a call, and makes it again while the server says that it is being processed. */
export async function settled(talk: Talk, activity: string, fields: JsonObject): Promise<Spoken> {
  const { clock, pollInterval, stop } = talk.partner
  for (let repeats = 0; ; repeats += 1) {
    const spoken = await talk.send(activity, fields)
    if (codeOf(spoken) !== beingProcessed || repeats === mostRepeats) return spoken
    await clock.sleep(pollInterval, stop)
  }
}

/**
 * Makes a call that has to succeed.
 * @throws {Wrong} with a sentence that begins with what the call is.
 */
export async function succeeds(
  talk: Talk,
  activity: string,
  fields: JsonObject,
  what: string = activity,
): Promise<Spoken> {
  const spoken = await settled(talk, activity, fields)
  expectCode(spoken, [succeeded], what)
  return spoken
}

/** Runs what another case speaks of, so that what comes afterwards tells something. */
export async function first(by: string, talk: Talk, activity: string, fields: JsonObject): Promise<Spoken> {
  return prior(by, () => succeeds(talk, activity, fields))
}

/** Each parameter that is needed is left out in turn, and has to be missed. */
export async function eachIsNeeded(talk: Talk, activity: ActivityName, fields: JsonObject): Promise<void> {
  const needed = Object.entries(activities[activity].fields).filter(([, field]) => field.needed)
  for (const [name] of needed) {
    const { [name]: _, ...others } = fields
    expectCode(await talk.send(activity, others), [invalidParameter], `${activity} without ${name}`)
  }
}

/** Whether queryInstance tells of an instance, which the case about it has to say where it is wrong. */
export async function isTold(talk: Talk, instanceId: string): Promise<boolean> {
  const spoken = await talk.send('queryInstance', { instanceId })
  return codeOf(spoken) === succeeded && infosOf(spoken).some((info) => info.instanceId === instanceId)
}

/** @throws {Blocked} where queryInstance does not even tell of an instance that was just made. */
export async function toldBefore(talk: Talk, instanceId: string): Promise<void> {
  if (await isTold(talk, instanceId)) return
  throw new Blocked('query-instance', 'queryInstance does not tell of an instance that was just made.')
}

/** @throws {Wrong} where an instance is not told any more. */
export async function stillTold(talk: Talk, instanceId: string, when: string): Promise<void> {
  const spoken = await talk.send('queryInstance', { instanceId })
  const code = codeOf(spoken)
  if (code === succeeded && infosOf(spoken).some((info) => info.instanceId === instanceId)) return
  const how = code === succeeded ? 'without it' : `with ${codeInWords(code)}`
  throw new Wrong(`${when}, queryInstance answers ${how}.`)
}
