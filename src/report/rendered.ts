/** An outcome in a format, as it is printed or written to a file: with the last line break, or empty. */
import type { Outcome } from '../model/outcome.ts'
import { jsonOf } from './json.ts'
import type { Style } from './style.ts'
import { textOf } from './text.ts'

export async function rendered(outcome: Outcome, format: string, style: Style, columns: number): Promise<string> {
  const text = await textIn(outcome, format, style, columns)
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

async function textIn(outcome: Outcome, format: string, style: Style, columns: number): Promise<string> {
  if (format === 'json') {
    const value = jsonOf(outcome)
    return value === undefined ? '' : JSON.stringify(value, null, 2)
  }
  return textOf(outcome, style, columns)
}
