/** Brings the text of a manifest to other data: what does not change keeps its comments, order, quotes and spaces. */
import { parseDocument } from 'yaml'
import { yamlOptions } from '../check/yaml-options.ts'
import { canonical } from '../model/content-digest.ts'
import type { ManifestData } from '../model/release.ts'
import { lineBreakOf } from './text-edits.ts'
import { blockEntry } from './yaml-text.ts'
import { type How, Unplaced, yamlWith } from './yaml-update.ts'

/** From the gentlest to what always works; each is tried where the one before does not give the data. */
const ways: readonly How[] = [
  { aliases: 'kept', changed: 'in-place' },
  { aliases: 'expanded', changed: 'in-place' },
  { aliases: 'expanded', changed: 'anew' },
]

/**
 * The text of a manifest that says `target`. Reading it gives exactly the target; a text that says it already is given
 * back as it is. YAML, or JSON by the end of the file's name.
 */
export function updatedText(text: string, file: string, target: ManifestData): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : ''
  const body = text.slice(mark.length)
  const lineBreak = lineBreakOf(body)
  // The parser does not know the line ends of old Macs; one character for one keeps the places.
  const read = lineBreak === '\r' ? body.replaceAll('\r', '\n') : body
  if (says(read, target)) return text
  const written = (result: string): string => `${mark}${lineBreak === '\r' ? result.replaceAll('\n', '\r') : result}`
  const json = file.endsWith('.json')
  for (const how of ways) {
    const result = attempt(read, target, { ...how, json })
    if (result !== undefined && says(result, target) && (!json || isJson(result))) return written(result)
  }
  return written(anew(read, target, json))
}

function attempt(text: string, target: ManifestData, how: How & { readonly json: boolean }): string | undefined {
  try {
    return yamlWith(text, target, how)
  } catch (error) {
    if (error instanceof Unplaced || error instanceof ReferenceError) return undefined
    throw error
  }
}

/** Everything anew, but for what stands above the first key. */
function anew(text: string, target: ManifestData, json: boolean): string {
  if (json) return `${JSON.stringify(target, null, 2)}\n`
  const head = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? ''
  const writing = { json, step: 2 }
  const lines = Object.entries(target).flatMap(([key, value]) => blockEntry(key, value, writing))
  return `${head}${lines.join('\n')}\n`
}

function says(text: string, target: ManifestData): boolean {
  try {
    const document = parseDocument(text, yamlOptions)
    return document.errors.length === 0 && canonical(document.toJS()) === canonical(target)
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return false
    throw error
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
