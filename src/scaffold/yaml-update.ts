/** The edits that make a YAML text say something else, node by node. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { yamlOptions } from '../check/yaml-options.ts'
import { canonical } from '../model/content-digest.ts'
import type { Field } from '../model/field.ts'
import { fieldBelow, isMapping, rootOf } from '../model/items.ts'
import { itemMatches } from './item-matches.ts'
import { blockPieces, commentAfter, flowPieces, marginOf, type Piece, type Slot } from './pieces.ts'
import { edited, lineBreakOf, lineEnd, lineStart, type TextEdit } from './text-edits.ts'
import { blockEntry, blockValue, flowEntry, flowValue, type Writing } from './yaml-text.ts'

export interface How {
  /** Aliases of what does not change may stay. */
  readonly aliases: 'kept' | 'expanded'
  /** What changes under a key at the top is edited, or written anew as a whole. */
  readonly changed: 'in-place' | 'anew'
}

/** The place of something is not known, so this text cannot be edited in this way. */
export class Unplaced extends Error {}

/** Where a value stands. */
interface Place {
  readonly style: 'block' | 'flow'
  readonly holder: 'map' | 'seq'
  /** After the colon or the dash, and the anchor, that leads to it. */
  readonly after: number
  /** Of the key or the dash. */
  readonly column: number
  /** What the table of fields says of it; undefined for what no manifest has. */
  readonly field: Field | undefined
}

interface Token {
  readonly type: string
  readonly offset: number
  readonly source?: string
}

/** An entry of a collection as the parser saw it. */
interface Entry {
  readonly start: readonly Token[]
  readonly key?: unknown
  readonly sep?: readonly Token[]
  readonly value?: unknown
}

/** @throws {Unplaced} where the text cannot be edited. */
export function yamlWith(text: string, target: unknown, how: How & { readonly json: boolean }): string {
  const document = parseDocument(text, { ...yamlOptions, keepSourceTokens: true }) as Document
  if (document.errors.length > 0 || !isMap(document.contents)) throw new Unplaced()
  const update = new Update(text, document, how)
  const place: Place = { style: 'block', holder: 'map', after: 0, column: 0, field: rootOf(target) }
  return edited(text, 0, text.length, update.change(document.contents, target, place, 0))
}

class Update {
  readonly #text: string
  readonly #document: Document
  readonly #how: How
  readonly #writing: Writing
  readonly #lineBreak: string
  /** What each anchor will stand for. */
  readonly #anchored = new Map<Node, string>()

  constructor(text: string, document: Document, how: How & { readonly json: boolean }) {
    this.#text = text
    this.#document = document
    this.#how = how
    this.#lineBreak = lineBreakOf(text)
    this.#writing = { json: how.json, step: stepOf(text, how.json) }
  }

  change(node: Node, target: unknown, place: Place, depth: number): readonly TextEdit[] {
    if (isAlias(node)) return this.#isKept(node, target) ? [] : this.#replace(node, target, place)
    const isSame = canonical(this.#valueOf(node)) === canonical(target)
    if (depth === 1 && this.#how.changed === 'anew' && !isSame) return this.#replace(node, target, place)
    if ('anchor' in node && node.anchor) this.#anchored.set(node, canonical(target))
    if (isScalar(node)) return isSame ? [] : this.#replace(node, target, place)
    if (isMap(node) && isMapping(target) && node.items.length > 0) return this.#map(node, target, place, depth)
    if (isSeq(node) && Array.isArray(target) && node.items.length > 0) return this.#seq(node, target, place, depth)
    return isSame ? [] : this.#replace(node, target, place)
  }

  #isKept(node: Node, target: unknown): boolean {
    if (this.#how.aliases === 'expanded' || !isAlias(node)) return false
    const source = node.resolve(this.#document)
    return source !== undefined && this.#anchored.get(source) === canonical(target)
  }

  #valueOf(node: unknown): unknown {
    return isNode(node) ? node.toJS(this.#document) : node
  }

  #map(node: YAMLMap, target: Readonly<Record<string, unknown>>, place: Place, depth: number): readonly TextEdit[] {
    const isFlow = node.flow === true
    const before = this.#valueOf(node)
    const merges = node.items.filter((pair) => keyOf(pair) === '<<')
    const areMergesKept = merges.every((pair) => this.#isMergeKept(pair)) && canonical(before) === canonical(target)
    const wanted = Object.entries(target).filter(([, value]) => value !== undefined)
    const keys = node.items.map(keyOf)
    const kept = keys.map((key) => (key === '<<' ? areMergesKept : Object.hasOwn(target, key)))
    const pieces = node.items.map((pair, index): Piece => {
      const entry = entryOf(pair)
      const key = keys[index] ?? ''
      const start = startOf(entry, pair)
      const end = this.#endOf(pair, entry)
      if (!kept[index] || key === '<<') return { start, end, edits: [] }
      if (!isNode(pair.value)) throw new Unplaced()
      const column = start - lineStart(this.#text, start)
      const inside: Place = {
        style: isFlow ? 'flow' : 'block',
        holder: 'map',
        after: afterOf(entry.sep),
        column,
        field: fieldBelow(place.field, key),
      }
      return { start, end, edits: this.change(pair.value, target[key], inside, depth + 1) }
    })
    const fresh = wanted.filter(([key]) => !(keys.includes(key) || (areMergesKept && merges.length > 0)))
    if (fresh.length === 0 && kept.every(Boolean)) return pieces.flatMap(({ edits }) => edits)
    if (wanted.length === 0) return this.#replace(node, target, place)
    const order = inserted(
      keys.filter((_, index) => kept[index]),
      wanted.map(([key]) => key),
    )
    const margin = marginOf(this.#text, pieces[0]?.start ?? 0)
    if (isFlow) {
      const slots = order.map((key): Slot<string> => {
        const at = keys.indexOf(key)
        return at >= 0 ? at : { fresh: flowEntry(key, target[key], this.#writing, margin) }
      })
      return flowPieces(this.#text, ...this.#brackets(node), pieces, slots)
    }
    const slots = order.map((key): Slot<readonly string[]> => {
      const at = keys.indexOf(key)
      return at >= 0 ? at : { fresh: blockEntry(key, target[key], this.#writing) }
    })
    return blockPieces(this.#text, place.after, pieces, slots, this.#lineBreak)
  }

  #isMergeKept({ value }: Pair): boolean {
    const sources = isSeq(value) ? value.items : [value]
    return sources.every((each) => isNode(each) && this.#isKept(each, this.#valueOf(each)))
  }

  #seq(node: YAMLSeq, target: readonly unknown[], place: Place, depth: number): readonly TextEdit[] {
    const isFlow = node.flow === true
    const entries = entriesOf(node)
    const matches = itemMatches(
      node.items.map((item) => this.#valueOf(item)),
      target,
      place.field,
    )
    const pieces = node.items.map((item, index): Piece => {
      const entry = entries[index]
      // A mapping of one pair without braces.
      if (entry === undefined || !isNode(item) || (isFlow && (entry.sep ?? []).length > 0)) throw new Unplaced()
      const start = startOf(entry, item)
      const end = Math.max(isFlow ? start : afterOf(entry.start), this.#contentEnd(item))
      const column = start - lineStart(this.#text, start)
      const after = isFlow ? start : afterOf(entry.start)
      const inside: Place = {
        style: isFlow ? 'flow' : 'block',
        holder: 'seq',
        after,
        column,
        field: fieldBelow(place.field, String(index)),
      }
      const to = matches.indexOf(index)
      return { start, end, edits: to < 0 ? [] : this.change(item, target[to], inside, depth + 1) }
    })
    const isInPlace = matches.length === pieces.length && matches.every((from, index) => from === index)
    if (isInPlace) return pieces.flatMap(({ edits }) => edits)
    if (target.length === 0) return this.#replace(node, target, place)
    if (isFlow) {
      const margin = marginOf(this.#text, pieces[0]?.start ?? 0)
      const slots = matches.map((from, index): Slot<string> => {
        return from ?? { fresh: flowValue(target[index], this.#writing, undefined, margin) }
      })
      return flowPieces(this.#text, ...this.#brackets(node), pieces, slots)
    }
    const slots = matches.map((from, index): Slot<readonly string[]> => {
      if (from !== undefined) return from
      const { head, lines } = blockValue(target[index], 'seq', this.#writing)
      return { fresh: [`-${head}`, ...lines] }
    })
    return blockPieces(this.#text, place.after, pieces, slots, this.#lineBreak)
  }

  #replace(node: Node, target: unknown, place: Place): readonly TextEdit[] {
    const [start, last] = rangeOf(node)
    const text = this.#text
    if (place.style === 'flow' || this.#writing.json) {
      const isInside = place.style === 'flow' && !this.#writing.json
      const margin = /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0]
      return [{ start, end: last, text: flowValue(target, this.#writing, isInside ? node : undefined, margin) }]
    }
    const end = Math.max(place.after, this.#contentEnd(node))
    const old = { node, text: text.slice(start, last) }
    const { head, lines } = blockValue(target, place.holder, this.#writing, old)
    const below = lines.map((line) => (line === '' ? '' : `${' '.repeat(place.column)}${line}`))
    const rest = below.map((line) => `${this.#lineBreak}${line}`).join('')
    const headEnd = lineEnd(text, place.after)
    if (start > headEnd && start < last) {
      // The old value begins on a line of its own; a comment on the line before it stays.
      return [
        { start: place.after, end: place.after, text: head },
        { start: headEnd, end, text: rest },
      ]
    }
    if (end <= headEnd) {
      return [
        { start: place.after, end, text: head },
        ...(rest === '' ? [] : [{ start: headEnd, end: headEnd, text: rest }]),
      ]
    }
    const isBlock = /^[|>]/.test(text.slice(start, end))
    const note = isBlock
      ? commentAfter(text, start + (/^[|>][-+0-9]*/.exec(text.slice(start, end))?.[0].length ?? 0))
      : ''
    const behind = rest === '' ? '' : commentAfter(text, end)
    return [{ start: place.after, end: end + behind.length, text: `${head}${note}${behind}${rest}` }]
  }

  #brackets(node: YAMLMap | YAMLSeq): readonly [number, number] {
    const [start, end] = rangeOf(node)
    return [start, end]
  }

  #endOf(pair: Pair, entry: Entry): number {
    const bare = entry.sep === undefined ? (isNode(pair.key) ? rangeOf(pair.key)[1] : 0) : afterOf(entry.sep)
    return isNode(pair.value) ? Math.max(bare, this.#contentEnd(pair.value)) : bare
  }

  /** Where the last character of a value is, without the comments and empty lines after it. */
  #contentEnd(node: Node): number {
    if ((isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0) {
      const last = node.items.at(-1)
      if (isMap(node)) return this.#endOf(last as Pair, entryOf(last as Pair))
      const entry = entriesOf(node).at(-1)
      if (!isNode(last) || entry === undefined) throw new Unplaced()
      return Math.max(afterOf(entry.start), this.#contentEnd(last))
    }
    const [start, end] = rangeOf(node)
    // The parser places what is not there behind the comment that follows.
    if (start === end) return 0
    const written = this.#text.slice(start, end)
    // Empty lines at the end of a text that keeps them are its content.
    if (/^[|>]\d?\+/.test(written)) return start + written.replace(/\r?\n$/, '').length
    return start + written.trimEnd().length
  }
}

/** The keys there are, in their order, and each new one behind the key it follows in the wanted order. */
function inserted(there: readonly string[], wanted: readonly string[]): readonly string[] {
  const order = [...there]
  let previous: string | undefined
  for (const key of wanted) {
    if (!order.includes(key)) {
      const at = previous === undefined ? 0 : order.indexOf(previous) + 1
      order.splice(at, 0, key)
    }
    previous = key
  }
  return order
}

function keyOf({ key }: Pair): string {
  if (isScalar(key)) return typeof key.value === 'symbol' ? '<<' : String(key.value)
  throw new Unplaced()
}

function entryOf(pair: Pair): Entry {
  const { srcToken } = pair as { readonly srcToken?: Entry }
  if (srcToken === undefined) throw new Unplaced()
  return srcToken
}

/** The entries of a list that have a value; comments at its end count as one without. */
function entriesOf(node: YAMLSeq): readonly Entry[] {
  const { srcToken } = node as { readonly srcToken?: { readonly items?: readonly Entry[] } }
  if (srcToken?.items === undefined) throw new Unplaced()
  const isWhole = (entry: Entry): boolean =>
    node.flow === true
      ? entry.value !== undefined || entry.key !== undefined || (entry.sep ?? []).length > 0
      : entry.start.some(({ type }) => type === 'seq-item-ind')
  return srcToken.items.filter(isWhole)
}

const idle = ['space', 'newline', 'comment', 'comma']

/** Where an entry begins: at its dash, its anchor, its key or its value. */
function startOf(entry: Entry, part: Pair | Node): number {
  const mark = entry.start.find(({ type }) => !idle.includes(type))
  if (mark !== undefined) return mark.offset
  if (isNode(part)) return rangeOf(part)[0]
  if (isNode(part.key)) return rangeOf(part.key)[0]
  throw new Unplaced()
}

/** The end of the last of the tokens that lead to a value. */
function afterOf(tokens: readonly Token[] | undefined): number {
  const last = tokens?.findLast(({ type }) => !idle.includes(type))
  if (last === undefined) throw new Unplaced()
  return last.offset + (last.source?.length ?? 1)
}

function rangeOf(node: Node): readonly [number, number] {
  const { range } = node
  if (!range) throw new Unplaced()
  return [range[0], range[1]]
}

/** Spaces of one level: as in the first line that is indented. */
function stepOf(text: string, json: boolean): number {
  const found = (json ? /^( +)"/m : /^( +)[\w"'-]/m).exec(text)?.[1]?.length ?? 2
  return Math.min(8, json ? found : Math.max(2, found))
}
