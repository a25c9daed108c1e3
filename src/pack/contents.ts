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
  const ignored = [...globs.exclude.filter(isGlob), ...own]
  // A rule refuses globs that lead out; whoever packs without asking it still gets nothing from there.
  const inside = globs.files.filter((glob) => isGlob(glob) && !leadsOut(glob))
  const found = await files.glob(folder, inside, ignored)
  const entries = await Promise.all(found.map((each) => files.entry(files.join(folder, each))))
  return {
    files: found,
    links: await files.links(folder, inside, ignored),
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** Globs, of files to pack or to leave out, that match nothing. One that leads out of the folder is not looked for. */
export async function idleGlobs(files: Files, value: unknown, folder: string): Promise<readonly string[]> {
  const { files: packed, exclude } = packageGlobs(value) ?? { files: [], exclude: [] }
  const idle: string[] = []
  for (const glob of [...packed, ...exclude].filter((each) => isGlob(each) && !leadsOut(each))) {
    const matched = await files.glob(folder, [glob], [])
    if (matched.length === 0 && (await files.links(folder, [glob], [])).length === 0) idle.push(glob)
  }
  return idle
}

/** The schema refuses the others; whoever asks before it does is not stopped by them. */
function isGlob(text: string): boolean {
  return /^[^!\0][^\0]*$/.test(text)
}
