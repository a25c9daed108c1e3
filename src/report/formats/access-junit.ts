/** The verdict on a production interface as JUnit XML: a case each; what should be fails only where that decides. */
import type { CaseVerdict } from '../../model/access/report.ts'
import type { Outcome } from '../../model/outcome.ts'
import { pageOf } from '../../model/pages.ts'
import { attributes, escaped } from './xml.ts'

type Tested = Extract<Outcome, { readonly is: 'access-tested' }>

export function accessJunit({ report, strict }: Tested): string {
  const { url, suite, seed, charging, milliseconds, cases } = report
  const fails = (each: CaseVerdict) => kindOf(each, strict) === 'failure'
  const skips = (each: CaseVerdict) => kindOf(each, strict) === 'skipped'
  const counts = {
    tests: cases.length,
    failures: cases.filter(fails).length,
    errors: 0,
    skipped: cases.filter(skips).length,
    time: milliseconds / 1000,
  }
  const properties = { url, suite, seed, billing: charging.join(',') }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'koo access test', ...counts })}>`,
    `  <testsuite${attributes({ name: suite, ...counts })}>`,
    '    <properties>',
    ...Object.entries(properties).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...cases.map((each) => caseLine(each, suite, strict)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

function kindOf({ level, outcome }: CaseVerdict, strict: boolean): 'passed' | 'failure' | 'skipped' {
  if (outcome === 'passed') return 'passed'
  if (outcome === 'skipped' || level === 'informative') return 'skipped'
  return level === 'must' || strict ? 'failure' : 'skipped'
}

function caseLine(each: CaseVerdict, suite: string, strict: boolean): string {
  const { id, level, title, source, outcome, wrong, mend, note, exchanges } = each
  const time = exchanges.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000
  const head = `    <testcase${attributes({ name: id, classname: `koo access ${suite}`, time })}`
  const kind = kindOf(each, strict)
  if (kind === 'passed') return `${head}/>`
  const message = wrong ?? note ?? outcome
  if (kind === 'skipped') return `${head}><skipped${attributes({ message: `${level}: ${message}` })}/></testcase>`
  const { title: page, address } = pageOf(source)
  const last = exchanges.at(-1)
  const shown = last === undefined ? [] : [JSON.stringify({ sent: last.sent, came: last.came }, null, 1)]
  const text = [`${title}.`, message, ...(mend === undefined ? [] : [mend]), `${page}: ${address}`, ...shown].join('\n')
  return `${head}><failure${attributes({ type: outcome, message })}>${escaped(text)}</failure></testcase>`
}
