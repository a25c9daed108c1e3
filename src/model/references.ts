/** The files and web addresses a manifest names, found through the fields that are such. */
import { isDeliveryMethod } from './delivery-methods.ts'
import type { FileField, FileRole, TextField } from './field.ts'
import { eachValueAt, fieldPlaces } from './field-paths.ts'
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

const filePlaces = fieldPlaces((field): field is FileField => field.kind === 'file')

/** Several rules ask for the files of one manifest, one after the other. */
let last: { readonly value: unknown; readonly found: readonly FileReference[] } | undefined

/**
 * Every file named, also in a manifest whose shape is not sound: what is no text is passed over. A value asked about
 * does not change any more.
 */
export function fileReferences(value: unknown): readonly FileReference[] {
  if (last !== undefined && last.value === value) return last.found
  const found: FileReference[] = []
  for (const { path, field } of filePlaces(methodOf(value))) {
    eachValueAt(value, path, (file, exact) => {
      if (typeof file === 'string' && file !== '') found.push({ path: exact(), file, role: field.role })
    })
  }
  last = { value, found }
  return found
}

type AddressField = TextField & { readonly address: NonNullable<TextField['address']> }

const addressPlaces = fieldPlaces(
  (field): field is AddressField => field.kind === 'text' && field.address !== undefined,
)

/** Every web address of the seller's; a placeholder is nobody's. */
export function addressReferences(value: unknown): readonly AddressReference[] {
  const found: AddressReference[] = []
  for (const { path, field } of addressPlaces(methodOf(value))) {
    eachValueAt(value, path, (address, exact) => {
      if (typeof address !== 'string' || address === '' || address === field.placeholder) return
      found.push({ path: exact(), title: field.title, address, kind: field.address })
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

/** The globs of packed files that may hold what looks like a secret; what the schema would refuse is left out. */
export function allowGlobs(value: unknown): readonly string[] {
  return (texts(valueAt(value, ['delivery', 'package', 'allowSecrets'])) ?? []).filter((glob) =>
    /^[^!\0][^\0]*$/.test(glob),
  )
}

/** A glob that would reach files outside the product's folder. */
export function leadsOut(glob: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(glob) || glob.split(/[/\\]/).includes('..')
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined
}
