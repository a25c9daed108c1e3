/** An outcome in a format, as it is printed or written to a file: with the last line break, or empty. */
import type { Outcome } from '../model/outcome.ts'
import { isReportFormat } from '../model/report-format.ts'
import { version } from '../version.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'

export async function rendered(outcome: Outcome, format: string, style: Style, columns: number): Promise<string> {
  const text = await textIn(outcome, format, style, columns)
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

async function textIn(outcome: Outcome, format: string, style: Style, columns: number): Promise<string> {
  if (format === 'json') {
    const { jsonOf } = await import('./json.ts')
    const value = jsonOf(outcome)
    return value === undefined ? '' : JSON.stringify(value, null, 2)
  }
  if (outcome.is === 'validated' && format !== 'csv') {
    if (!isReportFormat(format)) return (await import('./validated-text.ts')).validatedText(printable(outcome), style)
    return (await import('./formats.ts')).validatedIn(format, outcome, { version })
  }
  if (outcome.is === 'validated' || (format === 'csv' && outcome.is === 'published')) {
    return (await import('./formats/published-csv.ts')).publishedCsv(outcome)
  }
  if (format === 'junit' && outcome.is === 'published') {
    return (await import('./formats/published-junit.ts')).publishedJunit(outcome)
  }
  if (format === 'junit' && outcome.is === 'access-tested') {
    return (await import('./formats/access-junit.ts')).accessJunit(outcome)
  }
  if (format === 'html' && outcome.is === 'listed' && outcome.catalogue !== undefined) {
    return (await import('./formats/catalogue.tsx')).catalogueHtml(outcome.marketplace, outcome.catalogue)
  }
  if (outcome.is === 'explained' && isReportFormat(format)) {
    return (await import('./formats/explain-markdown.ts')).explainedMarkdown(outcome.codes)
  }
  return (await import('./text.ts')).textOf(printable(outcome), style, columns)
}
