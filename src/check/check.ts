/** Findings → diagnostics: their places, what comments suppress, the levels of a workspace. */
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import { hasErrors } from '../model/diagnostic.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Source } from './source.ts'
import { suppressed } from './suppressions.ts'

export interface Checked {
  readonly diagnostics: readonly FramedDiagnostic[]
  /** How many more there would be without the comments that suppress them. */
  readonly suppressed: number
  /** Present when no diagnostic is an error. */
  readonly manifest?: Manifest
}

/** Gives findings their places, drops what comments suppress, and lets a workspace change levels. */
export function check(
  source: Source,
  findings: readonly Finding[],
  adjusted: (diagnostics: readonly FramedDiagnostic[]) => readonly FramedDiagnostic[],
): Checked {
  const placed = [...source.diagnostics, ...findings.map(source.place)]
  const judged = suppressed(source.text, placed, source.placeAt)
  const diagnostics = [...adjusted(judged.diagnostics)].sort((a, b) => a.line - b.line || a.column - b.column)
  const checked = { diagnostics, suppressed: judged.suppressed.length }
  return hasErrors(diagnostics) ? checked : { ...checked, manifest: source.value as Manifest }
}
