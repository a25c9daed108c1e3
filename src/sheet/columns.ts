/**
 * The columns of a sheet of products, made from the fields of a manifest. A name is the path of a field with dots
 * between its parts; positions in lists count from 1, as in `specifications.1.price`.
 */
import { suggest } from '../check/suggest.ts'
import { type DeliveryMethod, deliveryMethodIds } from '../model/delivery-methods.ts'
import { type Field, fieldAt } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'

export interface Column {
  readonly name: string
  /** The field the column is for, by the methods that have it. */
  readonly fields: ReadonlyMap<DeliveryMethod, Field>
  readonly need: Need
}

/**
 * `row`: without it a row is no product. `start`: a manifest needs it, and koo writes a start where it is empty.
 * `within`: needed where something beside it in the same group is filled. `none`: may be left out.
 */
export type Need = 'row' | 'start' | 'within' | 'none'

export const keyColumn = 'product.key'
export const methodColumn = 'delivery.method'

/** Stands for the seller's own word in the name of a column. */
const anyKey = 'ATTRIBUTE'

/** What koo writes by itself. */
function isKoos(key: string, field: Field): boolean {
  return key.startsWith('$') || field.kind === 'constant'
}

/**
 * Every column of these methods, lists with their first entry: what a row cannot do without, then in the order of the
 * manifest, where what only some methods have stands beside what is nearest to it.
 */
export function columnsOf(methods: readonly DeliveryMethod[] = deliveryMethodIds): readonly Column[] {
  const merged: { name: string; fields: Map<DeliveryMethod, Field>; need: Need }[] = []
  for (const method of methods) {
    for (const { name, field, need } of placesOf(method)) {
      const known = merged.find((each) => each.name === name)
      if (known !== undefined) known.fields.set(method, field)
      else merged.splice(endOfNearest(name, merged), 0, { name, fields: new Map([[method, field]]), need })
    }
  }
  const isRow = ({ need }: Column) => need === 'row'
  return [...merged.filter(isRow), ...merged.filter((column) => !isRow(column))]
}

/** Behind the last column with which a name has most of its beginning in common. */
function endOfNearest(name: string, columns: readonly { readonly name: string }[]): number {
  for (let around = above(name); around !== ''; around = above(around)) {
    const last = columns.findLastIndex((each) => each.name.startsWith(`${around}.`))
    if (last >= 0) return last + 1
  }
  return columns.length
}

function above(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')))
}

interface Place {
  readonly name: string
  readonly field: Field
  readonly need: Need
}

function placesOf(method: DeliveryMethod): readonly Place[] {
  const top = Object.entries(manifestFields(method)).filter(([key, field]) => !isKoos(key, field))
  return top.flatMap(([key, field]) => placesIn(field, [key], needOf(field, 'start')))
}

function placesIn(field: Field, path: readonly string[], need: Need): readonly Place[] {
  switch (field.kind) {
    case 'group':
      return Object.entries(field.fields).flatMap(([key, each]) => placesIn(each, [...path, key], needOf(each, need)))
    case 'list':
      return positionsOf(field).flatMap((position) =>
        placesIn(field.item, [...path, String(position)], position === 1 ? need : 'none'),
      )
    case 'map':
      return [{ name: [...path, anyKey].join('.'), field: field.item, need }]
    default: {
      const name = path.join('.')
      return [{ name, field, need: name === keyColumn || name === methodColumn ? 'row' : need }]
    }
  }
}

/** What is in something optional is needed only where that is used. */
function needOf(field: Field, around: Need): Need {
  if (field.optional) return field.kind === 'group' || field.kind === 'list' ? 'within' : 'none'
  return around
}

/** Of a choice of several, as many as there are; of any other list the first, which shows how the next is named. */
function positionsOf({ item, unique }: Extract<Field, { kind: 'list' }>): readonly number[] {
  const most = item.kind === 'choice' && unique ? Object.keys(item.options).length : 1
  return Array.from({ length: most }, (_, index) => index + 1)
}

export type Named =
  | { readonly is: 'column'; readonly path: readonly string[]; readonly fields: ReadonlyMap<DeliveryMethod, Field> }
  /** What is wrong with the name, and how to mend it. */
  | { readonly is: 'wrong'; readonly message: string; readonly hint: string }

/** The field a header names. */
export function columnNamed(name: string): Named {
  const path = name.split('.')
  const found = deliveryMethodIds.flatMap((method) => {
    const field = fieldNamed(method, path)
    return field === undefined ? [] : [[method, field] as const]
  })
  const [first] = found
  if (first === undefined) return { is: 'wrong', message: `There is no column \`${name}\`.`, hint: hintFor(name) }
  const [, field] = first
  if (field.kind === 'constant') {
    return { is: 'wrong', message: `koo writes \`${name}\` by itself.`, hint: 'Remove the column.' }
  }
  if (field.kind === 'list' || field.kind === 'group' || field.kind === 'map') {
    const message = `\`${name}\` is more than one cell can hold.`
    return { is: 'wrong', message, hint: `Write a column for each part, such as \`${partsBelow(name)}\`.` }
  }
  return { is: 'column', path, fields: new Map(found) }
}

/** Positions of lists are numbers from 1, and only those. */
function fieldNamed(method: DeliveryMethod, path: readonly string[]): Field | undefined {
  const fields = manifestFields(method)
  const kinds = path.map((_, index) => fieldAt(fields, path.slice(0, index))?.kind)
  const areSound = path.every((part, index) => kinds[index] !== 'list' || /^[1-9]\d{0,3}$/.test(part))
  return areSound && !path.includes('') && !path[0]?.startsWith('$') ? fieldAt(fields, path) : undefined
}

function partsBelow(name: string): string {
  const plain = firstPositions(name)
  const below = columnsOf().find((each) => each.name.startsWith(`${plain}.`))
  return `${name}${below?.name.slice(plain.length) ?? ''}`
}

function firstPositions(name: string): string {
  return name.replace(/\.\d+(?=\.|$)/g, '.1')
}

/** The column meant: by its name, else by the title of its field, which is what a person would write. */
function hintFor(name: string): string {
  const columns = columnsOf()
  const names = [...new Set(columns.map((each) => firstPositions(each.name)))]
  const near = suggest(firstPositions(name), names)
  if (near !== undefined) {
    const positions = [...name.matchAll(/\.(\d+)(?=\.|$)/g)].map(([, position]) => position)
    return `Did you mean \`${near.replace(/\.1(?=\.|$)/g, () => `.${positions.shift() ?? 1}`)}\`?`
  }
  const titles = columns.map(({ fields }) => [...fields.values()][0]?.title ?? '')
  const title = suggest(name, titles)
  const titled = title === undefined ? undefined : columns[titles.indexOf(title)]
  if (titled !== undefined) return `Did you mean \`${titled.name}\`?`
  return '`koo init --template products.xlsx` writes a sheet with all columns. A column for yourself begins with `#`.'
}
