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

/** Where the list of all changes says more of one. */
export function changeId(index: number): string {
  return `change-${index + 1}`
}

/** The remarks on the page of what is live, and on that of what is here. */
export function changeRemarks(
  { changes, files }: Pick<Comparison, 'changes' | 'files'>,
  live: ListedProduct,
  here: ListedProduct,
): { readonly live: readonly Remark[]; readonly here: readonly Remark[] } {
  const on = (side: 'live' | 'here', { manifest }: ListedProduct): readonly Remark[] => [
    ...changes.flatMap((change, index) => {
      const path = change[side]
      return path === undefined ? [] : [remarkOf(change, { side, path, index, manifest })]
    }),
    ...fileRemarks(files, manifest, changes.length),
  ]
  return { live: on('live', live), here: on('here', here) }
}

interface At {
  readonly side: 'live' | 'here'
  readonly path: string
  /** Of the change among all. */
  readonly index: number
  readonly manifest: unknown
}

/** Names the field, because the remark may stand in a list, or below something that has several. */
function remarkOf(change: ComparedChange, { side, path, index, manifest }: At): Remark {
  const is = kindOf(change)
  const said = (what: string) => ({ path, is, message: `${fieldWords(path, manifest)}: ${what}` })
  if (is === 'added') return said('not live yet.')
  if (is === 'removed') return said('will be gone.')
  const other = valueText(side === 'live' ? change.becomes : change.was)
  if (!change.order && other.length <= longestSaid && !other.includes('\n')) {
    return said(`${side === 'live' ? 'becomes' : 'was'} ${other === '' ? 'empty' : other}`)
  }
  return { ...said(change.order ? 'in another order.' : 'another text.'), more: moreOf(index) }
}

function moreOf(index: number): NonNullable<Remark['more']> {
  return { href: `#${changeId(index)}`, words: 'What changes' }
}

function fileRemarks(files: readonly FileChange[], manifest: unknown, before: number): readonly Remark[] {
  const changed = new Map(
    files.flatMap((each, index) => (kindOf(each) === 'changed' ? [[each.path, before + index] as const] : [])),
  )
  return fileReferences(manifest).flatMap(({ file, path: parts }) => {
    const index = changed.get(file)
    if (index === undefined) return []
    const path = pointer(parts)
    const message = `${fieldWords(path, manifest)}: another file of the same name.`
    return [{ path, is: 'changed' as const, message, more: moreOf(index) }]
  })
}

/** As in "Specifications › Team › Price"; what is in `product`, as nearly all is, need not say so. */
function fieldWords(path: string, manifest: unknown): string {
  const words = placeWords(path, manifest)
  const isOfProduct = words.length > 1 && partsOf(path)[0] === 'product'
  return words.slice(isOfProduct ? 1 : 0).join(' › ') || 'The whole manifest'
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
