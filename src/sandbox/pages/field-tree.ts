/** A manifest as its fields, in the order of the tables, with what is said of each. */
import type { Field } from '../../model/field.ts'
import { fieldBelow, isMapping, itemName, rootOf } from '../../model/items.ts'
import { partsOf, pointer, valueAt } from '../../model/pointer.ts'
import type { ManifestData } from '../../model/release.ts'

export interface FieldNode {
  readonly path: string
  /** An `id` for the place on the page. */
  readonly id: string
  readonly title: string
  readonly field: Field | undefined
  readonly value: unknown
  /** Of a group, or of a list whose items have fields of their own. */
  readonly below: readonly FieldNode[]
}

/** The top-level fields; those that are not in the manifest are left out. */
export function fieldTree(manifest: ManifestData): readonly FieldNode[] {
  let count = 0
  const node = (parts: readonly string[], value: unknown, field: Field | undefined, title: string): FieldNode => {
    count += 1
    const id = `field-${count}`
    return { path: pointer(parts), id, title, field, value, below: below(parts, value, field) }
  }
  const below = (parts: readonly string[], value: unknown, field: Field | undefined): readonly FieldNode[] => {
    if (Array.isArray(value)) {
      // A list of plain texts is read at once; what is wrong with one of them has a place all the same.
      return value.map((item: unknown, index) => {
        const inner = fieldBelow(field, String(index))
        const name = itemName(item, field)
        const title = `${inner?.title ?? 'Item'} ${index + 1}${name === undefined ? '' : `: ${name}`}`
        return node([...parts, String(index)], item, inner, title)
      })
    }
    if (!isMapping(value)) return []
    return keysOf(value, field).map((key) => {
      const inner = fieldBelow(field, key)
      return node([...parts, key], value[key], inner, field?.kind === 'map' ? key : (inner?.title ?? key))
    })
  }
  return below([], manifest, rootOf(manifest))
}

/** In the order of the tables, then what they do not know. */
function keysOf(value: Readonly<Record<string, unknown>>, field: Field | undefined): readonly string[] {
  const known = field?.kind === 'group' ? Object.keys(field.fields) : []
  return [
    ...known.filter((key) => Object.hasOwn(value, key)),
    ...Object.keys(value).filter((key) => !known.includes(key)),
  ]
}

export function allNodes(nodes: readonly FieldNode[]): readonly FieldNode[] {
  return nodes.flatMap((each) => [each, ...allNodes(each.below)])
}

/** Each at the field it speaks of, or at the nearest one above that is there; by path, the whole product as ''. */
export function placed<T extends { readonly path: string }>(
  said: readonly T[],
  nodes: readonly FieldNode[],
): ReadonlyMap<string, readonly T[]> {
  const paths = new Set(allNodes(nodes).map(({ path }) => path))
  const found = new Map<string, T[]>()
  for (const each of said) {
    const parts = [...partsOf(each.path)]
    while (parts.length > 0 && !paths.has(pointer(parts))) parts.pop()
    const path = pointer(parts)
    found.set(path, [...(found.get(path) ?? []), each])
  }
  return found
}

/** Titles from the top down, as in "Specifications › Specification 1: Team › Price". */
export function titlesAt(manifest: ManifestData, path: string): string {
  const parts = partsOf(path)
  const titles: string[] = []
  let field: Field | undefined = rootOf(manifest)
  for (const [index, part] of parts.entries()) {
    const name = itemName(valueAt(manifest, parts.slice(0, index + 1)), field)
    const inner: Field | undefined = fieldBelow(field, part)
    titles.push(
      field?.kind === 'list' ? (name ?? `${inner?.title ?? 'Item'} ${Number(part) + 1}`) : (inner?.title ?? part),
    )
    field = inner
  }
  return titles.join(' › ') || 'The whole product'
}
