/** Manifests sound and unsound, made from the examples by one change each, with what is known of them beforehand. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import {
  type Billing,
  billings,
  type DeliveryMethod,
  type Deployment,
  deliveryMethodIds,
  deployments,
  rowOf,
} from '../../src/model/delivery-methods.ts'
import { fieldAt } from '../../src/model/field.ts'
import { manifestFields } from '../../src/model/manifest.ts'
import { pointer, valueAt } from '../../src/model/pointer.ts'
import { forms, numbers } from './forms.ts'

type Json = null | boolean | number | string | readonly Json[] | Mapping
interface Mapping {
  readonly [key: string]: Json
}
type Path = readonly string[]

export interface Variant {
  readonly method: DeliveryMethod
  /** Names the variant where a test fails. */
  readonly says: string
  readonly text: string
  /** Known beforehand: whether it is a manifest. */
  readonly sound?: boolean
  /** Holds one mistake at most, and this is where koo should find it. */
  readonly at?: string
}

type Known = Pick<Variant, 'sound' | 'at'>

export async function variantsOf(method: DeliveryMethod): Promise<readonly Variant[]> {
  const example = await exampleOf(method)
  const strangers = await Promise.all(deliveryMethodIds.filter((id) => id !== method).map(exampleOf))
  const made: Variant[] = []
  const add = (says: string, value: Json, known: Known = {}): void => {
    made.push({ method, says: `${method}: ${says}`, text: JSON.stringify(value), ...known })
  }
  add('the example', example, { sound: true })
  tableVariants(method, example, add)
  deliveryVariants(method, example, strangers, add)
  for (const path of pathsOf(example)) {
    removal(method, example, path, add)
    wrongTypes(example, path, add)
    surplusKeys(example, path, add)
  }
  formVariants(method, example, add)
  return [...made, ...numberVariants(method, example)]
}

export async function exampleOf(method: DeliveryMethod): Promise<Mapping> {
  return parse(await readFile(new URL(`../../examples/${method}/koo.yaml`, import.meta.url), 'utf8'))
}

type Add = (says: string, value: Json, known?: Known) => void

/** Every billing mode with every set of deployment locations; the verdict is the table's alone. */
function tableVariants(method: DeliveryMethod, example: Mapping, add: Add): void {
  const row = rowOf(method)
  for (const billing of [undefined, ...(Object.keys(billings) as Billing[])]) {
    const offered = billing === undefined ? row.billing.length === 0 : row.billing.includes(billing)
    for (const deployment of [undefined, ...subsets(Object.keys(deployments) as Deployment[])]) {
      const runs =
        deployment === undefined
          ? row.deployment.length < 2
          : deployment.length > 0 && deployment.every((each) => row.deployment.includes(each))
      const priced = withValue(example, ['specifications'], billing && specifications(example, billing))
      const value = withValue(priced, ['delivery', 'deployment'], deployment)
      const says = `billing ${billing ?? 'left out'}, deployment ${deployment?.join(' and ') ?? 'left out'}`
      add(says, value, { sound: offered && runs })
    }
  }
}

function specifications(example: Mapping, billing: Billing): readonly Json[] {
  const own = example.specifications ?? [{ name: 'Standard', price: 59 }]
  return Array.isArray(own) ? own.map((each) => withValue(each, ['billing'], billing)) : []
}

function subsets<Item>([first, ...rest]: readonly Item[]): readonly (readonly Item[])[] {
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((each) => [each, [first, ...each]])
}

/** The fields of other methods, and methods there are not. */
function deliveryVariants(method: DeliveryMethod, example: Mapping, strangers: readonly Mapping[], add: Add): void {
  const known = manifestFields(method)
  for (const stranger of strangers) {
    for (const path of pathsOf(stranger)) {
      const parent = path.slice(0, -1)
      if (valueAt(example, path) !== undefined || !isMapping(valueAt(example, parent))) continue
      const at = pointer(path)
      const value = withValue(example, path, jsonAt(stranger, path) ?? null)
      if (fieldAt(known, path) === undefined) add(`with the ${at} of another`, value, { sound: false, at })
    }
  }
  const at = '/delivery/method'
  for (const id of [
    'carrier-pigeon',
    `${method}s`,
    method.toUpperCase(),
    rowOf(method).title,
    '',
    'toString',
    '__proto__',
  ]) {
    add(`method ${id}`, withValue(example, ['delivery', 'method'], id), { sound: false, at })
  }
  add('an empty mapping', {}, { sound: false })
  add('twice the same highlight', withValue(example, ['product', 'highlights'], ['Fast', 'Cheap', 'Fast']), {
    sound: false,
    at: '/product/highlights/2',
  })
  add('an empty documents', withValue(example, ['documents'], {}), { sound: true })
  add('a price beside the specifications', withValue(example, ['price'], 12), { sound: false, at: '/price' })
  const image = jsonAt(example, ['delivery', 'images', '0'])
  if (!isMapping(image)) return
  const turned = Object.fromEntries(Object.entries(image).reverse())
  add('twice the same image', withValue(example, ['delivery', 'images'], [image, turned]), {
    sound: false,
    at: '/delivery/images/1',
  })
}

function removal(method: DeliveryMethod, example: Mapping, path: Path, add: Add): void {
  const key = path.at(-1)
  if (key === undefined) return
  const at = pointer(path)
  const field = fieldAt(manifestFields(method), path)
  const left = withValue(example, path, undefined)
  if (Array.isArray(valueAt(example, path.slice(0, -1)))) {
    add(`without ${at}`, left)
    return
  }
  const parent = fieldAt(manifestFields(method), path.slice(0, -1))
  // The examples have one of several fields that are needed, never two.
  const needed = parent?.kind === 'group' && parent.needs?.includes(key) === true
  add(`without ${at}`, left, field?.optional && !needed ? { sound: true } : { sound: false, at })
  const wrong = [...path.slice(0, -1), `${key}${key.at(-1)}`]
  add(`${at} misspelt`, withValue(left, wrong, jsonAt(example, path) ?? null), {
    sound: false,
    at: pointer(wrong),
  })
}

function wrongTypes(example: Mapping, path: Path, add: Add): void {
  const at = pointer(path)
  const old = valueAt(example, path)
  for (const value of [12.5, 'text', null, true, [], {}, ['text'], [{}]] as const) {
    const says = `${at} as ${JSON.stringify(value)}`
    const changed = withValue(example, path, value)
    if (typeOf(value) !== typeOf(old)) add(says, changed, { sound: false, at })
    // Another text or number may have the right form or not; the inside of another list or mapping has its own mistakes.
    else if (typeof value === 'object') add(says, changed)
    else add(says, changed, { at })
  }
}

function surplusKeys(example: Mapping, path: Path, add: Add): void {
  if (!isMapping(valueAt(example, path))) return
  for (const key of ['surplus', 'x-note', 'a/b~c', '', '__proto__', 'constructor']) {
    const here = [...path, key]
    const at = pointer(here)
    add(`with ${at}`, withValue(example, here, 'surplus'), { sound: false, at })
  }
}

function formVariants(method: DeliveryMethod, example: Mapping, add: Add): void {
  for (const { path, good, bad } of forms) {
    if (!hasPlace(method, example, path)) continue
    const at = pointer(path)
    const says = (text: string) => `${at} as ${JSON.stringify(text)}`
    for (const text of good) add(says(text), withValue(example, path, text), { sound: true })
    for (const text of bad) add(says(text), withValue(example, path, text), { sound: false, at })
  }
}

function numberVariants(method: DeliveryMethod, example: Mapping): readonly Variant[] {
  return numbers.flatMap(({ path, good, bad }) => {
    if (!hasPlace(method, example, path)) return []
    const at = pointer(path)
    const mark = '"the number"'
    const whole = JSON.stringify(withValue(example, path, JSON.parse(mark)))
    const variant = (written: string) => ({
      method,
      says: `${method}: ${at} as ${written}`,
      text: whole.replace(mark, written),
    })
    return [
      ...good.map((written) => ({ ...variant(written), sound: true })),
      ...bad.map((written) => ({ ...variant(written), sound: false, at })),
    ]
  })
}

function hasPlace(method: DeliveryMethod, example: Mapping, path: Path): boolean {
  return fieldAt(manifestFields(method), path) !== undefined && valueAt(example, path.slice(0, -1)) !== undefined
}

/** Every path of a value, its own first. */
function pathsOf(value: Json | undefined, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inside]) => pathsOf(inside, [...path, key]))]
}

/** With another value at a path; undefined takes the key away. */
function withValue(value: Json, [key, ...rest]: Path, next: Json | undefined): Json {
  if (key === undefined) return next ?? null
  const inside = jsonAt(value, [key])
  const put = rest.length === 0 ? next : withValue(inside ?? {}, rest, next)
  if (Array.isArray(value)) {
    return value.flatMap((each: Json, index) => (String(index) !== key ? [each] : put === undefined ? [] : [put]))
  }
  const others = Object.entries(value as Mapping).filter(([each]) => each !== key)
  return Object.fromEntries(put === undefined ? others : [...others, [key, put]])
}

function jsonAt(value: Json, path: Path): Json | undefined {
  return valueAt(value, path) as Json | undefined
}

function isMapping(value: unknown): value is Mapping {
  return typeOf(value) === 'mapping'
}

function typeOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' ? 'mapping' : typeof value
}
