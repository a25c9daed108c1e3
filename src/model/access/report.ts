/** The verdict on a production interface: a case each, with what was sent, what came back and what is wrong. */
import type { PageName } from '../pages.ts'
import type { Charging } from './charging.ts'

export const suites = {
  v2: 'the interface of version 2.0, mandatory for new products',
  v1: 'the interface of version 1.0, which running products still have',
  'license-code': 'the calls about license authorization codes (China site)',
} as const
export type Suite = keyof typeof suites

export const caseLevels = {
  must: 'a documented rule; KooGallery refuses or removes what breaks it',
  should: 'sound practice, or a rule the pages contradict each other about',
  informative: 'worth knowing; never wrong',
} as const
export type CaseLevel = keyof typeof caseLevels

export const caseOutcomes = {
  passed: 'as it has to be',
  failed: 'wrong',
  blocked: 'could not be told, because what it builds on failed',
  skipped: 'does not apply here',
  'not-run': 'left out, because the run ended before',
} as const
export type CaseOutcome = keyof typeof caseOutcomes

/** A header as it was sent or came, its name in the case it had. */
export type Header = readonly [name: string, value: string]

export interface HttpMessage {
  readonly headers: readonly Header[]
  /** With secrets masked. */
  readonly body: string
}

/** A call and what came of it. */
export interface Exchange {
  readonly activity: string
  readonly sent: HttpMessage & { readonly method: string; readonly url: string }
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
  /** Milliseconds until the whole answer was there, or until it was given up. */
  readonly milliseconds: number
  readonly came:
    | ({ readonly is: 'answer'; readonly status: number } & HttpMessage)
    /** No answer within the time there is for it. */
    | { readonly is: 'late' }
    /** A sentence without its full stop, as in "the connection is refused". */
    | { readonly is: 'unreached'; readonly why: string }
}

export interface CaseVerdict {
  readonly id: string
  readonly title: string
  readonly level: CaseLevel
  readonly source: PageName
  readonly outcome: CaseOutcome
  /** Of a failed case: what is wrong, in a sentence that names the mistake. */
  readonly wrong?: string
  /** Of a failed case: how to mend it. */
  readonly mend?: string
  /** Of a passed case: worth knowing. Of one that has no verdict: why. */
  readonly note?: string
  readonly exchanges: readonly Exchange[]
}

export interface AccessReport {
  readonly url: string
  readonly suite: Suite
  readonly charging: readonly Charging[]
  /** Gives the same ids again. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly milliseconds: number
  /** Whether every case of the suite was meant to run, so that the verdict speaks of the whole interface. */
  readonly isWhole: boolean
  /** What was sent otherwise than KooGallery sends it, as flags. */
  readonly readings: readonly string[]
  readonly cases: readonly CaseVerdict[]
}

/** Whether KooGallery would find nothing wrong; with `strict`, nothing it should not be either. */
export function hasPassed({ cases }: Pick<AccessReport, 'cases'>, strict = false): boolean {
  return !cases.some(({ level, outcome }) => {
    if (level === 'informative' || (level === 'should' && !strict)) return false
    return outcome === 'failed' || outcome === 'blocked' || outcome === 'not-run'
  })
}
