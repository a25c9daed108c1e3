/** What is wrong with a YAML text, told to a seller rather than to a programmer, at the place to mend. */
import type { Document } from 'yaml'
import type { Aliases } from './aliases.ts'
import type { Range } from './place.ts'
import { explain } from './yaml-errors.ts'

export interface Trouble {
  readonly code: 'yaml-syntax' | 'duplicate-key' | 'manifest-too-large'
  readonly message: string
  readonly hint?: string
  readonly range: Range
}

/** Warnings about what other programs read otherwise; of the rest, nothing changes what is read. */
const tellingWarnings: ReadonlySet<string> = new Set([
  'TAG_RESOLVE_FAILED',
  'BAD_DIRECTIVE',
  'BAD_COLLECTION_TYPE',
  'BAD_ALIAS',
])

/** Characters YAML does not admit, although parsers take them. */
const control = /(?![\t\n\r\u0085])\p{Cc}/u

/** Every repeated key, but of the rest only the first: what follows a syntax error is mostly its echo. */
export function troublesOf(document: Document, aliases: Aliases, body: string, json: boolean): readonly Trouble[] {
  const [error] = document.errors
  if (error !== undefined) return [{ code: 'yaml-syntax', ...explain(error, body, document) }]
  if (aliases.repeated.length > 0) return aliases.repeated.map(repeatedTrouble)
  // JSON has its own rule for characters, and has been read by it.
  const invisible = json ? undefined : controlTrouble(body)
  if (invisible !== undefined) return [invisible]
  const warning = document.warnings.find(({ code }) => tellingWarnings.has(code))
  if (warning !== undefined) return [{ code: 'yaml-syntax', ...explain(warning, body, document) }]
  return aliases.trouble === undefined ? [] : [{ code: 'yaml-syntax', ...aliases.trouble }]
}

function repeatedTrouble(range: Range): Trouble {
  return { code: 'duplicate-key', message: 'This key stands twice in the same mapping.', range }
}

function controlTrouble(body: string): Trouble | undefined {
  const at = body.search(control)
  if (at < 0) return undefined
  const name = `U+${body.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`
  const message = `There is an invisible control character (${name}) here.`
  return { code: 'yaml-syntax', message, hint: 'Remove it.', range: [at, at + 1] }
}
