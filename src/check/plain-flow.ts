/** The flow collections of plain YAML, `[a, b]` and `{ a: b }`, each on one line, and what stands in them. */
import {
  bail,
  beginsPlain,
  type Cursor,
  char,
  checkedKey,
  descend,
  isBlank,
  plainValue,
  quoted,
  skipSpaces,
  trimmed,
} from './plain-scalar.ts'

/** Quotes begin a node that ends in the same way in a flow collection and out of it. */
export function beginsFlow(code: number): boolean {
  return code === char.openBracket || code === char.openBrace || isQuote(code)
}

export function isQuote(code: number): boolean {
  return code === char.doubleQuote || code === char.singleQuote
}

/** The node at the cursor, which is left right behind it. */
export function flow(cursor: Cursor): unknown {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === char.openBracket) return flowSequence(cursor)
  if (code === char.openBrace) return flowMapping(cursor)
  return isQuote(code) ? quoted(cursor) : flowPlain(cursor)
}

function flowSequence(cursor: Cursor): unknown {
  const items: unknown[] = []
  descend(cursor)
  step(cursor)
  if (!closes(cursor, char.closeBracket)) {
    do items.push(flow(cursor))
    while (hasMore(cursor, char.closeBracket))
  }
  cursor.depth -= 1
  return items
}

function flowMapping(cursor: Cursor): unknown {
  const map: Record<string, unknown> = {}
  descend(cursor)
  step(cursor)
  if (!closes(cursor, char.closeBrace)) {
    do {
      const key = flowKey(cursor)
      if (Object.hasOwn(map, key)) bail()
      map[key] = flow(cursor)
    } while (hasMore(cursor, char.closeBrace))
  }
  cursor.depth -= 1
  return map
}

/** Steps over one character and the spaces behind it. */
function step(cursor: Cursor): void {
  cursor.at = skipSpaces(cursor.text, cursor.at + 1)
}

function closes(cursor: Cursor, close: number): boolean {
  if (cursor.text.charCodeAt(cursor.at) !== close) return false
  cursor.at += 1
  return true
}

/** Whether a comma follows, not the end. A comma before the end is for the general parser. */
function hasMore(cursor: Cursor, close: number): boolean {
  cursor.at = skipSpaces(cursor.text, cursor.at)
  if (closes(cursor, close)) return false
  if (cursor.text.charCodeAt(cursor.at) !== char.comma) bail()
  step(cursor)
  return true
}

function flowKey(cursor: Cursor): string {
  const { text, at: start } = cursor
  const key = isQuote(text.charCodeAt(start)) ? quoted(cursor) : flowPlain(cursor)
  const { at } = cursor
  if (text.charCodeAt(at) !== char.colon || text.charCodeAt(at + 1) !== char.space) bail()
  step(cursor)
  return typeof key === 'string' ? checkedKey(key) : bail()
}

/** A plain scalar up to a comma, a closing bracket or the colon of a key. */
function flowPlain(cursor: Cursor): string | number | boolean | null {
  const { text, at: start } = cursor
  if (!beginsPlain(text, start)) bail()
  let at = start
  for (let code = text.charCodeAt(at); !endsPlain(code); code = text.charCodeAt(at)) {
    if (code === char.hash || code === char.openBracket || code === char.openBrace || code === char.newline) bail()
    if (code === char.colon && colonEnds(text.charCodeAt(at + 1))) break
    at += 1
  }
  cursor.at = at
  const source = trimmed(text, start, at)
  // `[-]` is the item of a block sequence in the wrong place.
  return source === '-' ? bail() : plainValue(source)
}

function endsPlain(code: number): boolean {
  return code === char.comma || code === char.closeBracket || code === char.closeBrace
}

/** In a flow collection a colon may be followed by a bracket, which nobody can read. */
function colonEnds(next: number): boolean {
  if (endsPlain(next) || next === char.openBracket || next === char.openBrace) bail()
  return isBlank(next)
}
