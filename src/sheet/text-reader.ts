/** Reads a sheet from text: comma, semicolon or tab between cells, UTF-8 or UTF-16, as spreadsheet programs save it. */
import { CsvError, parse } from 'csv-parse/sync'
import { type Cell, headerRows, mostRows, type Row, type Sheet } from './cells.ts'
import { tooManyRows, unreadable } from './unreadable.ts'

/** Empty ones with them, which take as long to read. */
const mostLines = 10 * mostRows

const asUtf8 = 'Save it as "CSV UTF-8", or as .xlsx.'

/** @throws {Failure} (findings) where the bytes are no such text. */
export function readText(file: string, bytes: Uint8Array): Sheet {
  const decoded = decodedOf(file, bytes)
  // Excel's own way to name the delimiter; it does not show the line.
  const named = /^sep=(.)\r?\n/i.exec(decoded)
  const text = named === null ? decoded : decoded.slice(named[0].length)
  return { file, rows: rowsOf(file, text, named?.[1] ?? delimiterOf(text)) }
}

function cellsOf(record: readonly string[]): ReadonlyMap<number, Cell> {
  const cells = new Map<number, Cell>()
  for (const [index, each] of record.entries()) {
    const text = each.trim()
    if (text !== '') cells.set(index + 1, { is: 'text', text })
  }
  return cells
}

function decodedOf(file: string, bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable(file, 'is not UTF-8; it may be GBK, Windows-1252 or no text at all', asUtf8)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no sheet has them, other files do.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) throw unreadable(file, 'is not a text file with a sheet', asUtf8)
  return text
}

/** What stands most often outside quotes in the first line with something in it; the names of columns have none of them. */
function delimiterOf(text: string): string {
  const header = /^[\r\n]*(.*)/.exec(text)?.[1]?.replace(/"[^"]*"/g, '') ?? ''
  const counted = [',', ';', '\t'].map((each) => ({ each, times: header.split(each).length }))
  return counted.reduce((most, next) => (next.times > most.times ? next : most)).each
}

function rowsOf(file: string, text: string, delimiter: string): readonly Row[] {
  const rows: Row[] = []
  let number = 0
  // Taken one after the other: empty lines would be a record each.
  const take = (record: readonly string[]) => {
    number += 1
    const cells = cellsOf(record)
    if (cells.size > 0) rows.push({ number, cells })
    if (rows.length > mostRows + headerRows || number > mostLines) throw tooManyRows(file)
    return null
  }
  try {
    parse(text.trimEnd(), {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: take,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error && typeof error.lines === 'number' ? ` near line ${error.lines}` : ''
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'has a quote that is not closed' : 'has a quote in the wrong place'
    const hint =
      'A cell with quotes, delimiters or line breaks is written in quotes, and a quote in it twice: "a ""b"" c".'
    throw unreadable(file, `${what}${line}`, hint)
  }
  return rows
}
