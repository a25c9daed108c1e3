/** New values as YAML or JSON text, in the style of what they take the place of. */
import { Document, isScalar, type Node, Scalar, stringify } from 'yaml'

/** What follows a `:` or a `-`: on its line, with the space before it, and on the lines below, relative to its column. */
export interface Rendered {
  readonly head: string
  readonly lines: readonly string[]
}

/** How a text is written. */
export interface Writing {
  readonly json: boolean
  /** Spaces of one level. */
  readonly step: number
}

const shortestFold = 80

/** The value of a key, or an item of a list, in block style. */
export function blockValue(
  value: unknown,
  holder: 'map' | 'seq',
  { step }: Writing,
  old?: { readonly node: Node; readonly text: string },
): Rendered {
  const wanted = isScalar(old?.node) && isTextual(value) ? styled(value, old.node) : value
  const width = isScalar(old?.node) && old.node.type === Scalar.BLOCK_FOLDED ? widest(old.text) : 0
  const settings = { lineWidth: width, indent: step, aliasDuplicateObjects: false }
  const text = stringify(holder === 'map' ? { k: wanted } : [wanted], settings).replace(/\n$/, '')
  const [first = '', ...lines] = text.split('\n')
  return { head: first.slice(holder === 'map' ? 'k:'.length : '-'.length), lines }
}

/** A key with its value as lines, in block style. */
export function blockEntry(key: string, value: unknown, { step }: Writing): readonly string[] {
  const settings = { lineWidth: 0, indent: step, aliasDuplicateObjects: false }
  return stringify({ [key]: value }, settings)
    .replace(/\n$/, '')
    .split('\n')
}

/** Within brackets; in JSON on lines of its own where `margin` says what stands before each. */
export function flowValue(value: unknown, { json, step }: Writing, old?: Node, margin?: string): string {
  if (json) {
    return margin === undefined
      ? JSON.stringify(value)
      : JSON.stringify(value, null, step).replaceAll('\n', `\n${margin}`)
  }
  const wanted = isScalar(old) && isTextual(value) ? styled(value, old) : value
  const document = new Document([wanted], { aliasDuplicateObjects: false })
  const list = document.contents as unknown as { flow: boolean }
  list.flow = true
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim()
  return text.includes('\n') ? JSON.stringify(value) : text.slice(1, -1)
}

export function flowEntry(key: string, value: unknown, writing: Writing, margin?: string): string {
  if (writing.json) return `${JSON.stringify(key)}: ${flowValue(value, writing, undefined, margin)}`
  return `${flowValue(key, writing)}: ${flowValue(value, writing)}`
}

function isTextual(value: unknown): value is string {
  return typeof value === 'string'
}

/** A text with the quotes or the block of another; a plain one gets what it needs. */
function styled(value: string, old: Scalar): Scalar {
  const scalar = new Scalar(value)
  const isBlock = old.type === Scalar.BLOCK_FOLDED || old.type === Scalar.BLOCK_LITERAL
  // Whether a number in a text needs quotes is for the writer to know; a block of one word is how its author wants it.
  if (old.type !== undefined && old.type !== Scalar.PLAIN && (isBlock || !value.includes('\n'))) scalar.type = old.type
  return scalar
}

function widest(text: string): number {
  return Math.max(shortestFold, ...text.split('\n').map((line) => line.trim().length))
}
