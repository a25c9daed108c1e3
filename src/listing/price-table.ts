/** All prices of a specification as a table of texts, which needs no calculator to be read. */
import { pointer } from '../model/pointer.ts'
import { cellPrice, noPrice, type Period, type Priced, periodsOf, tierText } from './prices.ts'

export interface PriceColumn {
  readonly title: string
  /** Where it stands in the specification, a JSON Pointer. */
  readonly path?: string
  readonly isPrice: boolean
}

export interface PriceTable {
  readonly columns: readonly PriceColumn[]
  readonly rows: readonly {
    /** Of a SKU or a tier; the empty text where the row is the specification itself. */
    readonly path: string
    readonly cells: readonly string[]
  }[]
}

/** `nameOf` gives what buyers read of an attribute's code. */
export function priceTable(specification: Priced, nameOf: (code: string | undefined) => string): PriceTable {
  const { quantity, choices = [], skus, tiers } = specification
  const priced = (skus ?? [specification]).map((each, index) => ({
    sku: each ?? {},
    path: skus === undefined ? [] : ['skus', index],
  }))
  const isTiered = (tiers !== undefined && skus === undefined) || (skus ?? []).some((sku) => sku?.tiers !== undefined)
  const isNamed = (skus ?? []).some((sku) => sku?.name !== undefined)
  const periods: readonly (Period | undefined)[] =
    specification.billing === 'yearly-monthly' ? periodsOf(specification) : [undefined]
  const chosen = skus === undefined ? [] : choices.map((choice) => choice?.attribute)
  const quantityName = quantity !== undefined && 'attribute' in quantity ? nameOf(quantity.attribute) : 'Quantity'
  return {
    columns: [
      ...(isNamed ? [text('SKU')] : []),
      ...chosen.map((code, index) => text(nameOf(code), pointer(['choices', index]))),
      ...(isTiered ? [text(quantityName)] : []),
      ...periods.map((period) => priceColumn(specification, period)),
    ],
    rows: priced.flatMap(({ sku, path }) => {
      const own = sku.price === undefined ? (sku.tiers ?? [undefined]) : [undefined]
      return own.map((tier, index) => ({
        path: pointer(tier === undefined ? path : [...path, 'tiers', index]),
        cells: [
          ...(isNamed ? [('name' in sku ? sku.name : undefined) ?? '–'] : []),
          ...chosen.map((code) => ('choose' in sku && code !== undefined ? sku.choose?.[code] : undefined) ?? '–'),
          ...(isTiered ? [tier === undefined ? 'Any' : tierText(tier)] : []),
          ...periods.map((period) => cellPrice(specification, sku, tier, period) ?? noPrice),
        ],
      }))
    }),
  }
}

function text(title: string, path?: string): PriceColumn {
  return { title, isPrice: false, ...(path === undefined ? {} : { path }) }
}

function priceColumn({ billing, skus, tiers }: Priced, period: Period | undefined): PriceColumn {
  if (period !== undefined) {
    // A SKU or a tier has its price in its row.
    const isOwn = (skus === undefined && tiers === undefined) || period.path.startsWith('/periods')
    return { title: period.title, isPrice: true, ...(isOwn ? { path: period.path } : {}) }
  }
  const title = billing === 'buyout' ? 'Once' : billing === 'pay-per-use' ? 'An hour' : 'Price'
  return { title, isPrice: true, ...(skus === undefined && tiers === undefined ? { path: '/price' } : {}) }
}
