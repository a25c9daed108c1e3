/** JSON Pointers (RFC 6901): the paths by which findings, plans and complaints name a place in a manifest. */

/** `['specifications', '0', 'price']` as `/specifications/0/price`; the whole document is the empty string. */
export function pointer(path: readonly (string | number)[]): string {
  let text = ''
  for (const part of path) {
    const key = String(part)
    // Few keys have to be escaped, and rules make many pointers.
    text += `/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`
  }
  return text
}

/** The parts of a pointer; a text that is no pointer has none. */
export function partsOf(text: string): readonly string[] {
  if (!text.startsWith('/')) return []
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value a pointer names, or undefined. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = (here as Record<string, unknown>)[part]
  }
  return here
}
