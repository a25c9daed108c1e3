/** Prices: of one kind, of a period that has one, with no more decimals than orders have. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Sku, Specification } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

type Path = readonly (string | number)[]

export const pricesRule: Rule = ({ manifest }) =>
  (manifest.specifications ?? []).flatMap((specification, index) => {
    if (isPlain(specification)) return []
    const at = ['specifications', index]
    return [
      ...kindFindings(specification, at),
      ...(specification.billing === 'yearly-monthly'
        ? periodFindings(specification, at)
        : unusedPeriods(specification, at)),
      ...decimalFindings(specification, at),
    ]
  })

/** One price, and perhaps one of a year: what most specifications have. */
function isPlain(specification: Specification): boolean {
  const { billing, price, yearlyPrice, periods, tiers, skus } = specification
  const isSimple = periods === undefined && tiers === undefined && skus === undefined
  return (
    isSimple && isRound(price) && (yearlyPrice === undefined || (billing === 'yearly-monthly' && isRound(yearlyPrice)))
  )
}

function kindFindings(specification: Specification, at: Path): readonly Finding[] {
  if (specification.tiers === undefined && specification.skus === undefined) return []
  if (specification.skus !== undefined && specification.yearlyPrice !== undefined) {
    const message = 'The specification has both `yearlyPrice` and `skus`; each SKU has a `yearlyPrice` of its own.'
    return [{ code: 'price-ambiguous', path: pointer([...at, 'yearlyPrice']), message, at: 'key' }]
  }
  const kinds = (['price', 'tiers', 'skus'] as const).filter((key) => specification[key] !== undefined)
  const [first, second] = kinds
  if (second !== undefined) {
    const message = `The specification has both \`${first}\` and \`${second}\`; only one of them can hold.`
    return [{ code: 'price-ambiguous', path: pointer([...at, second]), message, at: 'key' }]
  }
  return (specification.skus ?? []).flatMap((sku, index): readonly Finding[] => {
    if (sku.price === undefined || sku.tiers === undefined) return []
    const message = 'The SKU has both `price` and `tiers`; only one of them can hold.'
    return [{ code: 'price-ambiguous', path: pointer([...at, 'skus', index, 'tiers']), message, at: 'key' }]
  })
}

/** What speaks of years or months where nothing is paid by them. */
function unusedPeriods({ billing, yearlyPrice, periods, skus = [] }: Specification, at: Path): readonly Finding[] {
  const yearly = [
    ...(yearlyPrice === undefined ? [] : [[...at, 'yearlyPrice']]),
    ...skus.flatMap((sku, index) => (sku.yearlyPrice === undefined ? [] : [[...at, 'skus', index, 'yearlyPrice']])),
  ]
  return [
    ...yearly.map((path): Finding => {
      const message = `A price of a year has no use with ${billing} billing.`
      return { code: 'yearly-price-unused', path: pointer(path), message }
    }),
    ...(periods === undefined
      ? []
      : [
          {
            code: 'periods-unused' as const,
            path: pointer([...at, 'periods']),
            message: `Subscription periods have no use with ${billing} billing.`,
            at: 'key' as const,
          },
        ]),
  ]
}

const longestNumber = 99

function periodFindings({ price, yearlyPrice, periods = [] }: Specification, at: Path): readonly Finding[] {
  if (periods.length === 0) return []
  // In months, because twelve of them are a year.
  const priced = new Set([...(price === undefined ? [] : [1]), ...(yearlyPrice === undefined ? [] : [12])])
  return periods.flatMap(({ unit, number }, index): readonly Finding[] => {
    const path = pointer([...at, 'periods', index, 'number'])
    const months = number * (unit === 'year' ? 12 : 1)
    const repeated = priced.has(months)
    priced.add(months)
    if (repeated)
      return [
        {
          code: 'period-repeated',
          path,
          message: `A period of ${number} ${unit}${number === 1 ? '' : 's'} already has a price.`,
        },
      ]
    if (number <= longestNumber) return []
    return [{ code: 'period-long', path, message: `A period of ${number} ${unit}s is longer than orders can say.` }]
  })
}

const mostDecimals = 3

/** Every amount of money in a specification. */
function decimalFindings(specification: Specification, at: Path): readonly Finding[] {
  const { periods, skus } = specification
  return [
    ...ofPrices(specification, at),
    ...(periods ?? []).flatMap(({ price }, index) => decimals(price, [...at, 'periods', index, 'price'])),
    ...(skus ?? []).flatMap((sku, index) => ofPrices(sku, [...at, 'skus', index])),
  ]
}

function ofPrices(priced: Pick<Sku, 'price' | 'yearlyPrice' | 'tiers'>, at: Path): readonly Finding[] {
  const { price, yearlyPrice, tiers = [] } = priced
  if (isRound(price) && isRound(yearlyPrice) && tiers.length === 0) return []
  return [
    ...decimals(price, [...at, 'price']),
    ...decimals(yearlyPrice, [...at, 'yearlyPrice']),
    ...tiers.flatMap((tier, index) => decimals(tier.price, [...at, 'tiers', index, 'price'])),
  ]
}

function decimals(value: number | undefined, path: Path): readonly Finding[] {
  if (isRound(value)) return []
  const message = `${value} has more than ${mostDecimals} decimals.`
  return [{ code: 'price-decimals', path: pointer(path), message }]
}

/** Rounding an amount that has no more decimals than that gives it back. */
function isRound(value: number | undefined): boolean {
  return value === undefined || Number.isInteger(value) || Number(value.toFixed(mostDecimals)) === value
}
