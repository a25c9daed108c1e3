/** What is found in a bundle while it is read: its entries with their digests, its list of contents, and oddities. */
import { createHash, type Hash } from 'node:crypto'
import { type BundleEntry, type BundleList, bundleListFormat, listName } from '../model/bundle.ts'
import type { ArchiveEntry } from './archive-entry.ts'

/** The archive cannot be read on from here. */
export class DamagedArchive extends Error {}

/** What is wrong with an entry, beside its content. */
export interface Oddity {
  readonly path: string
  readonly what: string
}

/** A list this long is no list. */
const longestList = 512 * 1024 * 1024

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

  open(entry: ArchiveEntry): void {
    this.current = entry.path
    this.isOpen = true
    this.#entry = entry
    this.#hash = entry.is === 'file' ? createHash('sha256') : undefined
    if (isUnsafe(entry.path)) this.oddity('its name leads out of the folder it is unpacked to')
    if (this.list !== undefined) this.oddity('it comes after the list of contents')
    if (entry.path === listName && entry.is === 'file' && entry.bytes > longestList) this.oddity('it is far too long')
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
    this.oddities.push({ path, what })
  }
}

/** Names that would be unpacked elsewhere; koo packs none. */
function isUnsafe(path: string): boolean {
  return path === '' || /^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..') || path.includes('\0')
}

/** Undefined where the text is no list koo wrote. */
export function readList(text: Uint8Array): BundleList | undefined {
  try {
    const list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as Partial<BundleList>
    const isHead = list.format === bundleListFormat && typeof list.time === 'number'
    const areTexts = [list.koo, list.key, list.version].every((text) => typeof text === 'string')
    const isList = isHead && areTexts && Array.isArray(list.entries) && list.entries.every(isEntry)
    return isList ? (list as BundleList) : undefined
  } catch {
    return undefined
  }
}

function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { path, link, folder, sha256, bytes, mode } = value as Readonly<Record<string, unknown>>
  if (typeof path !== 'string') return false
  if (sha256 !== undefined) return typeof sha256 === 'string' && typeof bytes === 'number' && typeof mode === 'number'
  return typeof link === 'string' || folder === true
}
