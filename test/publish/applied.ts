/** Makes changes to a manifest, to prove that `changesBetween` tells all that differs. */
import { type Field, fieldAt } from '../../src/model/field.ts'
import { isMapping, itemsOf } from '../../src/model/items.ts'
import { manifestFields } from '../../src/model/manifest.ts'
import type { FieldChange } from '../../src/model/plan.ts'
import { partsOf } from '../../src/model/pointer.ts'
import { methodOf } from '../../src/model/references.ts'

/** A manifest with changes made to it: the other one of `changesBetween`. */
export function applied(before: unknown, changes: readonly FieldChange[]): unknown {
  const fields = manifestFields(methodOf(before))
  const ways = changes.map((change) => ({ change, path: partsOf(change.path) }))
  // Removals have their places in the older manifest; of a list, what stands last goes first.
  const removals = ways.filter(({ change }) => change.becomes === undefined).sort((a, b) => -inText(a.path, b.path))
  let after = before
  for (const { path } of removals) after = without(after, path)
  // The others have theirs in the newer one, so a list is put in order before anything inside it is looked for.
  const depth = ({ change, path }: (typeof ways)[number]) => 2 * path.length + (change.order ? 3 : 0)
  const others = ways.filter(({ change }) => change.becomes !== undefined)
  for (const { change, path } of others.sort((a, b) => depth(a) - depth(b) || inText(a.path, b.path))) {
    if (change.order) after = edited(after, path, (list) => ordered(list, fieldAt(fields, path), change.becomes))
    else after = put(after, path, change)
  }
  return after
}

/** Whether a path comes before another in the text; positions are compared as numbers. */
function inText(one: readonly string[], other: readonly string[]): number {
  for (const [index, part] of one.entries()) {
    const against = other[index]
    if (against === undefined) return 1
    if (part !== against) return Number(part) - Number(against) || (part < against ? -1 : 1)
  }
  return one.length - other.length
}

function edited(value: unknown, path: readonly string[], edit: (here: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return edit(value)
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? edited(each, rest, edit) : each))
  return isMapping(value) ? { ...value, [key]: edited(value[key], rest, edit) } : value
}

function without(value: unknown, path: readonly string[]): unknown {
  const key = path.at(-1)
  if (key === undefined) return undefined
  return edited(value, path.slice(0, -1), (parent) => {
    if (Array.isArray(parent)) return parent.filter((_, index) => String(index) !== key)
    return isMapping(parent) ? Object.fromEntries(Object.entries(parent).filter(([each]) => each !== key)) : parent
  })
}

function put(value: unknown, path: readonly string[], { was, becomes }: FieldChange): unknown {
  const key = path.at(-1)
  if (key === undefined) return becomes
  return edited(value, path.slice(0, -1), (parent) => {
    if (Array.isArray(parent) && was === undefined) return parent.toSpliced(Number(key), 0, becomes)
    return edited(parent, [key], () => becomes)
  })
}

function ordered(list: unknown, field: Field | undefined, names: unknown): unknown {
  const at = itemsOf(list, field)
  if (at === undefined || !Array.isArray(list) || !Array.isArray(names)) return list
  return names.flatMap((name: string) => {
    const index = at.get(name)
    return index === undefined ? [] : [list[index]]
  })
}
