/** What was found in manifests, as a person reads it: findings with frames, changes, and one closing line. */
import { hasTooManyWarnings, type Outcome } from '../model/outcome.ts'
import { framedAll } from './frame.ts'
import { count, type Style } from './style.ts'

type Validated = Extract<Outcome, { readonly is: 'validated' }>
type Fixed = NonNullable<Validated['fixed']>[number]

export function validatedText(outcome: Validated, style: Style): string {
  const { diagnostics, fixed = [], unreached = [] } = outcome
  return [
    ...fixed.map((each) => `${fixedText(each, style)}\n`),
    ...(diagnostics.length > 0 ? [framedAll(diagnostics, style)] : []),
    ...(unreached.length > 0 ? [unreachedText(unreached, style)] : []),
    summary(outcome),
  ].join('\n')
}

function fixedText({ file, changes, diff }: Fixed, style: Style): string {
  if (diff !== undefined) return coloured(diff, style)
  return [
    `${style.green('✔')} ${style.bold(file)}: ${count(changes.length, 'change')}`,
    ...changes.map(({ line, title }) => `  line ${line}: ${title}`),
  ].join('\n')
}

/** A unified diff. */
export function coloured(diff: string, style: Style): string {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : line))
    .join('\n')
}

function unreachedText(unreached: NonNullable<Validated['unreached']>, style: Style): string {
  const places = unreached.map(({ file, what, why }) => `  ${style.cyan(file)} ${what}: ${why.replace(/\.$/, '')}.`)
  return [`${style.yellow.bold('Not looked at')}, so nothing is known of it:`, ...places, ''].join('\n')
}

function summary(outcome: Validated): string {
  const { files, diagnostics, suppressed = 0, unreached = [] } = outcome
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const counts = [
    ...(errors ? [count(errors, 'error')] : []),
    ...(warnings ? [count(warnings, 'warning')] : []),
    ...(suppressed ? [`${suppressed} suppressed`] : []),
  ]
  const found = [
    ...(counts.length > 0 ? counts : ['no findings']),
    ...(unreached.length > 0 ? [`${unreached.length} not looked at`] : []),
  ]
  // After a run of --fix, what is left is what it could not do.
  const fixable = outcome.fixed === undefined ? diagnostics.filter(({ fix }) => fix !== undefined).length : 0
  const mended = fixable > 0 ? `; \`--fix\` can mend ${fixable === diagnostics.length ? 'all' : fixable} of them` : ''
  const tooMany = hasTooManyWarnings(outcome) ? `, more warnings than the ${outcome.mostWarnings} allowed` : ''
  return `${count(files.length, 'manifest')}: ${found.join(', ')}${tooMany}${mended}`
}
