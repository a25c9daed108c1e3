/** From offsets in a text to lines and columns, and to findings with the lines around them. */
import type { Finding, FramedDiagnostic, Span } from '../model/diagnostic.ts'
import { diagnosticCodeRow, sourceOf } from '../model/diagnostic-codes.ts'

/** Offsets into a text without its byte order mark, which editors do not count. */
export type Range = readonly [start: number, end: number]

/** Gives a finding the place it is told. */
export type PlaceAt = (finding: Finding, range: Range) => FramedDiagnostic

const linesBefore = 2
const linesAfter = 1
const mark = '\ufeff'
const lineEnd = /\r\n|\n|\r/g

/** A text without its byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(mark) ? text.slice(mark.length) : text
}

/** The offset each line begins at. */
export function lineStarts(body: string): readonly number[] {
  return [0, ...Array.from(body.matchAll(lineEnd), (match) => match.index + match[0].length)]
}

/** The line an offset is on, counted from 1. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

/** The exact place of a range, which may go over several lines. */
export function exactSpan(starts: readonly number[], [start, end]: Range): Span {
  const line = lineAt(starts, start)
  const endLine = lineAt(starts, end)
  return {
    line,
    column: start - (starts[line - 1] ?? 0) + 1,
    endLine,
    endColumn: end - (starts[endLine - 1] ?? 0) + 1,
  }
}

export function placer(file: string, body: string): PlaceAt {
  const lines = body.split(lineEnd)
  const starts = lineStarts(body)
  return (finding, range) => {
    const span = visibleSpan(starts, lines, range, body.length)
    const { severity, mend } = diagnosticCodeRow(finding.code)
    const { code, path, message, hint = mend } = finding
    const source = sourceOf(code)
    const first = Math.max(1, span.line - linesBefore)
    const last = Math.min(lines.length, span.line + linesAfter)
    const frame = lines.slice(first - 1, last).map((each, index) => ({ line: first + index, text: each }))
    const told = { file, ...span, severity, code, path, message, hint }
    return { ...told, ...(source === undefined ? {} : { source }), frame }
  }
}

/** At least one column wide, and cut at the end of its first line, where the eye should go. */
function visibleSpan(starts: readonly number[], lines: readonly string[], range: Range, length: number): Span {
  const start = Math.min(Math.max(0, range[0]), length)
  const { line, column, endLine, endColumn } = exactSpan(starts, [start, Math.max(start, range[1])])
  const wide = endLine === line ? endColumn : (lines[line - 1]?.length ?? 0) + 1
  return { line, column, endLine: line, endColumn: Math.max(wide, column + 1) }
}
