/** Where a text stops being JSON, and why: engines say it in their own words, or not where. */
import type { Range } from './place.ts'

const mendHint = 'Mend the syntax at the place shown; keys and texts stand in double quotes.'

interface JsonTrouble {
  readonly message: string
  readonly hint: string
  readonly range: Range
}

const blank = /[ \t\n\r]*/y
// Control characters are no part of a text in JSON.
const token =
  /[{}[\],:]|"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b/uy

/** What may come next; `end` is what closes the innermost list or mapping. */
type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

const says: Readonly<Record<Wanted, string>> = {
  value: 'a value belongs here',
  'value or end': 'a value or `]` belongs here',
  key: 'a key in double quotes belongs here',
  'key or end': 'a key in double quotes or `}` belongs here',
  colon: 'a colon belongs here',
  'comma or end': 'a comma or the closing bracket belongs here',
  nothing: 'the file should end here',
}

/** For a text that `JSON.parse` refuses. */
export function jsonTrouble(body: string): JsonTrouble {
  const open: Open[] = []
  let wanted: Wanted = 'value'
  let at = 0
  for (;;) {
    at = after(blank, body, at)
    const end = after(token, body, at)
    const found = body.slice(at, end)
    const next: Wanted | undefined = found === '' ? undefined : follow(wanted, found, open)
    if (next === undefined) return troubleAt(body, at, Math.max(end, at + 1), wanted, found)
    wanted = next
    at = end
  }
}

function after(pattern: RegExp, body: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(body)?.[0].length ?? 0)
}

type Open = '{' | '['

/** What is wanted after a token; undefined where the token is not what is wanted. */
function follow(wanted: Wanted, found: string, open: Open[]): Wanted | undefined {
  if (found === '}' || found === ']') return close(wanted, found, open)
  if (found === ',') return wanted === 'comma or end' ? (open.at(-1) === '{' ? 'key' : 'value') : undefined
  if (found === ':') return wanted === 'colon' ? 'value' : undefined
  if (wanted === 'key' || wanted === 'key or end') return found.startsWith('"') ? 'colon' : undefined
  if (wanted !== 'value' && wanted !== 'value or end') return undefined
  if (found !== '{' && found !== '[') return afterValue(open)
  open.push(found)
  return found === '{' ? 'key or end' : 'value or end'
}

function close(wanted: Wanted, found: '}' | ']', open: Open[]): Wanted | undefined {
  const [opener, empty] = found === '}' ? (['{', 'key or end'] as const) : (['[', 'value or end'] as const)
  if (open.at(-1) !== opener || (wanted !== 'comma or end' && wanted !== empty)) return undefined
  open.pop()
  return afterValue(open)
}

function afterValue(open: readonly Open[]): Wanted {
  return open.length === 0 ? 'nothing' : 'comma or end'
}

function troubleAt(body: string, at: number, end: number, wanted: Wanted, found: string): JsonTrouble {
  const range: Range = [at, end]
  if (at >= body.length)
    return { message: 'This is not JSON: the file ends too early.', hint: 'Close what is open.', range }
  const before = body.slice(0, at).trimEnd()
  if (before.endsWith(',') && (found === '}' || found === ']')) {
    const comma: Range = [before.length - 1, before.length]
    return {
      message: 'This is not JSON: the comma after the last entry is one too many.',
      hint: 'Remove it.',
      range: comma,
    }
  }
  if (body.startsWith('//', at) || body.startsWith('/*', at) || body[at] === '#') {
    return { message: 'This is not JSON: it has no comments.', hint: 'A koo.yaml may have them.', range }
  }
  if (body[at] === '"' && found === '') {
    const line = /"[^\n\r]*/y
    const message = 'This is not JSON: this text is not closed on its line, or has a `\\` that is no escape.'
    return {
      message,
      hint: 'Write `\\n` for a line break, `\\\\` for a backslash.',
      range: [at, after(line, body, at)],
    }
  }
  return { message: `This is not JSON: ${says[wanted]}.`, hint: mendHint, range }
}

/** Whether a text is JSON, whatever its file is called. */
export function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}
