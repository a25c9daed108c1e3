/** The price a card of the storefront names: the lowest of what the product has. */
import { type Billing, billings } from '../../model/delivery-methods.ts'
import { isMapping } from '../../model/items.ts'
import type { ManifestData } from '../../model/release.ts'
import { moneyText } from './shown.ts'

/** As in "From $59 a month"; undefined where there are no prices. */
export function lowestPrice({ specifications }: ManifestData): string | undefined {
  if (!Array.isArray(specifications)) return undefined
  const prices = specifications.filter(isMapping).flatMap((each) => {
    const found = pricesOf(each)
    return found.length === 0 ? [] : [{ billing: each.billing, amount: Math.min(...found) }]
  })
  // Prices of a month and of a whole product cannot be compared; the table's order decides.
  for (const billing of Object.keys(billings) as readonly Billing[]) {
    const amounts = prices.filter((each) => each.billing === billing).map(({ amount }) => amount)
    if (amounts.length === 0) continue
    const lowest = Math.min(...amounts)
    if (lowest === 0 && prices.length === 1) return 'Free'
    return `${prices.length > 1 ? 'From ' : ''}${moneyText(lowest)} ${billings[billing].unit}`
  }
  return undefined
}

function pricesOf({ price, tiers, skus }: Readonly<Record<string, unknown>>): readonly number[] {
  const inside = [tiers, skus].flatMap((list) => (Array.isArray(list) ? list.filter(isMapping) : []))
  return [price, ...inside.map((each) => each.price)].filter((each) => typeof each === 'number')
}
