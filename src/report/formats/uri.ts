/** File names as URIs, where a space, `#`, `%` or a colon would otherwise mean something else. */
import { pathOf, wellFormed } from './validated.ts'

/** A path with forward slashes: a reference relative to the working directory, or a `file:` URI where it is absolute. */
export function uriOf(file: string): { readonly uri: string; readonly isRelative: boolean } {
  const drive = /^[A-Za-z]:(?=\/)/.exec(file)?.[0]
  if (drive !== undefined) return { uri: `file:///${drive}${encoded(file.slice(drive.length))}`, isRelative: false }
  // A share: what follows the two slashes is the host.
  if (file.startsWith('//')) return { uri: `file:${encoded(file)}`, isRelative: false }
  if (file.startsWith('/')) return { uri: `file://${encoded(file)}`, isRelative: false }
  return { uri: encoded(pathOf(file)), isRelative: true }
}

function encoded(path: string): string {
  return wellFormed(path).split('/').map(encodeURIComponent).join('/')
}
