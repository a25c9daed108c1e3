/** What each column of a template is: a table for people, made from the fields. */
import { deliveryMethodIds } from '../model/delivery-methods.ts'
import type { Field } from '../model/field.ts'
import { type Column, keyColumn, type Need } from './columns.ts'

interface Explanations {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function explanations(columns: readonly Column[]): Explanations {
  const rows = columns.map(({ name, fields, need }) => {
    const [field] = fields.values()
    if (field === undefined) return [name]
    const methods = fields.size === deliveryMethodIds.length ? 'all' : [...fields.keys()].join(', ')
    return [name, field.title, field.about, takenBy([...fields.values()]), methods, neededWhen(need, field)]
  })
  return {
    head: ['Column', 'Title', 'What belongs there', 'What it takes', 'Delivery methods', 'Needed'],
    rows: [...conventions, ...rows],
  }
}

/** Before the columns: what holds for all. */
const conventions: readonly (readonly string[])[] = [
  [
    'Lists',
    '',
    `Positions count from 1: after product.highlights.1 comes product.highlights.2, and so on, a column each.`,
  ],
  [
    'Files',
    '',
    'Paths relative to this workbook, with forward slashes; koo copies the files into the product’s folder.',
  ],
  [
    'Your own',
    '',
    'A column whose name begins with # is yours: koo does not read it. Order of columns does not matter.',
  ],
  ['Yellow', '', `Columns a manifest needs. Without ${keyColumn} a row is no product.`],
]

const needs: Readonly<Record<Need, string>> = {
  row: 'Yes',
  start: 'Yes; left empty, koo writes a start that you fill in later',
  within: 'Where others of its group are filled',
  none: 'No',
}

function neededWhen(need: Need, field: Field): string {
  const start = startOf(field)
  return need === 'start' && start !== undefined ? `Yes; left empty, it is ${start}` : needs[need]
}

/** What a finished product may keep. */
function startOf(field: Field): string | undefined {
  if (field.kind === 'choice') return Object.keys(field.options)[0]
  return field.kind === 'text' ? field.initial : undefined
}

/** The values and their limits; of fields that differ between methods, all there are. */
function takenBy(fields: readonly Field[]): string {
  const options = new Map(fields.flatMap((field) => (field.kind === 'choice' ? Object.entries(field.options) : [])))
  if (options.size > 0) return [...options].map(([value, meaning]) => `${value}: ${meaning}`).join('\n')
  const [field] = fields
  switch (field?.kind) {
    case 'text':
      return field.form === undefined ? 'A text' : sentence(field.form.says)
    case 'number':
      return `A${field.integer ? ' whole' : ''} number of ${field.minimum} or more`
    case 'flag':
      return 'true or false'
    case 'file':
      return 'The path of a file'
    default:
      return ''
  }
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`
}
