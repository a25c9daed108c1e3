/** Texts as GitHub Flavored Markdown that shows what they say and obeys nothing in them. */
import { wellFormed } from './validated.ts'

/**
 * A text within one line, also in a cell of a table. Parts between backticks stay code; where the backticks do not
 * pair, as in a file's name, they are only characters.
 */
export function inline(text: string): string {
  const shown = wellFormed(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
  const parts = shown.split('`')
  if (parts.length % 2 === 0 || shown.includes('``')) return escaped(shown)
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : code(part))).join('')
}

/** Inside code a backslash stands for itself, but before a pipe a table would take it away. */
function code(text: string): string {
  if (text.includes('\\') && text.includes('|')) return escaped(`\`${text}\``)
  return `\`${text.replaceAll('\n', ' ').replaceAll('|', '\\|')}\``
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*_[\]~|#]/g, '\\$&')
      // Between two of them GitHub would see a formula.
      .replaceAll('$', '&#36;')
      // Nobody is to be called because a manifest has a word with an at sign.
      .replace(/(?<![\w.+-])@(?=\w)/g, '@<!-- -->')
      .replaceAll('\n', '<br>')
  )
}

export function linked(text: string, address: string | undefined): string {
  if (address === undefined) return inline(text)
  const target = wellFormed(address).replace(/[\s()<>|\\]/g, (each) => `%${hex(each)}`)
  return `[${inline(text)}](${target})`
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
}

/** YAML in a fence no backticks of its own can close. */
export function fenced(yaml: string): string {
  const longest = Math.max(2, ...[...yaml.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}yaml\n${yaml.trimEnd()}\n${fence}`
}
