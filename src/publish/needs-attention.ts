/** The report of what needs a person after a run: what is wrong with which manifest, and where. */
import { csvText } from '../model/csv.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { needsAttention, type PublishedRow } from '../model/outcome.ts'

interface Attention {
  readonly key?: string
  readonly file: string
  readonly outcome: PublishedRow['outcome']
  readonly message?: string
  readonly hint?: string
  readonly diagnostics: readonly Told[]
}

type Told = Pick<FramedDiagnostic, 'code' | 'severity' | 'message' | 'path' | 'line' | 'column'>

/** The text for a file of that name: CSV or Markdown by its ending, else JSON; undefined where nothing needs anybody. */
export function attentionText(
  file: string,
  rows: readonly PublishedRow[],
  diagnostics: readonly FramedDiagnostic[],
): string | undefined {
  const found = attentions(rows, diagnostics)
  if (found.length === 0) return undefined
  if (file.endsWith('.csv')) return csvText([head, ...found.flatMap(linesOf)])
  if (file.endsWith('.md')) return markdown(found)
  return `${JSON.stringify({ format: 1, products: found }, null, 2)}\n`
}

/** Whether the beginning of a file is that of such a report, in any of its forms. */
export function isAttentionText(beginning: string): boolean {
  return beginnings.some((each) => beginning.startsWith(each))
}

function attentions(rows: readonly PublishedRow[], diagnostics: readonly FramedDiagnostic[]): readonly Attention[] {
  const byFile = new Map<string, Told[]>()
  for (const { file, code, severity, message, path, line, column } of diagnostics) {
    const told = { code, severity, message, path, line, column }
    byFile.set(file, [...(byFile.get(file) ?? []), told])
  }
  return rows
    .filter(needsAttention)
    .map(({ key, file, outcome, message, hint }) => ({
      ...(key === undefined ? {} : { key }),
      file,
      outcome,
      ...(message === undefined ? {} : { message }),
      ...(hint === undefined ? {} : { hint }),
      diagnostics: byFile.get(file) ?? [],
    }))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

const head = ['file', 'line', 'column', 'key', 'outcome', 'code', 'message', 'hint']
const markdownHead = `| ${head.join(' | ')} |\n`
const beginnings = ['{\n  "format": 1,\n  "products": [', csvText([head]), markdownHead]

/** As many bytes as tell whether a file is such a report. */
export const attentionBeginning = Math.max(...beginnings.map(({ length }) => length))

/** A line for each diagnostic, or one for the product where there is none. */
function linesOf({ file, key = '', outcome, message = '', hint = '', diagnostics }: Attention) {
  if (diagnostics.length === 0) return [[file, '', '', key, outcome, '', message, hint]]
  return diagnostics.map((each) => [
    ...[file, String(each.line), String(each.column), key, outcome, each.code, each.message, hint],
  ])
}

function markdown(found: readonly Attention[]): string {
  const lines = found.flatMap(linesOf).map((cells) => `| ${cells.map(escaped).join(' | ')} |`)
  return [`${markdownHead}|${' --- |'.repeat(head.length)}`, ...lines, ''].join('\n')
}

function escaped(text: string): string {
  return text.replace(/[\\|`*_<[\]]/g, '\\$&').replace(/\s+/g, ' ')
}
