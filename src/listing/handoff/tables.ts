/** The items of a list as a table, where each holds only single words and numbers. */
import type { Fields, ListField } from '../../model/field.ts'
import type { HandoffCell, HandoffTable } from '../../model/handoff.ts'
import { fieldBelow, isMapping } from '../../model/items.ts'
import { pointer, valueAt } from '../../model/pointer.ts'
import { namedBy, noteOf } from './form.ts'
import { attributeText, type Keys, linesOf, type Tools, unitOf, yearOf } from './shown.ts'

/** Ways to the values of a table, or nothing where an item holds more. */
export function columnsOf(
  fields: Fields,
  list: readonly unknown[],
  keys: Keys,
  tools: Tools,
): readonly Keys[] | undefined {
  const columns: Keys[] = []
  for (const [key, field] of Object.entries(fields)) {
    const values = list.map((each) => valueAt(each, [key])).filter((each) => each !== undefined)
    if (values.length === 0) {
      if (list.some((each, index) => leftOutCell([...keys, String(index), key], each, tools))) columns.push([key])
    } else if (field.kind === 'map') {
      const names = new Set(values.flatMap((each) => Object.keys(isMapping(each) ? each : {})))
      columns.push(...[...names].map((name) => [key, name]))
    } else if (field.kind === 'list' || field.kind === 'group' || field.kind === 'file') return undefined
    else if (field.kind === 'text' && field.long) return undefined
    else columns.push([key])
  }
  return columns
}

export function tableOf(
  field: ListField,
  columns: readonly Keys[],
  list: readonly unknown[],
  keys: Keys,
  tools: Tools,
): HandoffTable {
  const { form, digest } = tools
  const rows = list.map((each, index) => {
    const at = [...keys, String(index)]
    const cells = columns.map((way): HandoffCell | undefined => {
      const value = valueAt(each, way)
      if (value === undefined) return leftOutCell([...at, ...way], each, tools)
      return { path: pointer([...at, ...way]), value: linesOf(value) }
    })
    return { id: pointer(at), digest: digest(JSON.stringify(cells.map((cell) => cell?.value))), cells }
  })
  const named = form.at(keys)
  const inside = columns.flatMap((way) => form.at([...keys, '0', ...way]).facts ?? [])
  const told = rows.some(({ cells }) => cells.some((cell) => cell?.leftOut === 'value'))
  return {
    is: 'table',
    path: pointer(keys),
    title: named.label ?? field.title,
    ...namedBy(named),
    columns: columns.map((way) => columnOf(field, way, keys, tools)),
    rows,
    notes: [
      ...[...(named.facts ?? []), ...inside].map(noteOf),
      ...(told ? [{ text: 'koo.yaml leaves a price of a year out where it is twelve times that of a month.' }] : []),
    ],
    warnings: [],
  }
}

function columnOf({ item }: ListField, way: Keys, keys: Keys, tools: Tools): HandoffTable['columns'][number] {
  const at = [...keys, '0', ...way]
  const own = tools.form.at(at)
  const title = fieldBelow(item, way[0] ?? '')?.title ?? ''
  const { size: unit } = unitOf(at, tools)
  const label = way[1] === undefined ? (own.label ?? title) : attributeText(way[1], tools)
  return { label, ...namedBy(own), ...(unit === undefined ? {} : { unit }) }
}

/** What is said of something an item of the list leaves out. */
function leftOutCell(keys: Keys, item: unknown, tools: Tools): HandoffCell | undefined {
  const year = yearOf(keys, item, tools)
  if (year !== undefined) return { path: pointer(keys), value: year, leftOut: 'value' }
  const { open } = tools.form.at(keys)
  return open === undefined ? undefined : { path: pointer(keys), value: open, leftOut: 'words' }
}
