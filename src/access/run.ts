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
import { maskedText } from './masked.ts'
import { exchangeOf, type Spoken } from './spoken.ts'
import { type Partner, type Prepare, Talk } from './talk.ts'

/** After so many cases that waited for an answer in vain the others are not tried. */
const mostLate = 3
/** Calls that are shown of the beginning of a case, and of its end. */
const mostExchanges = 15
const usual = { answerTime, creationTime: 60_000, pollInterval: 1_000, concurrency: 20 } as const

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
  /** A license authorization code the server knows; left out: cases that need one are skipped. */
  readonly license?: string | undefined
  /** Ends with the first case that must not fail. */
  readonly bail: boolean
  readonly readings: readonly string[]
  /** Milliseconds an answer may take; left out: as KooGallery waits. */
  readonly answerTime?: number | undefined
  /** Milliseconds an instance may take to be made; left out: a minute. */
  readonly creationTime?: number | undefined
  /** Milliseconds between two questions after it; left out: a second. */
  readonly pollInterval?: number | undefined
  /** Instances that are asked for at the same time; left out: twenty. */
  readonly concurrency?: number | undefined
  /** Aborted, the run ends at once. */
  readonly stop?: AbortSignal | undefined
  /** Called after each case. */
  readonly told?: (verdict: CaseVerdict) => void
}

/** Why the cases that are left are not tried, and what becomes of them. */
interface Ending {
  readonly outcome: 'blocked' | 'not-run'
  readonly why: string
}

export async function runSuite(options: RunOptions): Promise<AccessReport> {
  const { suite, only, clock, url, charging, seed, told } = options
  const startedAt = clock.now()
  const fresh = `${seed}/${startedAt}`
  const {
    answerTime = usual.answerTime,
    creationTime = usual.creationTime,
    pollInterval = usual.pollInterval,
    concurrency = usual.concurrency,
  } = options
  const limits = { answerTime, creationTime, pollInterval, concurrency }
  const partner: Partner = { ...options, ...limits, fresh, creation: {} }
  const spoken: Spoken[] = []
  const verdicts = new Map<string, CaseVerdict>()
  let ending: Ending | undefined
  let late = 0
  const chosen = suite.cases.filter(({ id }) => only === undefined || only.has(id))
  const scenarios = chosen.filter(isScenario)
  for (const each of scenarios) {
    const mode = charging.find((one) => each.charging === undefined || each.charging.includes(one))
    let verdict: CaseVerdict
    if (mode === undefined) verdict = without(each, 'skipped', notSoldSo(each))
    else if (ending !== undefined) verdict = without(each, ending.outcome, ending.why)
    else {
      const talk = new Talk(partner, each.id, mode)
      verdict = await decided(each, talk, options.key)
      spoken.push(...talk.spoken)
      if (talk.spoken.some(({ end }) => end.is === 'late')) late += 1
      ending = endingOf(each, verdict, spoken, late, options.bail)
    }
    verdicts.set(each.id, verdict)
    told?.(verdict)
  }
  const observations = chosen.filter((each) => !isScenario(each)) as readonly Observation[]
  if (observations.length > 0 && spoken.length === 0 && ending === undefined)
    spoken.push(...(await traffic(suite, partner, charging)))
  for (const each of observations) {
    const verdict = observed(each, spoken, options.key, ending)
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
  const exchanges = () => shownOf(talk.spoken).map((each) => exchangeOf(each, key))
  const said = (text: string) => maskedText(text, key)
  try {
    const note = await scenario.run(talk)
    const noted = note === undefined ? {} : { note: said(note) }
    return { ...factsOf(scenario), outcome: 'passed', ...noted, exchanges: exchanges() }
  } catch (error) {
    // What a case about itself was blocked by is itself: it is the one that has to say so.
    if (error instanceof Wrong || (error instanceof Blocked && error.by === scenario.id)) {
      const mend = (error instanceof Wrong ? error.mend : undefined) ?? scenario.mend
      return { ...factsOf(scenario), outcome: 'failed', wrong: said(error.message), mend, exchanges: exchanges() }
    }
    if (error instanceof Blocked) {
      const note = said(`${error.message} See ${error.by}.`)
      return { ...factsOf(scenario), outcome: 'blocked', note, exchanges: exchanges() }
    }
    if (error instanceof Skipped) {
      return { ...factsOf(scenario), outcome: 'skipped', note: said(error.message), exchanges: exchanges() }
    }
    throw error
  }
}

/** Of hundreds of calls the first and the last tell what there is to tell. */
function shownOf(spoken: readonly Spoken[]): readonly Spoken[] {
  return spoken.length <= 2 * mostExchanges
    ? spoken
    : [...spoken.slice(0, mostExchanges), ...spoken.slice(-mostExchanges)]
}

function endingOf(
  scenario: Scenario,
  { outcome, id, level }: CaseVerdict,
  spoken: readonly Spoken[],
  late: number,
  bail: boolean,
): Ending | undefined {
  if (outcome === 'failed' && scenario.isGate) {
    return { outcome: 'blocked', why: `Nothing more was sent. See ${id}.` }
  }
  if (late >= mostLate) {
    return {
      outcome: 'blocked',
      why: `${late} cases waited in vain for an answer, so no more were tried. See answer-time.`,
    }
  }
  const isUnreached = spoken.length > 0 && spoken.every(({ end }) => end.is === 'unreached')
  if (isUnreached) return { outcome: 'blocked', why: 'The server could not be called. See reachable.' }
  if (bail && outcome === 'failed' && level === 'must') return { outcome: 'not-run', why: `The run ended with ${id}.` }
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
function observed(
  observation: Observation,
  spoken: readonly Spoken[],
  key: string,
  ending: Ending | undefined,
): CaseVerdict {
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
      wrong: maskedText(`${times}${first.look.wrong}`, key),
      mend: observation.mend,
      exchanges: [exchangeOf(first.each, key)],
    }
  }
  if (concerned === 0 && ending !== undefined) return without(observation, ending.outcome, ending.why)
  if (concerned === 0) return without(observation, 'skipped', 'No call of this run has to do with it.')
  return { ...factsOf(observation), outcome: 'passed', exchanges: [] }
}

function without(each: Case, outcome: CaseVerdict['outcome'], note: string): CaseVerdict {
  return { ...factsOf(each), outcome, note, exchanges: [] }
}

function factsOf({ id, title, level, source }: Case): Pick<CaseVerdict, 'id' | 'title' | 'level' | 'source'> {
  return { id, title, level, source }
}
