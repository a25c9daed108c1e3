/** The calls of version 1.0, as its cases make them. */
import { activitiesV1 } from '../../model/access/activities-v1.ts'
import type { Charging } from '../../model/access/charging.ts'
import { newOrderOf } from '../../model/access/mock-orders.ts'
import { beingProcessed, succeeded } from '../../model/access/result-codes.ts'
import { Wrong } from '../case.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { codeOf, expectCode, instanceIdOf, prior, type Talk } from '../talk.ts'
import type { CallOf, Subject } from './call-cases.ts'
import { expireTime, laterOrder, settled } from './instance-calls.ts'

/** What is told of how the buyer pays, as far as the pages say. */
const payment: Readonly<Record<Charging, (talk: Talk) => JsonObject>> = {
  period: (talk) => ({ chargingMode: '1', periodType: 'year', periodNumber: '1', expireTime: expireTime(talk) }),
  'one-time': () => ({ chargingMode: '3' }),
  'pay-per-use': () => ({}),
}

/** What newInstance is told, of a purchase nobody made before. */
export function purchase(talk: Talk): JsonObject {
  return {
    customerId: talk.drawn().slice(0, 32),
    customerName: 'harbor',
    businessId: talk.uuid(),
    orderId: `${newOrderOf[talk.charging]}-${talk.drawn().slice(0, 12).toUpperCase()}`,
    skuCode: talk.uuid(),
    productId: talk.drawn().slice(0, 32),
    ...payment[talk.charging](talk),
  }
}

/** The same call, as KooGallery repeats it. */
export function again(talk: Talk, bought: JsonObject): JsonObject {
  return { ...bought, businessId: talk.uuid() }
}

/**
 * Calls newInstance, and again while the instance is being made, as KooGallery does in version 1.0.
 * @throws {Wrong} where it does not come to be.
 */
export async function bought(talk: Talk, fields = purchase(talk)): Promise<Spoken> {
  const { clock, creationTime, pollInterval, stop, creation } = talk.partner
  const end = clock.now() + creationTime
  for (;;) {
    const spoken = await talk.send('newInstance', again(talk, fields))
    expectCode(spoken, [succeeded, beingProcessed], 'newInstance')
    if (codeOf(spoken) === succeeded) return spoken
    if (creation.stuck === undefined && clock.now() >= end) {
      creation.stuck = `newInstance still answers ${beingProcessed} after ${creationTime / 1000} seconds.`
    }
    if (creation.stuck !== undefined) throw new Wrong(creation.stuck)
    await clock.sleep(pollInterval, stop)
  }
}

/** The id of an instance that is there. */
export async function opened(talk: Talk, fields = purchase(talk)): Promise<string> {
  return prior('new-instance', async () => instanceIdOf(await bought(talk, fields)))
}

const instance: Subject = {
  noun: 'an instance',
  absentNoun: 'an instance that was never made',
  there: (talk) => opened(talk),
  absent: (talk) => talk.uuid(),
}

/** What refreshInstance is told, with all that may be told. */
export function refreshed(talk: Talk, instanceId: string): JsonObject {
  return {
    ...toldAlways(talk, instanceId),
    productId: talk.drawn().slice(0, 32),
    periodType: 'year',
    periodNumber: '1',
  }
}

/** What refreshInstance is told at least. */
export function toldAlways(talk: Talk, instanceId: string): JsonObject {
  return { orderId: laterOrder(talk, 'MOCKMONTYRENEW').orderId, instanceId, expireTime: expireTime(talk, 730) }
}

export const calls = {
  refresh: {
    id: 'refresh',
    group: 'refresh-instance',
    activity: 'refreshInstance',
    row: activitiesV1.refreshInstance,
    what: 'The renewal',
    mend: `Set the end of the instance to expireTime and answer ${succeeded}; orderId is that of the renewal.`,
    subject: instance,
    fields: refreshed,
    repeated: 'should',
    absent: 'must',
  },
  expire: {
    id: 'expire',
    group: 'expire-instance',
    activity: 'expireInstance',
    row: activitiesV1.expireInstance,
    what: 'The expiry',
    mend: `Freeze the instance, keep its data, and answer ${succeeded}.`,
    subject: instance,
    fields: (_, instanceId) => ({ instanceId }),
    repeated: 'must',
    absent: 'must',
  },
  freeze: {
    id: 'status-freeze',
    group: 'instance-status',
    activity: 'instanceStatus',
    row: activitiesV1.instanceStatus,
    what: 'FREEZE',
    mend: `Let nobody in, keep the data, and answer ${succeeded}.`,
    subject: instance,
    fields: (_, instanceId) => ({ instanceId, instanceStatus: 'FREEZE' }),
    repeated: 'should',
    absent: 'must',
  },
  release: {
    id: 'release',
    group: 'release-instance',
    activity: 'releaseInstance',
    row: activitiesV1.releaseInstance,
    what: 'The release',
    mend: `End the instance and answer ${succeeded}.`,
    subject: instance,
    fields: (talk, instanceId) => ({ instanceId, orderId: laterOrder(talk, newOrderOf[talk.charging]).orderId }),
    repeated: 'must',
    absent: 'should',
  },
  upgrade: {
    id: 'upgrade',
    group: 'upgrade-instance',
    activity: 'upgrade',
    row: activitiesV1.upgrade,
    what: 'An upgrade',
    mend: `Change what the instance offers to skuCode and answer ${succeeded}; its instanceId and its data stay.`,
    subject: instance,
    fields: (talk, instanceId) => ({
      instanceId,
      orderId: laterOrder(talk, 'MOCKMONTYCHANGE').orderId,
      skuCode: talk.uuid(),
      productId: talk.drawn().slice(0, 32),
    }),
    repeated: 'must',
    absent: 'must',
  },
} as const satisfies Readonly<Record<string, CallOf>>

/** Makes a call that is a step of something longer. */
export async function step(talk: Talk, what: string, activity: string, fields: JsonObject): Promise<void> {
  expectCode(await settled(talk, activity, fields), [succeeded], `${what} (${activity})`)
}
