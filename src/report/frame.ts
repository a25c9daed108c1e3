/** A diagnostic as a person reads it: the place, the sentence, the lines around it with a caret, the hint. */

import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { count, type Style } from './style.ts'
import { cells } from './width.ts'

const longestLine = 160

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
    const number = String(line).padStart(gutter)
    const shown = `${here ? style.red('>') : ' '} ${style.dim(`${number} |`)} ${clip(text)}`
    return here ? [shown.trimEnd(), caret(diagnostic, text, gutter, style)] : [shown.trimEnd()]
  })
}

/** Columns count UTF-16 units; on the screen wide characters take two cells and a tab takes what the line gives it. */
function caret({ column, endColumn }: FramedDiagnostic, text: string, gutter: number, style: Style): string {
  const before = text.slice(0, column - 1)
  const indent = before.replace(/[^\t]+/g, (part) => ' '.repeat(cells(part)))
  const length = Math.max(1, Math.min(cells(text.slice(column - 1, endColumn - 1)), longestLine - before.length))
  return `  ${' '.repeat(gutter)} ${style.dim('|')} ${indent}${style.red('^'.repeat(Math.max(1, length)))}`
}

function clip(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text
}

/** All diagnostics, a blank line between them. */
export function framedAll(diagnostics: readonly FramedDiagnostic[], style: Style): string {
  return diagnostics.map((each) => `${framed(each, style)}\n`).join('\n')
}

export function summary(files: number, diagnostics: readonly FramedDiagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const found = [...(errors ? [count(errors, 'error')] : []), ...(warnings ? [count(warnings, 'warning')] : [])]
  return `${count(files, 'manifest')}: ${found.join(', ') || 'no findings'}`
}
