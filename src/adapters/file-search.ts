/** Finds files: by name below a folder, or by globs. Libraries are loaded only for globs. */
import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'

export const slashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Folders in which nobody keeps manifests of their own. */
export const foreign: ReadonlySet<string> = new Set(['node_modules', '.git'])

/** Files of these names below a folder, relative to it, sorted; links to folders are not looked into. */
export function filesNamed(folder: string, names: readonly string[]): readonly string[] {
  const found: string[] = []
  const visit = (inside: string): void => {
    for (const entry of entriesOf(join(folder, inside))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory() && !foreign.has(entry.name)) visit(path)
      else if (names.includes(entry.name) && (entry.isFile() || isLinkToFile(entry, join(folder, path))))
        found.push(path)
    }
  }
  visit('')
  return found.sort(byBytes)
}

/** A folder that may not be read holds nothing that could be checked. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/**
 * Links are not looked into, ignored folders not even read. Synchronous, as all that looks at many small things: a
 * library that walks asynchronously takes three times as long for a folder of 5,000 files.
 */
export async function filesMatching(
  folder: string,
  patterns: readonly string[],
  ignore: readonly string[],
): Promise<readonly string[]> {
  const { default: picomatch } = await import('picomatch')
  // The bare expressions, because the matcher around them takes longer than the walk.
  const expression = (glob: string) => picomatch.makeRe(glob, { dot: true })
  const ignored = ignore.map(expression)
  const isIgnored = (path: string) => ignored.some((each) => each.test(path))
  const found = new Set<string>()
  const walks = new Map<string, string[]>()
  for (const pattern of patterns) {
    const { base, glob } = picomatch.scan(pattern)
    if (glob !== '') walks.set(base, [...(walks.get(base) ?? []), glob])
    else if (isFile(resolve(folder, base)) && !isIgnored(base)) found.add(base)
  }
  for (const [base, globs] of walks) {
    const matches = globs.map(expression)
    const pathOf = (way: string) => (base === '' ? way : `${base.replace(/\/$/, '')}/${way}`)
    const depth = Math.max(...globs.map(depthOf))
    for (const way of filesWithin(resolve(folder, base), depth, (inside) => isIgnored(pathOf(inside)))) {
      if (matches.some((each) => each.test(way))) found.add(pathOf(way))
    }
  }
  return [...found].sort(byBytes)
}

function joined(base: string, way: string): string {
  return base === '' ? way : `${base}/${way}`
}

/** How many folders deep a glob can match. */
function depthOf(glob: string): number {
  return /\*\*|[{(]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length
}

function* filesWithin(
  folder: string,
  depth: number,
  isIgnored: (way: string) => boolean,
  inside = '',
): Generator<string> {
  for (const entry of entriesOf(join(folder, inside))) {
    const way = joined(inside, entry.name)
    if (!(entry.isDirectory() || entry.isFile()) || isIgnored(way)) continue
    if (entry.isFile()) yield way
    else if (depth > 1) yield* filesWithin(folder, depth - 1, isIgnored, way)
  }
}

/** A manifest may be a link, as one that several products share. */
function isLinkToFile(entry: Dirent, path: string): boolean {
  try {
    return entry.isSymbolicLink() && statSync(path).isFile()
  } catch {
    return false
  }
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

export async function matcher(
  patterns: readonly string[],
  ignore: readonly string[] = [],
): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import('picomatch')
  return picomatch([...patterns], { dot: true, ignore: [...ignore] })
}
