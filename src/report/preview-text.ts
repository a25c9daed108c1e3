/** What `koo preview` wrote, as a person reads it. */
import type { Outcome, WrittenPage } from '../model/outcome.ts'
import { count, type Style } from './style.ts'

export function previewedText({ pages, index }: Extract<Outcome, { is: 'previewed' }>, style: Style): string {
  return [
    ...pages.map((each) => pageLine(each, style)),
    ...(index === undefined ? [] : [indexLine(index, pages, style)]),
  ].join('\n')
}

function pageLine({ file, manifest, errors, warnings, live, changes = 0 }: WrittenPage, style: Style): string {
  const found = [
    ...(errors > 0 ? [style.red(count(errors, 'error'))] : []),
    ...(warnings > 0 ? [style.yellow(count(warnings, 'warning'))] : []),
    ...(live === undefined
      ? []
      : [live === null ? 'nothing live yet' : `${count(changes, 'difference')} from ${live}`]),
  ]
  const told = found.length === 0 ? 'no findings' : found.join(', ')
  return `${style.green('✔')} ${style.bold(file)}: ${told} ${style.dim(`(${manifest})`)}`
}

function indexLine(index: string, pages: readonly WrittenPage[], style: Style): string {
  return `${style.green('✔')} ${style.bold(index)} lists all ${pages.length}`
}
