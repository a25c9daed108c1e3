/** What the globs of a software package match. */
import { valueAt } from '../model/pointer.ts'
import { leadsOut, packageGlobs } from '../model/references.ts'
import type { Files } from '../ports.ts'

interface PackageContents {
  /** Relative to the product's folder, sorted. */
  readonly files: readonly string[]
  readonly links: readonly string[]
  /** What the files measure together. */
  readonly bytes: number
}

/** Undefined where the manifest has no package. Bundles of this product that koo wrote before are never part of it. */
export async function packageContents(
  files: Files,
  value: unknown,
  folder: string,
): Promise<PackageContents | undefined> {
  const globs = packageGlobs(value)
  if (globs === undefined) return undefined
  const key = valueAt(value, ['product', 'key'])
  const own = typeof key === 'string' ? [`**/${key}_V*.tar.gz`, `**/${key}_V*.tar.gz.*`] : []
  const ignored = [...globs.exclude, ...own]
  // A rule refuses globs that lead out; whoever packs without asking it still gets nothing from there.
  const inside = globs.files.filter((glob) => !leadsOut(glob))
  const found = await files.glob(folder, inside, ignored)
  const entries = await Promise.all(found.map((each) => files.entry(files.join(folder, each))))
  return {
    files: found,
    links: await files.links(folder, inside, ignored),
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
