/** How many of a specification can be bought. */
import type { Quantity } from '../model/manifest.ts'
import { compare, type Decimal, decimalOf, decimalText, divided, minus, one, plus, times, zero } from './decimals.ts'
import type { Partly } from './listed.ts'

/** From, to (left out where there is no end yet) and step. */
export interface Range {
  readonly from: Decimal
  readonly to?: Decimal
  readonly step: Decimal
}

/** What is missing or no number is taken as the field's description says. */
export function rangeOf({ from, to, step }: Partly<Quantity>): Range {
  const end = decimalOf(to)
  return { from: decimalOf(from) ?? zero, ...(end === undefined ? {} : { to: end }), step: decimalOf(step) ?? one }
}

/** The least that is something: where a range begins at 0, its first step. */
export function leastOf({ from, to, step }: Range): Decimal {
  if (compare(from, zero) > 0 || compare(step, zero) === 0) return from
  return to !== undefined && compare(step, to) > 0 ? from : step
}

/** As in "5 to 100 in steps of 5". */
export function rangeText({ from, to, step }: Range): string {
  const steps = compare(step, one) === 0 || compare(step, zero) === 0 ? '' : ` in steps of ${decimalText(step)}`
  return `${to === undefined ? `from ${decimalText(from)}` : `${decimalText(from)} to ${decimalText(to)}`}${steps}`
}

/** Why this many cannot be bought, as a sentence; undefined where they can. */
export function refusalOf({ from, to, step }: Range, quantity: Decimal): string | undefined {
  if (compare(quantity, from) < 0 || (to !== undefined && compare(quantity, to) > 0)) {
    return to === undefined
      ? `At least ${decimalText(from)} can be bought.`
      : `From ${decimalText(from)} to ${decimalText(to)} can be bought.`
  }
  const isFixed = compare(step, zero) === 0
  if (isFixed) return compare(quantity, from) === 0 ? undefined : `Only ${decimalText(from)} can be bought.`
  const steps = divided(minus(quantity, from), step)
  if (steps.isWhole) return undefined
  const below = plus(from, times(step, { digits: steps.times, places: 0 }))
  const above = plus(below, step)
  const near = to !== undefined && compare(above, to) > 0 ? [below] : [below, above]
  return `Quantities go up by ${decimalText(step)} from ${decimalText(from)}: choose ${near.map((each) => decimalText(each)).join(' or ')}.`
}
