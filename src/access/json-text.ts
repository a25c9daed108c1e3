/** JSON read with an eye to signatures: where it is wrong, and what other programs would read or write otherwise. */
import { usage } from '../model/failure.ts'

export interface JsonRead {
  /** Without a byte order mark. */
  readonly text: string
  readonly value: unknown
  /** What makes signatures differ, as sentences. */
  readonly remarks: readonly string[]
}

// In a text, all but control characters, the quote and the backslash.
const token =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/y
const blank = /[ \t\r\n]*/y
/** Remarks of a kind that are told one by one. */
const mostTold = 5

/**
 * @param what as in "The body"
 * @throws {Failure} (usage) with line and column where it is no JSON in UTF-8.
 */
export function readJson(bytes: Uint8Array, what: string): JsonRead {
  const { text, hasMark } = decoded(bytes, what)
  const remarks: string[] = hasMark
    ? [
        'It begins with a byte order mark, which JSON does not allow: koo leaves it out, a server may sign or refuse it.',
      ]
    : []
  const seen = readTokens(text, what)
  return { text, value: JSON.parse(text), remarks: [...remarks, ...told(seen)] }
}

/**
 * The same for what has to be an object.
 * @throws {Failure} (usage)
 */
export function readObject(
  bytes: Uint8Array,
  what: string,
): JsonRead & { readonly value: Readonly<Record<string, unknown>> } {
  const read = readJson(bytes, what)
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const at = read.text.search(/[^ \t\r\n]/)
    throw trouble(read.text, at, what, `this is ${kindOf(value)}, and a call is an object, \`{"activity": …}\``)
  }
  return { ...read, value: value as Readonly<Record<string, unknown>> }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return value === null ? 'null' : `a ${typeof value}`
}

/** @throws {Failure} (usage) where it is no UTF-8. */
function decoded(bytes: Uint8Array, what: string): { readonly text: string; readonly hasMark: boolean } {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const again = new TextEncoder().encode(text)
  const wrong = bytes.findIndex((byte, index) => byte !== again[index])
  if (wrong !== -1) {
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, wrong))
    throw trouble(before, before.length, what, `byte ${wrong + 1} is no UTF-8, in which calls and answers are written`)
  }
  const hasMark = text.startsWith('\ufeff')
  return { text: hasMark ? text.slice(1) : text, hasMark }
}

function trouble(text: string, at: number, what: string, why: string) {
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return usage('bad-body', `${what} cannot be signed: line ${before.length}, column ${column}: ${why}.`)
}

/** What of a text others may read or write otherwise. */
interface Seen {
  readonly duplicates: Set<string>
  readonly numbers: Map<string, string>
  readonly moved: Set<string>
  escapes: number
  innerNulls: number
}

interface Open {
  readonly is: 'object' | 'list'
  readonly keys: Set<string>
}

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

const says: Readonly<Record<Wanted, string>> = {
  value: 'a value belongs here',
  'value or end': 'a value or `]` belongs here',
  key: 'a key in double quotes belongs here',
  'key or end': 'a key in double quotes or `}` belongs here',
  colon: 'a colon belongs here',
  'comma or end': 'a comma or the closing bracket belongs here',
  nothing: 'nothing more belongs here',
}

function readTokens(text: string, what: string): Seen {
  const seen: Seen = { duplicates: new Set(), numbers: new Map(), moved: new Set(), escapes: 0, innerNulls: 0 }
  const open: Open[] = []
  let wanted: Wanted = 'value'
  for (let at = after(blank, text, 0); ; at = after(blank, text, at)) {
    if (at >= text.length && wanted === 'nothing') return seen
    const end = after(token, text, at)
    const found = text.slice(at, end)
    const next: Wanted | undefined = found === '' ? undefined : follow(wanted, found, open, seen)
    if (next === undefined) throw trouble(text, at, what, at >= text.length ? 'it ends too early' : says[wanted])
    wanted = next
    at = end
  }
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** What may come after a token; undefined where the token is out of place. */
function follow(wanted: Wanted, found: string, open: Open[], seen: Seen): Wanted | undefined {
  switch (found) {
    case '}':
    case ']':
      return close(wanted, found, open)
    case ',':
      if (wanted !== 'comma or end') return undefined
      return open.at(-1)?.is === 'object' ? 'key' : 'value'
    case ':':
      return wanted === 'colon' ? 'value' : undefined
    default:
      if (wanted === 'key' || wanted === 'key or end') return found.startsWith('"') ? key(found, open, seen) : undefined
      return wanted === 'value' || wanted === 'value or end' ? value(found, open, seen) : undefined
  }
}

function close(wanted: Wanted, found: '}' | ']', open: Open[]): Wanted | undefined {
  const [is, empty] = found === '}' ? (['object', 'key or end'] as const) : (['list', 'value or end'] as const)
  if (open.at(-1)?.is !== is || (wanted !== 'comma or end' && wanted !== empty)) return undefined
  open.pop()
  return afterValue(open)
}

function value(found: string, open: Open[], seen: Seen): Wanted {
  if (found === '{' || found === '[') {
    open.push({ is: found === '{' ? 'object' : 'list', keys: new Set() })
    return found === '{' ? 'key or end' : 'value or end'
  }
  noteScalar(found, open, seen)
  return afterValue(open)
}

function afterValue(open: readonly Open[]): Wanted {
  return open.length === 0 ? 'nothing' : 'comma or end'
}

function key(found: string, open: readonly Open[], seen: Seen): Wanted {
  const name = JSON.parse(found) as string
  const keys = open.at(-1)?.keys
  if (keys?.has(name)) seen.duplicates.add(name)
  // Engines put such keys first; of the body itself all keys are sorted anyway.
  if (open.length > 1 && /^(0|[1-9]\d*)$/.test(name) && (keys?.size ?? 0) > 0) seen.moved.add(name)
  keys?.add(name)
  noteEscapes(found, name, seen)
  return 'colon'
}

function noteScalar(found: string, open: readonly Open[], seen: Seen): void {
  if (found.startsWith('"')) noteEscapes(found, JSON.parse(found) as string, seen)
  else if (found === 'null') seen.innerNulls += open.length > 1 ? 1 : 0
  else if (/^[-\d]/.test(found)) {
    const written = JSON.stringify(JSON.parse(found))
    if (written !== found) seen.numbers.set(found, written)
  }
}

function noteEscapes(found: string, text: string, seen: Seen): void {
  if (JSON.stringify(text) !== found) seen.escapes += 1
}

function told({ duplicates, numbers, moved, escapes, innerNulls }: Seen): readonly string[] {
  const listed = [...numbers].slice(0, mostTold)
  return [
    ...[...duplicates]
      .slice(0, mostTold)
      .map(
        (name) =>
          `The key ${JSON.stringify(name)} is there more than once: the last counts here, others take the first, or refuse it.`,
      ),
    ...listed.map(
      ([given, written]) =>
        `The number ${given} is written ${written} here; in Java and other languages it may stay ${given}, which gives another signature.`,
    ),
    ...(numbers.size > mostTold ? [`So are ${numbers.size - mostTold} more numbers.`] : []),
    ...(moved.size > 0
      ? [
          `Within an object, the key ${JSON.stringify([...moved][0])} comes first here, as it is a number; elsewhere it stays where it is.`,
        ]
      : []),
    ...(escapes > 0
      ? [
          `${escapes} ${escapes === 1 ? 'text has' : 'texts have'} escapes such as \\u4e2d or \\/, which are signed as the characters they stand for.`,
        ]
      : []),
    ...(innerNulls > 0
      ? ['A null within an object or a list stays: only parameters of the body itself are dropped.']
      : []),
  ]
}
