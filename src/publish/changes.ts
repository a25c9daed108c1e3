/** What differs between two manifests, field by field. */
import { canonical } from '../model/content-digest.ts'
import type { FieldChange } from '../model/plan.ts'
import { pointer } from '../model/pointer.ts'

export function changesBetween(before: unknown, after: unknown): readonly FieldChange[] {
  return differing(before, after, [])
}

function differing(before: unknown, after: unknown, path: readonly string[]): readonly FieldChange[] {
  if (isSame(before, after)) return []
  if (!isMapping(before) || !isMapping(after)) {
    const was = before === undefined ? {} : { was: before }
    return [{ path: pointer(path), ...was, ...(after === undefined ? {} : { becomes: after }) }]
  }
  const keys = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...keys].flatMap((key) => differing(before[key], after[key], [...path, key]))
}

export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && canonical(one) === canonical(other))
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
