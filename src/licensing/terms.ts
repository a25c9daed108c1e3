/** What a license may grant, by the manifest of its product: specification, quantities, term, what it is bound to. */
import { suggest } from '../check/suggest.ts'
import { rowOf } from '../model/delivery-methods.ts'
import { type Failure, usage } from '../model/failure.ts'
import type { License } from '../model/license.ts'
import type { Manifest, Quantity, Specification } from '../model/manifest.ts'
import { isQuantity } from './claims.ts'
import { momentOf } from './dates.ts'

/** What the seller asked for, as it was written. */
export interface Wishes {
  readonly customer?: string | undefined
  readonly issuer?: string | undefined
  readonly specification?: string | undefined
  /** NAME=NUMBER each. */
  readonly quantities: readonly string[]
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly hardwareId?: string | undefined
  readonly systemId?: string | undefined
}

/**
 * The license for a customer of the product.
 *
 * @param issued when and under which id, from clock and chance; seconds since 1970.
 * @throws {Failure} (usage) where the manifest does not offer what is wanted, or something is missing.
 */
export function licenseOf(
  { product, delivery, attributes = [], specifications = [] }: Manifest,
  wishes: Wishes,
  issued: { readonly at: number; readonly id: string },
): License {
  const { authorization } = delivery
  if (authorization === undefined) {
    const { title } = rowOf(delivery.method)
    throw usage('no-license', `${product.key} has no licenses: its delivery method, ${title}, has no authorization.`)
  }
  refuseControls(wishes)
  const sub = wishes.customer ?? missing('--customer', 'Name whom the license is for.')
  const specification = specificationNamed(specifications, wishes.specification)
  const countable = attributes.filter(({ type }) => type === 'quantity').map(({ code }) => code)
  const quantities = quantitiesOf(specification, countable, wishes.quantities)
  const { key, name, version } = product
  return {
    iss: wishes.issuer ?? key,
    sub,
    iat: issued.at,
    ...termOf(specification, wishes, issued.at),
    jti: issued.id,
    product: { key, name, version },
    specification: specification.name,
    ...(Object.keys(quantities).length === 0 ? {} : { quantities }),
    ...boundTo(authorization.kind, wishes),
  }
}

/** They would be shown on terminals, and be hard to type again. */
function refuseControls({ customer, issuer, hardwareId, systemId }: Wishes): void {
  const flags = { '--customer': customer, '--issuer': issuer, '--hardware-id': hardwareId, '--system-id': systemId }
  const bad = Object.entries(flags).find(([, text]) => text !== undefined && /\p{Cc}/u.test(text))
  if (bad) throw usage('bad-flag', `${bad[0]} must be a single line, without control characters.`)
}

function missing(flag: string, hint: string): never {
  throw usage('missing-flag', `${flag} is missing.`, hint)
}

function specificationNamed(all: readonly Specification[], name: string | undefined): Specification {
  const names = all.map((each) => each.name)
  const [only] = all
  if (name === undefined && all.length === 1 && only !== undefined) return only
  const found = all.find((each) => each.name === name)
  if (found !== undefined) return found
  const possible = `Possible: ${names.map((each) => `"${each}"`).join(', ')}.`
  return name === undefined
    ? missing('--specification', possible)
    : notThere('no-specification', `There is no specification \`${name}\`.`, name, names, possible)
}

function notThere(code: string, message: string, word: string, words: readonly string[], possible: string): never {
  const likely = suggest(word, words)
  throw usage(code, message, likely === undefined ? possible : `Did you mean ${likely}?`)
}

/**
 * Where the product has quantities, the specification says which is sold, and one must be given. Where it has none, a
 * number may stand in the name of a specification ("25 hosts"), and the seller says what it is called. It is a whole
 * number of at least 1, whatever the range that is sold.
 */
function quantitiesOf(
  specification: Specification,
  countable: readonly string[],
  wanted: readonly string[],
): Readonly<Record<string, number>> {
  const { name, quantity } = specification
  const given = new Map<string, number>()
  for (const each of wanted) {
    const [, attribute, digits] = /^([A-Za-z][\w-]{0,63})=(\d+)$/.exec(each) ?? []
    if (attribute === undefined || !isQuantity(Number(digits))) {
      const form = 'NAME=NUMBER, a whole number of at least 1, as in users=50'
      throw usage('bad-flag', `--quantity takes ${form}, not \`${each}\`.`)
    }
    if (given.has(attribute)) throw usage('bad-flag', `--quantity ${attribute} is given twice.`)
    given.set(attribute, Number(digits))
  }
  if (quantity === undefined && countable.length === 0) return Object.fromEntries(given)
  const sold = attributeOf(quantity)
  for (const [attribute, number] of given) {
    if (attribute !== sold) throw notSold(specification, sold, attribute, countable)
    refuseOutside(`--quantity ${attribute}`, number, quantity)
  }
  if (sold !== undefined && given.size === 0) {
    missing('--quantity', `"${name}" is sold by ${sold}: write --quantity ${sold}=NUMBER.`)
  }
  return Object.fromEntries(given)
}

/** Pieces of hardware are counted without an attribute. */
function attributeOf(quantity: Quantity | undefined): string | undefined {
  if (quantity === undefined || !('attribute' in quantity)) return undefined
  return typeof quantity.attribute === 'string' ? quantity.attribute : undefined
}

function notSold(
  { name }: Specification,
  sold: string | undefined,
  attribute: string,
  countable: readonly string[],
): Failure {
  const known = countable.includes(attribute)
  const message = known
    ? `"${name}" is not sold by ${attribute}.`
    : `The product has no quantity attribute \`${attribute}\`.`
  if (sold === undefined) return usage('no-quantity', message, `"${name}" has no quantity.`)
  const likely = known ? undefined : suggest(attribute, countable)
  return usage('no-quantity', message, likely ? `Did you mean ${likely}?` : `It is sold by ${sold}.`)
}

/** With room for the rounding of decimal steps such as 0.1. */
const tolerance = 1e-9

function refuseOutside(flag: string, number: number, quantity: Quantity | undefined): void {
  if (quantity === undefined) return
  const { from, to, step = 1 } = quantity
  if (number < from || number > to) throw usage('bad-flag', `${flag} goes from ${from} to ${to}; ${number} is outside.`)
  const steps = step > 0 ? (number - from) / step : 0
  if (Math.abs(steps - Math.round(steps)) <= tolerance * Math.max(1, steps)) return
  throw usage('bad-flag', `${flag} goes up from ${from} in steps of ${step}; ${number} lies between two.`)
}

function termOf(
  { name, billing }: Specification,
  { from, until }: Wishes,
  now: number,
): { readonly nbf: number; readonly exp?: number } {
  const nbf = from === undefined ? now : momentOf('--from', from, 'start')
  if (until === undefined) {
    // What is bought once may last for ever; what is paid by the month may not.
    if (billing === 'buyout') return { nbf }
    return missing('--until', `"${name}" is a subscription: say on which day it ends.`)
  }
  const exp = momentOf('--until', until, 'end')
  if (exp <= nbf) throw usage('contradiction', `--until ${until} is over before the license begins.`)
  return { nbf, exp }
}

type Kind = NonNullable<Manifest['delivery']['authorization']>['kind']

/** Kinds of authorization that bind a license to something, with the flag that says to what. */
const bindings = [
  { kind: 'hardware-id', flag: '--hardware-id', wish: 'hardwareId', claim: 'hardware_id' },
  { kind: 'system-id', flag: '--system-id', wish: 'systemId', claim: 'system_id' },
] as const satisfies readonly { readonly kind: Kind; readonly [key: string]: string }[]

function boundTo(kind: Kind, wishes: Wishes): Pick<License, 'hardware_id' | 'system_id'> {
  const bound = bindings.find((each) => each.kind === kind)
  const stray = bindings.find((each) => each !== bound && wishes[each.wish] !== undefined)
  if (stray !== undefined) {
    throw usage(
      'contradiction',
      `${stray.flag} does not belong to licenses of kind ${kind}, which the manifest asks for.`,
    )
  }
  if (bound === undefined) return {}
  return { [bound.claim]: wishes[bound.wish] ?? missing(bound.flag, `The manifest binds licenses to a ${kind}.`) }
}
