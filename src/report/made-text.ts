/** What `koo init --from` and `--template` did, as a person reads it. */

import type { Outcome } from '../model/outcome.ts'
import type { MadeProduct, SheetFinding } from '../model/sheet.ts'
import { shellWord } from '../model/shell-word.ts'
import { count, type Style } from './style.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

/** Of thousands of products, a line each would hide what matters. */
const mostListed = 20

export function madeText({ sheet, folder, products, findings }: Of<'made'>, style: Style): string {
  const of = (outcome: MadeProduct['outcome']) => products.filter((each) => each.outcome === outcome)
  const [written, there, held] = [of('written'), of('already-there'), of('held-back')]
  const place = shellWord(folder)
  return [
    ...findings.map((each) => `${findingText(each, style)}\n`),
    ...(written.length > mostListed ? [] : written.map((each) => writtenText(each, style))),
    ...(written.length > 0 ? [`${style.green('✔')} ${count(written.length, 'product')} in ${style.bold(folder)}`] : []),
    ...(there.length > 0 ? [`${count(there.length, 'product')} already there, left alone${namesOf(there)}`] : []),
    ...(findings.length > 0 ? [refusedText(sheet, findings, held.length, written.length)] : []),
    ...(products.length === 0 && findings.length === 0 ? [`${sheet} has no products: only its header is filled.`] : []),
    ...(written.length > 0
      ? ['Next:', `  ${style.cyan(`koo validate ${place}`)}`, `  ${style.cyan(`koo plan ${place}`)}`]
      : []),
  ].join('\n')
}

function findingText({ place, name, code, message, hint }: SheetFinding, style: Style): string {
  const column = name === undefined ? '' : ` ${style.dim(name)}`
  const head = `${style.cyan(place)}${column} ${style.red.bold('error')} ${style.bold(message)} ${style.dim(`[${code}]`)}`
  return hint === undefined ? head : `${head}\n  ${style.green('help:')} ${hint}`
}

function writtenText({ key = '', files, copied, kept }: MadeProduct, style: Style): string {
  const copies = copied.length > 0 ? `; copied ${copied.join(', ')}` : ''
  const others = files.filter((each) => !copied.includes(each))
  const left = kept.length > 0 ? `; already there: ${kept.join(', ')}` : ''
  return `  ${style.bold(key)}: ${others.join(', ')}${copies}${left}`
}

function namesOf(products: readonly MadeProduct[]): string {
  return products.length > mostListed ? '' : `: ${products.map(({ key }) => key).join(', ')}`
}

function refusedText(sheet: string, findings: readonly SheetFinding[], held: number, written: number): string {
  const rows = new Set(findings.map(({ row }) => row)).size
  const found = `${sheet}: ${count(findings.length, 'error')} in ${count(rows, 'row')}`
  if (written > 0) return `${found}, which ${rows === 1 ? 'was' : 'were'} left out`
  return `${found}; nothing was written${held > 0 ? `. \`--keep-going\` makes the ${held} without` : ''}`
}

export function templateText({ file, columns, rows }: Of<'template'>, style: Style): string {
  return [
    `${style.green('✔')} Wrote ${style.bold(file)}: ${count(columns, 'column')}, ${count(rows, 'example row')}`,
    'Replace the example rows with your products; columns you do not need can go. Then:',
    `  ${style.cyan(`koo init catalogue --from ${shellWord(file)}`)}`,
  ].join('\n')
}
