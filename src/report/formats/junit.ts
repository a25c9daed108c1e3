/**
 * Findings as JUnit XML, in the dialect of Surefire that Jenkins and GitLab read: a suite of each manifest, a case of
 * each finding. An error fails its case; a warning only says something, for a failed case would fail the build. GitLab
 * takes cases of one name for one case, so names that come again are numbered.
 */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { framed } from '../frame.ts'
import { plain } from '../style.ts'
import { byFile, pathOf, type Validated, warningsTooMany } from './validated.ts'
import { attributes, escaped } from './xml.ts'

interface Case {
  readonly name: string
  readonly file: string
  readonly line?: number
  readonly result: 'passed' | 'failed' | 'skipped'
  /** The element inside, if any. */
  readonly inside?: string
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}

export function junit(outcome: Validated): string {
  const tooMany = warningsTooMany(outcome)
  const suites = [
    ...byFile(outcome).map(({ file, diagnostics }) => suiteOf(file, diagnostics, outcome)),
    ...(tooMany === undefined ? [] : [{ name: 'koo validate', cases: [caseOfTooMany(tooMany)] }]),
  ]
  const all = suites.flatMap(({ cases }) => cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'koo validate', ...countsOf(all) })}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
  ].join('\n')
}

function suiteOf(file: string, diagnostics: readonly FramedDiagnostic[], { unreached = [] }: Validated): Suite {
  const seen = new Map<string, number>()
  const numbered = (name: string): string => {
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    return nth === 1 ? name : `${name} (${nth})`
  }
  const cases = diagnostics.map((each) =>
    caseOf(each, numbered(each.path === '' ? each.code : `${each.code} ${each.path}`)),
  )
  const skipped = unreached
    .filter((each) => each.file === file)
    .map(({ what, why }): Case => {
      const inside = `<skipped${attributes({ message: `${what}: ${why}` })}/>`
      return { name: numbered(what), file: pathOf(file), result: 'skipped', inside }
    })
  const sound: Case = { name: 'no findings', file: pathOf(file), result: 'passed' }
  return { name: pathOf(file), cases: [...(cases.length === 0 ? [sound] : cases), ...skipped] }
}

function caseOf(diagnostic: FramedDiagnostic, name: string): Case {
  const { code, severity, message, line } = diagnostic
  const file = pathOf(diagnostic.file)
  const text = escaped(framed(diagnostic, plain))
  return severity === 'error'
    ? { name, file, line, result: 'failed', inside: `<failure${attributes({ type: code, message })}>${text}</failure>` }
    : { name, file, line, result: 'passed', inside: `<system-out>${text}</system-out>` }
}

function caseOfTooMany(message: string): Case {
  const inside = `<failure${attributes({ type: 'max-warnings', message })}/>`
  return { name: 'max-warnings', file: 'koo validate', result: 'failed', inside }
}

function countsOf(cases: readonly Case[]) {
  const of = (result: Case['result']) => cases.filter((each) => each.result === result).length
  return { tests: cases.length, failures: of('failed'), errors: 0, skipped: of('skipped') }
}

function suiteLines({ name, cases }: Suite): readonly string[] {
  return [`  <testsuite${attributes({ name, ...countsOf(cases) })}>`, ...cases.map(caseLine), '  </testsuite>']
}

function caseLine({ name, file, line, inside }: Case): string {
  const head = `    <testcase${attributes({ name, classname: file, file, ...(line === undefined ? {} : { line }) })}`
  return inside === undefined ? `${head}/>` : `${head}>${inside}</testcase>`
}
