/** As much of a manifest as is of the right kind, read by the field tables, so that a page can be drawn of an unsound one. */
import type { Field, Fields } from '../model/field.ts'
import { isMapping } from '../model/items.ts'
import { type Manifest, manifestFields } from '../model/manifest.ts'
import { methodOf } from '../model/references.ts'
import type { Partly } from './listed.ts'

/**
 * What is of another kind than its field is left out, as is what no manifest has. In lists it becomes empty of its kind,
 * so that pointers still fit; only of a list of choices, which know no empty one, it is left out.
 */
export function partly(value: unknown): Partly<Manifest> {
  // The tables are what the type is made of.
  return inGroup(value, manifestFields(methodOf(value))) as Partly<Manifest>
}

function inGroup(value: unknown, fields: Fields): Readonly<Record<string, unknown>> {
  if (!isMapping(value)) return {}
  const kept = Object.entries(fields).flatMap(([key, field]) => {
    const found = Object.hasOwn(value, key) ? kind(value[key], field) : undefined
    return found === undefined ? [] : [[key, found] as const]
  })
  return Object.fromEntries(kept)
}

/** Undefined where the value is not of the field's kind. */
function kind(value: unknown, field: Field): unknown {
  switch (field.kind) {
    case 'text':
    case 'file':
      return typeof value === 'string' ? value : undefined
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined
    case 'flag':
      return typeof value === 'boolean' ? value : undefined
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.options, value) ? value : undefined
    case 'constant':
      return value === field.value ? value : undefined
    case 'list':
      return Array.isArray(value) ? inList(value, field.item) : undefined
    case 'group':
      return isMapping(value) ? inGroup(value, field.fields) : undefined
    case 'map':
      return isMapping(value) ? inMap(value, field.item) : undefined
  }
}

function inList(list: readonly unknown[], item: Field): readonly unknown[] {
  return list.map((each) => kind(each, item) ?? empty(item)).filter((each) => each !== undefined)
}

function inMap(map: Readonly<Record<string, unknown>>, item: Field): Readonly<Record<string, unknown>> {
  const kept = Object.entries(map).map(([key, each]) => [key, kind(each, item)] as const)
  return Object.fromEntries(kept.filter(([, each]) => each !== undefined))
}

function empty(field: Field): unknown {
  switch (field.kind) {
    case 'text':
    case 'file':
      return ''
    case 'number':
      return 0
    case 'flag':
      return false
    case 'list':
      return []
    case 'group':
    case 'map':
      return {}
    default:
      return undefined
  }
}
