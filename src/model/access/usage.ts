/** Usage records of instances that are paid by usage, as a seller pushes them to KooGallery. */
import type { ExitName } from '../exit-codes.ts'

/** Source: SaaS access guide, usage push. */
export const mostUsageRecords = 1000
export const mostInstanceId = 64
export const mostUsageDecimals = 4
export const usageTimes = ['record_time', 'begin_time', 'end_time'] as const

/** Fields koo does not know are pushed as well. */
export interface UsageRecord extends Readonly<Record<string, unknown>> {
  readonly instance_id: string
  readonly record_time: string
  readonly begin_time: string
  readonly end_time: string
  readonly usage_value: number
}

export interface UsageProblem {
  /** Of the record, from 0. */
  readonly index: number
  /** Left out where the record as a whole is none. */
  readonly field?: string
  readonly message: string
}

/** A record KooGallery finds abnormal, as far as its answer tells. */
export interface AbnormalRecord {
  /** In the file, from 0; left out where that cannot be told. */
  readonly index?: number
  readonly instanceId?: string
  readonly code?: string
  readonly message?: string
  /** As it came. */
  readonly raw: unknown
}

export const usageOutcomes = {
  accepted: 'KooGallery has taken it',
  refused: 'KooGallery has not taken it',
  unknown: 'it was sent, and nobody knows whether KooGallery has taken it',
  'not-sent': 'it was not sent',
} as const
export type UsageOutcome = keyof typeof usageOutcomes

/** A request of a push, with at most 1000 records. */
export interface UsageRequest {
  /** Its first record in the file, from 0. */
  readonly first: number
  readonly count: number
  readonly bytes: number
  /** What is sent; only where nothing was. */
  readonly body?: string
  /** Left out where it was only to be shown. */
  readonly outcome?: UsageOutcome
  readonly code?: string
  readonly message?: string
  readonly abnormal: readonly AbnormalRecord[]
  readonly exit?: ExitName
}

export interface UsagePush {
  /** As the user would name it. */
  readonly file: string
  /** An address, or `sandbox`. */
  readonly openApi: string
  readonly records: number
  readonly dryRun: boolean
  /** Where there are any, nothing was sent. */
  readonly problems: readonly UsageProblem[]
  readonly requests: readonly UsageRequest[]
}
