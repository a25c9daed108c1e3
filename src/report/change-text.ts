/** Changes of fields as a person reads them: what was, what becomes, cut to the width there is. */
import type { FieldChange, FileChange, LostChange } from '../model/plan.ts'
import type { Style } from './style.ts'
import { cells } from './width.ts'

/** Wider lines are hard to read, and a file or a pipe has no width of its own. */
const widest = 120
const indent = '    '

/** `mark` says more of the place. */
export function changeLines(change: FieldChange, style: Style, columns: number, mark = ''): readonly string[] {
  const { path, item, was, becomes, order } = change
  const width = Math.min(columns, widest) - indent.length
  const place = `${path}${item === undefined ? '' : style.dim(` (${item})`)}${mark}`
  const [old, fresh] = order ? [listText(was), listText(becomes)] : [valueText(was), valueText(becomes)]
  const what = order ? `${place} order` : place
  if (order !== true && (isLong(was) || isLong(becomes))) {
    return [
      `${indent}${what}:`,
      ...lineChanges(old, fresh, style, width - 2).map((line) => `${indent}  ${line}`.trimEnd()),
    ]
  }
  const used = cells(path) + cells(item === undefined ? '' : ` (${item})`) + cells(mark) + (order ? 6 : 0)
  if (was === undefined) return [`${indent}${style.green('+')} ${what}: ${cut(fresh, width - used - 4)}`]
  if (becomes === undefined) return [`${indent}${style.red('-')} ${what}: ${cut(old, width - used - 4)}`]
  const line = `${old} → ${fresh}`
  if (used + 2 + cells(line) <= width) return [`${indent}${what}: ${line}`]
  return [
    `${indent}${what}:`,
    `${indent}  ${style.red('-')} ${cut(old, width - 4)}`,
    `${indent}  ${style.green('+')} ${cut(fresh, width - 4)}`,
  ]
}

/** What changed on the marketplace, and what is here in its place. */
export function lostLines(
  { lost = [], lostFiles = [] }: { readonly lost?: readonly LostChange[]; readonly lostFiles?: readonly FileChange[] },
  style: Style,
  columns: number,
): readonly string[] {
  if (lost.length + lostFiles.length === 0) return []
  return [
    `${indent}${style.yellow('changed on the marketplace:')}`,
    ...lost.flatMap(({ here, ...change }) => {
      const lines = changeLines(change, style, columns)
      // Left as it was, it says nothing new.
      const isOwn = here !== undefined && valueText(here) !== valueText(change.was)
      return isOwn ? [...lines, ...changeLines({ path: 'here', becomes: here }, style, columns)] : lines
    }),
    ...lostFiles.map((each) => fileLine(each, style)),
  ]
}

function isLong(value: unknown): boolean {
  return isLines(value) || (typeof value === 'string' && value.trimEnd().includes('\n'))
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
}

function valueText(value: unknown): string {
  if (value === undefined) return ''
  if (isLines(value)) return value.map((each) => `- ${each}`).join('\n')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : valueText(value)
}

/** The lines that differ, between those both begin and end with, of which one is shown on either side. */
function lineChanges(before: string, after: string, style: Style, width: number): readonly string[] {
  const [old, fresh] = [before, after].map((text) => (text === '' ? [] : text.trimEnd().split('\n'))) as [
    string[],
    string[],
  ]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1
  let end = 0
  const isFree = () => start + end < Math.min(old.length, fresh.length)
  while (isFree() && old.at(-1 - end) === fresh.at(-1 - end)) end += 1
  const shown = (lines: readonly string[], sign: string) =>
    lines.map((line) => `${sign} ${cut(line, width - 2)}`.trimEnd())
  return [
    ...shown(old.slice(Math.max(0, start - 1), start), ' '),
    ...shown(old.slice(start, old.length - end), style.red('-')),
    ...shown(fresh.slice(start, fresh.length - end), style.green('+')),
    ...shown(old.slice(old.length - end, old.length - end + 1), ' '),
  ]
}

/** The beginning of a text, with a mark where it was cut; at least a few words of it. */
function cut(text: string, width: number): string {
  const line = text.replaceAll('\n', '⏎').trimEnd()
  const room = Math.max(20, width)
  if (cells(line) <= room) return line
  let kept = ''
  for (const character of line) {
    if (cells(kept + character) > room - 1) break
    kept += character
  }
  return `${kept}…`
}

/** A file that differs, by the beginnings of its hashes. */
export function fileLine({ path, was, becomes }: FileChange, style: Style): string {
  if (was === undefined) return `    ${style.green('+')} ${path} ${style.dim(hash(becomes))}`
  if (becomes === undefined) return `    ${style.red('-')} ${path} ${style.dim(hash(was))}`
  return `    ${path}: ${style.dim(`${hash(was)} → ${hash(becomes)}`)}`
}

/** Enough of a hash to tell two files apart. */
function hash(sha256 = ''): string {
  return sha256.slice(0, 12)
}
