/** What publishing cannot change in a product that was released, and what it would change for good. */
import { type Field, fieldAt } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import type { FieldChange, PlanNote } from '../model/plan.ts'
import { partsOf, pointer, valueAt } from '../model/pointer.ts'
import { methodOf } from '../model/references.ts'
import type { ManifestData } from '../model/release.ts'
import { changesBetween } from './changes.ts'

/** Fields that the first release fixed and that are another here. */
export function fixedNotes(released: ManifestData, mine: ManifestData): readonly PlanNote[] {
  const fields = manifestFields(methodOf(released))
  return changesBetween(released, mine).flatMap((change): readonly PlanNote[] => {
    const field = fieldAt(fields, partsOf(change.path))
    if (field === undefined || !isFixed(field, change)) return []
    const { path, item } = change
    const what = `${field.title}${item === undefined ? '' : ` of ${item}`}`
    const why =
      field.fixedAfterRelease === 'free' ? 'what was released at the price of 0 keeps it' : 'it was released so'
    return [{ is: 'fixed', path, text: `${what} cannot be changed: ${why}.` }]
  })
}

function isFixed(field: Field, { was, becomes }: FieldChange): boolean {
  if (field.fixedAfterRelease === 'free') return was === 0
  if (field.fixedAfterRelease !== 'always') return false
  // A flag that is left out is not set.
  return field.kind !== 'flag' || (was ?? false) !== (becomes ?? false)
}

/** Specifications on sale that are not here any more. */
export function finalNotes(onSale: ManifestData, mine: ManifestData): readonly PlanNote[] {
  const kept = new Set(namesIn(mine))
  return namesIn(onSale).flatMap((name, index): readonly PlanNote[] => {
    if (name === undefined || kept.has(name)) return []
    const text = `${name}: removing it from sale is final; it cannot come back under this name.`
    return [{ is: 'final', path: pointer(['specifications', index]), text }]
  })
}

/** Specifications here that were on sale and were removed. */
export function removedBefore(removed: readonly string[], mine: ManifestData): readonly string[] {
  return namesIn(mine).flatMap((name) => (name !== undefined && removed.includes(name) ? [name] : []))
}

/** The names of the specifications, in their order. */
export function namesIn(manifest: ManifestData): readonly (string | undefined)[] {
  const specifications = valueAt(manifest, ['specifications'])
  if (!Array.isArray(specifications)) return []
  return specifications.map((each) => {
    const name = valueAt(each, ['name'])
    return typeof name === 'string' ? name : undefined
  })
}
