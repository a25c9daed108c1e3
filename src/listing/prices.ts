/** What a specification costs: exact, for the tables of a page and for its calculator, which runs in a browser. */
import type { Sku, Specification, Tier } from '../model/manifest.ts'
import { pointer } from '../model/pointer.ts'
import { compare, type Decimal, decimalOf, decimalText, dollars, minus, shortDollars, times, zero } from './decimals.ts'
import type { Partly } from './listed.ts'
import { leastOf, rangeOf, refusalOf } from './quantities.ts'

/** The parts of a specification that its price depends on. */
export type Priced = Pick<
  Partly<Specification>,
  'billing' | 'price' | 'yearlyPrice' | 'periods' | 'quantity' | 'tiers' | 'choices' | 'skus'
>

/** What a buyer has chosen, as it stands in the fields of a form. What is left out is the first on offer, or the least. */
export interface Choice {
  /** How many months are paid for, where that is chosen. */
  readonly period?: string
  readonly choose?: Readonly<Record<string, string>>
  readonly quantity?: string
  readonly hours?: string
}

export type Quote =
  | {
      readonly is: 'total'
      readonly amount: Decimal
      /** As in $960.00. */
      readonly total: string
      /** What comes after the total, as in "a year". */
      readonly per: string
      /** How it comes about, a line each; none where the total is the price itself. */
      readonly working: readonly string[]
      /** What is saved by paying for longer at once. */
      readonly saving?: string
    }
  /** The manifest does not say, or says no number. */
  | { readonly is: 'unpriced'; readonly why: string }
  /** Nobody can choose so. */
  | { readonly is: 'refused'; readonly why: string }

/** For how long one pays at once. */
export interface Period {
  readonly months: number
  /** As in "3 years". */
  readonly title: string
  /** As in "for 3 years", after a price. */
  readonly per: string
  /** Where its price stands in the specification, a JSON Pointer. */
  readonly path: string
}

const month: Period = { months: 1, title: '1 month', per: 'a month', path: '/price' }
const year: Period = { months: 12, title: '1 year', per: 'a year', path: '/yearlyPrice' }

/** The periods a specification is sold for, the shortest first; none where it is not paid by time. */
export function periodsOf({ billing, periods = [] }: Priced): readonly Period[] {
  if (billing !== 'yearly-monthly') return []
  const more = periods.flatMap((each, index): readonly Period[] => {
    const { number, unit } = each ?? {}
    if (unit === undefined || number === undefined || !Number.isSafeInteger(number) || number < 1) return []
    const title = `${number} ${unit}${number === 1 ? '' : 's'}`
    return [{ months: monthsOf({ number, unit }), title, per: `for ${title}`, path: pointer(['periods', index]) }]
  })
  const all = [month, year, ...more]
  const first = all.filter(({ months }, index) => all.findIndex((each) => each.months === months) === index)
  return [...first].sort((a, b) => a.months - b.months)
}

function monthsOf({ number, unit }: { readonly number: number; readonly unit: 'month' | 'year' }): number {
  return number * (unit === 'year' ? 12 : 1)
}

type SkuPart = Partly<Sku>
type TierPart = Partly<Tier>

/** The price of one unit, how it is said, and of which tier it is. */
interface UnitPrice {
  readonly amount: Decimal
  /** As in "$4.00 a month × 12". */
  readonly said: string
  readonly tier?: TierPart
}

export const noPrice = 'No price yet'
/** After a price that is not for a period. */
const after: Readonly<Record<string, string>> = { buyout: '', 'pay-per-use': ' an hour' }

/** What a choice costs. Of tiers, the one the bought quantity falls in holds for every unit. */
export function quote(specification: Priced, choice: Choice = {}): Quote {
  const { billing, quantity } = specification
  if (billing === undefined) return { is: 'unpriced', why: 'No billing mode yet' }
  const bought = boughtOf(specification, choice)
  if (bought.is === 'refused') return bought
  const sku = skuOf(specification, choice)
  if (sku === undefined) return { is: 'unpriced', why: 'No price for this combination yet' }
  const price = unitPriceOf(specification, sku, bought.amount, choice)
  if (price === undefined) return { is: 'unpriced', why: noPrice }
  const hours = billing === 'pay-per-use' ? decimalOf(choice.hours ?? '1') : undefined
  if (billing === 'pay-per-use' && hours === undefined) return { is: 'refused', why: 'Enter the hours as a number.' }

  const forAll = quantity === undefined ? price.amount : times(price.amount, bought.amount)
  const amount = hours === undefined ? forAll : times(forAll, hours)
  const isProduct = quantity !== undefined || price.said.includes('×') || choice.hours !== undefined
  const factors = [
    ...(quantity === undefined ? [] : [decimalText(bought.amount)]),
    price.said,
    ...(hours === undefined || choice.hours === undefined ? [] : [hoursText(hours)]),
  ]
  const saving = savingOf(specification, sku, bought.amount, choice, amount)
  return {
    is: 'total',
    amount,
    total: dollars(amount),
    per: perOf(specification, choice, hours),
    working: [
      ...(isProduct ? [factors.join(' × ')] : []),
      ...(price.tier === undefined ? [] : [tierLine(price.tier, specification)]),
    ],
    ...(saving === undefined ? {} : { saving }),
  }
}

function boughtOf(
  { quantity }: Priced,
  choice: Choice,
): { readonly is: 'bought'; readonly amount: Decimal } | Extract<Quote, { is: 'refused' }> {
  if (quantity === undefined) return { is: 'bought', amount: { digits: 1n, places: 0 } }
  const range = rangeOf(quantity)
  const amount = choice.quantity === undefined ? leastOf(range) : decimalOf(choice.quantity)
  if (amount === undefined) return { is: 'refused', why: 'Enter the quantity as a number.' }
  const why = refusalOf(range, amount)
  return why === undefined ? { is: 'bought', amount } : { is: 'refused', why }
}

/** The SKU of a combination, or the specification itself where it has one price for all. */
function skuOf(specification: Priced, { choose = {} }: Choice): SkuPart | Priced | undefined {
  const { skus, choices = [] } = specification
  if (skus === undefined) return specification
  return skus.find((sku) =>
    choices.every((each) => {
      const attribute = each?.attribute
      if (attribute === undefined) return true
      return sku?.choose?.[attribute] === (choose[attribute] ?? each?.values?.[0])
    }),
  )
}

function unitPriceOf(
  specification: Priced,
  sku: SkuPart | Priced,
  quantity: Decimal,
  choice: Choice,
): UnitPrice | undefined {
  const base = basePriceOf(sku, quantity)
  const { billing } = specification
  if (billing === 'yearly-monthly') return timedPriceOf(specification, sku, base, Number(choice.period ?? 1))
  return base === undefined ? undefined : { ...base, said: `${dollars(base.amount)}${after[billing ?? ''] ?? ''}` }
}

/** Of a month, once or an hour. */
function basePriceOf({ price, tiers }: SkuPart | Priced, quantity: Decimal): Omit<UnitPrice, 'said'> | undefined {
  if (price !== undefined || tiers === undefined) return amountOf(price)
  const tier = tiers.find((each) => isIn(each, quantity))
  const amount = amountOf(tier?.price)
  return tier === undefined || amount === undefined ? undefined : { ...amount, tier }
}

function amountOf(value: unknown): { readonly amount: Decimal } | undefined {
  const amount = decimalOf(value)
  return amount === undefined ? undefined : { amount }
}

function isIn(tier: TierPart | undefined, quantity: Decimal): boolean {
  const from = decimalOf(tier?.from)
  if (from === undefined || compare(quantity, from) < 0) return false
  if (tier?.to === undefined) return true
  const to = decimalOf(tier.to)
  return to !== undefined && compare(quantity, to) <= 0
}

/** Of so many months: a price of its own, else that of single months where it is a month or a year. */
function timedPriceOf(
  { periods = [] }: Priced,
  { yearlyPrice }: SkuPart | Priced,
  base: Omit<UnitPrice, 'said'> | undefined,
  months: number,
): UnitPrice | undefined {
  if (months === 1 && base !== undefined) return { ...base, said: `${dollars(base.amount)} ${month.per}` }
  if (months === 12 && yearlyPrice !== undefined) {
    const own = amountOf(yearlyPrice)
    return own && { ...own, said: `${dollars(own.amount)} ${year.per}` }
  }
  const period = periods.find((each) => {
    const { number, unit } = each ?? {}
    return number !== undefined && unit !== undefined && monthsOf({ number, unit }) === months
  })
  if (period !== undefined) {
    const own = amountOf(period.price)
    return (
      own && {
        ...own,
        said: `${dollars(own.amount)} for ${period.number} ${period.unit}${period.number === 1 ? '' : 's'}`,
      }
    )
  }
  if (months !== 12 || base === undefined) return undefined
  const amount = times(base.amount, twelve)
  return { ...base, amount, said: `${dollars(base.amount)} ${month.per} × 12` }
}

const twelve: Decimal = { digits: 12n, places: 0 }

function perOf(specification: Priced, choice: Choice, hours: Decimal | undefined): string {
  if (hours !== undefined) return choice.hours === undefined ? 'an hour' : `for ${hoursText(hours)}`
  if (specification.billing !== 'yearly-monthly') return 'once'
  const months = Number(choice.period ?? 1)
  return periodsOf(specification).find((each) => each.months === months)?.per ?? ''
}

function hoursText(hours: Decimal): string {
  const text = decimalText(hours)
  return `${text} ${text === '1' ? 'hour' : 'hours'}`
}

function tierLine(tier: TierPart, { billing }: Priced): string {
  const price = decimalOf(tier.price) ?? zero
  const unit = billing === 'yearly-monthly' ? ` ${month.per}` : (after[billing ?? ''] ?? '')
  return `Each costs ${dollars(price)}${unit} where ${tierText(tier)} are bought`
}

/** As in "11 to 50". */
export function tierText({ from, to }: TierPart): string {
  const [start, end] = [decimalOf(from), decimalOf(to)]
  const first = start === undefined ? '?' : decimalText(start)
  if (to === undefined) return `${first} or more`
  const last = end === undefined ? '?' : decimalText(end)
  return first === last ? first : `${first} to ${last}`
}

/** Beside so many single months. */
function savingOf(
  { quantity, billing }: Priced,
  sku: SkuPart | Priced,
  bought: Decimal,
  { period }: Choice,
  amount: Decimal,
): string | undefined {
  const months = Number(period ?? 1)
  const base = basePriceOf(sku, bought)
  if (billing !== 'yearly-monthly' || months === 1 || base === undefined) return undefined
  const single = times(base.amount, { digits: BigInt(months), places: 0 })
  const singles = quantity === undefined ? single : times(single, bought)
  const saved = minus(singles, amount)
  return compare(saved, zero) > 0 ? `${dollars(saved)} less than ${months} single months` : undefined
}

/** What one unit costs for a period, as in $59.00; of the SKU and tier a row of a table stands for. */
export function cellPrice(
  specification: Priced,
  sku: SkuPart | Priced,
  tier: TierPart | undefined,
  period?: Period,
): string | undefined {
  const base = tier === undefined || sku.price !== undefined ? amountOf(sku.price) : amountOf(tier.price)
  if (period === undefined) return base && dollars(base.amount)
  const price = timedPriceOf(specification, sku, base, period.months)
  return price && dollars(price.amount)
}

/** The least that has to be paid at all, as one says it: "from $59 a month". Undefined where nothing has a price. */
export function entryPrice(specifications: readonly Priced[]): string | undefined {
  const quotes = specifications.flatMap((each) => entryQuotes(each).map((quote) => ({ ...quote, of: each.billing })))
  const billing = quotes[0]?.of
  // A month beside a single payment cannot be compared; the seller's first way to pay speaks for all.
  const [least, ...others] = quotes.filter((each) => each.of === billing).sort((a, b) => compare(a.amount, b.amount))
  if (least === undefined) return undefined
  const isFrom =
    others.some((each) => compare(each.amount, least.amount) !== 0) ||
    quotes.length > others.length + 1 ||
    specifications.some(({ quantity }) => quantity !== undefined)
  if (!isFrom && least.amount.digits === 0n) return 'Free'
  return `${isFrom ? 'from ' : ''}${shortDollars(least.amount)} ${least.per}`
}

function entryQuotes(specification: Priced): readonly Extract<Quote, { is: 'total' }>[] {
  const choices = specification.skus?.map((sku) => ({ choose: textsOf(sku?.choose) })) ?? [{}]
  return choices.flatMap((choice) => {
    const made = quote(specification, choice)
    return made.is === 'total' ? [made] : []
  })
}

function textsOf(choose: Partly<Sku>['choose']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(choose ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
