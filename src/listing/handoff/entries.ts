/** The fields of a manifest as what is entered in one step of the console: fields, tables, and parts with a heading. */

import type { ConsoleField } from '../../model/console-form.ts'
import { rowOf } from '../../model/delivery-methods.ts'
import type { Field, Fields, ListField } from '../../model/field.ts'
import type { HandoffEntry, HandoffField, HandoffNote } from '../../model/handoff.ts'
import { isMapping, itemName } from '../../model/items.ts'
import { manifestFields, type Specification } from '../../model/manifest.ts'
import { pointer, valueAt } from '../../model/pointer.ts'
import { namedBy, noteOf } from './form.ts'
import { explained, fixedOf, type Keys, type Shown, shownOf, type Tools, unitOf, yearOf } from './shown.ts'
import { columnsOf, tableOf } from './tables.ts'

/** Everything of the manifest that belongs to a step, in the manifest's order. */
export function entriesFor(tools: Tools): readonly HandoffEntry[] {
  return inFields(manifestFields(tools.manifest.delivery.method), tools.manifest, [], tools)
}

function inFields(fields: Fields, value: unknown, keys: Keys, tools: Tools): readonly HandoffEntry[] {
  if (!isMapping(value)) return []
  return Object.entries(fields).flatMap(([key, field]) => {
    const at = [...keys, key]
    return Object.hasOwn(value, key) ? entriesAt(field, value[key], at, tools) : leftOut(field, at, value, tools)
  })
}

function entriesAt(field: Field, value: unknown, keys: Keys, tools: Tools): readonly HandoffEntry[] {
  if (field.kind === 'group') return inGroup(field, value, keys, tools)
  if (field.kind === 'list') return inList(field, Array.isArray(value) ? value : [], keys, tools)
  if (field.kind === 'map') {
    return Object.entries(isMapping(value) ? value : {}).flatMap(([key, each]) =>
      entriesAt({ ...field.item, title: key }, each, [...keys, key], tools),
    )
  }
  return isHere(keys, tools) ? [entered(field, value, keys, tools)] : []
}

function isHere(keys: Keys, { form, step }: Tools): boolean {
  const place = form.place(keys)
  return 'step' in place && place.step === step
}

/** Groups of the manifest itself are the steps' own parts, and get no heading of theirs. */
function inGroup(field: Field & { kind: 'group' }, value: unknown, keys: Keys, tools: Tools): readonly HandoffEntry[] {
  const entries = inFields(field.fields, value, keys, tools)
  return keys.length < 2 ? entries : partOf(field.title, keys, entries, tools)
}

function partOf(
  title: string,
  keys: Keys,
  entries: readonly HandoffEntry[],
  { form }: Tools,
  more: readonly HandoffNote[] = [],
): readonly HandoffEntry[] {
  if (entries.length === 0) return []
  const notes = [...more, ...(form.at(keys).facts ?? []).map(noteOf)]
  return [{ is: 'part', path: pointer(keys), title, notes, warnings: [], entries }]
}

function inList(field: ListField, list: readonly unknown[], keys: Keys, tools: Tools): readonly HandoffEntry[] {
  const { item } = field
  if (item.kind !== 'group') {
    return list.flatMap((each, index) =>
      entriesAt(
        { ...item, title: list.length === 1 ? item.title : `${item.title} ${index + 1}` },
        each,
        [...keys, String(index)],
        tools,
      ),
    )
  }
  const columns = tools.form.at(keys).oneByOne ? undefined : columnsOf(item.fields, list, keys, tools)
  if (columns !== undefined) return isHere(keys, tools) ? [tableOf(field, columns, list, keys, tools)] : []
  return list.flatMap((each, index) => {
    const at = [...keys, String(index)]
    const name = ownName(each) ?? itemName(each, field)
    const title = `${item.title} ${index + 1}${name === undefined ? '' : `: ${name}`}`
    const entries = inFields(item.fields, each, at, tools)
    return partOf(title, at, entries, tools, keys.length === 1 ? templateNotes(each as Specification, tools) : [])
  })
}

/** A SKU may have one beside what tells it from the others. */
function ownName(item: unknown): string | undefined {
  const name = valueAt(item, ['name'])
  return typeof name === 'string' ? name : undefined
}

/** Which template a specification is priced by. */
function templateNotes(specification: Specification, { manifest }: Tools): readonly HandoffNote[] {
  const { tiers, skus, quantity, choices } = specification
  const pricing = rowOf(manifest.delivery.method).console?.pricing
  const isCustom = [tiers, skus, quantity, choices].some((each) => each !== undefined)
  const fact = isCustom ? pricing?.custom : pricing?.simple
  return fact === undefined ? [] : [noteOf(fact)]
}

/** What the console asks for although the manifest may leave it out. */
function leftOut(field: Field, keys: Keys, around: unknown, tools: Tools): readonly HandoffEntry[] {
  if (!isHere(keys, tools)) return []
  const { otherwise, sameAs } = tools.form.at(keys)
  const stands = sameAs === undefined ? undefined : valueAt(tools.manifest, sameAs)
  const value = otherwise ?? (typeof stands === 'string' ? stands : undefined) ?? yearOf(keys, around, tools)
  if (value === undefined) return []
  const why =
    stands === undefined
      ? 'koo.yaml leaves it out; this is what that means.'
      : `koo.yaml leaves it out; ${sameAs?.join('.')} stands in.`
  const how = field.kind === 'flag' || field.kind === 'choice' ? 'choose' : 'text'
  const { notes, ...made } = fieldOf(field, undefined, keys, tools, { value, how, ...unitOf(keys, tools) })
  return [{ ...made, notes: [{ text: why }, ...notes] }]
}

function entered(field: Field, value: unknown, keys: Keys, tools: Tools): HandoffField {
  const file = tools.files.get(pointer(keys))
  const shown = shownOf(field, value, keys, tools, file)
  const { notes, ...made } = fieldOf(field, value, keys, tools, shown)
  return {
    ...made,
    ...(file === undefined ? {} : { digest: tools.digest(file.sha256) }),
    notes: [...notes, ...explained(field, value, shown.value, keys, tools)],
  }
}

function fieldOf(field: Field, value: unknown, keys: Keys, tools: Tools, shown: Shown): HandoffField {
  const { form, digest } = tools
  const path = pointer(keys)
  const said = form.said(keys)
  return {
    is: 'field',
    id: path,
    digest: digest(shown.value),
    path,
    label: labelOf(field, form.at(keys), said),
    ...namedBy(said),
    ...shown,
    notes: (said.facts ?? []).map(noteOf),
    warnings: [],
    ...fixedOf(field, value, keys, tools),
  }
}

/** An item of a list is called as the list is, with its number. */
function labelOf({ title }: Field, own: ConsoleField, said: ConsoleField): string {
  if (own.label !== undefined || said.label === undefined) return own.label ?? title
  return `${said.label}${/ \d+$/.exec(title)?.[0] ?? ''}`
}
