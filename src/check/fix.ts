/** Mends a text: makes the fixes of its diagnostics until none is left, then tidies what has no meaning. */
import type { Diagnostic, Edit } from '../model/diagnostic.ts'
import { diagnosticCodeRow } from '../model/diagnostic-codes.ts'
import { lineStarts, withoutMark } from './place.ts'
import { tidy } from './tidy.ts'

export interface Applied {
  /** Where it stood when it was done; later ones may have moved it. */
  readonly line: number
  readonly title: string
}

export interface Fixed {
  readonly text: string
  readonly applied: readonly Applied[]
}

export type Examine = (text: string) => { readonly diagnostics: readonly Diagnostic[] }

interface FixOptions {
  /** The comment that tells editors the schema; put on top of a YAML text that has none. */
  readonly modeline?: string
}

interface State extends Fixed {
  readonly diagnostics: readonly Diagnostic[]
}

/** A mended field may show mistakes inside of it, which are mended in the next round. */
const mostRounds = 10

/** Fixing what is fixed changes nothing. A text without content, or one that could not be read, is left alone. */
export function fixText(text: string, examine: Examine, { modeline }: FixOptions = {}): Fixed {
  if (text.trim() === '') return { text, applied: [] }
  let state: State = { text, applied: [], diagnostics: examine(text).diagnostics }
  for (let round = 0; round < mostRounds; round += 1) {
    const next = mended(state, examine)
    if (next === state) break
    state = next
  }
  const { diagnostics, applied } = state
  if (diagnostics.some(isTextError)) return { text: state.text, applied }
  const tidied = tidy(state.text, modeline)
  const sound = tidied.text === state.text || compare(examine(tidied.text).diagnostics, diagnostics) <= 0
  return sound ? { text: tidied.text, applied: [...applied, ...tidied.applied] } : { text: state.text, applied }
}

function mended(state: State, examine: Examine): State {
  const fixable = state.diagnostics.filter(({ fix }) => fix !== undefined)
  return fixable.length === 0 ? state : mendedBy(fixable, state, examine)
}

/** All fixes at once; where together they do no good, one half and then the other. The same state where none does. */
function mendedBy(wanted: readonly Diagnostic[], state: State, examine: Examine): State {
  // The places may have moved with what was mended before.
  const same = ({ code, path, fix }: Diagnostic) =>
    fix !== undefined && wanted.some((each) => each.code === code && each.path === path)
  const together = attempt(state, state.diagnostics.filter(same), examine)
  if (together !== state || wanted.length < 2) return together
  const middle = wanted.length >> 1
  return mendedBy(wanted.slice(middle), mendedBy(wanted.slice(0, middle), state, examine), examine)
}

function attempt(state: State, diagnostics: readonly Diagnostic[], examine: Examine): State {
  const chosen = withoutOverlaps(diagnostics)
  const edits = chosen.flatMap(({ fix }) => fix?.edits ?? [])
  const text = withEdits(state.text, edits)
  if (text === state.text) return state
  const next = examine(text).diagnostics
  if (compare(next, state.diagnostics) >= 0) return state
  const applied = chosen.map(({ line, fix }) => ({ line, title: fix?.title ?? '' }))
  return { text, diagnostics: next, applied: [...state.applied, ...applied] }
}

type Point = readonly [line: number, column: number]

/** In the order of the text. Of fixes that reach into each other the first; the others have their turn in a later round. */
function withoutOverlaps(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  let start: Point = [0, 0]
  let end: Point = [0, 0]
  return [...diagnostics]
    .sort((a, b) => byPlace(startOf(a), startOf(b)))
    .filter((each) => {
      const next = startOf(each)
      if (byPlace(next, end) < 0 || byPlace(next, start) === 0) return false
      const last = each.fix?.edits.at(-1) ?? each
      start = next
      end = [last.endLine, last.endColumn]
      return true
    })
}

function startOf(diagnostic: Diagnostic): Point {
  const { line, column } = diagnostic.fix?.edits[0] ?? diagnostic
  return [line, column]
}

function byPlace(a: Point, b: Point): number {
  return a[0] - b[0] || a[1] - b[1]
}

/** Makes edits that do not overlap. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  const body = withoutMark(text)
  const starts = lineStarts(body)
  const offset = (line: number, column: number) => (starts[line - 1] ?? body.length) + column - 1
  const placed = edits.map((edit) => ({
    start: offset(edit.line, edit.column),
    end: offset(edit.endLine, edit.endColumn),
    text: edit.text,
  }))
  const parts = [text.slice(0, text.length - body.length)]
  let done = 0
  for (const each of placed.sort((a, b) => a.start - b.start)) {
    parts.push(body.slice(done, each.start), each.text)
    done = each.end
  }
  return [...parts, body.slice(done)].join('')
}

function isTextError({ severity, code }: Diagnostic): boolean {
  return severity === 'error' && diagnosticCodeRow(code).stage === 'text'
}

/**
 * Less than 0 where the first are better. A mistake hides others: an unreadable text all, an unknown method those of
 * the method, an unknown field those inside of it, the shape those of the rules. So fewer mistakes that hide others are
 * better, whatever comes to light.
 */
function compare(a: readonly Diagnostic[], b: readonly Diagnostic[]): number {
  const left = weights(a)
  const right = weights(b)
  for (const [index, count] of left.entries()) {
    const other = right[index] ?? 0
    if (count !== other) return count - other
  }
  return 0
}

const deepest = 8
const levels = deepest + 5

function weights(diagnostics: readonly Diagnostic[]): readonly number[] {
  const counts = new Array<number>(levels).fill(0)
  for (const each of diagnostics) {
    const level = levelOf(each)
    counts[level] = (counts[level] ?? 0) + 1
  }
  return counts
}

function levelOf({ severity, code, path }: Diagnostic): number {
  const { stage } = diagnosticCodeRow(code)
  if (severity === 'warning') return levels - 1
  if (stage === 'text') return 0
  if (code === 'method-unknown') return 1
  if (code === 'unknown-field') return Math.min(deepest, path.split('/').length)
  return stage === 'shape' ? levels - 3 : levels - 2
}
