/** The places of certain fields in manifests of a method, worked out once: bulk runs ask thousands of times. */
import type { DeliveryMethod } from './delivery-methods.ts'
import type { Field } from './field.ts'
import { manifestFields } from './manifest.ts'

/** A field with the keys that lead to it; `*` stands for every position of a list. */
interface FieldPlace<F extends Field> {
  readonly path: readonly string[]
  readonly field: F
}

/** A function that finds the fields a predicate takes, in the order of the manifest. Maps are not looked into. */
export function fieldPlaces<F extends Field>(
  isWanted: (field: Field) => field is F,
): (method: DeliveryMethod | undefined) => readonly FieldPlace<F>[] {
  const known = new Map<DeliveryMethod | undefined, readonly FieldPlace<F>[]>()
  return (method) => {
    let places = known.get(method)
    if (places === undefined) {
      const fields = Object.entries(manifestFields(method))
      places = fields.flatMap(([key, field]) => placesIn(field, [key], isWanted))
      known.set(method, places)
    }
    return places
  }
}

function placesIn<F extends Field>(
  field: Field,
  path: readonly string[],
  isWanted: (field: Field) => field is F,
): readonly FieldPlace<F>[] {
  if (isWanted(field)) return [{ path, field }]
  if (field.kind === 'list') return placesIn(field.item, [...path, '*'], isWanted)
  if (field.kind !== 'group') return []
  return Object.entries(field.fields).flatMap(([key, each]) => placesIn(each, [...path, key], isWanted))
}

/**
 * Calls back for every value at a place. The keys and positions that lead to it are made when they are asked for, because
 * mostly nobody does.
 */
export function eachValueAt(
  value: unknown,
  path: readonly string[],
  found: (value: unknown, exact: () => readonly string[]) => void,
  positions: readonly number[] = [],
  from = 0,
): void {
  let here = value
  for (let index = from; index < path.length; index += 1) {
    const key = path[index] ?? ''
    if (key === '*') {
      if (!Array.isArray(here)) return
      for (let position = 0; position < here.length; position += 1) {
        eachValueAt(here[position], path, found, [...positions, position], index + 1)
      }
      return
    }
    if (typeof here !== 'object' || here === null) return
    // A plain look, because no field has the name of something every object has.
    here = (here as Readonly<Record<string, unknown>>)[key]
    if (here === undefined) return
  }
  found(here, () => exactPath(path, positions))
}

function exactPath(path: readonly string[], positions: readonly number[]): readonly string[] {
  let next = 0
  return path.map((key) => (key === '*' ? String(positions[next++]) : key))
}
