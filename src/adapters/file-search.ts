/** Finds files: by name below a folder, or by globs. Libraries are loaded only for globs. */
import { type Dirent, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const slashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Folders in which nobody keeps manifests of their own. */
const foreign = new Set(['node_modules', '.git'])

/** Files of these names below a folder, relative to it, sorted; links are not looked into. */
export function filesNamed(folder: string, names: readonly string[]): readonly string[] {
  const found: string[] = []
  const visit = (inside: string): void => {
    for (const entry of entriesOf(join(folder, inside))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory() && !foreign.has(entry.name)) visit(path)
      else if (entry.isFile() && names.includes(entry.name)) found.push(path)
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

export async function filesMatching(
  folder: string,
  patterns: readonly string[],
  ignore: readonly string[],
): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby')
  const options = { dot: true, expandDirectories: false, followSymbolicLinks: false } as const
  const found = await glob([...patterns], { cwd: folder, ignore: [...ignore], ...options })
  return found.map((each) => slashes(each).replace(/\/$/, '')).sort(byBytes)
}

/** Reads folders only, so a link out of the folder, or in a circle, is seen and not followed. */
export async function linksMatching(
  folder: string,
  patterns: readonly string[],
  ignore: readonly string[],
): Promise<readonly string[]> {
  const isMatch = await matcher(patterns, ignore)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const links = entries.filter((entry) => entry.isSymbolicLink())
  return links
    .map(({ parentPath, name }) => slashes(relative(folder, join(parentPath, name))))
    .filter((link) => isMatch(link))
    .sort(byBytes)
}

export async function matcher(
  patterns: readonly string[],
  ignore: readonly string[] = [],
): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import('picomatch')
  return picomatch([...patterns], { dot: true, ignore: [...ignore] })
}
