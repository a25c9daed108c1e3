/** Runs the cases of a suite against a seller's server and gives the verdict as data. */
import { answerTime } from '../model/access/activities.ts'
import type { Charging } from '../model/access/charging.ts'
import type { AccessReport, CaseVerdict } from '../model/access/report.ts'
import type { Clock, SellerServer } from '../ports.ts'
import {
  Blocked,
  type Case,
  isScenario,
  type Observation,
  type Scenario,
  Skipped,
  type SuiteOfCases,
  Wrong,
} from './case.ts'
import { exchangeOf, type Spoken } from './spoken.ts'
import { type Partner, type Prepare, Talk } from './talk.ts'

/** After so many answers that did not come in time the others are not waited for. */
const mostLate = 3
const creationTime = 60_000
const pollInterval = 1_000

export interface RunOptions {
  readonly suite: SuiteOfCases
  /** Ids of the cases to run; left out: all. */
  readonly only?: ReadonlySet<string> | undefined
  readonly server: SellerServer
  readonly clock: Clock
  readonly url: string
  readonly key: string
  readonly prepare: Prepare
  /** How the product is sold; at least one. */
  readonly charging: readonly [Charging, ...Charging[]]
  readonly seed: string
  /** Ends with the first case that must not fail. */
  readonly bail: boolean
  readonly readings: readonly string[]
  /** Called after each case. */
  readonly told?: (verdict: CaseVerdict) => void
}

/** Whether a verdict is worth ending a run for. */
type Ending = { readonly is: 'unreached' | 'late' | 'bail'; readonly why: string }

export async function runSuite(options: RunOptions): Promise<AccessReport> {
  const { suite, only, clock, url, charging, seed, told } = options
  const startedAt = clock.now()
  const fresh = `${seed}/${startedAt}`
  const partner: Partner = { ...options, answerTime, creationTime, pollInterval, fresh }
  const spoken: Spoken[] = []
  const verdicts = new Map<string, CaseVerdict>()
  let ending: Ending | undefined
  const chosen = suite.cases.filter(({ id }) => only === undefined || only.has(id))
  const scenarios = chosen.filter(isScenario)
  for (const each of scenarios) {
    const mode = charging.find((one) => each.charging === undefined || each.charging.includes(one))
    let verdict: CaseVerdict
    if (mode === undefined) verdict = without(each, 'skipped', notSoldSo(each))
    else if (ending !== undefined) verdict = without(each, ending.is === 'bail' ? 'not-run' : 'blocked', ending.why)
    else {
      const talk = new Talk(partner, each.id, mode)
      verdict = await decided(each, talk, options.key)
      spoken.push(...talk.spoken)
      ending = endingOf(spoken, verdict, options.bail)
    }
    verdicts.set(each.id, verdict)
    told?.(verdict)
  }
  const observations = chosen.filter((each) => !isScenario(each)) as readonly Observation[]
  if (observations.length > 0 && scenarios.length === 0) spoken.push(...(await traffic(suite, partner, charging)))
  for (const each of observations) {
    const verdict = observed(each, spoken, options.key)
    verdicts.set(each.id, verdict)
    told?.(verdict)
  }
  return {
    url,
    suite: suite.suite,
    charging,
    seed,
    startedAt,
    milliseconds: clock.now() - startedAt,
    isWhole: only === undefined,
    readings: options.readings,
    cases: chosen.flatMap(({ id }) => verdicts.get(id) ?? []),
  }
}

function notSoldSo({ charging = [] }: Case): string {
  return `It is for products sold by ${charging.join(' or ')}, and this one is not.`
}

async function decided(scenario: Scenario, talk: Talk, key: string): Promise<CaseVerdict> {
  const exchanges = () => talk.spoken.map((each) => exchangeOf(each, key))
  try {
    const note = await scenario.run(talk)
    return { ...factsOf(scenario), outcome: 'passed', ...(note === undefined ? {} : { note }), exchanges: exchanges() }
  } catch (error) {
    if (error instanceof Wrong) {
      const mend = error.mend ?? scenario.mend
      return { ...factsOf(scenario), outcome: 'failed', wrong: error.message, mend, exchanges: exchanges() }
    }
    if (error instanceof Blocked) {
      // What a case about itself was blocked by is itself: it is the one that has to say so.
      if (error.by === scenario.id) {
        return {
          ...factsOf(scenario),
          outcome: 'failed',
          wrong: error.message,
          mend: scenario.mend,
          exchanges: exchanges(),
        }
      }
      const note = `${error.message} See ${error.by}.`
      return { ...factsOf(scenario), outcome: 'blocked', note, exchanges: exchanges() }
    }
    if (error instanceof Skipped) {
      return { ...factsOf(scenario), outcome: 'skipped', note: error.message, exchanges: exchanges() }
    }
    throw error
  }
}

function endingOf(spoken: readonly Spoken[], { level, outcome, id }: CaseVerdict, bail: boolean): Ending | undefined {
  const late = spoken.filter(({ end }) => end.is === 'late').length
  if (late >= mostLate) {
    return { is: 'late', why: `${late} calls were not answered in time, so no more were made. See answer-time.` }
  }
  const isUnreached = spoken.length > 0 && spoken.every(({ end }) => end.is === 'unreached')
  if (isUnreached) return { is: 'unreached', why: 'The server could not be called. See reachable.' }
  if (bail && outcome === 'failed' && level === 'must') return { is: 'bail', why: `The run ended with ${id}.` }
  return undefined
}

/** Calls to look at where only observations were asked for. */
async function traffic(
  suite: SuiteOfCases,
  partner: Partner,
  charging: readonly Charging[],
): Promise<readonly Spoken[]> {
  const spoken: Spoken[] = []
  for (const each of suite.cases.filter(isScenario).filter(({ id }) => suite.traffic.includes(id))) {
    const mode = charging.find((one) => each.charging === undefined || each.charging.includes(one))
    if (mode === undefined) continue
    const talk = new Talk(partner, each.id, mode)
    await decided(each, talk, partner.key)
    spoken.push(...talk.spoken)
  }
  return spoken
}

/** The first call that is wrong is shown, or the first that is right. */
function observed(observation: Observation, spoken: readonly Spoken[], key: string): CaseVerdict {
  const looks = spoken.map((each) => ({ each, look: observation.observe(each, key) }))
  const wrong = looks.filter(({ look }) => typeof look === 'object')
  const concerned = looks.filter(({ look }) => look !== undefined).length
  const [first] = wrong
  if (first !== undefined && typeof first.look === 'object') {
    const { activity } = first.each
    const times = wrong.length === 1 ? `${activity}: ` : `${wrong.length} of ${concerned} calls, ${activity} first: `
    return {
      ...factsOf(observation),
      outcome: 'failed',
      wrong: `${times}${first.look.wrong}`,
      mend: observation.mend,
      exchanges: [exchangeOf(first.each, key)],
    }
  }
  if (concerned === 0) return without(observation, 'skipped', 'No call of this run has to do with it.')
  return { ...factsOf(observation), outcome: 'passed', exchanges: [] }
}

function without(each: Case, outcome: CaseVerdict['outcome'], note: string): CaseVerdict {
  return { ...factsOf(each), outcome, note, exchanges: [] }
}

function factsOf({ id, title, level, source }: Case): Pick<CaseVerdict, 'id' | 'title' | 'level' | 'source'> {
  return { id, title, level, source }
}
