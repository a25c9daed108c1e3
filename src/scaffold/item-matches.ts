/** Which items of a list are which of another version of it, so that each keeps what belongs to it. */
import { canonical } from '../model/content-digest.ts'

/** Keys by which an item says who it is, wherever they occur; all there are count together. */
const names = ['name', 'code', 'region', 'id'] as const

/** For each item of `after` its index in `before`, or undefined for one that is new. */
export function itemMatches(before: readonly unknown[], after: readonly unknown[]): readonly (number | undefined)[] {
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
  match(identityOf)
  // What is left at its old position is most likely the same, changed.
  for (const index of after.keys()) {
    if (found[index] !== undefined || !free.has(index) || kindOf(before[index]) !== kindOf(after[index])) continue
    if (
      identityOf(before[index]) !== undefined &&
      identityOf(after[index]) !== undefined &&
      after.length !== before.length
    )
      continue
    found[index] = index
    free.delete(index)
  }
  return found
}

function identityOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const fields = item as Readonly<Record<string, unknown>>
  const said = names.filter((name) => typeof fields[name] === 'string')
  return said.length === 0 ? undefined : canonical(said.map((name) => [name, fields[name]]))
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
}
