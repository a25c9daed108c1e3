/** A small sound manifest of each delivery method, made from the samples of its fields; examples are changes to it. */
import type { DeliveryMethod } from './delivery-methods.ts'
import type { Field, Fields } from './field.ts'
import { manifestFields } from './manifest.ts'

/** As plain data. The files it names are not part of it. */
export function sampleManifest(method: DeliveryMethod): Readonly<Record<string, unknown>> {
  return groupOf(manifestFields(method), [])
}

function groupOf(fields: Fields, needs: readonly string[]): Readonly<Record<string, unknown>> {
  // Of several fields that stand for each other, the first with a start of its own.
  const needed = needs.find((key) => hasStart(fields[key])) ?? needs[0]
  const wanted = Object.entries(fields).filter(([key, field]) => key === needed || isWanted(field))
  return Object.fromEntries(wanted.map(([key, field]) => [key, startOf(field)]))
}

/** What must be there, and what `koo init` writes although it may be left out; but no optional file. */
function isWanted(field: Field): boolean {
  if (!field.optional) return true
  return (field.kind === 'text' || (field.kind === 'number' && field.placeholder === undefined)) && hasStart(field)
}

function hasStart(field: Field | undefined): boolean {
  return field !== undefined && 'initial' in field && field.initial !== undefined
}

function startOf(field: Field): unknown {
  switch (field.kind) {
    case 'constant':
      return field.value
    case 'flag':
      return true
    case 'choice':
      return Object.keys(field.options)[0]
    case 'list':
      return field.initial ?? [startOf(field.item)]
    case 'group':
      return groupOf(field.fields, field.needs ?? [])
    case 'map':
      return {}
    case 'file':
      return field.initial
    default:
      return field.sample ?? field.initial ?? field.placeholder
  }
}
