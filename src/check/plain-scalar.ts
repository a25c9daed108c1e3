/** What the readers of plain YAML share: the cursor, and scalars, where each ends on its line and what it means. */

/** Says that a text is not, or not surely, plain YAML. */
export const notPlain: unique symbol = Symbol('not plain YAML')

/** Where the reading stands. The text ends with a newline, so that no scan along a line needs to look for its end. */
export interface Cursor {
  readonly text: string
  at: number
  /** How far the node that begins at `at` is indented; -1 at the end of the text. */
  column: number
  /** Whether there is a comment among the lines between the node and what comes before it. */
  isCommented: boolean
  depth: number
}

/** The characters that YAML gives a meaning, by their codes: a comparison of numbers is the fastest there is. */
export const char = {
  newline: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  dot: 46,
  colon: 58,
  greater: 62,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  pipe: 124,
  closeBrace: 125,
} as const

const deepest = 50

/** The only way out of the parser, caught in `parsePlain`; a symbol costs no stack trace. */
export function bail(): never {
  throw notPlain
}

export function descend(cursor: Cursor): void {
  cursor.depth += 1
  if (cursor.depth > deepest) bail()
}

/** `__proto__` is no key like others in JavaScript, nor `<<` in YAML. */
export function checkedKey(key: string): string {
  return key === '__proto__' || key === '<<' ? bail() : key
}

export function isBlank(code: number): boolean {
  return code === char.space || code === char.newline
}

export function skipSpaces(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === char.space) at += 1
  return at
}

/** `text` from `start` to `end`, without the spaces at its end. */
export function trimmed(text: string, start: number, end: number): string {
  let last = end
  while (last > start && text.charCodeAt(last - 1) === char.space) last -= 1
  return text.slice(start, last)
}

/** A plain scalar may begin with `?` and `:` too, but nobody who writes that means it. */
const neverFirst = new Set(Array.from(',[]{}#&*!|>\'"%@`?:', (each) => each.charCodeAt(0)))

export function beginsPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return !neverFirst.has(code) && !(code === char.dash && isBlank(text.charCodeAt(at + 1)))
}

/** Where the plain text that begins at `start` stops: at ` #`, at `: `, or with the line. */
export function plainEnd(text: string, start: number): number {
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === char.newline) return at
    if (code === char.colon && isBlank(text.charCodeAt(at + 1))) return at
    if (code === char.hash && text.charCodeAt(at - 1) === char.space) return at
  }
}

const words: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])
const longestWord = Math.max(...Array.from(words.keys(), (word) => word.length))

/** All that the core schema takes for a number is one for `Number` too, and the same one. */
const number = /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$/
const nine = 57

/** What a plain scalar of one line means. */
export function plainValue(source: string): string | number | boolean | null {
  if (source.length <= longestWord) {
    const word = words.get(source)
    if (word !== undefined) return word
  }
  // Signs, dots and digits come before the letters, so that most texts never meet the expression.
  return source.charCodeAt(0) <= nine && number.test(source) ? Number(source) : source
}

/** The quoted scalar at the cursor, which is left behind it. It ends on its line. */
export function quoted(cursor: Cursor): string {
  const { text, at } = cursor
  return text.charCodeAt(at) === char.singleQuote ? singleQuoted(cursor, at + 1) : doubleQuoted(cursor, at + 1)
}

function singleQuoted(cursor: Cursor, start: number): string {
  const { text } = cursor
  let twice = false
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === char.newline) bail()
    if (code !== char.singleQuote) continue
    if (text.charCodeAt(at + 1) !== char.singleQuote) {
      cursor.at = at + 1
      const source = text.slice(start, at)
      return twice ? source.replaceAll("''", "'") : source
    }
    twice = true
    at += 1
  }
}

/** Other escapes are rare in a manifest. */
const escapes: ReadonlyMap<string | undefined, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['t', '\t'],
])

function doubleQuoted(cursor: Cursor, start: number): string {
  const { text } = cursor
  let value = ''
  let from = start
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === char.newline) bail()
    if (code === char.doubleQuote) {
      cursor.at = at + 1
      return value + text.slice(from, at)
    }
    if (code === char.backslash) {
      value += text.slice(from, at) + (escapes.get(text[at + 1]) ?? bail())
      at += 1
      from = at + 1
    }
  }
}
