/**
 * A fast reader for plain YAML, which is what nearly every manifest is: the general parser takes 90 % of the time of a
 * run over thousands of files, most of it for what a manifest without findings does not need.
 *
 * It takes block mappings and sequences, plain and quoted scalars, `|` and `>` with `-` or without, flow collections of
 * one line, and comments. It gives up on everything else: anchors, aliases, tags, merge and `?` keys, directives,
 * several documents, tabs, Windows line ends, keys that are no strings, keys that stand twice, quotes over several lines,
 * and above all on mistakes. Whoever gets `notPlain` asks the general parser, so giving up is always right, and a value
 * other than that parser's never is.
 */
import { beginsFlow, flow, isQuote } from './plain-flow.ts'
import {
  bail,
  beginsPlain,
  type Cursor,
  char,
  checkedKey,
  descend,
  isBlank,
  notPlain,
  plainEnd,
  plainValue,
  quoted,
  skipSpaces,
  trimmed,
} from './plain-scalar.ts'

export { notPlain }

/** Control characters, tabs and line ends but `\n`, byte order marks and what else YAML treats apart or forbids. */
const unusual = /[^\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/
/** The standard allows 1024 characters. */
const longestKey = 1000

/** The value of the text, as the `yaml` package has it; `notPlain` where that package has to be asked. */
export function parsePlain(text: string): unknown {
  if (unusual.test(text)) return notPlain
  try {
    const ended = text.endsWith('\n') ? text : `${text}\n`
    return root({ text: ended, at: 0, column: 0, isCommented: false, depth: 0 })
  } catch (reason) {
    if (reason === notPlain) return notPlain
    throw reason
  }
}

function root(cursor: Cursor): unknown {
  toContent(cursor, 0)
  const value = cursor.column === 0 ? block(cursor, -1) : bail()
  return isAtEnd(cursor) ? value : bail()
}

/** Moves to the next line that holds more than a comment. */
function toContent(cursor: Cursor, lineStart: number): void {
  const { text } = cursor
  cursor.isCommented = false
  let start = lineStart
  while (start < text.length) {
    const at = skipSpaces(text, start)
    const code = text.charCodeAt(at)
    if (code === char.hash) {
      cursor.isCommented = true
    } else if (code !== char.newline) {
      cursor.at = at
      cursor.column = at - start
      return
    }
    start = text.indexOf('\n', at) + 1
  }
  cursor.at = text.length
  cursor.column = -1
}

function isAtEnd({ column }: Cursor): boolean {
  return column === -1
}

/** The end of the line, on which nothing but a comment may follow. */
function lineEnd({ text, at }: Cursor): number {
  const end = skipSpaces(text, at)
  const code = text.charCodeAt(end)
  if (code === char.newline) return end
  return code === char.hash && text.charCodeAt(end - 1) === char.space ? text.indexOf('\n', end) : bail()
}

function isItem({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === char.dash && isBlank(text.charCodeAt(at + 1))
}

/** The node that begins a line or follows a dash; `parent` is the column of what it belongs to. */
function block(cursor: Cursor, parent: number): unknown {
  if (isItem(cursor)) return sequence(cursor)
  const key = keyOf(cursor)
  if (key !== undefined) return mapping(cursor, key)
  // A scalar alone is no manifest. With a comment between a key and the scalar below, `yaml` may miss the scalar's end.
  return parent === -1 || cursor.isCommented ? bail() : inline(cursor, parent)
}

function sequence(cursor: Cursor): unknown {
  const { text, column } = cursor
  const items: unknown[] = []
  descend(cursor)
  do {
    const dash = cursor.at
    cursor.at = skipSpaces(text, dash + 1)
    if (endsHere(cursor)) {
      items.push(cursor.column > column ? block(cursor, column) : null)
    } else {
      cursor.column = column + cursor.at - dash
      cursor.isCommented = false
      items.push(block(cursor, column))
    }
  } while (cursor.column === column && isItem(cursor))
  cursor.depth -= 1
  return items
}

function mapping(cursor: Cursor, firstKey: string): unknown {
  const { column } = cursor
  const map: Record<string, unknown> = {}
  descend(cursor)
  let key = firstKey
  while (true) {
    map[key] = valueOfKey(cursor, column)
    if (cursor.column !== column) break
    key = keyOf(cursor) ?? bail()
    if (Object.hasOwn(map, key)) bail()
  }
  cursor.depth -= 1
  return map
}

/** Whether the line holds nothing more; if so, the cursor moves on to the next content. */
function endsHere(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code !== char.newline && code !== char.hash) return false
  toContent(cursor, lineEnd(cursor) + 1)
  return true
}

/** What follows the colon of a key that stands at `column`. */
function valueOfKey(cursor: Cursor, column: number): unknown {
  cursor.at = skipSpaces(cursor.text, cursor.at)
  if (!endsHere(cursor)) return inline(cursor, column)
  if (cursor.column > column) return block(cursor, column)
  // The items of a list may stand as far left as its key.
  return cursor.column === column && isItem(cursor) ? sequence(cursor) : null
}

/** The key at the cursor, which is left behind the colon; undefined, and the cursor where it was, where there is none. */
function keyOf(cursor: Cursor): string | undefined {
  const { text, at: start } = cursor
  const code = text.charCodeAt(start)
  const isQuoted = isQuote(code)
  if (!isQuoted && !beginsPlain(text, start)) return undefined
  const key = isQuoted ? quoted(cursor) : undefined
  const end = isQuoted ? cursor.at : plainEnd(text, start)
  cursor.at = start
  if (text.charCodeAt(end) !== char.colon) return undefined
  if (!isBlank(text.charCodeAt(end + 1)) || end - start > longestKey) bail()
  cursor.at = end + 1
  return checkedKey(key ?? plainKey(text, start, end))
}

/** Dashes and dots begin numbers, and the marks between documents. */
function plainKey(text: string, start: number, end: number): string {
  const code = text.charCodeAt(start)
  if (code === char.dash || code === char.dot || text.charCodeAt(end - 1) === char.space) bail()
  const key = plainValue(text.slice(start, end))
  return typeof key === 'string' ? key : bail()
}

/** A value that begins in the middle of a line. */
function inline(cursor: Cursor, parent: number): unknown {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === char.pipe || code === char.greater) return blockScalar(cursor, parent)
  if (!beginsFlow(code)) return plain(cursor, parent)
  const value = flow(cursor)
  toContent(cursor, lineEnd(cursor) + 1)
  return value
}

function plain(cursor: Cursor, parent: number): unknown {
  const { text, at } = cursor
  if (!beginsPlain(text, at)) bail()
  const end = plainEnd(text, at)
  const source = trimmed(text, at, end)
  cursor.at = end
  toContent(cursor, lineEnd(cursor) + 1)
  return cursor.column > parent ? continued(cursor, parent, source, end) : plainValue(source)
}

/** A plain scalar of several lines, of which the first ended at `firstEnd`. It is a text, whatever its lines are. */
function continued(cursor: Cursor, parent: number, first: string, firstEnd: number): string {
  const { text } = cursor
  let value = first
  let end = firstEnd
  while (cursor.column > parent) {
    const breaks = breaksBetween(text, end, cursor.at)
    end = plainEnd(text, cursor.at)
    value += fold(breaks) + trimmed(text, cursor.at, end)
    cursor.at = end
    toContent(cursor, lineEnd(cursor) + 1)
  }
  return value
}

/** How many line ends there are, with spaces only between them: a comment would have ended the scalar. */
function breaksBetween(text: string, start: number, end: number): number {
  let breaks = 0
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === char.newline) breaks += 1
    else if (code !== char.space) bail()
  }
  return breaks
}

/**
 * A text after `|` or `>`, without an indentation indicator or `+`. Lines of nothing but more spaces than the
 * indentation are left to the general parser.
 */
function blockScalar(cursor: Cursor, parent: number): string {
  const { text, at } = cursor
  const folds = text.charCodeAt(at) === char.greater
  const strips = text.charCodeAt(at + 1) === char.dash
  cursor.at = strips ? at + 2 : at + 1
  let start = lineEnd(cursor) + 1
  const indent = firstIndent(text, start)
  if (indent <= parent) bail()
  let value = ''
  let breaks = 0
  // Nothing folds into a deeper line or out of it, nor, before the first line, out of nothing.
  let wasDeeper = true
  while (start < text.length) {
    const from = skipSpaces(text, start)
    const spaces = from - start
    if (text.charCodeAt(from) === char.newline) {
      if (spaces > indent) bail()
      breaks += 1
      start = from + 1
      continue
    }
    if (spaces < indent) break
    const isDeeper = spaces > indent
    const end = text.indexOf('\n', from)
    value += folds && !isDeeper && !wasDeeper ? fold(breaks) : '\n'.repeat(breaks)
    value += text.slice(start + indent, end)
    wasDeeper = isDeeper
    breaks = 1
    start = end + 1
  }
  toContent(cursor, start)
  return strips ? value : `${value}\n`
}

/** The indentation of the first line that is not empty; -1 where there is none. */
function firstIndent(text: string, lineStart: number): number {
  let start = lineStart
  while (start < text.length) {
    const at = skipSpaces(text, start)
    if (text.charCodeAt(at) !== char.newline) return at - start
    start = at + 1
  }
  return -1
}

/** One line end between two lines is a space, further ones stay. */
function fold(breaks: number): string {
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}
