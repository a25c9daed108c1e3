/** Takes away and adds what has no meaning: spaces at line ends, the last line end, the line that names the schema. */
import { parseDocument } from 'yaml'
import { isJson } from './json-trouble.ts'
import { lexemes } from './lexemes.ts'
import { lineAt, lineStarts, type Range, withoutMark } from './place.ts'
import { yamlOptions } from './yaml-options.ts'

interface Tidied {
  readonly text: string
  readonly applied: readonly { readonly line: number; readonly title: string }[]
}

const spaces = /(?<![ \t])[ \t]+(?=\r\n|\n|\r|$)/g
const schemaLine = /^#\s*yaml-language-server:\s*\$schema=/

/** For a text that can be read. What it says stays the same. */
export function tidy(text: string, modeline: string | undefined): Tidied {
  const body = withoutMark(text)
  const mark = text.slice(0, text.length - body.length)
  const json = isJson(body)
  const spaced = sameValue(body, withoutSpaces(body, json))
  const ended = sameValue(spaced.text, withLastLineEnd(spaced.text))
  const named = json || modeline === undefined ? ended : withModeline(ended.text, modeline)
  const applied = [...spaced.applied, ...(ended === named ? [] : ended.applied), ...named.applied]
  return { text: mark + named.text, applied }
}

function withoutSpaces(body: string, json: boolean): Tidied {
  const kept = json ? [] : meaningfulRanges(body)
  const starts = lineStarts(body)
  const applied: { line: number; title: string }[] = []
  let next = 0
  const text = body.replace(spaces, (found, at: number) => {
    while ((kept[next]?.[1] ?? Number.POSITIVE_INFINITY) <= at) next += 1
    if ((kept[next]?.[0] ?? Number.POSITIVE_INFINITY) <= at) return found
    applied.push({ line: lineAt(starts, at), title: 'Remove the spaces at the end of the line' })
    return ''
  })
  return { text, applied }
}

/** Block scalars and quoted texts of several lines, in which spaces may mean something. */
function meaningfulRanges(body: string): readonly Range[] {
  const ranges: Range[] = []
  for (const { type, offset, text } of lexemes(body.replace(/\r(?!\n)/g, '\n'))) {
    const quoted = type === 'double-quoted-scalar' || type === 'single-quoted-scalar'
    if (type === 'block-scalar' || (quoted && text.includes('\n'))) ranges.push([offset, offset + text.length])
  }
  return ranges
}

function withLastLineEnd(body: string): Tidied {
  if (body === '' || /[\n\r]$/.test(body)) return { text: body, applied: [] }
  const line = lineStarts(body).length
  return { text: body + lineEndOf(body), applied: [{ line, title: 'End the file with a line end' }] }
}

function withModeline(body: string, modeline: string): Tidied {
  for (const { type, text } of lexemes(body)) {
    if (type === 'comment' && schemaLine.test(text)) return { text: body, applied: [] }
  }
  // A line that tells the system what runs the file has to be the first.
  const first = /^#!.*(?:\r\n|\n|\r)/.exec(body)?.[0] ?? ''
  const text = `${first}${modeline}${lineEndOf(body)}${body.slice(first.length)}`
  return { text, applied: [{ line: first === '' ? 1 : 2, title: 'Name the schema for editors' }] }
}

/** The one the text has already. */
function lineEndOf(body: string): string {
  return /\r\n|\n|\r/.exec(body)?.[0] ?? '\n'
}

/** Undone where it would say something else, as after a block scalar that keeps its last line end. */
function sameValue(before: string, tidied: Tidied): Tidied {
  if (tidied.text === before || valueIn(before) === valueIn(tidied.text)) return tidied
  return { text: before, applied: [] }
}

function valueIn(body: string): string | undefined {
  const options = { ...yamlOptions, logLevel: 'silent' } as const
  return JSON.stringify(parseDocument(body.replace(/\r(?!\n)/g, '\n'), options).toJS())
}
