/** Reads the JSON of other programs: nothing in it is taken for granted. */
import { valueAt } from '../model/pointer.ts'

/** Undefined where there is none. Some versions of Grype write a line or two before it (anchore/grype issue 3093). */
export function jsonIn(text: string): unknown {
  for (const start of [0, text.search(/^\{/m)]) {
    if (start < 0) continue
    try {
      return JSON.parse(text.slice(start))
    } catch {
      // Another place may do.
    }
  }
  return undefined
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, path)
  return Array.isArray(found) ? found : []
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, path)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
