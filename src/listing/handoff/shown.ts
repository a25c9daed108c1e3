/** A value of the manifest as it is entered: its words, how they get into the form, and what is said of them. */
import type { ConsoleStep } from '../../model/console-form.ts'
import { billings, rowOf } from '../../model/delivery-methods.ts'
import type { Field } from '../../model/field.ts'
import type { HandoffField, HandoffNote } from '../../model/handoff.ts'
import type { Manifest, Specification } from '../../model/manifest.ts'
import { valueAt } from '../../model/pointer.ts'
import { type Form, noteOf } from './form.ts'
import type { HandedFile } from './handoff.ts'
import { charactersText, fileSize } from './sizes.ts'

/** What making entries needs beside the place in the manifest. */
export interface Tools {
  readonly manifest: Manifest
  readonly form: Form
  readonly step: ConsoleStep
  /** By the JSON Pointer of the field. */
  readonly files: ReadonlyMap<string, HandedFile>
  readonly digest: (text: string) => string
}

export type Keys = readonly string[]

export type Shown = Pick<HandoffField, 'value' | 'how' | 'written' | 'size'>

export function shownOf(field: Field, value: unknown, keys: Keys, tools: Tools, file: HandedFile | undefined): Shown {
  const own = tools.form.said(keys)
  const text = linesOf(value)
  if (file !== undefined) return { value: file.name, how: 'file', written: text, size: fileSize(file, own.limit) }
  if (field.kind === 'flag') return { value: value === true ? 'Yes' : 'No', how: 'choose', written: text }
  if (field.kind === 'choice') {
    const title = own.verbatim ? text : titleOf(field.options, text, keys, tools)
    return title === text ? { value: text, how: 'choose' } : { value: title, how: 'choose', written: text }
  }
  if (field.kind === 'number') return { value: text, how: 'text', ...unitOf(keys, tools) }
  return { value: text, how: text.includes('\n') ? 'lines' : 'text', size: charactersText(text, own.limit) }
}

/** A form takes a line feed at the end of a line, whatever koo.json or an editor of Windows has there. */
export function linesOf(value: unknown): string {
  return String(value).replace(/\r\n?/g, '\n')
}

function titleOf(options: Readonly<Record<string, string>>, value: string, keys: Keys, { manifest }: Tools): string {
  if (keys.join('.') !== 'delivery.method') return options[value] ?? value
  const { title, console } = rowOf(manifest.delivery.method)
  return console?.choice?.text ?? title
}

/** What a word of koo.yaml means, where the word itself is entered. */
export function explained(
  field: Field,
  value: unknown,
  shown: string,
  keys: Keys,
  { manifest }: Tools,
): readonly HandoffNote[] {
  const text = String(value)
  const meaning = field.kind === 'choice' && shown === text ? field.options[shown] : undefined
  const attribute = keys[0] === 'specifications' && keys.at(-1) === 'attribute' ? nameOf(text, manifest) : undefined
  return [
    ...(meaning === undefined || meaning === shown ? [] : [{ text: `${meaning}.` }]),
    ...(attribute === undefined ? [] : [{ text: `The attribute buyers read as “${attribute}”.` }]),
    ...(text.includes('\r') ? [{ text: 'Its lines end in a line feed alone here, as a form takes them.' }] : []),
  ]
}

/** The code of an attribute, with the name buyers read. */
export function attributeText(code: string, { manifest }: Tools): string {
  const name = nameOf(code, manifest)
  return name === undefined ? code : `${name} (${code})`
}

function nameOf(code: string, { attributes }: Manifest): string | undefined {
  const name = attributes?.find((each) => each.code === code)?.name
  return name === code ? undefined : name
}

function specificationAt(keys: Keys, { manifest }: Tools): Specification | undefined {
  return keys[0] === 'specifications' ? manifest.specifications?.[Number(keys[1])] : undefined
}

/** What a price of a specification is for. */
export function unitOf(keys: Keys, tools: Tools): Pick<HandoffField, 'size'> {
  const key = keys.at(-1) ?? ''
  const specification = specificationAt(keys, tools)
  if (specification === undefined || !/[pP]rice$/.test(key)) return {}
  const isOfOne = specification.quantity !== undefined || keys.includes('tiers')
  return { size: `US dollars ${spanOf(keys, specification)}${isOfOne ? ', of one unit' : ''}` }
}

function spanOf(keys: Keys, { billing }: Specification): string {
  if (keys.at(-1) === 'yearlyPrice') return 'a year'
  return keys.includes('periods') ? 'for the whole period' : billings[billing].unit
}

/** A year costs twelve months where nothing else is said. */
export function yearOf(keys: Keys, priced: unknown, tools: Tools): string | undefined {
  const price = valueAt(priced, ['price'])
  if (keys.at(-1) !== 'yearlyPrice' || typeof price !== 'number') return undefined
  const { billing, periods = [] } = specificationAt(keys, tools) ?? {}
  const hasYear = periods.some(({ unit, number }) => number * (unit === 'year' ? 12 : 1) === 12)
  if (billing !== 'yearly-monthly' || hasYear) return undefined
  return String(Number((price * 12).toFixed(6)))
}

/** Where both koo's contract and a page of KooGallery's say so. */
export function fixedOf({ fixedAfterRelease }: Field, value: unknown, keys: Keys, { form }: Tools) {
  const { fixed } = form.at(keys)
  const isFixed = fixedAfterRelease === 'always' || (fixedAfterRelease === 'free' && value === 0)
  return isFixed && fixed !== undefined ? { fixed: noteOf(fixed) } : {}
}
