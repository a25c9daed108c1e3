/**
 * Findings as workflow commands, which GitHub Actions shows as annotations beside the lines.
 *
 * GitHub shows ten errors and ten warnings of a step, and fifty annotations of a job; the log has them all. Paths count
 * from the repository's root, so the step has to run there. The runner drops columns of a finding on several lines, and
 * those that end before they begin. Whether `endColumn` belongs to the place is documented nowhere; in GitHub's own
 * example the six letters of "banaas" reach from 5 to 10, and it defaults to `col`, so it is the last column here.
 */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { pathOf, type Validated, warningsTooMany, wellFormed } from './validated.ts'

export function github(outcome: Validated): string {
  const tooMany = warningsTooMany(outcome)
  const lines = [
    ...outcome.diagnostics.map(annotation),
    ...(outcome.unreached ?? []).map(({ file, what, why }) =>
      command('notice', { file: pathOf(file), title: what }, why),
    ),
    ...(tooMany === undefined ? [] : [command('error', { title: 'max-warnings' }, tooMany)]),
  ]
  return lines.join('\n')
}

function annotation(diagnostic: FramedDiagnostic): string {
  const { severity, code, message, hint } = diagnostic
  const properties = { file: pathOf(diagnostic.file), ...placeOf(diagnostic), title: code }
  return command(severity, properties, hint === undefined ? message : `${message}\n${hint}`)
}

/** What ends before the first column of a line ends on the line above. */
function placeOf({ line, column, endLine, endColumn }: FramedDiagnostic): Readonly<Record<string, number>> {
  if (endLine === line) return { line, endLine, col: column, endColumn: Math.max(column, endColumn - 1) }
  return { line, endLine: endColumn === 1 ? Math.max(line, endLine - 1) : endLine }
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`)
  return `::${name} ${pairs.join(',')}::${data(message)}`
}

function data(text: string): string {
  return wellFormed(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
