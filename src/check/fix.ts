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

export interface FixOptions {
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

/** In the order of the text; of fixes that touch the same place, the first. */
function withoutOverlaps(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const taken: Edit[] = []
  return [...diagnostics].sort(byPlace).filter(({ fix }) => {
    const edits = fix?.edits ?? []
    if (edits.some((edit) => taken.some((other) => overlap(edit, other)))) return false
    taken.push(...edits)
    return true
  })
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.line - b.line || a.column - b.column
}

function overlap(a: Edit, b: Edit): boolean {
  if (a.line === b.line && a.column === b.column) return true
  const before = (first: Edit, second: Edit) =>
    first.endLine < second.line || (first.endLine === second.line && first.endColumn <= second.column)
  return !before(a, b) && !before(b, a)
}

/** Makes edits that do not overlap. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  let body = withoutMark(text)
  const mark = text.slice(0, text.length - body.length)
  const starts = lineStarts(body)
  const offset = (line: number, column: number) => (starts[line - 1] ?? body.length) + column - 1
  const placed = edits.map((edit) => ({
    start: offset(edit.line, edit.column),
    end: offset(edit.endLine, edit.endColumn),
    text: edit.text,
  }))
  for (const each of placed.sort((a, b) => b.start - a.start)) {
    body = body.slice(0, each.start) + each.text + body.slice(each.end)
  }
  return mark + body
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
