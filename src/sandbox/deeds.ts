/** What can be done with an instance from the console: which call each makes, when it is possible, what it changes. */
import { type ActivityName, activities } from '../model/access/activities.ts'
import type { OrderType } from '../model/access/mock-orders.ts'
import { after, compactTime, type Instance, type Order, productInfo } from './orders.ts'

type Fields = Readonly<Record<string, unknown>>

interface Facts {
  readonly title: string
  /** What it means, in a sentence. */
  readonly about: string
  readonly activity: ActivityName
  readonly isPossible: (instance: Instance, orders: readonly Order[]) => boolean
  /** Needs another specification. */
  readonly takesTarget?: true
  readonly isFinal?: true
}

/** Has an order of its own, which the seller may ask about, and which can be repeated. */
interface OrderedDeed extends Facts {
  readonly orderType: OrderType
  /** What the order is about. */
  readonly terms: (
    instance: Instance,
    now: number,
    target: string,
  ) => Pick<Order, 'specification'> & Partial<Pick<Order, 'period' | 'expiresAt'>>
  readonly fields: (instance: Instance, order: Order) => Fields
  readonly changes: (order: Order) => Partial<Instance>
}

interface PlainDeed extends Facts {
  readonly fields: (instance: Instance, target: string) => Fields
  readonly changes: () => Partial<Instance>
}

export type Deed = OrderedDeed | PlainDeed

const isLiving = ({ status, instanceId }: Instance): boolean =>
  instanceId !== undefined && (status === 'active' || status === 'frozen')
const gets = ({ charging }: Instance, activity: ActivityName): boolean =>
  activities[activity].charging.some((each) => each === charging)
const idOf = ({ instanceId = '' }: Instance): Fields => ({ instanceId })
const idsOf = ({ orderId, orderLineId }: Order): Fields => ({ orderId, orderLineId })
const month = { type: 'month', number: 1 } as const

const refresh =
  (scene: string) =>
  (instance: Instance, order: Order): Fields => ({
    ...idOf(instance),
    ...idsOf(order),
    scene,
    productId: instance.productId,
    expireTime: compactTime(order.expiresAt ?? 0),
  })

function lastPaid(orders: readonly Order[]): Order | undefined {
  return orders.find(({ state, deed }) => state === 'succeeded' && deed !== 'upgrade')
}

/** The identities; they are there to infer types. */
const ordered = (deed: OrderedDeed): OrderedDeed => deed
const plain = (deed: PlainDeed): PlainDeed => deed

/** Buying is one as well; it is done on the storefront. */
export const deeds = {
  open: ordered({
    title: 'Buy',
    about: 'The seller makes an instance.',
    activity: 'newInstance',
    isPossible: () => false,
    orderType: 'NEW',
    terms: ({ specification, period, expiresAt }) => ({
      specification,
      ...(period === undefined ? {} : { period }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
    fields: (_, order) => idsOf(order),
    changes: () => ({}),
  }),
  query: plain({
    title: 'Query',
    about: 'Asks for what the buyer signs in with, and for usage.',
    activity: 'queryInstance',
    isPossible: ({ instanceId, status }) => instanceId !== undefined && status !== 'released',
    fields: idOf,
    changes: () => ({}),
  }),
  renew: ordered({
    title: 'Renew',
    about: 'The buyer pays for another period.',
    activity: 'refreshInstance',
    isPossible: (instance) => isLiving(instance) && gets(instance, 'refreshInstance') && !instance.isTrial,
    orderType: 'RENEW',
    terms: ({ specification, period = month, expiresAt = 0 }, now) => ({
      specification,
      period,
      expiresAt: after(Math.max(expiresAt, now), period),
    }),
    fields: refresh('RENEWAL'),
    changes: ({ expiresAt = 0 }) => ({ expiresAt, status: 'active' }),
  }),
  unrenew: ordered({
    title: 'Unsubscribe from the renewal',
    about: 'The buyer takes the renewal back before it has begun.',
    activity: 'refreshInstance',
    isPossible: (instance, orders) => isLiving(instance) && lastPaid(orders)?.deed === 'renew',
    orderType: 'UNSUBSCRIBE',
    terms: ({ specification, period = month, expiresAt = 0 }) => ({
      specification,
      period,
      expiresAt: after(expiresAt, { ...period, number: -period.number }),
    }),
    fields: refresh('UNSUBSCRIBE_RENEWAL_PERIOD'),
    changes: ({ expiresAt = 0 }) => ({ expiresAt }),
  }),
  formal: ordered({
    title: 'Make the trial a paid order',
    about: 'The buyer goes on after a trial.',
    activity: 'refreshInstance',
    isPossible: (instance) => isLiving(instance) && instance.isTrial,
    orderType: 'TRIAL_TO_FORMAL',
    terms: ({ specification, period = month }, now) => ({ specification, period, expiresAt: after(now, period) }),
    fields: refresh('TRIAL_TO_FORMAL'),
    changes: ({ expiresAt = 0 }) => ({ expiresAt, isTrial: false, status: 'active' }),
  }),
  freeze: plain({
    title: 'Freeze',
    about: 'The time that was paid for is over, or the buyer is in arrears.',
    activity: 'updateInstanceStatus',
    isPossible: (instance) =>
      instance.status === 'active' && isLiving(instance) && gets(instance, 'updateInstanceStatus'),
    fields: (instance) => ({ ...idOf(instance), status: 'FREEZE' }),
    changes: () => ({ status: 'frozen' }),
  }),
  unfreeze: plain({
    title: 'Unfreeze',
    about: 'The buyer may use it again.',
    activity: 'updateInstanceStatus',
    isPossible: (instance) =>
      instance.status === 'frozen' && isLiving(instance) && gets(instance, 'updateInstanceStatus'),
    fields: (instance) => ({ ...idOf(instance), status: 'UNFREEZE' }),
    changes: () => ({ status: 'active' }),
  }),
  check: plain({
    title: 'Check a change',
    about: 'Asks whether the specification can be changed with a renewal. Sellers may do without this call.',
    activity: 'changeInstanceCheck',
    isPossible: (instance) => isLiving(instance) && gets(instance, 'changeInstanceCheck'),
    takesTarget: true,
    fields: (instance, target) => ({ ...idOf(instance), productInfo: productInfo(instance, target) }),
    changes: () => ({}),
  }),
  upgrade: ordered({
    title: 'Upgrade',
    about: 'The buyer takes another specification now. Sellers may do without this call.',
    activity: 'upgradeInstance',
    isPossible: (instance) => isLiving(instance) && gets(instance, 'upgradeInstance'),
    takesTarget: true,
    orderType: 'CHANGE',
    terms: ({ period, expiresAt }, _now, target) => ({
      specification: target,
      ...(period === undefined ? {} : { period }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
    fields: (instance, order) => ({ ...idOf(instance), ...idsOf(order) }),
    changes: ({ specification }) => ({ specification }),
  }),
  release: ordered({
    title: 'Unsubscribe and release',
    about: 'The buyer unsubscribes, or the days after the end are over: the instance is removed for good.',
    activity: 'releaseInstance',
    isPossible: isLiving,
    isFinal: true,
    orderType: 'UNSUBSCRIBE',
    terms: ({ specification }) => ({ specification }),
    fields: (instance, order) => ({ ...idOf(instance), ...idsOf(order) }),
    changes: () => ({ status: 'released' }),
  }),
} as const satisfies Readonly<Record<string, Deed>>
export type DeedName = keyof typeof deeds

export function deedNamed(name: string): Deed | undefined {
  return Object.hasOwn(deeds, name) ? deeds[name as DeedName] : undefined
}

export function hasOrder(deed: Deed): deed is OrderedDeed {
  return 'orderType' in deed
}
