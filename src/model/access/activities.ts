/**
 * The calls KooGallery makes to a seller's production interface: their fields, and who gets them.
 *
 * Source: the pages named; V2.0 is mandatory for new products. The same table makes the requests koo sends, tells which
 * fields may be left out, and is what the reference server checks.
 */
import type { PageName } from '../pages.ts'
import { type Charging, chargingNames } from './charging.ts'

export interface ActivityField {
  /** Characters at most. */
  readonly most: number
  readonly needed: boolean
  /** The only values there are. */
  readonly values?: readonly string[]
  /** `time`: yyyyMMddHHmmss in UTC, perhaps with milliseconds. `object`: a JSON object. Left out: text. */
  readonly form?: 'time' | 'object'
}

export interface Activity {
  readonly source: PageName
  readonly fields: Readonly<Record<string, ActivityField>>
  readonly charging: readonly Charging[]
  /** Sellers may do without it. */
  readonly optional?: true
}

const needed = (most: number): ActivityField => ({ most, needed: true })
const optional = (most: number): ActivityField => ({ most, needed: false })

/** Any call may carry it: `1` says that it is a trial. */
const testFlag: ActivityField = { most: 2, needed: false }

export const scenes = {
  TRIAL_TO_FORMAL: 'a trial becomes an order that is paid',
  RENEWAL: 'the buyer renews',
  UNSUBSCRIBE_RENEWAL_PERIOD: 'a renewal that has not begun is unsubscribed from',
  RENEWAL_CHANGE: 'the buyer changes the specification with a renewal',
} as const
export type Scene = keyof typeof scenes

export const statuses = ['FREEZE', 'UNFREEZE'] as const

export const activities = {
  newInstance: {
    source: 'saasNewInstance',
    fields: { orderId: needed(64), orderLineId: needed(64), businessId: needed(64), testFlag },
    charging: chargingNames,
  },
  queryInstance: {
    source: 'saasQueryInstance',
    // The page says 100 characters, and up to 100 ids separated by commas, which cannot both be so.
    fields: { instanceId: needed(6_500), testFlag },
    charging: chargingNames,
  },
  refreshInstance: {
    source: 'saasRefreshInstance',
    fields: {
      scene: { most: 64, needed: true, values: Object.keys(scenes) },
      orderId: needed(64),
      orderLineId: needed(64),
      instanceId: needed(64),
      productId: optional(64),
      expireTime: { most: 20, needed: true, form: 'time' },
      testFlag,
    },
    charging: ['period'],
  },
  updateInstanceStatus: {
    source: 'saasInstanceStatus',
    fields: { instanceId: needed(64), status: { most: 32, needed: true, values: statuses }, testFlag },
    charging: ['period', 'pay-per-use'],
  },
  releaseInstance: {
    source: 'saasReleaseInstance',
    fields: { instanceId: needed(64), orderId: optional(64), orderLineId: optional(64), testFlag },
    charging: chargingNames,
  },
  upgradeInstance: {
    source: 'saasUpgradeInstance',
    fields: { instanceId: needed(64), orderId: needed(64), orderLineId: needed(64), testFlag },
    charging: ['period'],
    optional: true,
  },
  changeInstanceCheck: {
    source: 'saasChangeCheck',
    fields: { instanceId: needed(64), productInfo: { most: 10_000, needed: true, form: 'object' }, testFlag },
    charging: ['period'],
    optional: true,
  },
} as const satisfies Readonly<Record<string, Activity>>
export type ActivityName = keyof typeof activities

export function activityNamed(name: string): Activity | undefined {
  return Object.hasOwn(activities, name) ? activities[name as ActivityName] : undefined
}

/** Milliseconds a seller's server has to answer in. Source: SaaS access guide, overall rules. */
export const answerTime = 5_000
/** Milliseconds after which a timestamp is too old. Source: Huawei's sample project. */
export const timestampLife = 60_000
/** Ids that one queryInstance may name. */
export const mostQueried = 100

/** What an answer may say, and how long it may be. Source: the pages of the activities. */
export const answerFields = {
  resultCode: 6,
  resultMsg: 255,
  instanceId: 64,
} as const

/** The access data a buyer gets, in `appInfo`. In V1.0, the lengths of userName and password are those of the cipher texts. */
export const appInfoFields = {
  frontEndUrl: { most: 512, needed: true },
  adminUrl: { most: 512, needed: false },
  userName: { most: 128, needed: false },
  password: { most: 128, needed: false },
  memo: { most: 1024, needed: false },
} as const satisfies Readonly<Record<string, ActivityField>>

/** What pay-per-use instances report, in `usageInfo`. */
export const usageInfoFields = {
  relatedInstanceId: { most: 64, needed: false },
  /** At most 12 digits, 4 of them after the point. */
  usageValue: { most: 13, needed: true },
  /** yyyyMMddHHmmssSSS in UTC. */
  statisticalTime: { most: 20, needed: true, form: 'time' },
  dashboardUrl: { most: 512, needed: false },
} as const satisfies Readonly<Record<string, ActivityField>>
