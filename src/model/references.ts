/** The files a manifest names, found through the fields that are files. */
import { isDeliveryMethod } from './delivery-methods.ts'
import type { FileField, FileRole } from './field.ts'
import { eachValueAt, fieldPlaces } from './field-paths.ts'
import { valueAt } from './pointer.ts'

export interface FileReference {
  /** Where in the manifest. */
  readonly path: readonly string[]
  /** Relative to the manifest's folder, as written. */
  readonly file: string
  readonly role: FileRole
}

/** The delivery method of a value that may or may not be a sound manifest. */
export function methodOf(value: unknown) {
  const method = valueAt(value, ['delivery', 'method'])
  return isDeliveryMethod(method) ? method : undefined
}

const filePlaces = fieldPlaces((field): field is FileField => field.kind === 'file')

/** Every file named, also in a manifest whose shape is not sound: what is no text is passed over. */
export function fileReferences(value: unknown): readonly FileReference[] {
  const found: FileReference[] = []
  for (const { path, field } of filePlaces(methodOf(value))) {
    eachValueAt(value, path, (file, exact) => {
      if (typeof file === 'string' && file !== '') found.push({ path: exact, file, role: field.role })
    })
  }
  return found
}

/** The globs of the software package koo packs, if this manifest has one. */
export function packageGlobs(
  value: unknown,
): { readonly files: readonly string[]; readonly exclude: readonly string[] } | undefined {
  const files = texts(valueAt(value, ['delivery', 'package', 'files']))
  if (files === undefined) return undefined
  return { files, exclude: texts(valueAt(value, ['delivery', 'package', 'exclude'])) ?? [] }
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined
}
