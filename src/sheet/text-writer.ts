/** Writes a sheet as text that spreadsheet programs open as it is meant: UTF-8 with its mark, Windows line ends. */

type Value = string | number | undefined

export function textSheet(rows: readonly (readonly Value[])[], delimiter: ',' | '\t'): Uint8Array {
  const lines = rows.map((row) => row.map((value) => written(value, delimiter)).join(delimiter))
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`)
}

function written(value: Value, delimiter: string): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  const text = isFormula(value) ? '' : value
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet program would work it out instead of showing it, so it is left to the seller to write. */
function isFormula(text: string): boolean {
  return /^[=+@\t\r-]/.test(text)
}
