/** How far products have come, as a person reads it. */
import type { Outcome } from '../model/outcome.ts'
import { framedAll } from './frame.ts'
import { notesOn, state } from './state-text.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

export function statusText(outcome: Status, style: Style): string {
  const { marketplace, products, missing, unpublished, diagnostics, ended } = outcome
  const shown = new Set(diagnostics.map(({ message }) => message))
  const others = products.flatMap(({ product, releases }) =>
    (releases[0]?.complaints ?? [])
      .filter(({ message }) => !shown.has(message))
      .map(({ path, message }) => `${style.red('!')} ${product.key} ${path}: ${message}`),
  )
  const open = products.filter(({ releases }) => releases.some(({ state }) => state === 'in-review'))
  const keys = open.map(({ product }) => product.key).join(' ')
  return [
    ...(diagnostics.length > 0 ? [framedAll(diagnostics, style)] : []),
    ...(products.length > 0 ? [statusTable(outcome, style)] : []),
    ...others,
    ...missing.map((key) => `${style.red('!')} ${key}: ${marketplace} has no such product.`),
    ...unpublished.map((key) => `${style.dim('-')} ${key}: not published to ${marketplace} yet.`),
    ...(ended === undefined ? [] : [`Not waiting any more; go on with: koo status ${keys} --watch`]),
  ].join('\n')
}

/** The releases of each product, newest first. */
function statusTable({ products, at }: Status, style: Style): string {
  const rows = products.flatMap(({ product, releases }) =>
    releases.map((each, index) => [
      index === 0 ? product.key : '',
      each.version,
      state(each.state, style),
      [...(index === 0 && product.state === 'discontinued' ? ['product discontinued'] : []), ...notesOn(each, at)].join(
        ', ',
      ),
    ]),
  )
  return table(style, ['Product', 'Version', 'State', ''], rows)
}
