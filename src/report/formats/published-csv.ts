/** What became of the products of a run, as CSV: a row each. */
import { csvText } from '../../model/csv.ts'
import { type Outcome, type PublishedRow, publishedOutcomes } from '../../model/outcome.ts'
import { byFile } from './validated.ts'

const head = ['key', 'version', 'method', 'file', 'outcome', 'release_id', 'message', 'hint', 'meaning']

export function publishedCsv(outcome: Extract<Outcome, { readonly is: 'published' | 'validated' }>): string {
  const rows = outcome.is === 'published' ? outcome.rows : byFile(outcome).map(checked)
  return csvText([head, ...rows.map(cells)])
}

/** Of a run that ended with the check: nothing was sent. */
function checked({ file, diagnostics }: ReturnType<typeof byFile>[number]): PublishedRow {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return { file, outcome: 'not-sent' }
  return { file, outcome: 'invalid', message: errors.map(({ line, message }) => `line ${line}: ${message}`).join(' ') }
}

function cells(row: PublishedRow): readonly string[] {
  const { key, version, method, file, outcome, releaseId, message, hint } = row
  return [key, version, method, file, outcome, releaseId, message, hint, publishedOutcomes[outcome]].map(
    (each) => each ?? '',
  )
}
