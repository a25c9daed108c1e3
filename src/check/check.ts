/** Value → findings → diagnostics: shape first, then the rules. Pure and synchronous; knows no file and no time. */
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import { hasErrors } from '../model/diagnostic.ts'
import type { FileFact } from '../model/file-fact.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Material } from './rules/rule.ts'
import { rules } from './rules/rules.ts'
import { checkShape } from './shape.ts'
import type { Source } from './source.ts'
import { suppressed } from './suppressions.ts'

export interface Checked {
  readonly diagnostics: readonly FramedDiagnostic[]
  /** How many more there would be without the comments that suppress them. */
  readonly suppressed: number
  /** Present when no diagnostic is an error. */
  readonly manifest?: Manifest
}

/** What the package's globs match; left out where that cannot be known, as on the marketplace's side. */
export type PackageFacts = Pick<Material, 'packageFiles' | 'packageLinks' | 'packageBytes'>

/** Findings about a value; the rules run only on a sound shape, so nothing is said twice. */
export function judge(
  value: unknown,
  files: ReadonlyMap<string, FileFact>,
  inPackage?: PackageFacts,
): readonly Finding[] {
  const shape = checkShape(value)
  if (shape.length > 0) return shape
  const manifest = value as Manifest
  const material = { manifest, files, ...inPackage }
  return rules.flatMap((rule) => rule(material))
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
