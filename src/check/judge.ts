/** Value → findings: shape first, then the rules. Pure and synchronous; knows no file, no text and no time. */
import type { Finding } from '../model/diagnostic.ts'
import type { FileFact } from '../model/file-fact.ts'
import type { Manifest } from '../model/manifest.ts'
import type { Material } from './rules/rule.ts'
import { rules } from './rules/rules.ts'
import { checkShape } from './shape.ts'

/** What is known of the software package; left out where that cannot be known, as on the marketplace's side. */
export type PackageFacts = Omit<Material, 'manifest' | 'files'>

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
  const found: Finding[] = []
  for (const rule of rules) {
    const said = rule(material)
    // Mostly nothing, for every rule and manifest of a long run.
    if (said.length > 0) found.push(...said)
  }
  return found
}
