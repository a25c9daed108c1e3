/** Exact decimal numbers for money: 0.1 and 0.2 are 0.3. */

/** `digits` × 10 to the power of −`places`. */
export interface Decimal {
  readonly digits: bigint
  readonly places: number
}

export const zero: Decimal = { digits: 0n, places: 0 }
export const one: Decimal = { digits: 1n, places: 0 }

/** No price or quantity has more places before or after the point. */
const form = /^(\d{1,15})(?:\.(\d{1,20}))?$/

/** As JavaScript writes a number that is smaller than a millionth: 1.5e-7. */
const smallForm = /^(\d)(?:\.(\d+))?e-(\d{1,2})$/

/** Of a number as it is written, or a text as it is typed; undefined where it is no plain decimal number from 0 on. */
export function decimalOf(value: unknown): Decimal | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const [, whole, fraction = ''] = form.exec(text) ?? []
  if (whole !== undefined) return { digits: BigInt(whole + fraction), places: fraction.length }
  const [, first, rest = '', power] = (typeof value === 'number' ? smallForm.exec(text) : undefined) ?? []
  if (first === undefined) return undefined
  return { digits: BigInt(first + rest), places: rest.length + Number(power) }
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, places: a.places + b.places }
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const [left, right, places] = aligned(a, b)
  return { digits: left + right, places }
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, { ...b, digits: -b.digits })
}

/** Below 0 where the first is less, above where it is more. */
export function compare(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** How often the second goes into the first, and whether nothing is left over. */
export function divided(a: Decimal, b: Decimal): { readonly times: bigint; readonly isWhole: boolean } {
  const [left, right] = aligned(a, b)
  return { times: left / right, isWhole: left % right === 0n }
}

function aligned(a: Decimal, b: Decimal): readonly [a: bigint, b: bigint, places: number] {
  const places = Math.max(a.places, b.places)
  return [raised(a, places), raised(b, places), places]
}

function raised({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places)
}

/** As in 1,234.5, with no more places than it needs and no fewer than asked for. */
export function decimalText({ digits, places }: Decimal, leastPlaces = 0): string {
  const sign = digits < 0n ? '−' : ''
  const all = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  const whole = all.slice(0, all.length - places).replace(/\B(?=(\d{3})+$)/g, ',')
  const fraction = all
    .slice(all.length - places)
    .replace(/0+$/, '')
    .padEnd(leastPlaces, '0')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** US dollars to the cent, as in $1,234.50; fractions of a cent are told, because prices may have them. */
export function dollars(amount: Decimal): string {
  return `$${decimalText(amount, 2)}`
}

/** As one says it: $59, but $59.50. */
export function shortDollars(amount: Decimal): string {
  return dollars(amount).replace(/\.00$/, '')
}
