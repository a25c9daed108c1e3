/** The rows of a worksheet, made of its XML: what each cell shows, or why no manifest can hold it. */
import { type Cell, columnOf, headerRows, mostRows, type Row } from './cells.ts'
import { plainText, Runs } from './shared-texts.ts'
import { tooManyRows } from './unreadable.ts'
import type { Attributes, XmlHandler } from './xml.ts'

/** A cell while it is read. */
interface Reading {
  readonly column: number
  readonly type: string
  readonly style: number
  value: string
  hasFormula: boolean
  readonly runs: Runs
}

/** A row may have this many columns in Excel; a file that says otherwise is not from there. */
const mostColumns = 16_384

export class WorksheetRows implements XmlHandler {
  readonly rows: Row[] = []
  readonly #file: string
  readonly #shared: readonly string[]
  readonly #isDate: (style: number) => boolean
  #number = 0
  #column = 0
  #cells = new Map<number, Cell>()
  #cell: Reading | undefined
  #isValue = false

  constructor(file: string, shared: readonly string[], isDate: (style: number) => boolean) {
    this.#file = file
    this.#shared = shared
    this.#isDate = isDate
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') {
      this.#number = Number(attributes.r ?? this.#number + 1)
      this.#column = 0
      this.#cells = new Map()
    } else if (name === 'c') this.#begin(attributes)
    else if (name === 'v') this.#isValue = true
    else if (name === 'f' && this.#cell !== undefined) this.#cell.hasFormula = true
    else this.#cell?.runs.open(name)
  }

  text(text: string): void {
    if (this.#cell === undefined) return
    if (this.#isValue) this.#cell.value += text
    else this.#cell.runs.text(text)
  }

  close(name: string): void {
    if (name === 'v') this.#isValue = false
    else if (name === 'c') this.#end()
    else if (name === 'row') this.#endRow()
    else this.#cell?.runs.close(name)
  }

  /** The address may be left out: then it is the next cell. */
  #begin({ r: address, t: type = 'n', s: style = '0' }: Attributes): void {
    const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0]
    this.#column = letters === undefined ? this.#column + 1 : columnOf(letters)
    const runs = new Runs()
    this.#cell = { column: this.#column, type, style: Number(style), value: '', hasFormula: false, runs }
  }

  #end(): void {
    const read = this.#cell
    this.#cell = undefined
    if (read === undefined || read.column > mostColumns) return
    const cell = this.#cellOf(read)
    if (cell !== undefined) this.#cells.set(read.column, cell)
  }

  #endRow(): void {
    if (this.#cells.size === 0) return
    this.rows.push({ number: this.#number, cells: this.#cells })
    if (this.rows.length > mostRows + headerRows) throw tooManyRows(this.#file)
  }

  #cellOf({ type, style, value, hasFormula, runs }: Reading): Cell | undefined {
    switch (type) {
      case 's':
        return textCell(this.#shared[Number(value)] ?? '')
      case 'inlineStr':
        return textCell(plainText(runs.value))
      case 'str':
        return textCell(plainText(value))
      case 'b':
        return textCell(value === '1' ? 'true' : 'false')
      case 'e':
        return trouble(`The cell shows the error ${value}.`, 'Mend its formula, or write the value itself.')
      case 'd':
        return date
      default:
        if (value !== '') return this.#isDate(style) ? date : { is: 'number', number: rounded(Number(value)) }
        return hasFormula ? noResult : undefined
    }
  }
}

function textCell(text: string): Cell | undefined {
  const trimmed = text.trim()
  return trimmed === '' ? undefined : { is: 'text', text: trimmed }
}

function trouble(what: string, hint: string): Cell {
  return { is: 'trouble', what, hint }
}

const date = trouble(
  'The cell holds a date, which no field takes.',
  'Format the cell as text, then write again what it should say.',
)

const noResult = trouble(
  'The cell has a formula without a result.',
  'Open the workbook in a spreadsheet program, which works it out, and save it.',
)

/** 49.900000000000006 as 49.9: a spreadsheet program shows 15 digits and stores what a computer makes of them. */
function rounded(number: number): number {
  return Number(number.toPrecision(15))
}
