/** Which cell formats of a workbook show a number as a date or time: in the file a date is a number like any other. */
import type { XmlHandler } from './xml.ts'

interface Dates {
  /** For the part with the styles. */
  readonly handler: XmlHandler
  /** Whether cells of a style, by its number, show dates. */
  isDate(style: number): boolean
}

/** The formats every workbook has without saying so (ECMA-376, part 1, 18.8.30). */
const builtIn: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]

export function datesIn(): Dates {
  const codes = new Map<number, string>()
  const styles: number[] = []
  let isInStyles = false
  return {
    handler: {
      open(name, { numFmtId = '0', formatCode = '' }) {
        if (name === 'cellXfs') isInStyles = true
        else if (name === 'numFmt') codes.set(Number(numFmtId), formatCode)
        else if (name === 'xf' && isInStyles) styles.push(Number(numFmtId))
      },
      close(name) {
        if (name === 'cellXfs') isInStyles = false
      },
    },
    isDate(style) {
      const format = styles[style] ?? 0
      const code = codes.get(format)
      if (code !== undefined) return showsDate(code)
      return builtIn.some(([first, last]) => format >= first && format <= last)
    },
  }
}

/** Letters of dates outside quotes, brackets and escapes: `yyyy-mm-dd`, but not `0.00 "days"` or `[Red]0`. */
function showsDate(code: string): boolean {
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '').replace(/general/gi, ''))
}
