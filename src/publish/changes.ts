/** What differs between two manifests, field by field; items of lists are known by what tells them apart. */
import { canonical } from '../model/content-digest.ts'
import { type Field, type Fields, fieldAt } from '../model/field.ts'
import { fieldBelow, isMapping, itemsOf, rootOf } from '../model/items.ts'
import { manifestFields } from '../model/manifest.ts'
import type { FieldChange } from '../model/plan.ts'
import { partsOf, pointer } from '../model/pointer.ts'
import { methodOf } from '../model/references.ts'

/** A key, or an item of a list by what tells it from the others. */
export type Step = string | { readonly item: string }

/** A change with the way to it, which leads to the same field in any version of the manifest. */
export interface Difference extends FieldChange {
  readonly steps: readonly Step[]
}

/** A place in both manifests. */
interface Place {
  readonly older: readonly string[]
  readonly newer: readonly string[]
  readonly steps: readonly Step[]
  readonly field: Field | undefined
  readonly item?: string
}

type Mapping = Readonly<Record<string, unknown>>

export function changesBetween(before: unknown, after: unknown): readonly FieldChange[] {
  return differences(before, after).map(({ steps: _, ...change }) => change)
}

export function differences(before: unknown, after: unknown): readonly Difference[] {
  return inside(before, after, { older: [], newer: [], steps: [], field: rootOf(before) })
}

export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && canonical(one) === canonical(other))
}

function inside(before: unknown, after: unknown, place: Place): readonly Difference[] {
  if (isSame(before, after)) return []
  if (isMapping(before) && isMapping(after)) return inMapping(before, after, place)
  const [old, fresh] = [itemsOf(before, place.field), itemsOf(after, place.field)]
  if (old !== undefined && fresh !== undefined) {
    return inItems(
      { list: before as readonly unknown[], at: old },
      { list: after as readonly unknown[], at: fresh },
      place,
    )
  }
  return [changeAt(place, before, after)]
}

function changeAt({ older, newer, steps, item }: Place, was: unknown, becomes: unknown): Difference {
  return {
    path: pointer(becomes === undefined ? older : newer),
    ...(was === undefined ? {} : { was }),
    ...(becomes === undefined ? {} : { becomes }),
    ...(item === undefined ? {} : { item }),
    steps,
  }
}

function inMapping(before: Mapping, after: Mapping, place: Place): readonly Difference[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...keys].flatMap((key) =>
    inside(own(before, key), own(after, key), {
      ...place,
      older: [...place.older, key],
      newer: [...place.newer, key],
      steps: [...place.steps, key],
      field: fieldBelow(place.field, key),
    }),
  )
}

function own(value: Mapping, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

interface Items {
  readonly list: readonly unknown[]
  readonly at: ReadonlyMap<string, number>
}

function inItems(before: Items, after: Items, place: Place): readonly Difference[] {
  const names = new Set([...after.at.keys(), ...before.at.keys()])
  const found = [...names].flatMap((item) => {
    const [old, fresh] = [before.at.get(item) ?? -1, after.at.get(item) ?? -1]
    return inside(before.list[old], after.list[fresh], {
      older: [...place.older, String(old)],
      newer: [...place.newer, String(fresh)],
      steps: [...place.steps, { item }],
      field: fieldBelow(place.field, item),
      item,
    })
  })
  const [was, becomes] = [[...before.at.keys()], [...after.at.keys()]]
  if (isSameOrder(was, becomes)) return found
  return [...found, { ...changeAt(place, was, becomes), order: true }]
}

/** Whether what both have stands in the same order. */
export function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  const [here, there] = [new Set(one), new Set(other)]
  return isSame(
    one.filter((each) => there.has(each)),
    other.filter((each) => here.has(each)),
  )
}

/** The value a way leads to, in any version of the manifest; undefined where it has nothing there. */
export function valueOn(manifest: unknown, steps: readonly Step[]): unknown {
  let here = manifest
  let field: Field | undefined = rootOf(manifest)
  for (const step of steps) {
    if (typeof step === 'string') {
      here = isMapping(here) ? own(here, step) : undefined
      field = fieldBelow(field, step)
    } else {
      const index = itemsOf(here, field)?.get(step.item)
      here = index === undefined ? undefined : (here as readonly unknown[])[index]
      field = fieldBelow(field, step.item)
    }
  }
  return here
}

/** The pointer a way is in one version of the manifest; undefined where that has nothing there. */
export function pathOn(manifest: unknown, steps: readonly Step[]): string | undefined {
  const parts: string[] = []
  let here = manifest
  let field: Field | undefined = rootOf(manifest)
  for (const step of steps) {
    const key = typeof step === 'string' ? step : String(itemsOf(here, field)?.get(step.item))
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Mapping)[key]
    field = fieldBelow(field, typeof step === 'string' ? key : step.item)
    parts.push(key)
  }
  return pointer(parts)
}

/** What was added as a whole, as additions of what is in it. */
export function finer({ path, steps, becomes, item }: Difference, manifest: unknown): readonly Difference[] {
  const parts = partsOf(path)
  const field = fieldAt(fieldsOf(manifest), keysOf(steps))
  const place = { older: parts, newer: parts, steps, field, ...(item === undefined ? {} : { item }) }
  return inside(isMapping(becomes) ? {} : [], becomes, place)
}

/** A way as `fieldAt` takes it: any position stands for an item. */
function keysOf(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => (typeof step === 'string' ? step : '0'))
}

/** The names of the items of the list a way leads to, in their order. */
export function namesOn(manifest: unknown, steps: readonly Step[]): readonly string[] {
  const field = fieldAt(fieldsOf(manifest), keysOf(steps))
  return [...(itemsOf(valueOn(manifest, steps), field)?.keys() ?? [])]
}

function fieldsOf(manifest: unknown): Fields {
  return manifestFields(methodOf(manifest))
}
