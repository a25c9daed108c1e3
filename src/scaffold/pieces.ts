/** The entries of a mapping or list as pieces of its text, put together anew with the comments that belong to each. */
import { commentColumn, edited, lineEnd, lineStart, nextLine, type TextEdit } from './text-edits.ts'

/** An entry that is there. */
export interface Piece {
  /** Where its key, its dash or its value begins. */
  readonly start: number
  /** Where its value ends. */
  readonly end: number
  /** Changes inside. */
  readonly edits: readonly TextEdit[]
}

/** An entry of the result: one that is there, by its index, or a new one. */
export type Slot<New> = number | { readonly fresh: New }

interface Own {
  /** Where its own comments begin. */
  readonly lead: number
  readonly tail: number
}

/**
 * The entries of a block collection.
 *
 * @param after what leads to the collection ends here, as a key with its colon does.
 */
export function blockPieces(
  text: string,
  after: number,
  pieces: readonly Piece[],
  slots: readonly Slot<readonly string[]>[],
  lineBreak: string,
): readonly TextEdit[] {
  const [first] = pieces
  if (first === undefined) throw new RangeError('a block collection has entries')
  const column = first.start - lineStart(text, first.start)
  const isCompact = !/^ *$/.test(text.slice(lineStart(text, first.start), first.start))
  const owns = ownRanges(text, after, pieces, column, isCompact)
  const last = owns.at(-1) as Own
  const begin = owns[0]?.lead ?? first.start
  const gap = (index: number): string => (index === 0 ? '' : text.slice(owns[index - 1]?.tail, owns[index]?.lead))
  const own = (index: number): string => {
    const { start, edits } = pieces[index] as Piece
    const { lead, tail } = owns[index] as Own
    const inside = edited(text, lead, tail, edits)
    const whole = isCompact && index === 0 ? `${' '.repeat(column)}${inside}` : inside
    return whole.endsWith('\n') || start < 0 ? whole : `${whole}${lineBreak}`
  }
  const kept = new Set(slots.filter((slot) => typeof slot === 'number'))
  const isSpaced = pieces.filter((_, index) => /\n\s*\n|^\s*\n/.test(gap(index))).length * 2 >= pieces.length
  const parts: string[] = []
  for (const slot of slots) {
    if (typeof slot !== 'number') {
      if (isSpaced && parts.length > 0) parts.push(lineBreak)
      parts.push(...slot.fresh.map((line) => (line === '' ? lineBreak : `${' '.repeat(column)}${line}${lineBreak}`)))
      continue
    }
    // What was said above an entry that is gone, but not of it, is said above the next.
    let above = gap(slot)
    for (let before = slot - 1; before >= 0 && !kept.has(before); before -= 1) {
      if (gap(before).includes('#')) above = `${gap(before)}${above}`
    }
    parts.push(parts.length === 0 && !above.includes('#') ? '' : above, own(slot))
  }
  const joined = parts.join('')
  const result = isCompact ? joined.trimStart() : joined
  const isOpen = text[last.tail - 1] !== '\n'
  return [{ start: begin, end: last.tail, text: isOpen ? result.replace(/\r?\n$/, '') : result }]
}

function ownRanges(
  text: string,
  after: number,
  pieces: readonly Piece[],
  column: number,
  isCompact: boolean,
): readonly Own[] {
  const owns: Own[] = []
  for (const [index, { start, end }] of pieces.entries()) {
    let lead = lineStart(text, start)
    const floor = owns.at(-1)?.tail ?? (after === 0 ? lead : nextLine(text, after))
    if (index === 0 && isCompact) lead = start
    else {
      while (lead > floor && commentColumn(text, lineStart(text, lead - 1)) === column) lead = lineStart(text, lead - 1)
    }
    let tail = nextLine(text, end)
    while (tail < text.length && (commentColumn(text, tail) ?? 0) > column) tail = nextLine(text, tail)
    owns.push({ lead, tail })
  }
  return owns
}

/** The entries of a flow collection, whose brackets are at `start` and before `end`. */
export function flowPieces(
  text: string,
  start: number,
  end: number,
  pieces: readonly Piece[],
  slots: readonly Slot<string>[],
): readonly TextEdit[] {
  const after = pieces.map((piece, index) =>
    text.slice(piece.end, pieces[index + 1]?.start ?? end - 1).replace(',', ''),
  )
  const lead = text.slice(start + 1, pieces[0]?.start ?? end - 1)
  const spaces = [...after.slice(0, -1), lead].map((each) => each.replace(/#[^\n]*/g, ''))
  const between = spaces.find((each) => each.includes('\n')) ?? spaces[0] ?? ' '
  const trail = after.at(-1) ?? ''
  const parts = slots.map((slot, at) => {
    const isLast = at === slots.length - 1
    const own =
      typeof slot === 'number'
        ? edited(text, pieces[slot]?.start ?? 0, pieces[slot]?.end ?? 0, pieces[slot]?.edits ?? [])
        : slot.fresh
    const rest = typeof slot === 'number' && slot < pieces.length - 1 ? (after[slot] ?? '') : between
    if (!isLast) return `${own},${rest}`
    const said = rest.includes('#') ? rest.trimEnd() : ''
    return `${own}${said}${said !== '' && !trail.startsWith('\n') ? '\n' : ''}${trail}`
  })
  return [{ start: start + 1, end: end - 1, text: `${lead}${parts.join('')}` }]
}

/** What stands before an entry on a line of its own; undefined where entries share a line. */
export function marginOf(text: string, start: number): string | undefined {
  const before = text.slice(lineStart(text, start), start)
  return /^[ \t]*$/.test(before) ? before : undefined
}

/** A comment behind a value, with the space before it. */
export function commentAfter(text: string, offset: number): string {
  return /^[ \t]+#.*$/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? ''
}
