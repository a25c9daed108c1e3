/** What became of the products of a run, as JUnit XML: a case each, failed where somebody is needed. */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { needsAttention, type Outcome, type PublishedRow } from '../../model/outcome.ts'
import { framed } from '../frame.ts'
import { outcomeWords } from '../published-text.ts'
import { plain } from '../style.ts'
import { pathOf } from './validated.ts'
import { attributes, escaped } from './xml.ts'

export function publishedJunit({ rows, diagnostics }: Extract<Outcome, { readonly is: 'published' }>): string {
  const byFile = new Map<string, FramedDiagnostic[]>()
  for (const each of diagnostics) byFile.set(each.file, [...(byFile.get(each.file) ?? []), each])
  const counts = {
    tests: rows.length,
    failures: rows.filter(needsAttention).length,
    errors: 0,
    skipped: rows.filter(isSkipped).length,
  }
  const named = attributes({ name: 'koo publish', ...counts })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${named}>`,
    `  <testsuite${named}>`,
    ...rows.map((row) => caseLine(row, byFile.get(row.file) ?? [])),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

/** Neither done nor wrong. */
function isSkipped({ outcome }: PublishedRow): boolean {
  return outcome === 'not-sent' || outcome === 'in-review'
}

function caseLine(row: PublishedRow, diagnostics: readonly FramedDiagnostic[]): string {
  const { key, version, file, outcome, message, hint } = row
  const name = [key ?? pathOf(file), version].filter((each) => each !== undefined).join(' ')
  const head = `    <testcase${attributes({ name, classname: pathOf(file), file: pathOf(file) })}`
  const said = message === undefined ? outcomeWords[outcome] : `${outcomeWords[outcome]}: ${message}`
  if (isSkipped(row)) return `${head}><skipped${attributes({ message: said })}/></testcase>`
  if (!needsAttention(row)) return `${head}/>`
  const text = [...diagnostics.map((each) => framed(each, plain)), ...(hint === undefined ? [] : [hint])].join('\n')
  return `${head}><failure${attributes({ type: outcome, message: said })}>${escaped(text)}</failure></testcase>`
}
