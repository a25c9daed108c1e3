/** Three versions of a manifest: what both sides knew, what the marketplace has, what is here. */
import { pointer } from '../model/pointer.ts'
import type { ManifestData } from '../model/release.ts'
import { isMapping, isSame } from './changes.ts'

/** What both sides changed, in one manifest; where both changed a field to something else, the marketplace's wins. */
export function merged(
  base: ManifestData,
  theirs: ManifestData,
  mine: ManifestData,
): { readonly manifest: ManifestData; readonly both: readonly string[] } {
  const both: string[] = []
  return { manifest: mergedAt(base, theirs, mine, [], both) as ManifestData, both }
}

function mergedAt(base: unknown, theirs: unknown, mine: unknown, path: readonly string[], both: string[]): unknown {
  if (isSame(theirs, mine) || isSame(base, theirs)) return mine
  if (isSame(base, mine)) return theirs
  if (!isMapping(theirs) || !isMapping(mine)) {
    both.push(pointer(path))
    return theirs
  }
  const before = isMapping(base) ? base : {}
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  const entries = [...keys].map((key) => [key, mergedAt(before[key], theirs[key], mine[key], [...path, key], both)])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
