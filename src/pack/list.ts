/** `koo-bundle.json`, the list of a bundle's contents: its text, sealed by a digest of itself, and back. */
import { createHash } from 'node:crypto'
import { type BundleEntry, type BundleList, bundleListFormat, mostEntries } from '../model/bundle.ts'

/** One line for each entry, so that two lists compare well. */
export function listText(head: Omit<BundleList, 'entries' | 'sha256'>, entries: readonly BundleEntry[]): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`)
  return withSeal(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "entries": [\n${lines.join(',\n')}\n  ]`)
}

/** A plain tar has no checksum of its own, so the list has one. */
function withSeal(text: string): string {
  return `${text},\n  "sha256": "${createHash('sha256').update(text).digest('hex')}"\n}\n`
}

const sealBytes = withSeal('').length

/** Undefined where the text is no list koo wrote. */
export function readList(bytes: Uint8Array): BundleList | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const sealed = text.slice(0, -sealBytes)
    if (text !== withSeal(sealed)) return undefined
    return listIn(sealed)
  } catch {
    return undefined
  }
}

const entriesBegin = ',\n  "entries": [\n'
const entriesEnd = '\n  ]'
const longestHead = 1024 * 1024
/** Two paths of 4096 bytes, each escaped. */
const longestLine = 64 * 1024

/** Each line by itself: what is no list of koo's may be JSON that takes all memory. */
function listIn(sealed: string): BundleList | undefined {
  const begin = sealed.indexOf(entriesBegin)
  if (begin < 0 || begin > longestHead || !sealed.endsWith(entriesEnd)) return undefined
  const head = JSON.parse(`${sealed.slice(0, begin)}\n}`) as Partial<BundleList>
  const isHead = head.format === bundleListFormat && typeof head.time === 'number'
  if (!isHead || ![head.koo, head.key, head.version].every((text) => typeof text === 'string')) return undefined
  const entries: BundleEntry[] = []
  let at = begin + entriesBegin.length
  while (at < sealed.length - entriesEnd.length) {
    const next = sealed.indexOf('\n', at)
    if (next - at > longestLine || entries.length > mostEntries) return undefined
    const entry: unknown = JSON.parse(sealed.slice(at, next).replace(/,$/, ''))
    if (!isEntry(entry)) return undefined
    entries.push(entry)
    at = next + 1
  }
  return { ...head, entries, sha256: '' } as BundleList
}

function isEntry(value: unknown): value is BundleEntry {
  if (typeof value !== 'object' || value === null) return false
  const { path, link, folder, sha256, bytes, mode } = value as Readonly<Record<string, unknown>>
  if (typeof path !== 'string') return false
  if (sha256 !== undefined) return typeof sha256 === 'string' && typeof bytes === 'number' && typeof mode === 'number'
  return typeof link === 'string' || folder === true
}
