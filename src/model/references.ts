/** The files a manifest names, found through the fields that are files. */
import { isDeliveryMethod } from './delivery-methods.ts'
import type { Field, FileRole } from './field.ts'
import { manifestFields } from './manifest.ts'
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

/** Every file named, also in a manifest whose shape is not sound: what is no text is passed over. */
export function fileReferences(value: unknown): readonly FileReference[] {
  const found: FileReference[] = []
  const visit = (field: Field, here: unknown, path: readonly string[]): void => {
    if (here === undefined || here === null) return
    if (field.kind === 'group') {
      for (const [key, each] of Object.entries(field.fields)) visit(each, valueAt(here, [key]), [...path, key])
    } else if (field.kind === 'list' && Array.isArray(here)) {
      for (const [index, each] of here.entries()) visit(field.item, each, [...path, String(index)])
    } else if (field.kind === 'file' && typeof here === 'string' && here !== '') {
      found.push({ path, file: here, role: field.role })
    }
  }
  const fields = manifestFields(methodOf(value))
  for (const [key, field] of Object.entries(fields)) visit(field, valueAt(value, [key]), [key])
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
