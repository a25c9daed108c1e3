/** Finds the part of a document that a JSON Pointer names: its key, its value, the mapping around it. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Finding } from '../model/diagnostic.ts'
import { partsOf } from '../model/pointer.ts'
import { type Aliases, isMerge, rangeOfNode } from './aliases.ts'
import type { Range } from './place.ts'

export interface Located {
  readonly key: Node | null
  readonly value: Node | null
  readonly parent: Node | null
  /** All of the path is there, rather than the first parts of it. */
  readonly whole: boolean
  /** It came through an alias or a merge key: what stands here also stands elsewhere. */
  readonly borrowed: boolean
}

type Step = Pick<Located, 'key' | 'value' | 'borrowed'>

export function locate(document: Document, aliases: Aliases, path: string): Located {
  let here: Located = {
    key: null,
    value: document.contents as Node | null,
    parent: null,
    whole: true,
    borrowed: false,
  }
  for (const part of partsOf(path)) {
    // What an alias stands for is told at the alias, whatever part of it is meant.
    if (here.borrowed || isAlias(here.value)) return { ...here, whole: false, borrowed: true }
    const next = step(here.value, part, aliases)
    if (next === undefined) return { ...here, whole: false }
    here = { ...next, parent: here.value, whole: true }
  }
  return here
}

/** Where a finding points: the value, the key, or, for what is missing, the key of what lacks it. */
export function rangeOf({ key, value, whole, borrowed }: Located, finding: Finding): Range {
  if (borrowed) return rangeOfNode(value ?? key)
  if (!whole || finding.path === '' || finding.at === 'key') return rangeOfNode(key ?? firstKey(value) ?? value)
  return rangeOfNode(isScalar(value) && isEmpty(value) ? (key ?? value) : (value ?? key))
}

/** Whether a mapping has a key, written there or merged into it. */
export function hasKey(map: Node | null, key: string, aliases: Aliases): boolean {
  return isMap(map) && step(map, key, aliases) !== undefined
}

function isEmpty(node: Node): boolean {
  const [start, end] = rangeOfNode(node)
  return start === end
}

function step(node: Node | null, part: string, aliases: Aliases): Step | undefined {
  if (isMap(node)) return ownStep(node, part) ?? mergedStep(node, part, aliases)
  if (isSeq(node) && /^\d+$/.test(part)) {
    const value = node.items[Number(part)] as Node | undefined
    return value === undefined ? undefined : { key: null, value, borrowed: false }
  }
  return undefined
}

function ownStep(map: YAMLMap, part: string): Step | undefined {
  const pair = pairsOf(map).get(part)
  return pair && { key: pair.key as Node, value: pair.value as Node | null, borrowed: false }
}

/** Kept for mappings with many keys and as many findings. */
const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const made = known.get(map)
  if (made !== undefined) return made
  const own = map.items.filter((each) => !isMerge(each))
  const pairs = new Map(own.flatMap((each) => (isScalar(each.key) ? [[String(each.key.value), each]] : [])))
  known.set(map, pairs)
  return pairs
}

/** Through `<<`: the alias that brings the key, or `<<` itself where no alias does. */
function mergedStep(map: YAMLMap, part: string, aliases: Aliases): Step | undefined {
  const resolved = (node: Node | null) => (isAlias(node) ? (aliases.target(node) ?? null) : node)
  for (const pair of map.items.filter(isMerge)) {
    const value = pair.value as Node | null
    const whole = resolved(value)
    const sources = isSeq(whole) ? (whole.items as Node[]) : [whole]
    const source = sources.find((each) => hasKey(resolved(each), part, aliases))
    const alias = [value, source].find(isAlias)
    if (source) return { key: pair.key as Node, value: alias ?? null, borrowed: true }
  }
  return undefined
}

function firstKey(node: Node | null): Node | null {
  return isMap(node) ? ((node.items[0]?.key as Node | undefined) ?? null) : null
}
