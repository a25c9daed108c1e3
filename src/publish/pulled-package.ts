/** The package of a release beside the one that is here, entry by entry: what is taken, what goes, and what would be lost. */
import type { BundleEntry } from '../model/bundle.ts'
import { canonical } from '../model/content-digest.ts'
import type { Manifest } from '../model/manifest.ts'
import type { PullConflict } from '../model/outcome.ts'
import { isOwnFile } from '../model/own-names.ts'
import { fileReferences } from '../model/references.ts'
import type { ManifestData } from '../model/release.ts'
import { measure } from '../pack/bundle.ts'
import { packageContents } from '../pack/contents.ts'
import type { Files, TreeEntry } from '../ports.ts'
import { entriesAt } from './in-the-way.ts'
import { hashOf } from './material.ts'

export interface Measured {
  readonly filesSha256: string
  readonly entries: readonly BundleEntry[]
}

/** The package as it would be packed here; undefined where there is nothing to pack. */
export async function packageHere(files: Files, folder: string, manifest: ManifestData): Promise<Measured | undefined> {
  if (!(await files.isFolder(folder))) return undefined
  const contents = await packageContents(files, manifest, folder)
  if (contents === undefined || contents.packed.every(({ why }) => why.by === 'manifest')) return undefined
  // Only its package is read, which the globs say.
  return measure(files, { manifest: manifest as unknown as Manifest, folder }, contents)
}

/** What both sides knew of files, by path; of some only the hash. */
export type Agreed = ReadonlyMap<string, BundleEntry | { readonly sha256: string }>

export interface PackageChange {
  readonly taken: readonly BundleEntry[]
  /** What the release does not have any more. */
  readonly gone: readonly BundleEntry[]
  readonly conflicts: readonly PullConflict[]
  readonly notes: readonly string[]
}

/** The versions of a package, and who wins. */
export interface Versions {
  readonly theirs: readonly BundleEntry[]
  /** What would be packed here. */
  readonly packed: readonly BundleEntry[]
  readonly agreed: Agreed
  /** Names files that are compared by themselves. */
  readonly manifest: ManifestData
  /** The marketplace wins wherever something else is here. */
  readonly overwrite: boolean
}

export async function comparedPackage(files: Files, folder: string, versions: Versions): Promise<PackageChange> {
  const { theirs, agreed, overwrite } = versions
  const paths = theirs.map(({ path }) => path)
  const there = await entriesAt(files, folder, paths)
  const taken: BundleEntry[] = []
  const staying: string[] = []
  const conflicts: PullConflict[] = []
  for (const entry of theirs) {
    const at = there.get(entry.path)
    const here = at && (await entryHere(files, folder, at))
    if (here !== undefined && canonical(here) === canonical(entry)) continue
    const isOurs = at === undefined || (here !== undefined && isAgreed(here, agreed))
    if (overwrite || !isAgreed(entry, agreed)) {
      taken.push(entry)
      if (!isOurs && !overwrite) conflicts.push({ is: 'file', path: entry.path })
    } else staying.push(entry.path)
  }
  const named = fileReferences(versions.manifest).map(({ file }) => files.join(file))
  const rest = withoutMatch(versions, new Set([...paths, ...named]))
  return {
    taken,
    gone: rest.gone,
    conflicts: [...conflicts, ...rest.conflicts],
    notes: notesOn(
      rest.gone.map(({ path }) => path),
      staying,
      rest.added,
    ),
  }
}

/** What would be packed here and is not in the release. */
function withoutMatch({ packed, agreed, overwrite }: Versions, known: ReadonlySet<string>) {
  const gone: BundleEntry[] = []
  const added: string[] = []
  const conflicts: PullConflict[] = []
  for (const entry of packed) {
    const { path } = entry
    if (known.has(path)) continue
    if (isOwnFile(path) || !agreed.has(path)) added.push(path)
    else if (overwrite || isAgreed(entry, agreed)) gone.push(entry)
    else conflicts.push({ is: 'file', path })
  }
  return { gone, added, conflicts }
}

function isAgreed(entry: BundleEntry, agreed: Agreed): boolean {
  const before = agreed.get(entry.path)
  if (before === undefined) return false
  return 'path' in before ? canonical(before) === canonical(entry) : 'sha256' in entry && entry.sha256 === before.sha256
}

function notesOn(gone: readonly string[], staying: readonly string[], added: readonly string[]): readonly string[] {
  const note = (paths: readonly string[], text: string): readonly string[] =>
    paths.length === 0 ? [] : [`${text}: ${paths.join(', ')}.`]
  return [
    ...note(gone, 'Not in the release any more, and removed here'),
    ...note(staying, 'Changed or removed here alone, which stays so'),
    ...note(added, 'Not in the release, but packed from here, so that the package is another one'),
  ]
}

/** As it would be packed; undefined for what never is. */
async function entryHere(files: Files, folder: string, at: TreeEntry): Promise<BundleEntry | undefined> {
  const { path, kind, target, executable } = at
  if (kind === 'link') return target === undefined ? undefined : { path, link: target }
  if (kind === 'folder') return { path, folder: true }
  if (kind !== 'file') return undefined
  const { bytes, sha256 } = await hashOf(files, files.join(folder, path))
  return { path, bytes, mode: executable ? 0o755 : 0o644, sha256 }
}
