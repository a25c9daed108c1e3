/** Edits of a text, and what one has to know of its lines to make them. */

/** Replaces a range of a text. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The part of a text from `start` to `end`, with the edits that lie in it; they do not overlap. */
export function edited(text: string, start: number, end: number, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let done = start
  for (const each of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(done, each.start), each.text)
    done = each.end
  }
  return [...parts, text.slice(done, end)].join('')
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Before the line break, or at the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  if (found < 0) return text.length
  return found > offset && text[found - 1] === '\r' ? found - 1 : found
}

/** After the line break, or at the end of the text. */
export function nextLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  return found < 0 ? text.length : found + 1
}

/** The line break a text is written with. */
export function lineBreakOf(text: string): string {
  if (text.includes('\r\n')) return '\r\n'
  return text.includes('\r') && !text.includes('\n') ? '\r' : '\n'
}

/** The column a line's comment stands at; undefined for a line that is something else. */
export function commentColumn(text: string, start: number): number | undefined {
  const found = /^( *)#/.exec(text.slice(start, lineEnd(text, start)))
  return found?.[1]?.length
}
