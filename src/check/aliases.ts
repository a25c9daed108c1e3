/** What the aliases and merge keys of a document stand for, and what is wrong with them; and keys that stand twice. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml'
import type { Range } from './place.ts'

export interface Aliases {
  /** What an alias stands for. */
  readonly target: (alias: Alias) => Node | undefined
  /** Where the first alias stands; undefined where there is none. */
  readonly first?: Range
  /** Keys that stand in their mapping for a second time. */
  readonly repeated: readonly Range[]
  readonly trouble?: { readonly message: string; readonly hint: string; readonly range: Range }
}

/** Each costs the parser a walk through the document. */
const mostAliases = 1000

type Trouble = NonNullable<Aliases['trouble']>

export function rangeOfNode(node: Node | null | undefined): Range {
  const range = node?.range
  return range ? [range[0], range[1]] : [0, 0]
}

/** `<<`, written without quotes. */
export function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && (key.type ?? 'PLAIN') === 'PLAIN'
}

/** Reads the document once. A deep one may be more than the stack takes: a RangeError. */
export function aliasesOf(document: Document): Aliases {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  const merges: Pair[] = []
  const repeated: Range[] = []
  let count = 0
  let first: Range | undefined
  let trouble: Trouble | undefined
  visit(document, {
    Pair(_, pair) {
      if (isMerge(pair)) merges.push(pair)
    },
    Node(_, node) {
      if (isMap(node)) repeated.push(...repeatedKeys(node))
      if (isAlias(node)) {
        first ??= rangeOfNode(node)
        count += 1
        const target = anchors.get(node.source)
        const wrong = aliasTrouble(node, target)
        trouble ??= wrong
        if (target !== undefined && wrong === undefined) targets.set(node, target)
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node)
      }
    },
  })
  const target = (alias: Alias) => targets.get(alias)
  for (const pair of trouble === undefined ? merges : []) trouble ??= mergeTrouble(pair.value as Node | null, target)
  if (count > mostAliases) trouble ??= beyondReason(first)
  repeated.sort((a, b) => a[0] - b[0])
  return { target, repeated, ...(first && { first }), ...(trouble && { trouble }) }
}

/** The parser compares each key with all others of its mapping, which takes too long for many. */
function repeatedKeys({ items }: YAMLMap): readonly Range[] {
  const seen = new Set<unknown>()
  const keys = items.flatMap(({ key }) => (isScalar(key) ? [key] : []))
  return keys.filter(({ value }) => seen.size === seen.add(value).size).map(rangeOfNode)
}

export function beyondReason(range: Range = [0, 0]): Trouble {
  return { message: 'The aliases of this file multiply beyond reason.', hint: 'Write the values out.', range }
}

function aliasTrouble(alias: Alias, target: Node | undefined): Trouble | undefined {
  const range = rangeOfNode(alias)
  if (target === undefined) {
    const message = `There is no anchor \`&${alias.source}\` before this alias.`
    const hint = 'Define the anchor above, or write the value out; a text that begins with `*` needs quotes.'
    return { message, hint, range }
  }
  const [start, end] = rangeOfNode(target)
  if (range[0] < start || range[0] >= end) return undefined
  const message = `This alias stands inside of what it names, \`&${alias.source}\`.`
  return { message, hint: 'Write the value out.', range }
}

function mergeTrouble(value: Node | null, target: Aliases['target']): Trouble | undefined {
  const whole = isAlias(value) ? target(value) : value
  const parts = isSeq(whole) ? whole.items : [whole]
  if (parts.every((each) => isMap(isAlias(each) ? target(each) : each))) return undefined
  const message = '`<<` takes over the fields of a mapping, and this is none.'
  return { message, hint: 'Name an anchored mapping, as in `<<: *base`.', range: rangeOfNode(value) }
}
