/** The verdict on a production interface as JSON. */
import { caseOutcomes, hasPassed } from '../model/access/report.ts'
import type { Outcome } from '../model/outcome.ts'
import { pageOf } from '../model/pages.ts'

export function accessOf({ report, strict }: Extract<Outcome, { readonly is: 'access-tested' }>) {
  const { url, suite, charging, seed, startedAt, milliseconds, isWhole, readings, cases } = report
  const counted = Object.keys(caseOutcomes).map((outcome) => [
    outcome.replace('-', '_'),
    cases.filter((each) => each.outcome === outcome).length,
  ])
  return {
    url,
    suite,
    billing: charging,
    seed,
    started_at: new Date(startedAt).toISOString(),
    milliseconds,
    whole: isWhole,
    readings,
    passed: hasPassed(report, strict),
    summary: Object.fromEntries(counted),
    cases: cases.map(({ source, exchanges, ...rest }) => ({ ...rest, source: pageOf(source).address, exchanges })),
  }
}
