/** What is live of a product beside what is here: how they differ, as words and as remarks on both pages. */
import type { Field } from '../model/field.ts'
import { fieldBelow, itemName, rootOf } from '../model/items.ts'
import type { FieldChange, FileChange } from '../model/plan.ts'
import { partsOf, pointer, valueAt } from '../model/pointer.ts'
import { fileReferences } from '../model/references.ts'
import type { ProductState } from '../model/release.ts'
import type { ListedProduct, Remark } from './listed.ts'

/** A field that is another in both, with its pointer in each that has it. */
export interface ComparedChange extends FieldChange {
  readonly live?: string
  readonly here?: string
}

export interface Comparison {
  /** As it is shown. */
  readonly marketplace: string
  /** Left out where the marketplace has no such product, or could not be asked. */
  readonly live?: { readonly version: string; readonly state: ProductState; readonly product: ListedProduct }
  readonly changes: readonly ComparedChange[]
  readonly files: readonly FileChange[]
  /** Files that were not compared: too large, or nobody can tell what they are. */
  readonly uncompared: readonly string[]
  /** Why nothing could be compared, as a sentence without its full stop. */
  readonly trouble?: string
}

export type ChangeKind = 'added' | 'changed' | 'removed'

export function kindOf({ was, becomes }: { readonly was?: unknown; readonly becomes?: unknown }): ChangeKind {
  if (was === undefined) return 'added'
  return becomes === undefined ? 'removed' : 'changed'
}

const longestSaid = 60

/** The remarks on the page of what is live, and on that of what is here. */
export function changeRemarks(
  { changes, files }: Pick<Comparison, 'changes' | 'files'>,
  live: ListedProduct,
  here: ListedProduct,
): { readonly live: readonly Remark[]; readonly here: readonly Remark[] } {
  const [inLive, inHere] = [fileRemarks(files, live), fileRemarks(files, here)]
  return {
    live: [...changes.flatMap((each) => remarkAt(each.live, each, 'live')), ...inLive],
    here: [...changes.flatMap((each) => remarkAt(each.here, each, 'here')), ...inHere],
  }
}

function remarkAt(path: string | undefined, change: ComparedChange, side: 'live' | 'here'): readonly Remark[] {
  return path === undefined ? [] : [{ path, is: kindOf(change), message: sentence(change, side) }]
}

function sentence(change: ComparedChange, side: 'live' | 'here'): string {
  const kind = kindOf(change)
  if (kind === 'added') return 'Not live yet.'
  if (kind === 'removed') return 'Will be gone.'
  if (change.order) return 'In another order.'
  const other = valueText(side === 'live' ? change.becomes : change.was)
  if (other.length > longestSaid || other.includes('\n')) return 'The list of changes says how.'
  return side === 'live' ? `Becomes: ${other}` : `Was: ${other}`
}

function fileRemarks(files: readonly FileChange[], { manifest }: ListedProduct): readonly Remark[] {
  const other = new Set(files.filter((each) => kindOf(each) === 'changed').map(({ path }) => path))
  return fileReferences(manifest)
    .filter(({ file }) => other.has(file))
    .map(({ path }) => ({ path: pointer(path), is: 'changed' as const, message: 'Another file of the same name.' }))
}

/** A place in words: the titles of the fields that lead there, and the names of items. */
export function placeWords(path: string, manifest: unknown): readonly string[] {
  const parts = partsOf(path)
  let field: Field | undefined = rootOf(manifest)
  return parts.map((part, index) => {
    const list = field
    field = fieldBelow(field, part)
    if (list?.kind !== 'list') return field?.title ?? part
    return itemName(valueAt(manifest, parts.slice(0, index + 1)), list) ?? `${list.item.title} ${Number(part) + 1}`
  })
}

/** A value as a person reads it. */
export function valueText(value: unknown): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${typeof each === 'object' ? `(${valueText(each)})` : valueText(each)}`)
    .join(', ')
}
