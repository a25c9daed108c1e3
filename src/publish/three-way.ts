/** Three versions of a manifest: what both sides knew, what the marketplace has, what is here. */
import type { Field } from '../model/field.ts'
import { fieldBelow, isMapping, itemsOf, rootOf } from '../model/items.ts'
import type { LostChange } from '../model/plan.ts'
import { pointer } from '../model/pointer.ts'
import type { ManifestData } from '../model/release.ts'
import { type Difference, differences, finer, isSame, isSameOrder, namesOn, valueOn } from './changes.ts'

/** The changes made on the marketplace that sending `mine` would undo. */
export function lostChanges(base: ManifestData, theirs: ManifestData, mine: ManifestData): readonly LostChange[] {
  const lostOf = (difference: Difference): readonly LostChange[] => {
    const { steps, ...change } = difference
    const here = change.order ? namesOn(mine, steps) : valueOn(mine, steps)
    if (isKept(difference, here) || isLaterVersion(difference, base, here)) return []
    // Both have something there: some of it may be the same.
    if (change.was === undefined && isAlike(change.becomes, here)) return finer(difference, theirs).flatMap(lostOf)
    return [{ ...change, ...(here === undefined ? {} : { here }) }]
  }
  return differences(base, theirs).flatMap(lostOf)
}

function isAlike(one: unknown, other: unknown): boolean {
  return (isMapping(one) && isMapping(other)) || (Array.isArray(one) && Array.isArray(other))
}

/** Whether what was done to a field shows in another version of it. */
function isKept({ was, becomes, order }: Difference, here: unknown): boolean {
  if (isSame(here, becomes)) return true
  if (!(isPlainList(was) && isPlainList(becomes) && isPlainList(here))) return false
  if (order) return isSameOrder(becomes, here)
  const [added, removed] = [missingIn(was, becomes), missingIn(becomes, was)]
  if (added.length === 0 && removed.length === 0) return isSameOrder(becomes, here)
  return added.every((each) => here.includes(each)) && !removed.some((each) => here.includes(each))
}

/** Which side made the difference at a place, as far as the base tells. */
export function madeBy(
  { steps, order }: Difference,
  base: ManifestData,
  theirs: ManifestData,
  mine: ManifestData,
): 'marketplace' | 'here' | 'both' {
  const at = (manifest: ManifestData): unknown => (order ? namesOn(manifest, steps) : valueOn(manifest, steps))
  const before = at(base)
  if (isSame(before, at(mine))) return 'marketplace'
  return isSame(before, at(theirs)) ? 'here' : 'both'
}

/** A seller who goes on to a later version loses nothing of the one that is there. */
function isLaterVersion({ steps, becomes }: Difference, base: ManifestData, here: unknown): boolean {
  return isVersion(steps) && !isSame(valueOn(base, steps), here) && isLater(here, becomes)
}

function isVersion(steps: readonly unknown[]): boolean {
  return steps.length === 2 && steps[0] === 'product' && steps[1] === 'version'
}

/** V1.10 is later than V1.9; what is no version is never later. */
function isLater(one: unknown, other: unknown): boolean {
  const [left, right] = [numbersOf(one), numbersOf(other)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

function numbersOf(version: unknown): readonly number[] {
  return typeof version === 'string' && /^V\d+(\.\d+)*$/.test(version) ? version.slice(1).split('.').map(Number) : []
}

/** One place in the three versions. */
interface Three {
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
}

interface Place {
  /** In the result. */
  readonly path: readonly string[]
  readonly field: Field | undefined
  /** Where both sides made different changes. */
  readonly both: string[]
}

/**
 * What both sides changed, in one manifest. Where both changed the same field to something else, the marketplace's
 * wins, and the place is told: a JSON Pointer into the result, or into `mine` for what is not there any more.
 */
export function merged(
  base: ManifestData,
  theirs: ManifestData,
  mine: ManifestData,
): { readonly manifest: ManifestData; readonly both: readonly string[] } {
  const both: string[] = []
  const manifest = mergedAt({ base, theirs, mine }, { path: [], field: rootOf(mine), both })
  return { manifest: manifest as ManifestData, both }
}

function mergedAt(three: Three, place: Place): unknown {
  const { base, theirs, mine } = three
  if (isSame(theirs, mine) || isSame(base, theirs)) return mine
  if (isSame(base, mine)) return theirs
  if (isMapping(theirs) && isMapping(mine)) return mergedMapping({ base, theirs, mine }, place)
  const listed = mergedItems(three, place)
  if (listed !== undefined) return listed
  if (isPlainList(base) && isPlainList(theirs) && isPlainList(mine)) {
    // Each value once: what either side added is there, what either side removed is not.
    const stays = (each: string): boolean => !base.includes(each) || (theirs.includes(each) && mine.includes(each))
    return inOneOrder({ base, theirs, mine }, place).filter(stays)
  }
  if (isVersion(place.path) && isLater(mine, theirs)) return mine
  place.both.push(pointer(place.path))
  return theirs
}

type Mapping = Readonly<Record<string, unknown>>

function mergedMapping(
  { base, theirs, mine }: { readonly base: unknown; readonly theirs: Mapping; readonly mine: Mapping },
  place: Place,
): Mapping {
  const before = isMapping(base) ? base : {}
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  const entries = [...keys].map((key) => {
    const three = { base: before[key], theirs: theirs[key], mine: mine[key] }
    return [key, mergedAt(three, { ...place, path: [...place.path, key], field: fieldBelow(place.field, key) })]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A list whose items can be told apart, in the order of the side that changed it; undefined for any other. */
function mergedItems({ base, theirs, mine }: Three, place: Place): readonly unknown[] | undefined {
  const at = {
    base: itemsOf(base ?? [], place.field),
    theirs: itemsOf(theirs, place.field),
    mine: itemsOf(mine, place.field),
  }
  if (at.base === undefined || at.theirs === undefined || at.mine === undefined) return undefined
  const names = inOneOrder(
    { base: [...at.base.keys()], theirs: [...at.theirs.keys()], mine: [...at.mine.keys()] },
    place,
  )
  const item = (list: unknown, index: number | undefined): unknown =>
    index === undefined || !Array.isArray(list) ? undefined : list[index]
  const result: unknown[] = []
  for (const name of names) {
    const three = {
      base: item(base, at.base.get(name)),
      theirs: item(theirs, at.theirs.get(name)),
      mine: item(mine, at.mine.get(name)),
    }
    const gone = three.theirs === undefined ? at.mine.get(name) : undefined
    const path = [...place.path, String(gone ?? result.length)]
    const value = mergedAt(three, { ...place, path, field: fieldBelow(place.field, name) })
    if (value !== undefined) result.push(value)
  }
  return result
}

interface Orders {
  readonly base: readonly string[]
  readonly theirs: readonly string[]
  readonly mine: readonly string[]
}

/** What either side has, each once, in the order of the side that moved something; where both did, that is told. */
function inOneOrder({ base, theirs, mine }: Orders, place: Place): readonly string[] {
  const [there, here] = [[...new Set(theirs)], [...new Set(mine)]]
  const moved = !isSameOrder(base, there)
  if (moved && !isSameOrder(base, here) && !isSameOrder(there, here)) place.both.push(pointer(place.path))
  return moved ? woven(there, here) : woven(here, there)
}

/** All of one list, and each of the other behind what it follows there. */
function woven(first: readonly string[], second: readonly string[]): readonly string[] {
  const all = [...first]
  for (const [index, name] of second.entries()) {
    if (all.includes(name)) continue
    const before = second[index - 1]
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, name)
  }
  return all
}

function isPlainList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function missingIn(list: readonly string[], from: readonly string[]): readonly string[] {
  return from.filter((each) => !list.includes(each))
}
