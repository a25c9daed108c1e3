/** A manifest's text: its value, and where in the text each part of the value stands. */
import { type Document, parseDocument } from 'yaml'
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import { mostBytes } from '../model/manifest.ts'
import { type Aliases, aliasesOf, beyondReason } from './aliases.ts'
import { decode } from './decode.ts'
import { isJson, jsonTrouble } from './json-trouble.ts'
import { hasFewParts } from './lexemes.ts'
import { locate, rangeOf } from './locate.ts'
import { fixOf } from './mend.ts'
import { lineStarts, type PlaceAt, placer, withoutMark } from './place.ts'
import { type Trouble, troublesOf } from './troubles.ts'
import { yamlOptions } from './yaml-options.ts'

export interface Source {
  /** As the user named it. */
  readonly file: string
  /** As it is in the file, with its byte order mark and its line ends; empty where it could not be read. */
  readonly text: string
  /** Undefined where the text could not be read at all. */
  readonly value: unknown
  /** What is wrong with the text itself; with an error among them the value means nothing. */
  readonly diagnostics: readonly FramedDiagnostic[]
  /** Gives a finding its place in the text, and the edits that mend it where that is safe. */
  readonly place: (finding: Finding) => FramedDiagnostic
  /** Places a finding about the text rather than the value. */
  readonly placeAt: PlaceAt
}

/** Longer texts are looked at before they are parsed: the parser takes seconds for a million brackets or commas. */
const quickLength = 64 * 1024
const mostParts = 200_000

const tooDeep: Trouble = {
  code: 'yaml-syntax',
  message: 'This file is nested too deeply to be a manifest.',
  hint: 'A manifest nests a few levels.',
  range: [0, 0],
}

const tooLarge: Trouble = {
  code: 'manifest-too-large',
  message: 'This file has more keys and values than any manifest.',
  range: [0, 0],
}

/** Reads YAML or JSON (which is YAML). Never throws: what cannot be read becomes a diagnostic. */
export function readSource(file: string, bytes: Uint8Array): Source {
  if (bytes.length > mostBytes) {
    const message = `This file has more than the ${mostBytes} bytes a manifest may have.`
    return unread(placer(file, ''), file, { code: 'manifest-too-large', path: '', message }, 0)
  }
  const decoded = decode(bytes)
  if (decoded.is === 'trouble') {
    const { shown, at, is: _, ...told } = decoded
    const mark = shown.length - withoutMark(shown).length
    const placeAt = placer(file, withoutMark(shown))
    return unread(placeAt, file, { code: 'unreadable-text', path: '', ...told }, at - mark)
  }
  return readText(file, decoded.text)
}

function unread(placeAt: PlaceAt, file: string, finding: Finding, at: number): Source {
  const place = (each: Finding) => placeAt(each, [0, 0])
  return { file, text: '', value: undefined, diagnostics: [placeAt(finding, [at, at])], place, placeAt }
}

function readText(file: string, text: string): Source {
  // The parser does not know the line ends of old Macs; one character for one keeps the offsets.
  const body = withoutMark(text).replace(/\r(?!\n)/g, '\n')
  const json = file.endsWith('.json')
  const placeAt = placer(file, body)
  const { value, troubles, document, aliases } = understood(body, json)
  const diagnostics = troubles.map(({ range, ...finding }) => placeAt({ path: '', ...finding }, range))
  if (document === undefined || aliases === undefined) {
    return { file, text, value, diagnostics, place: (finding) => placeAt(finding, [0, 0]), placeAt }
  }
  const written = { body, starts: lineStarts(body), json, aliases }
  const place = (finding: Finding): FramedDiagnostic => {
    const located = locate(document, aliases, finding.path)
    const fix = fixOf(finding, located, written)
    return { ...placeAt(finding, rangeOf(located, finding)), ...(fix === undefined ? {} : { fix }) }
  }
  return { file, text, value, diagnostics, place, placeAt }
}

interface Understood {
  readonly value?: unknown
  readonly troubles: readonly Trouble[]
  readonly document?: Document
  readonly aliases?: Aliases
}

/** The parser and the walks through its tree go as deep as the text does, which may be more than the stack takes. */
function understood(body: string, json: boolean): Understood {
  try {
    return parsed(body, json)
  } catch (error) {
    if (error instanceof RangeError) return { troubles: [tooDeep] }
    throw error
  }
}

function parsed(body: string, json: boolean): Understood {
  if (json && !isJson(body)) return { troubles: [{ code: 'yaml-syntax', ...jsonTrouble(body) }] }
  if (body.length > quickLength && !hasFewParts(body, mostParts)) return { troubles: [tooLarge] }
  const document: Document = parseDocument(body, yamlOptions)
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return { troubles: [tooDeep] }
  const aliases = aliasesOf(document)
  const troubles = troublesOf(document, aliases, body, json)
  if (troubles.length > 0) return { troubles, document, aliases }
  const value = wholeValue(document, aliases)
  if (value !== undefined) return { value, troubles, document, aliases }
  return { troubles: [{ code: 'yaml-syntax', ...beyondReason(aliases.first) }], document, aliases }
}

/** Undefined where aliases make more of the value than anybody would write. */
function wholeValue(document: Document, { first }: Aliases): unknown {
  try {
    const value: unknown = document.toJS()
    return first === undefined || partsIn(value, mostParts) < mostParts ? value : undefined
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

/** Counts up to a limit; what several aliases stand for counts each time, as each time it is checked. */
function partsIn(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1
  let count = 1
  for (const each of Object.values(value)) {
    count += partsIn(each, limit - count)
    if (count >= limit) break
  }
  return count
}
