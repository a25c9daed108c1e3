/** The files and web addresses a manifest names, found through the fields that are such. */
import { isDeliveryMethod } from './delivery-methods.ts'
import type { Field, FileField, FileRole, TextField } from './field.ts'
import { manifestFields } from './manifest.ts'
import { valueAt } from './pointer.ts'

export interface FileReference {
  /** Where in the manifest. */
  readonly path: readonly string[]
  /** Relative to the manifest's folder, as written. */
  readonly file: string
  readonly role: FileRole
}

export interface AddressReference {
  readonly path: readonly string[]
  /** What the address is, as the field says. */
  readonly title: string
  readonly address: string
  readonly kind: NonNullable<TextField['address']>
}

/** The delivery method of a value that may or may not be a sound manifest. */
export function methodOf(value: unknown) {
  const method = valueAt(value, ['delivery', 'method'])
  return isDeliveryMethod(method) ? method : undefined
}

type Leaf = { readonly path: readonly string[]; readonly text: string; readonly field: TextField | FileField }

/** Every text and file name, also in a manifest whose shape is not sound: what is no text is passed over. */
function leaves(value: unknown): readonly Leaf[] {
  const found: Leaf[] = []
  const visit = (field: Field, here: unknown, path: readonly string[]): void => {
    if (here === undefined || here === null) return
    if (field.kind === 'group') {
      for (const [key, each] of Object.entries(field.fields)) visit(each, valueAt(here, [key]), [...path, key])
    } else if (field.kind === 'list' && Array.isArray(here)) {
      for (const [index, each] of here.entries()) visit(field.item, each, [...path, String(index)])
    } else if ((field.kind === 'file' || field.kind === 'text') && typeof here === 'string' && here !== '') {
      found.push({ path, text: here, field })
    }
  }
  const fields = manifestFields(methodOf(value))
  for (const [key, field] of Object.entries(fields)) visit(field, valueAt(value, [key]), [key])
  return found
}

/** Every file named. */
export function fileReferences(value: unknown): readonly FileReference[] {
  return leaves(value).flatMap(({ path, text, field }) =>
    field.kind === 'file' ? [{ path, file: text, role: field.role }] : [],
  )
}

/** Every web address of the seller's; a placeholder is nobody's. */
export function addressReferences(value: unknown): readonly AddressReference[] {
  return leaves(value).flatMap(({ path, text, field }) =>
    field.kind === 'text' && field.address !== undefined && text !== field.placeholder
      ? [{ path, title: field.title, address: text, kind: field.address }]
      : [],
  )
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
