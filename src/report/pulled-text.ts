/** What `koo pull` did, or would do, as a person reads it. */
import type { Outcome, PullConflict, PulledRow } from '../model/outcome.ts'
import { count, type Style } from './style.ts'
import { coloured } from './validated-text.ts'

type Pulled = Extract<Outcome, { readonly is: 'pulled' }>

export function pulledText({ marketplace, dryRun, rows }: Pulled, style: Style): string {
  return [...rows.flatMap((row) => linesOf(row, dryRun, style)), closing(marketplace, dryRun, rows)].join('\n')
}

function linesOf(row: PulledRow, dryRun: boolean, style: Style): readonly string[] {
  const { file, diff, files, kept, notes, conflicts, hint } = row
  return [
    headOf(row, dryRun, style),
    ...(dryRun && diff !== undefined ? [coloured(diff, style)] : []),
    ...(row.outcome === 'pulled' && files.length > 0 ? [`    ${files.join(', ')}`] : []),
    ...conflicts.flatMap((each) => conflictLines(each, style)),
    ...kept.map(({ path }) => `    ${style.dim(`changed here alone, and kept: ${path}`)}`),
    ...notes.map((note) => `    ${note}`),
    ...(row.outcome === 'conflict' && conflicts.length > 0
      ? [`    ${style.green('help:')} --overwrite takes what the marketplace has; ${file} was not touched.`]
      : []),
    ...(hint === undefined ? [] : [`    ${style.green('help:')} ${hint}`]),
  ]
}

function headOf(
  { key, version, file, outcome, message = '', conflicts }: PulledRow,
  dryRun: boolean,
  style: Style,
): string {
  const name = `${style.bold(key)}${version === '' ? '' : ` ${version}`}`
  switch (outcome) {
    case 'pulled':
      return dryRun ? `${name}: would be pulled to ${file}` : `${style.green('✔')} ${name}: pulled to ${file}`
    case 'unchanged':
      return `${style.dim('-')} ${name}: ${file} says the same`
    case 'absent':
      return `${style.dim('-')} ${name}: not published yet (${file})`
    case 'conflict':
      return `${style.red('✘')} ${name}: ${count(conflicts.length, 'place')} changed here and on the marketplace`
    case 'failed':
      return `${style.red('✘')} ${name}: ${message}`
  }
}

const longest = 60

function conflictLines({ is, path, here, there }: PullConflict, style: Style): readonly string[] {
  if (is === 'file') return [`    ${path}: another file here`]
  return [
    `    ${path}`,
    style.red(`      here:        ${shown(here)}`),
    style.green(`      marketplace: ${shown(there)}`),
  ]
}

function shown(value: unknown): string {
  const text = value === undefined ? '(nothing)' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function closing(marketplace: string, dryRun: boolean, rows: readonly PulledRow[]): string {
  const number = (outcome: PulledRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length
  const counts = [
    [number('pulled'), dryRun ? 'to pull' : 'pulled'],
    [number('unchanged'), 'the same'],
    [number('conflict'), number('conflict') === 1 ? 'conflict' : 'conflicts'],
    [number('absent'), 'not published'],
    [number('failed'), 'failed'],
  ] as const
  const said = counts.filter(([many]) => many > 0).map(([many, words]) => `${many} ${words}`)
  return `${marketplace}: ${said.length === 0 ? 'no products' : said.join(', ')}.`
}
