/** How to write a value that is of another type than it should be, or holds letters nobody sees. */

/** Undefined where nothing better can be said than what the field is for. */
export function typeHint(actual: unknown, wanted: string, mendable: boolean): { readonly hint: string } | undefined {
  if (actual === null) return { hint: 'Write a value after the colon; a text that begins with `#` needs quotes.' }
  if (wanted === 'string') return textHint(actual)
  if (typeof actual !== 'string') return undefined
  if (mendable) return { hint: `Write it without quotes: ${actual}.` }
  const flag = flags[actual.trim().toLowerCase()]
  if (wanted === 'boolean' && flag !== undefined) return { hint: `Write \`${flag}\`.` }
  const isNumber = wanted === 'number' || wanted === 'integer'
  const number = isNumber
    ? /\d+(?:\.\d+)?/.exec(actual.replace(/,(?=\d{3}\b)/g, '').replace(/,(?=\d{1,2}\b)/, '.'))
    : null
  return number ? { hint: `Write the number alone, without unit and separators, as in ${number[0]}.` } : undefined
}

function textHint(actual: unknown): { readonly hint: string } | undefined {
  if (typeof actual === 'number' || typeof actual === 'boolean') return { hint: 'Put it in quotes.' }
  const isMapping = typeof actual === 'object' && !Array.isArray(actual)
  return isMapping ? { hint: 'Put it in quotes, if it is one text with a colon in it.' } : undefined
}

/** What YAML 1.1 took for these, and YAML 1.2 takes for texts. */
const flags: Readonly<Record<string, boolean>> = { yes: true, on: true, y: true, no: false, off: false, n: false }

/** A word about the first letter that only looks like one of the usual ones, or cannot be seen; else nothing. */
export function strangeLetter(word: string): string {
  const strange = /[^\x20-\x7e]/u.exec(word)?.[0]
  const number = strange?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  return number === undefined ? '' : `It holds the character U+${number}. `
}
