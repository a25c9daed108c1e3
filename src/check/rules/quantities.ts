/** Quantities and their tiers: a range that steps reach, and exactly one price for each number in it. */
import type { Finding } from '../../model/diagnostic.ts'
import type { Quantity, Specification, Tier } from '../../model/manifest.ts'
import { pointer } from '../../model/pointer.ts'
import type { Rule } from './rule.ts'

type Path = readonly (string | number)[]

export const quantitiesRule: Rule = ({ manifest }) =>
  (manifest.specifications ?? []).flatMap((specification, index) =>
    ofSpecification(specification, ['specifications', index]),
  )

function ofSpecification({ price, quantity, tiers, skus = [] }: Specification, at: Path): readonly Finding[] {
  if (quantity === undefined && tiers === undefined && skus.length === 0) return []
  const tiered = [
    ...(tiers === undefined ? [] : [{ tiers, path: [...at, 'tiers'] }]),
    ...skus.flatMap((sku, index) =>
      sku.tiers === undefined ? [] : [{ tiers: sku.tiers, path: [...at, 'skus', index, 'tiers'] }],
    ),
  ]
  if (quantity === undefined) {
    // Beside a price, tiers are one thing too many already.
    if (price !== undefined) return []
    const message = 'These tiers need a `quantity` that is sold.'
    return tiered.map(({ path }) => ({ code: 'tiers-without-quantity', path: pointer(path), message, at: 'key' }))
  }
  const wrong = rangeFindings(quantity, [...at, 'quantity'])
  // Tiers of a range that makes no sense cannot be judged.
  return wrong.length > 0 ? wrong : tiered.flatMap((each) => tierFindings(each.tiers, quantity, each.path))
}

function rangeFindings({ from, to, step = 1 }: Quantity, path: Path): readonly Finding[] {
  if (from > to) {
    const message = `The range ends at ${to}, before it begins at ${from}.`
    return [{ code: 'range-reversed', path: pointer([...path, 'to']), message }]
  }
  if (reaches(from, to, step)) return []
  const message =
    step > 0
      ? `Steps of ${step} from ${from} do not reach ${to}.`
      : 'With steps of 0 nothing but the first number can be chosen.'
  return [{ code: 'quantity-step', path: pointer([...path, 'to']), message }]
}

function reaches(from: number, to: number, step: number): boolean {
  if (step <= 0) return from === to
  const steps = (to - from) / step
  return Math.abs(steps - Math.round(steps)) < tolerance * Math.max(1, steps)
}

/** In the order of their beginnings, each tier starts one step after the one before it ends. */
function tierFindings(tiers: readonly Tier[], quantity: Quantity, path: Path): readonly Finding[] {
  const { from, to, step = 1 } = quantity
  const reversed = tiers.findIndex((tier) => tier.to !== undefined && tier.to < tier.from)
  if (reversed >= 0) {
    const message = 'This tier ends before it begins.'
    return [{ code: 'range-reversed', path: pointer([...path, reversed, 'to']), message }]
  }
  // Only the numbers that steps reach can be bought, counted from 0.
  const last = Math.round((to - from) / step)
  const sorted = tiers.map((tier, index) => ({ ...tier, index })).sort((a, b) => a.from - b.from)
  let due = 0
  for (const tier of sorted) {
    const place = pointer([...path, tier.index, 'from'])
    const first = ceil((tier.from - from) / step)
    if (first > due) return [gap(place, from + due * step, from + (first - 1) * step)]
    if (first < due || tier.from < from) return [overlap(place, tier, from)]
    due = tier.to === undefined ? last + 1 : floor((tier.to - from) / step) + 1
  }
  const end = sorted.at(-1)
  if (end === undefined || due > last) return []
  return [gap(pointer([...path, end.index, 'to']), from + due * step, to)]
}

/** With room for the rounding of decimal steps such as 0.1. */
const tolerance = 1e-9
const ceil = (steps: number): number => Math.ceil(steps - tolerance)
const floor = (steps: number): number => Math.floor(steps + tolerance)

function gap(path: string, from: number, to: number): Finding {
  const [start, end] = [plain(from), plain(to)]
  const numbers = start === end ? `A quantity of ${start} has` : `Quantities of ${start} to ${end} have`
  return { code: 'tiers-gap', path, message: `${numbers} no price.` }
}

/** 0.30000000000000004 as 0.3. */
function plain(number: number): number {
  return Number(number.toPrecision(12))
}

function overlap(path: string, tier: Tier, first: number): Finding {
  const message =
    tier.from < first
      ? `The tier begins at ${tier.from}, below the ${first} that can be bought at least.`
      : `A quantity of ${tier.from} has two prices.`
  return { code: 'tiers-overlap', path, message }
}
