/** A run of a suite against koo's reference server, in this process and over HTTP. */
import { runSuite } from '../../src/access/run.ts'
import type { Behaviour } from '../../src/access/server/behaviour.ts'
import { referenceServer } from '../../src/access/server/reference.ts'
import { prepareFor, suiteNamed } from '../../src/access/suites.ts'
import { usualReadings } from '../../src/access/v2.ts'
import { serve } from '../../src/adapters/http-server.ts'
import { sellerServer } from '../../src/adapters/seller-server.ts'
import { type Charging, chargingNames } from '../../src/model/access/charging.ts'
import type { AccessReport, CaseOutcome, Suite } from '../../src/model/access/report.ts'
import type { Clock, ServerOptions } from '../../src/ports.ts'

export const key = '00000000-0000-4000-8000-000000000001'

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** Limits that are a fraction of KooGallery's, and a reference server that waits as much less. */
const haste = 0.3
export const hasty: Clock = { ...clock, sleep: (milliseconds) => clock.sleep(milliseconds * haste) }
export const hastyLimits = { answerTime: 5_000 * haste, creationTime: 1_500, pollInterval: 20 } as const

export interface Trial {
  readonly suite?: Suite
  readonly behaviour?: Partial<Behaviour>
  readonly charging?: readonly [Charging, ...Charging[]]
  readonly only?: readonly string[]
  readonly creationTime?: number
  readonly bail?: boolean
  readonly concurrency?: number
  /** PEM texts: the server speaks HTTPS. */
  readonly tls?: ServerOptions['tls']
  /** Certificates that are trusted, in PEM. */
  readonly authority?: string
  /** The address is called by this name. */
  readonly host?: string
  /** Stands between the calls and the reference server. */
  readonly before?: (answer: ServerOptions['answer']) => ServerOptions['answer']
  readonly stop?: AbortSignal
  /** Other servers than koo's are called where there is one. */
  readonly url?: string
}

export async function reportOf({
  suite = 'v2',
  behaviour,
  charging,
  only,
  creationTime = 0,
  bail = false,
  concurrency,
  tls,
  authority,
  host = 'localhost',
  before = (answer) => answer,
  stop = new AbortController().signal,
  url: other,
}: Trial): Promise<AccessReport> {
  const failed = (error: unknown): void => {
    throw error
  }
  const answer = before(referenceServer({ key, clock: hasty, behaviour, creationTime }))
  const running = await serve({ port: 0, tls, answer, failed })
  const server = sellerServer({ stop, authority })
  const url = other ?? `${tls === undefined ? 'http' : 'https'}://${host}:${running.port}/`
  try {
    return await runSuite({
      suite: await suiteNamed(suite),
      only: only === undefined ? undefined : new Set(only),
      server,
      clock,
      url,
      key,
      prepare: prepareFor(suite, url, key, usualReadings),
      charging: charging ?? (chargingNames as readonly [Charging, ...Charging[]]),
      seed: `${Math.random()}`,
      bail,
      readings: [],
      ...hastyLimits,
      concurrency,
      stop,
    })
  } finally {
    await server.close()
    await running.close()
  }
}

/** Ids of cases by what became of them. */
export async function outcomes(trial: Trial): Promise<Readonly<Record<CaseOutcome, readonly string[]>>> {
  const { cases } = await reportOf(trial)
  const ids = (outcome: CaseOutcome) => cases.filter((each) => each.outcome === outcome).map(({ id }) => id)
  return {
    passed: ids('passed'),
    failed: ids('failed'),
    blocked: ids('blocked'),
    skipped: ids('skipped'),
    'not-run': ids('not-run'),
  }
}
