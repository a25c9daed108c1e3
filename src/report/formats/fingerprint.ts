/** Fingerprints by which services know a finding again after lines have moved. */
import type { Diagnostic } from '../../model/diagnostic.ts'
import { pathOf } from './validated.ts'

/**
 * One per finding, in their order, all different. Made of file, code and field, and not of line and message, so that
 * an edit elsewhere changes none; findings that share all three are told apart by their order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): readonly string[] {
  const seen = new Map<string, number>()
  return diagnostics.map(({ file, code, path }) => {
    const key = JSON.stringify([pathOf(file), code, path])
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return fnv1a(`${key} ${nth}`)
  })
}

/** FNV-1a of 64 bits over UTF-16 units: enough to tell findings apart, and no safeguard against anybody. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
