/** `koo-bundle.json`, the list of a bundle's contents: its text, sealed by a digest of itself, and back. */
import { createHash } from 'node:crypto'
import { type BundleEntry, type BundleList, bundleListFormat } from '../model/bundle.ts'

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
export function readList(text: Uint8Array): BundleList | undefined {
  try {
    const sealed = new TextDecoder('utf-8', { fatal: true }).decode(text)
    if (sealed !== withSeal(sealed.slice(0, -sealBytes))) return undefined
    const list = JSON.parse(sealed) as Partial<BundleList>
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
