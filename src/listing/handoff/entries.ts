/** The fields of a manifest as what is entered in one step of the console: fields, tables, and parts with a heading. */

import type { ConsoleField, ConsoleStep } from '../../model/console-form.ts'
import { billings, rowOf } from '../../model/delivery-methods.ts'
import type { Field, Fields, ListField } from '../../model/field.ts'
import type { HandoffEntry, HandoffField, HandoffNote, HandoffTable } from '../../model/handoff.ts'
import { fieldBelow, isMapping, itemName } from '../../model/items.ts'
import { type Manifest, manifestFields, type Specification } from '../../model/manifest.ts'
import { pointer, valueAt } from '../../model/pointer.ts'
import { type Form, namedBy, noteOf } from './form.ts'
import type { HandedFile } from './handoff.ts'
import { charactersText, fileSize } from './sizes.ts'

/** What making entries needs beside the place in the manifest. */
export interface Tools {
  readonly manifest: Manifest
  readonly form: Form
  readonly step: ConsoleStep
  /** By the JSON Pointer of the field. */
  readonly files: ReadonlyMap<string, HandedFile>
  readonly digest: (text: string) => string
}

type Keys = readonly string[]

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
  const columns = tools.form.at(keys).oneByOne ? undefined : columnsOf(item.fields, list)
  if (columns !== undefined) return isHere(keys, tools) ? [tableOf(field, columns, list, keys, tools)] : []
  return list.flatMap((each, index) => {
    const at = [...keys, String(index)]
    const name = itemName(each, field)
    const title = `${item.title} ${index + 1}${name === undefined ? '' : `: ${name}`}`
    const entries = inFields(item.fields, each, at, tools)
    return partOf(title, at, entries, tools, keys.length === 1 ? templateNotes(each as Specification, tools) : [])
  })
}

/** Ways to the values of a table, or nothing where an item holds more than single words and numbers. */
function columnsOf(fields: Fields, list: readonly unknown[]): readonly Keys[] | undefined {
  const columns: Keys[] = []
  for (const [key, field] of Object.entries(fields)) {
    const values = list.map((each) => valueAt(each, [key])).filter((each) => each !== undefined)
    if (values.length === 0) continue
    if (field.kind === 'map') {
      const names = new Set(values.flatMap((each) => Object.keys(isMapping(each) ? each : {})))
      columns.push(...[...names].map((name) => [key, name]))
    } else if (field.kind === 'list' || field.kind === 'group' || field.kind === 'file') return undefined
    else if (field.kind === 'text' && field.long) return undefined
    else columns.push([key])
  }
  return columns
}

function tableOf(
  field: ListField,
  columns: readonly Keys[],
  list: readonly unknown[],
  keys: Keys,
  { form, digest }: Tools,
): HandoffTable {
  const head = columns.map((way) => {
    const own = form.at([...keys, '0', ...way])
    const title = fieldBelow(field.item, way[0] ?? '')?.title ?? ''
    return { label: way[1] ?? own.label ?? title, ...namedBy(own) }
  })
  const rows = list.map((each, index) => {
    const at = [...keys, String(index)]
    const cells = columns.map((way) => {
      const value = valueAt(each, way)
      return value === undefined ? undefined : { path: pointer([...at, ...way]), value: String(value) }
    })
    return { id: pointer(at), digest: digest(JSON.stringify(cells.map((cell) => cell?.value))), cells }
  })
  const named = form.at(keys)
  const inside = columns.flatMap((way) => form.at([...keys, '0', ...way]).facts ?? [])
  const notes = [...(named.facts ?? []), ...inside].map(noteOf)
  const title = named.label ?? field.title
  const about = { path: pointer(keys), title, ...namedBy(named) }
  return { is: 'table', ...about, columns: head, rows, notes, warnings: [] }
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
  const value = otherwise ?? (typeof stands === 'string' ? stands : undefined) ?? yearOf(keys, around)
  if (value === undefined) return []
  const why =
    stands === undefined
      ? 'koo.yaml leaves it out; this is what that means.'
      : `koo.yaml leaves it out; ${sameAs?.join('.')} stands in.`
  const { written: _, ...made } = entered({ ...field, kind: 'text' } as Field, value, keys, tools)
  return [{ ...made, how: otherwise === undefined ? 'text' : 'choose', notes: [{ text: why }, ...made.notes] }]
}

/** A year costs twelve months where nothing else is said. */
function yearOf(keys: Keys, specification: unknown): string | undefined {
  const { billing, price } = specification as Specification
  if (keys.at(-1) !== 'yearlyPrice' || billing !== 'yearly-monthly' || price === undefined) return undefined
  return String(Number((price * 12).toFixed(6)))
}

function entered(field: Field, value: unknown, keys: Keys, tools: Tools): HandoffField {
  const { form, digest, files } = tools
  const path = pointer(keys)
  const own = form.at(keys)
  // Of an item of a list, what is said of the list.
  const said = own.label === undefined && /^\d+$/.test(keys.at(-1) ?? '') ? form.at(keys.slice(0, -1)) : own
  const file = files.get(path)
  const shown = shownOf(field, value, keys, tools, file)
  const notes = [...(said.facts ?? []).map(noteOf), ...explained(field, value, shown.value)]
  return {
    is: 'field',
    id: path,
    digest: digest(file === undefined ? shown.value : file.sha256),
    path,
    label: labelOf(field, own, said),
    ...namedBy(said),
    ...shown,
    notes,
    warnings: [],
    ...(isFixed(field, value) ? { fixed: true } : {}),
  }
}

/** An item of a list is called as the list is, with its number. */
function labelOf({ title }: Field, own: ConsoleField, said: ConsoleField): string {
  if (own.label !== undefined || said.label === undefined) return own.label ?? title
  return `${said.label}${/ \d+$/.exec(title)?.[0] ?? ''}`
}

type Shown = Pick<HandoffField, 'value' | 'how' | 'written' | 'size'>

function shownOf(field: Field, value: unknown, keys: Keys, tools: Tools, file: HandedFile | undefined): Shown {
  const { form } = tools
  const text = String(value)
  if (file !== undefined) {
    return { value: file.name, how: 'file', written: text, size: fileSize(file, form.at(keys).limit) }
  }
  if (field.kind === 'flag') return { value: value === true ? 'Yes' : 'No', how: 'choose', written: text }
  if (field.kind === 'choice') {
    const title = form.at(keys).verbatim ? text : titleOf(field.options, text, keys, tools)
    return title === text ? { value: text, how: 'choose' } : { value: title, how: 'choose', written: text }
  }
  if (field.kind === 'number') return { value: text, how: 'text', ...unitOf(keys, tools) }
  return {
    value: text,
    how: text.includes('\n') ? 'lines' : 'text',
    ...(/[pP]rice$/.test(keys.at(-1) ?? '') ? unitOf(keys, tools) : { size: charactersText(text) }),
  }
}

function titleOf(options: Readonly<Record<string, string>>, value: string, keys: Keys, { manifest }: Tools): string {
  if (keys.join('.') !== 'delivery.method') return options[value] ?? value
  const { title, console } = rowOf(manifest.delivery.method)
  return console?.choice?.text ?? title
}

/** What a word of koo.yaml means, where the word itself is entered. */
function explained(field: Field, value: unknown, shown: string): readonly HandoffNote[] {
  const meaning = field.kind === 'choice' && shown === String(value) ? field.options[shown] : undefined
  return meaning === undefined || meaning === shown ? [] : [{ text: `${meaning}.` }]
}

/** What a price of a specification is for. */
function unitOf(keys: Keys, { manifest }: Tools): Pick<HandoffField, 'size'> {
  const key = keys.at(-1) ?? ''
  const specification = keys[0] === 'specifications' ? manifest.specifications?.[Number(keys[1])] : undefined
  if (specification === undefined || !/[pP]rice$/.test(key)) return {}
  const unit = key === 'yearlyPrice' ? 'a year' : billings[specification.billing].unit
  return { size: `US dollars ${unit}${specification.quantity === undefined ? '' : ', for one unit'}` }
}

function isFixed({ fixedAfterRelease }: Field, value: unknown): boolean {
  return fixedAfterRelease === 'always' || (fixedAfterRelease === 'free' && value === 0)
}
