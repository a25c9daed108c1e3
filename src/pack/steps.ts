/** The contents of a bundle as a stream: each entry, then its bytes, and last of all the list of them. */
import { createHash } from 'node:crypto'
import { type BundledFile, type BundleEntry, listHead, listName } from '../model/bundle.ts'
import { Failure } from '../model/failure.ts'
import type { Manifest } from '../model/manifest.ts'
import type { PackageEntry } from '../model/package-contents.ts'
import type { Files, OpenFile } from '../ports.ts'
import { type ArchiveEntry, fileModes } from './archive-entry.ts'
import { listText } from './list.ts'

export type Step =
  | { readonly is: 'entry'; readonly entry: ArchiveEntry }
  /** The memory is used again after the step. */
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }

export type Steps = AsyncIterable<Step>
export type Chunks = AsyncGenerator<readonly Uint8Array[]>

export interface ArchiveOptions {
  /** Seconds since 1970: the time every entry bears. */
  readonly time: number
  /** How many blocks are compressed at the same time. */
  readonly width: number
  /** Sees the contents as an uncompressed tar, whatever the format. */
  readonly content: (bytes: Uint8Array) => void
}

/** Sees the bytes of one file pass by. */
export interface Inspection {
  look(bytes: Uint8Array): void
  end(): void
}

export interface Sources {
  readonly files: Files
  readonly manifest: Manifest
  readonly folder: string
  readonly packed: readonly PackageEntry[]
  /** A bill of materials made for this bundle. */
  readonly sbom?: { readonly path: string; readonly text: string }
  /** Where the seller's own is, in the bundle. */
  readonly ownSbom?: string
  /** Version of koo. */
  readonly koo: string
  /** Seconds since 1970. */
  readonly time: number
  readonly inspect?: (path: string) => Inspection | undefined
}

const chunkBytes = 512 * 1024

/** Collects, while the steps are taken, what the list at the end says. */
export class Contents {
  readonly entries: BundleEntry[] = []
  /** How many of the entries are the seller's own. */
  own = 0
  readonly #sources: Sources
  readonly #chunk = Buffer.allocUnsafe(chunkBytes)

  constructor(sources: Sources) {
    this.#sources = sources
  }

  async *steps(): AsyncGenerator<Step> {
    const { packed, sbom } = this.#sources
    for (const each of packed) yield* this.#packed(each)
    this.own = this.entries.length
    if (sbom !== undefined) {
      const bytes = Buffer.from(sbom.text)
      this.entries.push(listed(sbom.path, bytes))
      yield* whole(sbom.path, bytes)
    }
    yield* whole(listName, Buffer.from(this.#list()))
  }

  /** SHA-256 of the seller's own entries, once they were read. */
  filesSha256(): string {
    const hash = createHash('sha256')
    for (const entry of this.entries.slice(0, this.own)) hash.update(`${JSON.stringify(entry)}\n`)
    return hash.digest('hex')
  }

  async *#packed(each: PackageEntry): AsyncGenerator<Step> {
    const { path, kind, target = '' } = each
    if (kind === 'link') {
      this.entries.push({ path, link: target })
      yield { is: 'entry', entry: { is: 'link', path, target } }
    } else if (kind === 'folder') {
      this.entries.push({ path, folder: true })
      yield { is: 'entry', entry: { is: 'folder', path } }
    } else if (kind !== 'file') {
      throw changed(path)
    } else {
      const { files, folder } = this.#sources
      const file = await files.open(files.join(folder, path))
      try {
        // Scanners looked at the file that was seen.
        if (each.stamp !== undefined && each.stamp !== file.stamp) throw changed(path)
        yield* this.#file(path, file)
      } finally {
        file.close()
      }
    }
  }

  async *#file(path: string, file: OpenFile): AsyncGenerator<Step> {
    const { bytes, executable } = file
    const mode = executable ? fileModes.executable : fileModes.plain
    yield { is: 'entry', entry: { is: 'file', path, bytes, mode } }
    const hash = createHash('sha256')
    const inspection = this.#sources.inspect?.(path)
    let seen = 0
    for (let read = file.read(this.#chunk, 0, chunkBytes); read > 0; read = file.read(this.#chunk, 0, chunkBytes)) {
      seen += read
      if (seen > bytes) throw changed(path)
      const part = this.#chunk.subarray(0, read)
      hash.update(part)
      inspection?.look(part)
      yield { is: 'bytes', bytes: part }
    }
    if (seen !== bytes || file.hasChanged()) throw changed(path)
    inspection?.end()
    this.entries.push({ path, bytes, mode, sha256: hash.digest('hex') })
  }

  #list(): string {
    const { manifest, koo, time, sbom, ownSbom } = this.#sources
    const { format, ...about } = listHead(manifest)
    const billed = sbom?.path ?? ownSbom
    return listText({ format, koo, ...about, time, ...(billed ? { sbom: billed } : {}) }, this.entries)
  }
}

function* whole(path: string, bytes: Uint8Array): Generator<Step> {
  yield { is: 'entry', entry: { is: 'file', path, bytes: bytes.length, mode: fileModes.plain } }
  yield { is: 'bytes', bytes }
}

function listed(path: string, bytes: Uint8Array): BundledFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, bytes: bytes.length, mode: fileModes.plain, sha256 }
}

function changed(path: string): Failure {
  return new Failure({
    code: 'file-changed',
    exit: 'findings',
    message: `\`${path}\` changed while it was being packed.`,
    hint: 'Let the program that writes it finish, then pack again.',
  })
}
