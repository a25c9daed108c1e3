/** The fields of a manifest as its data have them, and the items of its lists by what tells them apart. */
import { canonical } from './content-digest.ts'
import type { Field } from './field.ts'
import { manifestFields } from './manifest.ts'
import { methodOf } from './references.ts'

type Mapping = Readonly<Record<string, unknown>>

/** The whole manifest as a field; the delivery method decides what is in it. */
export function rootOf(manifest: unknown): Field {
  return { kind: 'group', title: '', about: '', fields: manifestFields(methodOf(manifest)) }
}

/** The field below a field; undefined for what no manifest has. */
export function fieldBelow(field: Field | undefined, key: string): Field | undefined {
  if (field?.kind === 'list' || field?.kind === 'map') return field.item
  return field?.kind === 'group' && Object.hasOwn(field.fields, key) ? field.fields[key] : undefined
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The items of a list by what tells them apart, in their order; undefined where the list is none, its items have
 * nothing of the kind, or two have the same.
 */
export function itemsOf(list: unknown, field: Field | undefined): ReadonlyMap<string, number> | undefined {
  if (!Array.isArray(list) || field?.kind !== 'list' || field.identity === undefined) return undefined
  const found = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const name = itemName(item, field)
    if (name === undefined || found.has(name)) return undefined
    found.set(name, index)
  }
  return found
}

/** What tells an item of a list from the others; undefined where it has nothing of the kind. */
export function itemName(item: unknown, list: Field | undefined): string | undefined {
  const identity = list?.kind === 'list' ? list.identity : undefined
  if (identity === undefined || !isMapping(item) || !identity.every((key) => Object.hasOwn(item, key))) return undefined
  return identity.map((key) => wordsOf(item[key])).join(' ')
}

function wordsOf(value: unknown): string {
  if (!isMapping(value)) return typeof value === 'string' ? value : canonical(value)
  const keys = Object.keys(value).sort()
  return keys.map((key) => wordsOf(value[key])).join(', ')
}
