/** The cells of one row → the values of a manifest, and in which column each value stands. */
import type { Field, GroupField, ListField } from '../model/field.ts'
import { pointer } from '../model/pointer.ts'
import type { Cell } from './cells.ts'

/** A filled cell, and what is left of its path below the field that is looked at. */
export interface Filled {
  readonly path: readonly string[]
  readonly column: number
  readonly cell: Cell
}

export interface Trouble {
  readonly column: number
  readonly message: string
  readonly hint: string
}

export interface RowValues {
  /** By JSON Pointer, as the answers of `koo init` are: every value, and every list as a whole. */
  readonly answers: ReadonlyMap<string, unknown>
  /** The column of each value, by the same pointers. */
  readonly columns: ReadonlyMap<string, number>
  readonly troubles: readonly Trouble[]
}

interface Making {
  readonly answers: Map<string, unknown>
  readonly columns: Map<string, number>
  readonly troubles: Trouble[]
}

/** Entries of lists close up where positions between them are empty. */
export function valuesOf(fields: GroupField['fields'], filled: readonly Filled[]): RowValues {
  const making: Making = { answers: new Map(), columns: new Map(), troubles: [] }
  groupOf(fields, filled, [], making)
  return making
}

function valueBelow(field: Field, filled: readonly Filled[], at: readonly string[], making: Making): unknown {
  switch (field.kind) {
    case 'group':
      return groupOf(field.fields, filled, at, making)
    case 'list':
      return kept(making, at, listOf(field, filled, at, making))
    case 'map': {
      const entries = [...byFirst(filled)].map(([key, below]) => [
        key,
        valueBelow(field.item, below, [...at, key], making),
      ])
      return kept(making, at, Object.fromEntries(entries))
    }
    default:
      return leafOf(field, filled, at, making)
  }
}

function kept(making: Making, at: readonly string[], value: unknown): unknown {
  making.answers.set(pointer(at), value)
  return value
}

function groupOf(fields: GroupField['fields'], filled: readonly Filled[], at: readonly string[], making: Making) {
  const parts = byFirst(filled)
  const value: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(fields)) {
    const below = parts.get(key)
    if (below !== undefined) value[key] = valueBelow(field, below, [...at, key], making)
  }
  return value
}

function listOf({ item }: ListField, filled: readonly Filled[], at: readonly string[], making: Making) {
  const parts = [...byFirst(filled)].sort(([a], [b]) => Number(a) - Number(b))
  return parts.map(([, below], index) => valueBelow(item, below, [...at, String(index)], making))
}

function byFirst(filled: readonly Filled[]): Map<string, Filled[]> {
  const parts = new Map<string, Filled[]>()
  for (const { path, column, cell } of filled) {
    const [first = '', ...rest] = path
    const part = parts.get(first) ?? []
    part.push({ path: rest, column, cell })
    parts.set(first, part)
  }
  return parts
}

function leafOf(field: Field, [filled]: readonly Filled[], at: readonly string[], making: Making): unknown {
  if (filled === undefined) return undefined
  const { column, cell } = filled
  making.columns.set(pointer(at), column)
  const made = valueOfCell(field, cell)
  if ('value' in made) return kept(making, at, made.value)
  making.troubles.push({ column, ...made })
  return undefined
}

type Made = { readonly value: unknown } | Omit<Trouble, 'column'>

/** What can only be meant one way; whether a manifest may have the value is not decided here. */
function valueOfCell(field: Field, cell: Cell): Made {
  if (cell.is === 'trouble') return { message: cell.what, hint: cell.hint }
  if (field.kind === 'number') return cell.is === 'number' ? { value: cell.number } : numberOf(field.title, cell.text)
  const text = cell.is === 'number' ? String(cell.number) : cell.text.replace(/\r\n?/g, '\n')
  return field.kind === 'flag' ? flagOf(field.title, text) : { value: text }
}

function numberOf(title: string, text: string): Made {
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) }
  const message = `${title} must be a number, not \`${text}\`.`
  const isDecimal = /^\d+([.\s\u00a0']\d{3})*,\d{1,2}$/.test(text)
  const plain = isDecimal ? text.replace(/[.\s\u00a0']/g, '').replace(',', '.') : undefined
  if (plain !== undefined) return { message, hint: `Decimals follow a point. If that is meant: ${plain}.` }
  return { message, hint: 'Write digits only, with a point before decimals: no currency, no separators, no spaces.' }
}

function flagOf(title: string, text: string): Made {
  const word = text.toLowerCase()
  if (word === 'true' || word === 'false') return { value: word === 'true' }
  return { message: `${title} must be true or false, not \`${text}\`.`, hint: 'Write `true` or `false`.' }
}
