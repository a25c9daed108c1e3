/** What a sheet is, once it is read: rows of filled cells, each with a place a person finds again. */

export type Cell =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  /** Something no manifest can hold: what it is, and what to do about it, as sentences. */
  | { readonly is: 'trouble'; readonly what: string; readonly hint: string }

export interface Row {
  /** As a spreadsheet program numbers it, from 1. */
  readonly number: number
  /** By column, from 1; empty cells are left out. */
  readonly cells: ReadonlyMap<number, Cell>
}

export interface Sheet {
  /** As the user named it, relative to the working directory. */
  readonly file: string
  /** The name of the sheet in a workbook; a text file has none. */
  readonly tab?: string
  /** Only rows with something in them. */
  readonly rows: readonly Row[]
}

/** No sheet has more products: what takes long to read is not read. */
export const mostRows = 10_000
/** The first row names the columns. */
export const headerRows = 1

/** `products.csv:7:3`, or `products.xlsx:Sheet1!C7` as a spreadsheet program writes it. */
export function placeOf({ file, tab }: Sheet, row: number, column: number): string {
  if (tab === undefined) return `${file}:${row}:${column}`
  const name = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(tab) ? tab : `'${tab.replaceAll("'", "''")}'`
  return `${file}:${name}!${lettersOf(column)}${row}`
}

/** 3 as C, 28 as AB. */
export function lettersOf(column: number): string {
  let letters = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return letters
}

/** AB as 28. */
export function columnOf(letters: string): number {
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0)
}
