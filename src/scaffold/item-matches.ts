/** Which items of a list are which of another version of it, so that each keeps what belongs to it. */
import { canonical } from '../model/content-digest.ts'
import type { Field } from '../model/field.ts'
import { itemName } from '../model/items.ts'

/** For each item of `after` its index in `before`, or undefined for one that is new. */
export function itemMatches(
  before: readonly unknown[],
  after: readonly unknown[],
  list: Field | undefined,
): readonly (number | undefined)[] {
  const nameOf = (item: unknown): string | undefined => itemName(item, list)
  const free = new Set(before.keys())
  const found: (number | undefined)[] = after.map(() => undefined)
  const match = (identity: (item: unknown) => string | undefined): void => {
    const owners = new Map<string, number[]>()
    for (const index of free) {
      const word = identity(before[index])
      if (word !== undefined) owners.set(word, [...(owners.get(word) ?? []), index])
    }
    for (const [index, item] of after.entries()) {
      const word = found[index] === undefined ? identity(item) : undefined
      const owner = word === undefined ? undefined : owners.get(word)?.shift()
      if (owner === undefined) continue
      found[index] = owner
      free.delete(owner)
    }
  }
  match(canonical)
  match(nameOf)
  // What is left at its old position is most likely the same, changed.
  for (const index of after.keys()) {
    if (found[index] !== undefined || !free.has(index) || kindOf(before[index]) !== kindOf(after[index])) continue
    if (nameOf(before[index]) !== undefined && nameOf(after[index]) !== undefined && after.length !== before.length)
      continue
    found[index] = index
    free.delete(index)
  }
  return found
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
}
