/** What differs from the marketplace, as a person reads it. */
import { type DiffedChange, type DiffedProduct, differs, type Outcome } from '../model/outcome.ts'
import { changeLines, fileLine } from './change-text.ts'
import { count, type Style } from './style.ts'

export function diffText(outcome: Extract<Outcome, { is: 'diffed' }>, style: Style, columns: number): string {
  const { marketplace, products } = outcome
  const other = products.filter(differs)
  const closing =
    other.length === 0
      ? `${count(products.length, 'product')} as on ${marketplace}.`
      : `${other.length} of ${count(products.length, 'product')} ${other.length === 1 ? 'differs' : 'differ'} from ${marketplace} (- or left: there, + or right: here).`
  return [...other.flatMap((each) => productLines(each, marketplace, style, columns)), closing].join('\n')
}

function productLines(product: DiffedProduct, marketplace: string, style: Style, columns: number): readonly string[] {
  const { key, version, file, release, changes, files } = product
  const head = `${style.bold(key)} ${style.dim(`(${file})`)}`
  if (release === undefined) return [`${head}: ${version} is not on ${marketplace}`, '']
  return [
    `${head}: ${release.version} ${style.dim(`(${release.state})`)} there, ${version} here`,
    ...changes.flatMap((each) => changeLines(each, style, columns, markOf(each))),
    ...files.map((each) => fileLine(each, style)),
    '',
  ]
}

function markOf({ by }: DiffedChange): string {
  if (by === 'marketplace') return ' [changed on the marketplace]'
  return by === 'both' ? ' [changed here and on the marketplace]' : ''
}
