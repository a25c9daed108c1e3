/** A run of a suite against koo's reference server, in this process and over HTTP. */
import { runSuite } from '../../src/access/run.ts'
import type { Behaviour } from '../../src/access/server/behaviour.ts'
import { madeUpLicense } from '../../src/access/server/license-codes.ts'
import { referenceServer } from '../../src/access/server/reference.ts'
import { prepareFor, suiteNamed } from '../../src/access/suites.ts'
import { usualReadings } from '../../src/access/v2.ts'
import { serve } from '../../src/adapters/http-server.ts'
import { sellerServer } from '../../src/adapters/seller-server.ts'
import { type Charging, chargingNames } from '../../src/model/access/charging.ts'
import type { AccessReport, CaseOutcome, Suite } from '../../src/model/access/report.ts'
import type { Clock } from '../../src/ports.ts'

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
  /** Null: none is told. */
  readonly license?: string | null
}

export async function reportOf({
  suite = 'v2',
  behaviour,
  charging,
  only,
  creationTime = 0,
  bail = false,
  license = madeUpLicense,
}: Trial): Promise<AccessReport> {
  const failed = (error: unknown): void => {
    throw error
  }
  const running = await serve({
    port: 0,
    answer: referenceServer({ key, clock: hasty, behaviour, creationTime }),
    failed,
  })
  const server = sellerServer({ stop: new AbortController().signal })
  const url = `http://localhost:${running.port}/`
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
      license: license ?? undefined,
      readings: [],
      ...hastyLimits,
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
