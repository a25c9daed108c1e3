/** A mend as edits of the text: nothing is written anew but the key or the scalar that is wrong. */
import { isCollection, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml'
import type { Finding, Fix } from '../model/diagnostic.ts'
import { type Aliases, rangeOfNode } from './aliases.ts'
import { hasKey, type Located } from './locate.ts'
import { exactSpan } from './place.ts'
import { standardVersion } from './version.ts'

export interface Written {
  readonly body: string
  readonly starts: readonly number[]
  readonly json: boolean
  readonly aliases: Aliases
}

interface Style {
  readonly json: boolean
  /** Within brackets or braces. */
  readonly flow: boolean
}

/** Undefined where no edit is safe. */
export function fixOf(finding: Finding, located: Located, written: Written): Fix | undefined {
  const { mend } = finding
  if (mend === undefined || !located.whole || located.borrowed) return undefined
  const node = 'key' in mend ? located.key : located.value
  if (!isOneLine(node, written.body)) return undefined
  const range = rangeOfNode(node)
  const text =
    'key' in mend
      ? keyText(mend.key, node, located, written)
      : valueText(finding, mend.value, node, { ...written, flow: isFlow(located.parent) })
  if (text === undefined || text === written.body.slice(...range)) return undefined
  return { title: `Write \`${text}\``, edits: [{ ...exactSpan(written.starts, range), text }] }
}

function isFlow(parent: Node | null): boolean {
  return isCollection(parent) && parent.flow === true
}

/** A scalar that is there and on one line; what goes over several has indentation to keep. */
function isOneLine(node: Node | null, body: string): node is Scalar {
  if (!isScalar(node) || node.type === undefined || node.type.startsWith('BLOCK')) return false
  const [start, end] = rangeOfNode(node)
  return start < end && !/[\n\r]/.test(body.slice(start, end))
}

function keyText(key: string, node: Scalar, { parent }: Located, { aliases, json }: Written): string | undefined {
  return hasKey(parent, key, aliases) ? undefined : quoted(key, node, { json, flow: isFlow(parent) })
}

function valueText(
  finding: Finding,
  value: string | number,
  node: Scalar,
  { body, json, flow }: Style & { readonly body: string },
): string | undefined {
  // A tag says what the value is, whatever is written.
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str') return undefined
  if (typeof value === 'number') return node.tag === undefined ? String(value) : undefined
  const source = body.slice(...rangeOfNode(node))
  if (typeof node.value === 'string') {
    return value === node.value ? withoutQuotes(node) : quoted(value, node, { json, flow })
  }
  // The value has lost the zeros the number was written with; its text is made of what is written.
  const text = finding.code === 'version-form' ? standardVersion(source) : value === String(node.value) ? source : value
  return text === undefined ? undefined : quoted(text, node, { json, flow })
}

/** The same text as the number or the word true or false it looks like. */
function withoutQuotes({ value, tag }: Scalar): string | undefined {
  return tag === undefined && typeof value === 'string' && typeof read(value, false) !== 'string' ? value : undefined
}

/** In the quotes the scalar has; a plain one stays plain where that reads back as the same text. */
function quoted(text: string, { type }: Scalar, { json, flow }: Style): string {
  // What cannot be seen can only be written within double quotes.
  const special = /[\p{Cc}\u2028\u2029\ufeff]/u.test(text)
  if (json || special || type === 'QUOTE_DOUBLE') return JSON.stringify(text)
  if (type === 'QUOTE_SINGLE') return `'${text.replaceAll("'", "''")}'`
  return read(text, flow) === text ? text : JSON.stringify(text)
}

/** What a plain scalar reads as; undefined for what is none. Within brackets, less is admitted. */
function read(plain: string, flow: boolean): unknown {
  const text = flow ? `[${plain}]` : `- ${plain}`
  const { contents, errors, warnings } = parseDocument(text, { schema: 'core', logLevel: 'silent' })
  const [only, ...others] = isSeq(contents) ? contents.items : []
  const plainScalar = errors.length + warnings.length + others.length === 0 && isScalar(only) && only.type === 'PLAIN'
  return plainScalar ? only.value : undefined
}
