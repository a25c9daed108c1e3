/** What is found in a bundle while it is read: its entries with their digests, its list of contents, and oddities. */
import { createHash, type Hash } from 'node:crypto'
import { type BundleEntry, listName, mostEntries } from '../model/bundle.ts'
import { type ArchiveEntry, fileModes } from './archive-entry.ts'

/** The archive cannot be read on from here. */
export class DamagedArchive extends Error {}

/** What is wrong with an entry, beside its content. */
export interface Oddity {
  readonly path: string
  readonly what: string
}

/** No bundle's list is longer: that of 500,000 entries has about 100 MB. */
export const longestList = 192 * 1024 * 1024
/** Whoever reads on has seen enough. */
const mostOddities = 10_000

export class Reading {
  readonly entries: BundleEntry[] = []
  readonly oddities: Oddity[] = []
  /** The text of the list, once its entry was read. */
  list: Buffer | undefined
  /** The entry that is open, or was last. */
  current: string | undefined
  isOpen = false
  #entry: ArchiveEntry | undefined
  #hash: Hash | undefined
  #kept: Buffer[] = []
  /** Seconds since 1970: what the first entry bears. */
  commonTime: number | undefined

  /** @throws {DamagedArchive} where there are more entries than koo packs. */
  open(entry: ArchiveEntry): void {
    if (this.entries.length >= mostEntries + 2) throw new DamagedArchive('It has more entries than any bundle.')
    this.current = entry.path
    this.isOpen = true
    this.#entry = entry
    this.#hash = entry.is === 'file' ? createHash('sha256') : undefined
    if (isUnsafe(entry.path)) this.oddity('its name leads out of the folder it is unpacked to')
    if (this.list !== undefined) this.oddity('it comes after the list of contents')
    if (entry.path !== listName || entry.is !== 'file') return
    if (entry.bytes > longestList) this.oddity('it is far too long')
    // The list does not list itself.
    if (entry.mode !== fileModes.plain) this.oddity('its mode is not as koo writes it')
  }

  content(bytes: Uint8Array): void {
    this.#hash?.update(bytes)
    const entry = this.#entry
    if (entry?.path === listName && entry.is === 'file' && entry.bytes <= longestList)
      this.#kept.push(Buffer.from(bytes))
  }

  /** The content of the open entry is complete. */
  close(): void {
    const entry = this.#entry
    this.isOpen = false
    if (entry === undefined) return
    const { path } = entry
    if (entry.is === 'link') this.entries.push({ path, link: entry.target })
    else if (entry.is === 'folder') this.entries.push({ path, folder: true })
    else if (path === listName && this.list === undefined) this.list = Buffer.concat(this.#kept)
    else this.entries.push({ path, bytes: entry.bytes, mode: entry.mode, sha256: this.#hash?.digest('hex') ?? '' })
    this.#kept = []
  }

  /** Every entry bears the same. */
  time(time: number): void {
    this.commonTime ??= time
    if (this.commonTime !== time) this.oddity('its time is not that of the others')
  }

  oddity(what: string, path = this.current ?? ''): void {
    if (this.oddities.length < mostOddities) this.oddities.push({ path, what })
  }
}

/** Names that would be unpacked elsewhere; koo packs none. */
function isUnsafe(path: string): boolean {
  return path === '' || /^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..') || path.includes('\0')
}
