/** A sheet → products: its header and rows read against the fields of a manifest, and every mistake at its cell. */
import { suggest } from '../check/suggest.ts'
import { type DeliveryMethod, deliveryMethodIds, isDeliveryMethod } from '../model/delivery-methods.ts'
import type { Field } from '../model/field.ts'
import { manifestFields } from '../model/manifest.ts'
import { partsOf, pointer } from '../model/pointer.ts'
import type { SheetFinding } from '../model/sheet.ts'
import { type Cell, placeOf, type Row, type Sheet } from './cells.ts'
import { columnNamed, keyColumn, methodColumn } from './columns.ts'
import { type Filled, valuesOf } from './values.ts'

export interface SheetProduct {
  readonly row: number
  readonly key: string | undefined
  readonly method: DeliveryMethod | undefined
  /** As `koo init` takes them. */
  readonly answers: ReadonlyMap<string, unknown>
  readonly findings: readonly SheetFinding[]
  /** A finding about the value at a pointer, at the cell the value comes from or would stand in. */
  place(finding: Said & { readonly path: string }): SheetFinding
}

type Said = Pick<SheetFinding, 'code' | 'message' | 'hint'>

interface Header {
  readonly sheet: Sheet
  readonly columns: ReadonlyMap<number, HeaderColumn>
  /** By name. */
  readonly numbers: ReadonlyMap<string, number>
}

interface HeaderColumn {
  readonly name: string
  readonly path: readonly string[]
  readonly fields: ReadonlyMap<DeliveryMethod, Field>
}

export interface ReadProducts {
  /** What is wrong with the header, so that no row can be relied on. */
  readonly header: readonly SheetFinding[]
  readonly products: readonly SheetProduct[]
}

/** @param method of rows that name none. */
export function productsIn(sheet: Sheet, method?: DeliveryMethod): ReadProducts {
  const [first, ...rows] = sheet.rows
  if (first === undefined) {
    const message = 'The sheet is empty.'
    const hint = '`koo init --template products.xlsx` writes one to begin with.'
    return {
      header: [{ place: placeOf(sheet, 1, 1), row: 1, column: 1, code: 'missing-field', message, hint }],
      products: [],
    }
  }
  const { header, findings } = headerOf(sheet, first, rows, method)
  if (findings.length > 0) return { header: findings, products: [] }
  const owners = new Map<string, number>()
  return { header: [], products: rows.map((row) => productOf(header, row, method, owners)) }
}

/** A column of the seller's own, which is not read. */
const ownMark = '#'

function headerOf(sheet: Sheet, first: Row, rows: readonly Row[], method: DeliveryMethod | undefined) {
  const columns = new Map<number, HeaderColumn>()
  const numbers = new Map<string, number>()
  const findings: SheetFinding[] = []
  const say = (column: number, said: Said, name?: string) => {
    const named = name === undefined ? {} : { name }
    findings.push({ place: placeOf(sheet, first.number, column), row: first.number, column, ...named, ...said })
  }
  for (const [column, cell] of first.cells) {
    const name = shownOf(cell)
    if (name.startsWith(ownMark)) continue
    const named = columnNamed(name)
    const before = numbers.get(name)
    if (named.is === 'wrong') say(column, { code: 'unknown-field', message: named.message, hint: named.hint }, name)
    else if (before === undefined) columns.set(column, { name, path: named.path, fields: named.fields })
    else {
      const message = `\`${name}\` stands above column ${before} too.`
      say(column, { code: 'duplicate-key', message, hint: 'Leave one of the two.' }, name)
    }
    if (before === undefined) numbers.set(name, column)
  }
  for (const column of unnamed(first, rows)) {
    const hint = 'Name it in the first row; a name that begins with `#` makes it a column for yourself.'
    say(column, { code: 'unknown-field', message: 'This column has cells but no name.', hint })
  }
  // A name that is wrong may have been meant to be one of these.
  const needed = findings.length > 0 ? [] : method === undefined ? [keyColumn, methodColumn] : [keyColumn]
  for (const name of needed) {
    if (numbers.has(name)) continue
    say(1, { code: 'missing-field', message: `There is no column \`${name}\`.`, hint: 'Every product needs it.' })
  }
  return { header: { sheet, columns, numbers }, findings }
}

function unnamed(first: Row, rows: readonly Row[]): readonly number[] {
  const used = new Set(rows.flatMap(({ cells }) => [...cells.keys()]))
  return [...used].filter((column) => !first.cells.has(column)).sort((a, b) => a - b)
}

function shownOf(cell: Cell): string {
  if (cell.is === 'trouble') return ''
  return cell.is === 'number' ? String(cell.number) : cell.text
}

function productOf(
  header: Header,
  row: Row,
  assumed: DeliveryMethod | undefined,
  owners: Map<string, number>,
): SheetProduct {
  const textAt = (name: string) => shownOf(row.cells.get(header.numbers.get(name) ?? 0) ?? { is: 'text', text: '' })
  const [key, named] = [textAt(keyColumn) || undefined, textAt(methodColumn)]
  const findings: SheetFinding[] = []
  const say = (column: number, said: Said) => findings.push(findingAt(header, row, column, said))
  const sayAt = (name: string, said: Said) => say(header.numbers.get(name) ?? 1, said)
  if (key === undefined) {
    sayAt(keyColumn, { code: 'missing-field', message: 'The product has no key.', hint: manifestHint(keyColumn) })
  } else {
    const owner = owners.get(key)
    if (owner === undefined) owners.set(key, row.number)
    else sayAt(keyColumn, { code: 'key-repeated', message: `Row ${owner} has the same product key.`, hint: keyHint })
  }
  const method = named === '' ? assumed : isDeliveryMethod(named) ? named : undefined
  if (method === undefined) {
    sayAt(methodColumn, methodSaid(named))
    return {
      row: row.number,
      key,
      method,
      answers: new Map(),
      findings,
      place: (said) => findingAt(header, row, 1, said),
    }
  }
  const filled = filledOf(header, row, method, say)
  const { answers, columns, troubles } = valuesOf(manifestFields(method), filled)
  for (const { column, ...said } of troubles) say(column, { code: 'wrong-type', ...said })
  const place: SheetProduct['place'] = ({ code, message, hint, path }) =>
    findingAt(header, row, columnFor(header, columns, path), { code, message, ...(hint === undefined ? {} : { hint }) })
  return {
    row: row.number,
    key,
    method,
    answers: new Map([[pointer(methodColumn.split('.')), method], ...answers]),
    findings,
    place,
  }
}

const keyHint = 'Editions of one product are its specifications: `specifications.2.name` and so on, in one row.'

function manifestHint(name: string): string {
  const field = columnNamed(name)
  const [first] = field.is === 'column' ? field.fields.values() : []
  return first?.kind === 'text' && first.form ? `It is ${first.form.says}.` : 'Fill it in.'
}

function methodSaid(named: string): Said {
  const possible = `Possible: ${deliveryMethodIds.join(', ')}.`
  if (named === '') {
    const hint = `${possible} --method names one for all rows that do not.`
    return { code: 'missing-field', message: 'The product has no delivery method.', hint }
  }
  const meant = suggest(named, deliveryMethodIds)
  const message = `There is no delivery method \`${named}\`.`
  return { code: 'method-unknown', message, hint: meant === undefined ? possible : `Did you mean \`${meant}\`?` }
}

/** The cells a method has; what it has not is said. */
function filledOf(header: Header, row: Row, method: DeliveryMethod, say: (column: number, said: Said) => void) {
  const filled: Filled[] = []
  for (const [column, cell] of row.cells) {
    const named = header.columns.get(column)
    if (named === undefined) continue
    if (named.fields.has(method)) filled.push({ path: named.path, column, cell })
    else {
      const message = `A product of the delivery method ${method} has no \`${named.name}\`.`
      say(column, {
        code: 'not-for-method',
        message,
        hint: `Empty the cell: it is for ${[...named.fields.keys()].join(', ')}.`,
      })
    }
  }
  return filled
}

function findingAt({ sheet, columns }: Header, { number: row }: Row, column: number, said: Said): SheetFinding {
  const name = columns.get(column)?.name
  return { place: placeOf(sheet, row, column), row, column, ...(name === undefined ? {} : { name }), ...said }
}

/** Where the value comes from; else where it would stand; else the same of what is around it, at last the key. */
function columnFor({ numbers }: Header, columns: ReadonlyMap<string, number>, path: string): number {
  for (let parts = partsOf(path); parts.length > 0; parts = parts.slice(0, -1)) {
    const here = pointer(parts)
    const own = columns.get(here) ?? numbers.get(nameOf(parts))
    if (own !== undefined) return own
    const below = [...columns].find(([each]) => each.startsWith(`${here}/`))
    if (below !== undefined) return below[1]
  }
  return numbers.get(keyColumn) ?? 1
}

/** `/specifications/0/price` as `specifications.1.price`. */
export function nameOf(parts: readonly string[]): string {
  return parts.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part)).join('.')
}
