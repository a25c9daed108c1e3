/** A manifest with every field a delivery method has, each with a value that occurs nowhere else. */
import type { DeliveryMethod } from '../../src/model/delivery-methods.ts'
import type { Field } from '../../src/model/field.ts'
import { type Manifest, manifestFields } from '../../src/model/manifest.ts'

/** Its shape is right; what it says makes no sense, and need not. */
export function fullManifest(method: DeliveryMethod): Manifest {
  let number = 1000
  const made = (field: Field, path: string): unknown => {
    switch (field.kind) {
      case 'constant':
        return field.value
      case 'flag':
        return true
      case 'choice':
        return Object.keys(field.options).at(-1)
      case 'number':
        number += 1
        return number
      case 'file':
        return `the/${path}${field.role === 'archive' ? '.tar.gz' : '.pdf'}`
      case 'text':
        return field.long ? `text of ${path}\nin <two> lines\n` : `text of ${path}`
      case 'map':
        return { storage: made(field.item, `${path}.storage`), users: made(field.item, `${path}.users`) }
      case 'list':
        return [0, 1].map((index) => made(field.item, `${path}.${index}`))
      case 'group':
        return groupOf(field.fields, path)
    }
  }
  const groupOf = (fields: Readonly<Record<string, Field>>, path: string) =>
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, made(field, `${path}.${key}`)]))
  return groupOf(manifestFields(method), '') as unknown as Manifest
}

export interface Leaf {
  /** JSON Pointer. */
  readonly path: string
  readonly value: string
}

/** Every value that is neither a list nor a mapping. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value: String(value) }]
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, `${path}/${key}`))
}
