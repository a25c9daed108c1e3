/** A diagnostic as a person reads it: the place, the sentence, the lines around it with a caret, the hint. */

import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { Style } from './style.ts'
import { cells } from './width.ts'

/** Longer lines are cut, around the place of the mistake. */
const longestLine = 160
const leadingText = 100

export function framed(diagnostic: FramedDiagnostic, style: Style): string {
  const { file, line, column, severity, code, message, hint, source } = diagnostic
  const mark = severity === 'error' ? style.red.bold('error') : style.yellow.bold('warning')
  const head = `${style.cyan(`${file}:${line}:${column}`)} ${mark} ${style.bold(message)} ${style.dim(`[${code}]`)}`
  const rest = [
    ...(hint === undefined ? [] : [`${style.green('help:')} ${hint}`]),
    ...(source === undefined ? [] : [style.dim(`see ${source}`)]),
  ]
  return [head, ...frame(diagnostic, style), ...rest.map((each) => `  ${each}`)].join('\n')
}

function frame(diagnostic: FramedDiagnostic, style: Style): readonly string[] {
  const gutter = String(diagnostic.frame.at(-1)?.line ?? 0).length
  return diagnostic.frame.flatMap(({ line, text }) => {
    const here = line === diagnostic.line
    const cut = here && diagnostic.column > longestLine - leadingText / 2 ? diagnostic.column - 1 - leadingText : 0
    const number = String(line).padStart(gutter)
    const shown = `${here ? style.red('>') : ' '} ${style.dim(`${number} |`)} ${clip(text, cut)}`
    return here ? [shown.trimEnd(), caret(diagnostic, text, cut, gutter, style)] : [shown.trimEnd()]
  })
}

/** Columns count UTF-16 units; on the screen wide characters take two cells and a tab takes what the line gives it. */
function caret(
  { column, endColumn }: FramedDiagnostic,
  text: string,
  cut: number,
  gutter: number,
  style: Style,
): string {
  const before = `${cut > 0 ? '…' : ''}${text.slice(cut, column - 1)}`
  const indent = before.replace(/[^\t]+/g, (part) => ' '.repeat(cells(part)))
  const marked = text.slice(column - 1, Math.min(endColumn - 1, cut + longestLine))
  return `  ${' '.repeat(gutter)} ${style.dim('|')} ${indent}${style.red('^'.repeat(Math.max(1, cells(marked))))}`
}

function clip(text: string, cut: number): string {
  const end = cut + longestLine
  // Control characters would be obeyed by a terminal; each becomes one visible character, so the caret stays right.
  const shown = text.slice(cut, end).replace(/[^\P{Cc}\t]/gu, '�')
  return `${cut > 0 ? '…' : ''}${shown}${text.length > end ? '…' : ''}`
}

/** All diagnostics, a blank line between them. */
export function framedAll(diagnostics: readonly FramedDiagnostic[], style: Style): string {
  return diagnostics.map((each) => `${framed(each, style)}\n`).join('\n')
}
