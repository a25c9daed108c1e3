/** What is safe to write in place of a key or value of the wrong shape: another spelling, never another meaning. */
import type { Finding } from '../model/diagnostic.ts'
import type { Field, Form } from '../model/field.ts'
import { meant } from './suggest.ts'
import { standardVersion } from './version.ts'

/** Spread into a finding: with a mend, or without. */
export interface Mended {
  readonly mend?: NonNullable<Finding['mend']>
}

const versionCode = 'version-form'

export function mendOfKey(key: string, known: readonly string[]): Mended {
  const word = meant(key, known)
  return word === undefined ? {} : { mend: { key: word } }
}

/** A value that is meant for another delivery method is no mistyped one of this. */
export function mendOfChoice(value: unknown, options: readonly string[], elsewhere: readonly string[]): Mended {
  const word = typeof value === 'string' ? meant(value, [...new Set([...options, ...elsewhere])]) : undefined
  return word !== undefined && options.includes(word) ? { mend: { value: word } } : {}
}

/** `"1"` for 1. */
export function mendOfConstant(value: unknown, wanted: unknown): Mended {
  const same = typeof value === 'string' && typeof wanted === 'number' && value.trim() === String(wanted)
  return same ? { mend: { value: wanted } } : {}
}

/** Without the spaces around it, without `mailto:`, a version in its standard form: whichever has the form. */
export function mendOfForm(written: string, { pattern, code }: Form): Mended {
  const trimmed = written.trim()
  const version = code === versionCode ? standardVersion(written) : undefined
  // An address with `mailto:` has the form of one, so the address without goes first.
  // An id has no capitals; another address may.
  const lower = code === 'image-id-form' ? trimmed.toLowerCase() : undefined
  const candidates = [version, lower, trimmed.replace(/^mailto:\s*/i, ''), trimmed]
  const fit = candidates.find((each) => each !== undefined && new RegExp(pattern, 'u').test(each))
  return fit === undefined || fit === written ? {} : { mend: { value: fit } }
}

/**
 * A number or flag in quotes, or a text without: the mend is the same text, and only the quotes change, so that digits
 * stay as they are written.
 */
export function mendOfType(value: unknown, wanted: string, field: Field | undefined): Mended {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return wanted === 'string' ? { mend: { value: String(value) } } : {}
  }
  if (typeof value !== 'string') return {}
  const isFlag = wanted === 'boolean' && (value === 'true' || value === 'false')
  return isFlag || (field?.kind === 'number' && isNumberFor(value, field)) ? { mend: { value } } : {}
}

function isNumberFor(text: string, { minimum, integer }: Extract<Field, { readonly kind: 'number' }>): boolean {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return false
  const number = Number(text)
  return number >= minimum && (integer !== true || Number.isInteger(number))
}
