/** What a bundle holds, compared with what its list of contents says. */
import type { BundleEntry } from '../model/bundle.ts'

export type Difference = 'altered' | 'added' | 'removed' | 'repeated' | 'reordered'

export interface EntryDifference {
  readonly path: string
  readonly is: Difference
  /** What is altered, as in "content". */
  readonly what?: string
}

/**
 * The differences in the order of the bundle; one that is missing stands where it should be. `isWhole`: the bundle could be
 * read to its end, so that what was not found is missing.
 */
export function compared(
  found: readonly BundleEntry[],
  listed: readonly BundleEntry[],
  isWhole: boolean,
): readonly EntryDifference[] {
  const places = new Map(listed.map((entry, index) => [entry.path, index]))
  const seen = new Set<string>()
  const differences: (EntryDifference & { readonly at: number })[] = []
  let last = -1
  for (const entry of found) {
    const { path } = entry
    const at = places.get(path)
    if (at === undefined) differences.push({ path, is: 'added', at: last })
    else if (seen.has(path)) differences.push({ path, is: 'repeated', at })
    else {
      const should = listed[at]
      const what = should === undefined ? undefined : alteration(entry, should)
      if (what !== undefined) differences.push({ path, is: 'altered', what, at })
      if (at < last) differences.push({ path, is: 'reordered', at })
      last = Math.max(last, at)
    }
    seen.add(path)
  }
  const missing = isWhole ? listed.filter(({ path }) => !seen.has(path)) : []
  for (const { path } of missing) differences.push({ path, is: 'removed', at: places.get(path) ?? last })
  return differences.sort((a, b) => a.at - b.at).map(({ at: _, ...difference }) => difference)
}

function alteration(found: BundleEntry, listed: BundleEntry): string | undefined {
  if ('link' in found && 'link' in listed) return found.link === listed.link ? undefined : 'where it points'
  if ('folder' in found && 'folder' in listed) return undefined
  if (!('sha256' in found && 'sha256' in listed)) return 'its kind'
  if (found.bytes !== listed.bytes) return `its size, ${found.bytes} instead of ${listed.bytes} bytes`
  if (found.sha256 !== listed.sha256) return 'its content'
  return found.mode === listed.mode
    ? undefined
    : `its mode, ${found.mode.toString(8)} instead of ${listed.mode.toString(8)}`
}
