/** The text of a new `koo.yaml` that says what a manifest says, with the comments `koo init` writes. */
import { rowOf } from '../model/delivery-methods.ts'
import { manifestFields } from '../model/manifest.ts'
import { schemaName } from '../model/own-names.ts'
import { pointer } from '../model/pointer.ts'
import { methodOf } from '../model/references.ts'
import type { ManifestData } from '../model/release.ts'
import { manifestText } from './manifest-text.ts'
import { updatedText } from './manifest-update.ts'

/** Undefined where the manifest is of no delivery method there is. */
export function manifestOf(manifest: ManifestData, from: string): string | undefined {
  const method = methodOf(manifest)
  if (method === undefined) return undefined
  const answers = new Map<string, unknown>()
  collect(manifest, [], answers)
  const text = manifestText(manifestFields(method), answers, [
    `yaml-language-server: $schema=./${schemaName}`,
    '',
    `A product of the delivery method ${rowOf(method).title} for KooGallery, pulled from ${from}.`,
  ])
  // What it says of its own accord, such as placeholders, goes.
  return updatedText(text, 'koo.yaml', manifest)
}

function collect(value: unknown, path: readonly string[], into: Map<string, unknown>): void {
  if (path.length > 0) into.set(pointer(path), value)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key], into)
}
