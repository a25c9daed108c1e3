/** What a lock file or an installed package tells, whatever the ecosystem: packages, and who needs whom. */

/** Types of package URLs, from https://github.com/package-url/purl-spec (PURL-TYPES). */
export type PurlType =
  | 'cargo'
  | 'composer'
  | 'gem'
  /** A file of which only name and version are known. */
  | 'generic'
  | 'golang'
  | 'maven'
  | 'npm'
  | 'nuget'
  | 'pypi'

export type HashName = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** Of the file the package's registry hands out. */
export interface Hash {
  readonly name: HashName
  /** Lower-case hex digits. */
  readonly content: string
}

/** Ids one of which is meant: the first that exists, as Node.js looks for a module in one folder after another. */
export type Need = readonly string[]

export interface Package {
  /** Names it within its source, for the needs of others. */
  readonly id: string
  readonly type: PurlType
  /** An npm scope, a Maven group, a Composer vendor. */
  readonly namespace?: string | undefined
  readonly name: string
  readonly version: string
  readonly qualifiers?: Readonly<Record<string, string>> | undefined
  /** SPDX identifiers, SPDX expressions or names, as its author wrote them. */
  readonly licences?: readonly string[] | undefined
  readonly hashes?: readonly Hash[] | undefined
  readonly needs?: readonly Need[] | undefined
}

/** What one file tells. */
export interface Reading {
  readonly packages: readonly Package[]
  /** What the product itself needs; left out where the file does not tell. */
  readonly roots?: readonly Need[] | undefined
  /** Names of what is needed in a version the file does not say. */
  readonly leftOut?: readonly string[] | undefined
}

export interface SourceFile {
  readonly path: string
  readonly text: string
  /** The text of the file beside it that says what is needed for what; where there is one. */
  readonly beside?: string | undefined
  /** Whether the software package holds a file. */
  readonly has: (path: string) => boolean
}

/** Tells what a file says; throws an Error with a reason where it is not what its name says. */
export type Read = (file: SourceFile) => Reading

/** Drops what nothing needs at run time: packages of which only development tools make use. */
export function reached({ packages, roots = [], leftOut }: Reading): Reading {
  const byId = new Map(packages.map((each) => [each.id, each]))
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let need = waiting.pop(); need !== undefined; need = waiting.pop()) {
    const found = byId.get(need.find((id) => byId.has(id)) ?? '')
    if (found === undefined || seen.has(found.id)) continue
    seen.add(found.id)
    waiting.push(...(found.needs ?? []))
  }
  return { packages: packages.filter(({ id }) => seen.has(id)), roots, leftOut }
}

/** `@scope/name` in its two parts; the same for `vendor/name`. */
export function splitName(full: string): { readonly namespace?: string; readonly name: string } {
  const at = full.lastIndexOf('/')
  return at < 0 ? { name: full } : { namespace: full.slice(0, at), name: full.slice(at + 1) }
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}
