/** Texts made safe for a terminal: names and messages come from files and programs of others. */

/** Control characters other than line feed and tab, and those that turn the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const everyUnsafe = new RegExp(unsafe.source, 'g')

export function printableText(text: string): string {
  if (!unsafe.test(text)) return text
  return text.replace(everyUnsafe, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same data with every text in it printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return printableText(value) as T
  if (Array.isArray(value)) return value.map(printable) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printable(inner)])) as T
}
