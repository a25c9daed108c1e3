/** The files of a release, brought beside its manifest: each is checked, and put in place once all are there. */
import { createHash } from 'node:crypto'
import type { BundleEntry } from '../model/bundle.ts'
import { Failure, stopped } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { PullConflict } from '../model/outcome.ts'
import { isGuarded, isOwnFile } from '../model/own-names.ts'
import { fileReferences } from '../model/references.ts'
import type { ManifestData, ReleaseContent, ReleaseFile, StoredObject } from '../model/release.ts'
import { measure } from '../pack/bundle.ts'
import { packageContents } from '../pack/contents.ts'
import { isInside, unpack } from '../pack/unpack.ts'
import type { Files, Marketplace, TreeEntry } from '../ports.ts'
import { hashOf } from './material.ts'
import type { Base } from './pulled-manifest.ts'

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
  readonly bundle?: ReleaseFile
  /** The package that is here is what was agreed on, so whatever the bundle has instead may take its place. */
  readonly isPackageOurs: boolean
  readonly conflicts: readonly PullConflict[]
  readonly notes: readonly string[]
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
  let bundle: ReleaseFile | undefined
  let isPackageOurs = overwrite
  for (const file of content.files) {
    refuseOddPlace(files, file.path)
    const isBundle = file.contentSha256 !== undefined
    if (!isBundle && !named.has(file.path)) continue
    const { here, there, before } = isBundle
      ? { here: await packageHere(files, folder, manifest), there: file.contentSha256, before: base?.bundle }
      : { here: await fileHere(files, folder, file.path), there: file.sha256, before: base?.files.get(file.path) }
    if (here === there) continue
    const note = noteOn(tools, file, here !== undefined && before === there)
    if (note !== undefined) notes.push(note)
    else if (isBundle) {
      bundle = file
      isPackageOurs ||= here === before
    } else {
      downloads.push(file)
      if (isLost(here, before) && !overwrite) conflicts.push({ is: 'file', path: file.path })
    }
  }
  return { downloads, isPackageOurs, conflicts, notes, ...(bundle === undefined ? {} : { bundle }) }
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

/** The digest of the package as it would be packed here; undefined where there is nothing to pack. */
async function packageHere(files: Files, folder: string, manifest: ManifestData): Promise<string | undefined> {
  if (!(await files.isFolder(folder))) return undefined
  const contents = await packageContents(files, manifest, folder)
  if (contents === undefined || contents.packed.every(({ why }) => why.by === 'manifest')) return undefined
  // Only its package is read, which the globs say.
  const product = { manifest: manifest as unknown as Manifest, folder }
  return (await measure(files, product, contents)).filesSha256
}

/** Files that are whole, in a folder of their own, and where each belongs. */
export interface Staged {
  readonly moves: readonly { readonly from: string; readonly to: string }[]
  readonly folders: readonly string[]
  readonly conflicts: readonly PullConflict[]
  readonly notes: readonly string[]
}

/** Downloads what is wanted into `stage`, and tells what would be lost by putting it in place. */
export async function stageFiles(
  tools: FileTools,
  releaseId: string,
  plan: FilePlan,
  { folder, stage }: { readonly folder: string; readonly stage: string },
): Promise<Staged> {
  const { files } = tools
  const moves: { from: string; to: string }[] = []
  for (const file of plan.downloads) {
    const from = files.join(stage, 'files', file.path)
    await download(tools, releaseId, file, from)
    moves.push({ from, to: files.join(file.path) })
  }
  if (plan.bundle === undefined) return { moves, folders: [], conflicts: [], notes: [] }
  const { path, contentSha256 = '' } = plan.bundle
  const bundle = files.join(stage, path)
  await download(tools, releaseId, plan.bundle, bundle)
  const unpacked = files.join(stage, 'package')
  const entries = await unpack(files, bundle, unpacked, { expected: contentSha256, stop: tools.stop })
  await files.remove(bundle)
  const there = await entriesAt(
    files,
    folder,
    entries.map((entry) => entry.path),
  )
  const conflicts: PullConflict[] = []
  const folders: string[] = []
  for (const entry of entries) {
    const here = there.get(entry.path)
    if (here !== undefined && (await isSame(files, folder, entry, here))) continue
    if (here !== undefined && !plan.isPackageOurs) conflicts.push({ is: 'file', path: entry.path })
    if ('folder' in entry) folders.push(entry.path)
    else moves.push({ from: files.join(unpacked, entry.path), to: entry.path })
  }
  return { moves, folders, conflicts, notes: [] }
}

async function isSame(files: Files, folder: string, entry: BundleEntry, here: TreeEntry): Promise<boolean> {
  if ('link' in entry) return here.kind === 'link' && here.target === entry.link
  if ('folder' in entry) return here.kind === 'folder'
  if (here.kind !== 'file' || here.bytes !== entry.bytes || here.executable !== (entry.mode & 0o100) > 0) return false
  return (await hashOf(files, files.join(folder, entry.path))).sha256 === entry.sha256
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

/** What is at paths in a folder, and at the folders above them, links as links. */
async function entriesAt(
  files: Files,
  folder: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  if (!(await files.isFolder(folder))) return new Map()
  const above = new Set(paths.flatMap((path) => foldersAbove(path)))
  const tree = await files.tree(folder, (path) => above.has(path))
  return new Map(tree.map((entry) => [entry.path, entry]))
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** @throws {Failure} where a link, or a file in the place of a folder, would lead the writing elsewhere. */
export async function refuseLinksAbove(files: Files, folder: string, paths: readonly string[]): Promise<void> {
  const there = await entriesAt(files, folder, paths)
  for (const path of paths) {
    const odd = foldersAbove(path).find((each) => (there.get(each)?.kind ?? 'folder') !== 'folder')
    const blocked = there.get(path)?.kind === 'folder' ? path : odd
    if (blocked === undefined) continue
    throw new Failure({
      code: 'in-the-way',
      exit: 'conflict',
      message: `${files.shown(files.join(folder, blocked))} is in the way of ${path}; nothing was written.`,
      hint: 'A pull does not write through links. Move it away, or pull into another folder with --out.',
    })
  }
}

/** Puts everything in its place, each at once. */
export async function placeFiles(files: Files, folder: string, { moves, folders }: Staged): Promise<void> {
  for (const { from, to } of moves) await files.rename(from, files.join(folder, to))
  for (const path of folders) await files.makeFolder(files.join(folder, path))
}
