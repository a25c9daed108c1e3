/** A manifest with values put in and taken out, each at a JSON Pointer. */
import { usage } from '../model/failure.ts'
import { partsOf } from '../model/pointer.ts'
import type { ManifestData } from '../model/release.ts'

type Container = Record<string, unknown> | unknown[]

/** @throws {Failure} (usage) where there is no such place. */
export function edited(
  manifest: ManifestData,
  sets: readonly { readonly path: string; readonly value: unknown }[],
  removed: readonly string[],
): ManifestData {
  const copy = structuredClone(manifest) as Record<string, unknown>
  for (const { path, value } of sets) {
    const { container, last } = placeOf(copy, path)
    if (!Array.isArray(container)) container[last] = value
    else if (last === '-') container.push(value)
    else container[indexIn(container, last, path)] = value
  }
  for (const path of removed) {
    const { container, last } = placeOf(copy, path)
    if (Array.isArray(container)) container.splice(indexIn(container, last, path), 1)
    else if (Object.hasOwn(container, last)) delete container[last]
    else throw nothingAt(path)
  }
  return copy
}

/** The mapping or list that holds what a path names. */
function placeOf(manifest: Record<string, unknown>, path: string) {
  const parts = partsOf(path)
  const last = parts.at(-1) ?? ''
  let container: Container = manifest
  for (const part of parts.slice(0, -1)) {
    const next: unknown = Array.isArray(container)
      ? container[Number(part)]
      : Object.hasOwn(container, part)
        ? container[part]
        : undefined
    if (typeof next !== 'object' || next === null) throw nothingAt(path)
    container = next as Container
  }
  return { container, last }
}

function indexIn(list: readonly unknown[], text: string, path: string): number {
  const index = /^\d+$/.test(text) ? Number(text) : -1
  if (index < 0 || index >= list.length) throw nothingAt(path)
  return index
}

function nothingAt(path: string) {
  return usage('bad-flag', `The manifest on the marketplace has nothing at ${path}.`)
}
