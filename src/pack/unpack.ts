/** A bundle koo packed → its files in a new folder. The bundle may come from anywhere, so it is verified first, and whole. */
import { createHash } from 'node:crypto'
import { type BundleEntry, type BundleList, sbomName } from '../model/bundle.ts'
import { Failure, stopped } from '../model/failure.ts'
import { isGuarded } from '../model/own-names.ts'
import type { Files, NewFile } from '../ports.ts'
import { type ArchiveEntry, fileModes } from './archive-entry.ts'
import { Reading } from './reading.ts'
import { examineBundle, formatOf, readers } from './verify.ts'

/**
 * Unpacks the seller's own files of a bundle into a folder that is empty or not there, with their modes and links.
 *
 * @param expected the digest of these files, as `Bundle.filesSha256`.
 * @returns what was unpacked, in its order.
 * @throws {Failure} (bundle-unfit) where the bundle is not whole, not what koo packs, has other files than expected, or
 *   would write anywhere but into the folder; nothing is written then.
 */
export async function unpack(
  files: Files,
  path: string,
  folder: string,
  { expected, stop }: Wanted,
): Promise<readonly BundleEntry[]> {
  const { own, bytes } = await examined(files, path, { expected, stop })
  const reading = new Unpacking(files, folder, new Set(own.map((entry) => entry.path)))
  const stream = files.stream(path)[Symbol.asyncIterator]()
  const chunks = {
    [Symbol.asyncIterator]: () => ({
      next: () => (stop.aborted ? Promise.reject(stopped()) : stream.next()),
    }),
  }
  try {
    await readers[formatOf(files, path)]({ files, path, bytes, chunks }, reading, createHash('sha256'))
  } finally {
    reading.end()
  }
  for (const entry of own) {
    if ('link' in entry) await files.link(files.join(folder, entry.path), entry.link)
    if ('folder' in entry) await files.makeFolder(files.join(folder, entry.path))
  }
  return own
}

interface Wanted {
  readonly expected: string
  readonly stop: AbortSignal
}

/** The seller's own files in a bundle, as `unpack` would give them, with nothing written. */
export async function ownEntries(files: Files, path: string, wanted: Wanted): Promise<readonly BundleEntry[]> {
  return (await examined(files, path, wanted)).own
}

async function examined(
  files: Files,
  path: string,
  { expected, stop }: Wanted,
): Promise<{ readonly own: readonly BundleEntry[]; readonly bytes: number }> {
  const { damage, differences, oddities, isRepacked, list, bytes } = await examineBundle(files, path, {
    isSigned: false,
    stop,
  })
  if (damage !== undefined) throw unfit(damage)
  const [odd] = [...oddities, ...differences.map((each) => ({ path: each.path, what: `it was ${each.is}` }))]
  if (odd !== undefined) throw unfit(`Of \`${odd.path}\`: ${odd.what}.`)
  if (list === undefined || isRepacked) throw unfit('koo did not pack it.')
  const own = list.entries.filter((entry) => !isMade(list, entry.path))
  const wrong = outside(own)
  if (wrong !== undefined) throw unfit(wrong)
  if (digestOf(own) !== expected) throw unfit('Its files are not those of the release.')
  return { own, bytes }
}

/** Writes the contents of files while they are read; links come last, so that nothing is written through one. */
class Unpacking extends Reading {
  readonly #files: Files
  readonly #folder: string
  readonly #wanted: ReadonlySet<string>
  #file: NewFile | undefined

  constructor(files: Files, folder: string, wanted: ReadonlySet<string>) {
    super()
    this.#files = files
    this.#folder = folder
    this.#wanted = wanted
  }

  override open(entry: ArchiveEntry): void {
    super.open(entry)
    if (entry.is !== 'file' || !this.#wanted.has(entry.path)) return
    this.#file = this.#files.create(this.#files.join(this.#folder, entry.path), entry.mode === fileModes.executable)
  }

  override content(bytes: Uint8Array): void {
    super.content(bytes)
    this.#file?.write(bytes)
  }

  override close(): void {
    super.close()
    this.end()
  }

  /** Leaves no file open, also where reading ended in the middle of one. */
  end(): void {
    this.#file?.close()
    this.#file = undefined
  }
}

/** The bill of materials that koo made is made again by the next packing. */
function isMade({ sbom }: BundleList, path: string): boolean {
  return sbom === sbomName && path === sbomName
}

function digestOf(entries: readonly BundleEntry[]): string {
  const hash = createHash('sha256')
  for (const entry of entries) hash.update(`${JSON.stringify(entry)}\n`)
  return hash.digest('hex')
}

/** What would be written elsewhere, or twice, as a sentence; undefined where nothing would. */
function outside(entries: readonly BundleEntry[]): string | undefined {
  const kinds = new Map<string, BundleEntry>()
  for (const entry of entries) {
    if (!isInside(entry.path)) return `\`${entry.path}\` leads out of the folder.`
    if (isGuarded(entry.path)) return `\`${entry.path}\` lies in a folder of another program.`
    if (kinds.has(entry.path)) return `\`${entry.path}\` is in it twice.`
    kinds.set(entry.path, entry)
  }
  const isLink = (path: string): boolean => 'link' in (kinds.get(path) ?? {})
  for (const entry of entries) {
    const parts = entry.path.split('/')
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
    const under = above.find((each) => kinds.has(each) && !('folder' in (kinds.get(each) ?? {})))
    if (under !== undefined) return `\`${entry.path}\` lies below \`${under}\`, which is no folder.`
    if ('link' in entry && !staysInside(entry.path, entry.link, isLink))
      return `The link \`${entry.path}\` leads out of the folder.`
  }
  return undefined
}

/** A relative path that stays below where it starts, on any system. */
export function isInside(path: string): boolean {
  if (/[\\\0]/.test(path) || /^[A-Za-z]:/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** Goes the way of a link step by step. Behind another link, \`..\` would lead from where that one leads, so it is refused. */
function staysInside(path: string, target: string, isLink: (path: string) => boolean): boolean {
  if (target === '' || /^[/\\]|^[A-Za-z]:|\0/.test(target)) return false
  const way = path.split('/').slice(0, -1)
  let isBehindLink = false
  for (const part of target.split(/[/\\]/)) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (isBehindLink || way.pop() === undefined) return false
      continue
    }
    way.push(part)
    isBehindLink ||= isLink(way.join('/'))
  }
  return true
}

function unfit(why: string): Failure {
  return new Failure({
    code: 'bundle-unfit',
    exit: 'findings',
    message: `The bundle on the marketplace is not unpacked: ${why}`,
    hint: 'Whoever published it may not have used koo; take the files from where they were made.',
  })
}
