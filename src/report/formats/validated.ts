/** What all report formats need of the checked manifests: findings by file, counts, paths, texts that are Unicode. */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { hasTooManyWarnings, type Outcome } from '../../model/outcome.ts'
import { count } from '../style.ts'

export type Validated = Extract<Outcome, { readonly is: 'validated' }>

export interface FileFindings {
  readonly file: string
  readonly diagnostics: readonly FramedDiagnostic[]
}

/** Every checked manifest with its findings, in the order of the run; no finding is lost if its file is not among them. */
export function byFile({ files, diagnostics }: Validated): readonly FileFindings[] {
  const found = new Map<string, FramedDiagnostic[]>(files.map((file) => [file, []]))
  for (const each of diagnostics) {
    const others = found.get(each.file)
    if (others === undefined) found.set(each.file, [each])
    else others.push(each)
  }
  return [...found].map(([file, inFile]) => ({ file, diagnostics: inFile }))
}

/** Why a run without errors fails, where it does. */
export function warningsTooMany(outcome: Validated): string | undefined {
  if (!hasTooManyWarnings(outcome)) return undefined
  const warnings = outcome.diagnostics.filter(({ severity }) => severity === 'warning').length
  return `${count(warnings, 'warning')}, more than the ${outcome.mostWarnings} allowed.`
}

/** "2 errors, 1 warning", or undefined where there is no finding. */
export function countsOf(diagnostics: readonly FramedDiagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const counts = [...(errors ? [count(errors, 'error')] : []), ...(warnings ? [count(warnings, 'warning')] : [])]
  return counts.length === 0 ? undefined : counts.join(', ')
}

/** Services compare paths with those of the repository, which begin with no `./`. */
export function pathOf(file: string): string {
  return file.replace(/^(?:\.\/+)+/, '')
}

/** Half of a surrogate pair cannot be written as UTF-8, and strict JSON readers refuse it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? wellFormed(each) : each), 2)
}
