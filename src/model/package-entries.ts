/** What is wrong with the entries of a software package, whether koo packs it or its seller did. */
import type { PackageEntry } from './package-contents.ts'

/** A path as it can be shown: without control characters. */
export function shownPath(path: string): string {
  return JSON.stringify(path).slice(1, -1).replace(unseen, escaped)
}

/** Control characters JSON leaves alone, and those that turn the direction of what follows. */
const unseen = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** What an archive could not keep, or a customer could not unpack. */
export function unpackable({ path, kind }: Pick<PackageEntry, 'path' | 'kind'>): readonly string[] {
  const shown = shownPath(path)
  if (kind === 'special') return [`\`${shown}\` is a socket, a device or a pipe.`]
  if (path.includes('\uFFFD')) return [`The name of \`${shown}\` is not UTF-8.`]
  if (kind === 'lost') return [`\`${shown}\` cannot be looked at.`]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\\\u0000-\u001f\u007f]/.test(path)) return [`The name \`${shown}\` has a backslash or a control character.`]
  return []
}

/** What a link in a package leads to. */
export type Aim =
  | { readonly is: 'inside'; readonly path: string }
  /** Above the package, or to an absolute path. */
  | { readonly is: 'outside' }
  /** Links that lead to one another. */
  | { readonly is: 'loop' }

/** What systems take at most before they call it a loop. */
const mostLinks = 40

/** Where a link leads when every link on the way is followed; `links` are targets by the paths of their links. */
export function followed(path: string, target: string, links: ReadonlyMap<string, string>): Aim {
  if (isAbsolute(target)) return { is: 'outside' }
  const todo = [...path.split('/').slice(0, -1), ...partsOf(target)].reverse()
  const at: string[] = []
  for (let seen = 0; ; ) {
    const part = todo.pop()
    if (part === undefined) return { is: 'inside', path: at.join('/') }
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (at.pop() === undefined) return { is: 'outside' }
      continue
    }
    at.push(part)
    const next = links.get(at.join('/'))
    if (next === undefined) continue
    seen += 1
    if (seen > mostLinks) return { is: 'loop' }
    if (isAbsolute(next)) return { is: 'outside' }
    at.pop()
    for (const each of [...partsOf(next)].reverse()) todo.push(each)
  }
}

function isAbsolute(target: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(target)
}

/** Windows separates with either. */
function partsOf(target: string): readonly string[] {
  return target.split(/[/\\]/)
}

/** The targets of all symbolic links, by the paths of the links. */
export function linksOf(packed: readonly PackageEntry[]): ReadonlyMap<string, string> {
  return new Map(packed.flatMap(({ path, kind, target = '' }) => (kind === 'link' ? [[path, target]] : [])))
}

/** Links that point at nothing, or at something that is not packed with them. */
export function brokenLinks(packed: readonly PackageEntry[]): readonly PackageEntry[] {
  const suspects = packed.filter(({ leads }) => leads === 'inside' || leads === 'nowhere')
  if (suspects.length === 0) return []
  const there = new Set([...foldersOf(packed), ...packed.map(({ path }) => path)])
  const links = linksOf(packed)
  return suspects.filter(({ path, target = '', leads }) => {
    if (leads === 'nowhere') return true
    const aim = followed(path, target, links)
    return aim.is === 'loop' || (aim.is === 'inside' && aim.path !== '' && !there.has(aim.path))
  })
}

/** The folders a path is in, the outermost first. */
export function parentsOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Every folder something is in; each is looked at once, because packages have many files in few of them. */
export function foldersOf(packed: readonly { readonly path: string }[]): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const { path } of packed) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}

/** Paths, of files or the folders they are in, that differ only in case or in how accents are written. */
export function clashes(packed: readonly { readonly path: string }[]): readonly (readonly [string, string])[] {
  const first = new Map<string, string>()
  const found = new Map<string, readonly [string, string]>()
  for (const path of [...foldersOf(packed), ...packed.map((entry) => entry.path)]) {
    const folded = path.normalize('NFC').toLowerCase()
    const other = first.get(folded)
    if (other === undefined) first.set(folded, path)
    else if (other !== path && !found.has(path)) found.set(path, [other, path])
  }
  return [...found.values()]
}
