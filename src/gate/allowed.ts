/** Which packed files may hold what looks like a secret, and which are secrets by their name. */
import { secretByName } from '../model/secret-names.ts'

type Decide = (path: string) => boolean

/** Files the globs of `allowSecrets` match, which start at the product's folder as those of `files` do. */
export async function allowedBy(globs: readonly string[]): Promise<Decide> {
  if (globs.length === 0) return () => false
  const { default: picomatch } = await import('picomatch')
  return picomatch([...globs], { dot: true })
}

interface Named {
  /** Paths, of those packed, whose name says that they hold secrets, and that are not allowed to. */
  readonly secrets: readonly string[]
  /** Globs that allow nothing. */
  readonly idle: readonly string[]
}

export async function secretsByName(paths: readonly string[], globs: readonly string[]): Promise<Named> {
  const named = paths.filter((path) => secretByName(path) !== undefined)
  if (globs.length === 0) return { secrets: named, idle: [] }
  const allowed = await Promise.all(globs.map((glob) => allowedBy([glob])))
  return {
    secrets: named.filter((path) => !allowed.some((allows) => allows(path))),
    idle: globs.filter((_, index) => !paths.some((path) => allowed[index]?.(path))),
  }
}
