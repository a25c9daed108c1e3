/** What a case is: what a rule demands of a seller's server, and how that is found out. */
import type { Charging } from '../model/access/charging.ts'
import type { CaseLevel, Suite } from '../model/access/report.ts'
import type { PageName } from '../model/pages.ts'
import type { Spoken } from './spoken.ts'
import type { Talk } from './talk.ts'

interface CaseFacts {
  /** A word, never reused. */
  readonly id: string
  /** What it is about; `--only` takes it for all of its cases. */
  readonly group: string
  readonly level: CaseLevel
  /** What has to be, as a sentence without its full stop. */
  readonly title: string
  readonly source: PageName
  /** What to do about it where a run of the case does not know better. */
  readonly mend: string
  /** Only for products sold so; left out: for all. */
  readonly charging?: readonly Charging[]
}

/** Makes calls of its own, on instances of its own, so that each case can run without the others. */
export interface Scenario extends CaseFacts {
  /** Where it fails, nothing more is sent. */
  readonly isGate?: true
  /** @throws {Wrong} {Blocked} {Skipped} Gives what is worth knowing although it passed. */
  run(talk: Talk): Promise<string | undefined>
}

/** Looks at every call of the run. */
export interface Observation extends CaseFacts {
  /** `fine`: it is as it has to be. Undefined: it has nothing to do with the case. Else: what is wrong, in a sentence. */
  observe(spoken: Spoken, key: string): 'fine' | undefined | { readonly wrong: string }
}

export type Case = Scenario | Observation

/** The cases of a suite, in the order in which they run and are shown. */
export interface SuiteOfCases {
  readonly suite: Suite
  readonly cases: readonly Case[]
  /** Calls for observations to look at where no scenario was asked for: the ids of cases. */
  readonly traffic: readonly string[]
}

export function isScenario(each: Case): each is Scenario {
  return 'run' in each
}

/** The server does what it must not. */
export class Wrong extends Error {
  /** Better than the case's own. */
  readonly mend: string | undefined

  constructor(wrong: string, mend?: string) {
    super(wrong)
    this.mend = mend
  }
}

/** A case could not be decided, because what another case speaks of is wrong. */
export class Blocked extends Error {
  /** The id of that case. */
  readonly by: string

  constructor(by: string, why: string) {
    super(why)
    this.by = by
  }
}

/** The case does not apply to this server, as a sentence without its full stop. */
export class Skipped extends Error {}
