/** Parts of a value of which nothing is known yet, such as a parsed lock file. */

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of anything but a mapping: none. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(fields(value))
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Undefined also for the empty text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function textsOf(value: unknown): readonly string[] {
  return list(value).flatMap((each) => textOf(each) ?? [])
}

/** The whole of a file in JSON, which must be a mapping. */
export function jsonFields(text: string): Fields {
  const value: unknown = JSON.parse(text)
  if (!isFields(value)) throw new Error('it is no JSON object')
  return value
}
