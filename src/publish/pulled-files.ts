/** The files of a release, brought beside its manifest: each is checked, and put in place once all are there. */
import { createHash } from 'node:crypto'
import type { BundleEntry } from '../model/bundle.ts'
import { Failure, stopped } from '../model/failure.ts'
import type { PullConflict } from '../model/outcome.ts'
import { isGuarded, isOwnFile } from '../model/own-names.ts'
import { fileReferences } from '../model/references.ts'
import type { ManifestData, ReleaseContent, ReleaseFile, StoredObject } from '../model/release.ts'
import { isInside, ownEntries, unpack } from '../pack/unpack.ts'
import type { Files, Marketplace } from '../ports.ts'
import { foldersAbove } from './in-the-way.ts'
import { hashOf } from './material.ts'
import type { Base } from './pulled-manifest.ts'
import { type Agreed, comparedPackage, type Measured, packageHere } from './pulled-package.ts'

export interface FileTools {
  readonly files: Files
  readonly marketplace: Pick<Marketplace, 'file'>
  readonly stop: AbortSignal
  /** The bytes of an object in the seller's bucket; left out where no bucket can be read. */
  readonly object?: (object: StoredObject) => AsyncIterable<Uint8Array>
  /** The marketplace wins wherever something else is here. */
  readonly overwrite: boolean
}

/** What a pull would do to the files of one product. */
export interface FilePlan {
  readonly downloads: readonly ReleaseFile[]
  /** Left out where the package here is that of the release. */
  readonly package?: PackagePlan
  readonly conflicts: readonly PullConflict[]
  readonly notes: readonly string[]
}

interface PackagePlan {
  readonly bundle: ReleaseFile
  readonly manifest: ManifestData
  /** What would be packed here. */
  readonly packed: readonly BundleEntry[]
  readonly base: Base | undefined
  /** What is here, where that is what was agreed on. */
  readonly ours?: readonly BundleEntry[]
}

/** Compares what is in the folder with the release; reads and writes nothing else. */
export async function planFiles(
  tools: FileTools,
  folder: string,
  manifest: ManifestData,
  content: ReleaseContent,
  base: Base | undefined,
): Promise<FilePlan> {
  const { files, overwrite } = tools
  const named = new Set(fileReferences(manifest).map(({ file }) => file))
  const downloads: ReleaseFile[] = []
  const conflicts: PullConflict[] = []
  const notes: string[] = []
  for (const file of content.files) {
    refuseOddPlace(files, file.path)
    if (file.contentSha256 !== undefined || !named.has(file.path)) continue
    const [here, before] = [await fileHere(files, folder, file.path), base?.files.get(file.path)]
    if (here === file.sha256) continue
    const note = noteOn(tools, file, here !== undefined && before === file.sha256)
    if (note !== undefined) notes.push(note)
    else downloads.push(file)
    if (note === undefined && isLost(here, before) && !overwrite) conflicts.push({ is: 'file', path: file.path })
  }
  const bundle = content.files.find(({ contentSha256 }) => contentSha256 !== undefined)
  const found = bundle && (await planPackage(tools, folder, manifest, bundle, base))
  if (typeof found === 'string') return { downloads, conflicts, notes: [...notes, found] }
  return { downloads, conflicts, notes, ...(found === undefined ? {} : { package: found }) }
}

/** Undefined where the package is the same here; a sentence where it is left as it is. */
async function planPackage(
  tools: FileTools,
  folder: string,
  manifest: ManifestData,
  bundle: ReleaseFile,
  base: Base | undefined,
): Promise<PackagePlan | string | undefined> {
  const here = await packageHere(tools.files, folder, manifest)
  if (here?.filesSha256 === bundle.contentSha256) return undefined
  const note = noteOn(tools, bundle, here !== undefined && base?.bundle === bundle.contentSha256)
  if (note !== undefined) return note
  const ours = await oursOf(tools.files, folder, here, base)
  return { bundle, manifest, packed: here?.entries ?? [], base, ...(ours ? { ours } : {}) }
}

/** The package here, where nobody changed it; the globs may have been changed on the marketplace. */
async function oursOf(
  files: Files,
  folder: string,
  measured: Measured | undefined,
  base: Base | undefined,
): Promise<readonly BundleEntry[] | undefined> {
  if (measured === undefined || base?.bundle === undefined) return undefined
  if (measured.filesSha256 === base.bundle) return measured.entries
  const before = await packageHere(files, folder, base.manifest)
  return before?.filesSha256 === base.bundle ? before.entries : undefined
}

/** Why a file is left as it is: it was changed here alone, or cannot be had. One that is not here was hardly meant to be away. */
function noteOn({ overwrite, object }: FileTools, file: ReleaseFile, isChangedHere: boolean): string | undefined {
  if (isChangedHere && !overwrite) return `${shown(file)} is another here, and stays.`
  return file.object !== undefined && object === undefined ? elsewhere(file.path, file.object) : undefined
}

function isLost(here: string | undefined, before: string | undefined): boolean {
  return here !== undefined && here !== before
}

function shown({ path, contentSha256 }: ReleaseFile): string {
  return contentSha256 === undefined ? path : 'The software package'
}

function elsewhere(path: string, { bucket, region, key }: StoredObject): string {
  return `${path} is in the bucket ${bucket} (${region}) as ${key}, and was left out: koo has no bucket to read from.`
}

/** What the marketplace names is written here, so it must be a file of the product and no other. */
function refuseOddPlace(files: Files, path: string): void {
  const at = files.join(path)
  const why = !isInside(at)
    ? 'leads out of the product’s folder'
    : isGuarded(at)
      ? 'lies in a folder of another program'
      : isOwnFile(at)
        ? 'is one of koo’s own'
        : undefined
  if (why === undefined) return
  throw new Failure({
    code: 'file-outside',
    exit: 'findings',
    message: `The release on the marketplace has a file \`${path}\`, which ${why}.`,
    hint: 'Nothing of it was written.',
  })
}

async function fileHere(files: Files, folder: string, path: string): Promise<string | undefined> {
  const at = files.join(folder, path)
  return (await files.entry(at))?.kind === 'file' ? (await hashOf(files, at)).sha256 : undefined
}

/** Files that are whole, in a folder of their own, and where each belongs. */
export interface Staged {
  readonly moves: readonly { readonly from: string; readonly to: string }[]
  readonly folders: readonly string[]
  /** What the release does not have any more. */
  readonly gone: readonly BundleEntry[]
  readonly conflicts: readonly PullConflict[]
  readonly notes: readonly string[]
}

export const nothingStaged: Staged = { moves: [], folders: [], gone: [], conflicts: [], notes: [] }

/** Where a product is, and where its files are put until all are there. */
export interface Places {
  readonly folder: string
  readonly stage: string
}

/** Downloads what is wanted into `stage`, and tells what would be lost by putting it in place. */
export async function stageFiles(
  tools: FileTools,
  releaseId: string,
  plan: FilePlan,
  { folder, stage }: Places,
): Promise<Staged> {
  const { files, overwrite } = tools
  const moves: { from: string; to: string }[] = []
  for (const file of plan.downloads) {
    const from = files.join(stage, 'files', file.path)
    await download(tools, releaseId, file, from)
    moves.push({ from, to: files.join(file.path) })
  }
  if (plan.package === undefined) return { ...nothingStaged, moves }
  const { bundle, packed, manifest } = plan.package
  const unpacked = files.join(stage, 'package')
  const theirs = await withBundle(tools, releaseId, bundle, files.join(stage, 'theirs'), (path, options) =>
    unpack(files, path, unpacked, options),
  )
  const agreed = await agreedOn(tools, plan.package, stage)
  const { taken, ...rest } = await comparedPackage(files, folder, { theirs, packed, agreed, manifest, overwrite })
  const folders: string[] = []
  for (const entry of taken) {
    if ('folder' in entry) folders.push(entry.path)
    else moves.push({ from: files.join(unpacked, entry.path), to: entry.path })
  }
  return { moves, folders, ...rest }
}

/** What is known of the package both sides had: from the folder, or else from the release it was in. */
async function agreedOn(tools: FileTools, plan: PackagePlan, stage: string): Promise<Agreed> {
  const { base } = plan
  const agreed = new Map<string, BundleEntry | { readonly sha256: string }>()
  for (const [path, sha256] of base?.files ?? []) agreed.set(tools.files.join(path), { sha256 })
  const entries = plan.ours ?? (base && (await entriesBefore(tools, base, stage)))
  for (const entry of entries ?? []) agreed.set(entry.path, entry)
  return agreed
}

async function entriesBefore(tools: FileTools, base: Base, stage: string): Promise<readonly BundleEntry[] | undefined> {
  const { release } = base
  if (release === undefined) return undefined
  if (release.bundle.object !== undefined && tools.object === undefined) return undefined
  try {
    const folder = tools.files.join(stage, 'before')
    return await withBundle(tools, release.id, release.bundle, folder, (path, options) =>
      ownEntries(tools.files, path, options),
    )
  } catch (error) {
    // It tells more, where it is still to be had.
    if (error instanceof Failure && error.exit !== 'stopped' && error.exit !== 'credentials') return undefined
    throw error
  }
}

/** Downloads a bundle for as long as it is read. */
async function withBundle<T>(
  tools: FileTools,
  releaseId: string,
  bundle: ReleaseFile,
  folder: string,
  use: (path: string, options: { readonly expected: string; readonly stop: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { files, stop } = tools
  const path = files.join(folder, bundle.path)
  try {
    await download(tools, releaseId, bundle, path)
    return await use(path, { expected: bundle.contentSha256 ?? '', stop })
  } finally {
    await files.remove(folder)
  }
}

async function download(tools: FileTools, releaseId: string, file: ReleaseFile, to: string): Promise<void> {
  const { files, marketplace, object } = tools
  const bytes =
    file.object === undefined || object === undefined ? marketplace.file(releaseId, file.sha256) : object(file.object)
  await files.writeAll(to, checked(bytes, file, tools.stop))
}

/** The bytes as they come; they end in a Failure where they are not those of the file. */
async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  { path, bytes, sha256 }: ReleaseFile,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let seen = 0
  for await (const chunk of chunks) {
    if (stop.aborted) throw stopped()
    hash.update(chunk)
    seen += chunk.length
    if (seen > bytes) break
    yield chunk
  }
  if (seen === bytes && hash.digest('hex') === sha256) return
  throw new Failure({
    code: 'download-damaged',
    exit: 'marketplace',
    message: `The marketplace sent other bytes for ${path} than those of the release.`,
    hint: 'Run the same command again; nothing of it was kept.',
  })
}

/** Puts everything in its place, each at once, and removes what has none any more. */
export async function placeFiles(files: Files, folder: string, { moves, gone, folders }: Staged): Promise<void> {
  for (const { from, to } of moves) await files.rename(from, files.join(folder, to))
  // An empty folder would be packed.
  const above = new Set(gone.flatMap(({ path }) => foldersAbove(path)))
  for (const entry of gone) {
    if ('folder' in entry) above.add(entry.path)
    else await files.remove(files.join(folder, entry.path))
  }
  for (const path of [...above].sort().reverse()) {
    const at = files.join(folder, path)
    if ((await files.isFolder(at)) && (await files.tree(at, () => false)).length === 0) await files.remove(at)
  }
  for (const path of folders) await files.makeFolder(files.join(folder, path))
}
