/** The template of a sheet: its columns, and a row for each delivery method that makes a manifest of placeholders. */
import { type DeliveryMethod, rowOf } from '../model/delivery-methods.ts'
import type { Field } from '../model/field.ts'
import { type Column, columnsOf } from './columns.ts'
import { textSheet } from './text-writer.ts'
import { workbookOf } from './workbook-writer.ts'

export interface Template {
  readonly columns: readonly Column[]
  /** A value for each column, undefined where the cell is empty. */
  readonly rows: readonly (readonly (string | number | undefined)[])[]
}

export const templateKinds = ['.csv', '.tsv', '.xlsx'] as const
export type TemplateKind = (typeof templateKinds)[number]

/** @param manifestFor the manifest `koo init` would write for a product of that key and name. */
export function templateOf(
  methods: readonly DeliveryMethod[],
  manifestFor: (method: DeliveryMethod, key: string, name: string) => unknown,
): Template {
  const columns = columnsOf(methods)
  const rows = methods.map((method) => {
    const cells = cellsOf(manifestFor(method, `example-${method}`, `Example ${rowOf(method).title}`))
    return columns.map(({ name, fields }) => exampleOf(cells.get(name), fields.get(method)))
  })
  return { columns, rows }
}

/** Files are left out: koo writes placeholders for those a row does not name. */
function exampleOf(cell: string | number | undefined, field: Field | undefined): string | number | undefined {
  return field === undefined || field.kind === 'file' ? undefined : cell
}

/** The cells of a manifest's values by the names of their columns; flags are the words `true` and `false`. */
export function cellsOf(value: unknown, path: readonly string[] = []): ReadonlyMap<string, string | number> {
  if (typeof value === 'number') return new Map([[path.join('.'), value]])
  if (typeof value !== 'object' || value === null) return new Map([[path.join('.'), String(value).trim()]])
  const first = Array.isArray(value) ? 1 : 0
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [
      ...cellsOf(each, [...path, first === 0 ? key : String(Number(key) + first)]),
    ]),
  )
}

export function templateBytes(template: Template, kind: TemplateKind): Uint8Array {
  if (kind === '.xlsx') return workbookOf(template)
  const header = template.columns.map(({ name }) => name)
  return textSheet([header, ...template.rows], kind === '.tsv' ? '\t' : ',')
}
