/**
 * Findings as Markdown, for a job's summary or a comment on a pull request. GitHub takes 1 MiB of a step's summary and
 * 65 536 characters of a comment; it is for whoever posts it to cut it.
 */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { sourceOf } from '../../model/diagnostic-codes.ts'
import { count } from '../style.ts'
import { inline, linked } from './markdown-text.ts'
import { byFile, countsOf, type FileFindings, pathOf, type Validated, warningsTooMany } from './validated.ts'

export function markdown(outcome: Validated): string {
  const { files, diagnostics, unreached = [] } = outcome
  const counts = countsOf(diagnostics)
  const manifests = count(files.length, 'manifest')
  const tooMany = warningsTooMany(outcome)
  const notes = unreached.map(({ file, what, why }) => `- ${inline(`${pathOf(file)}: ${what}: ${why}`)}`)
  const blocks = [
    counts === undefined ? `koo found nothing to mend in ${manifests}.` : `### koo: ${counts} in ${manifests}`,
    ...(tooMany === undefined ? [] : [inline(tooMany)]),
    ...byFile(outcome)
      .filter((each) => each.diagnostics.length > 0)
      .map(tableOf),
    ...(notes.length === 0 ? [] : [`Not checked, because the network did not answer:\n\n${notes.join('\n')}`]),
  ]
  return blocks.join('\n\n')
}

function tableOf({ file, diagnostics }: FileFindings): string {
  return [
    `#### ${inline(pathOf(file))}`,
    '',
    '| Place | Level | Code | Finding | Help |',
    '| ---: | --- | --- | --- | --- |',
    ...diagnostics.map(rowOf),
  ].join('\n')
}

function rowOf({ line, column, severity, code, message, hint = '', source }: FramedDiagnostic): string {
  const name = linked(`\`${code}\``, source ?? sourceOf(code))
  return `| ${line}:${column} | ${severity} | ${name} | ${inline(message)} | ${inline(hint)} |`
}
