/** What a software package is made of: everything below the product's folder, and why it is in or out. */

/** Why something is packed or left out. */
export type Reason =
  /** A glob of `delivery.package`. */
  | { readonly by: 'files' | 'exclude'; readonly glob: string }
  /** A line of `.kooignore`. */
  | { readonly by: 'ignore'; readonly pattern: string; readonly line: number }
  /** What is never meant, such as `.git`, unless `.kooignore` says so. */
  | { readonly by: 'default'; readonly pattern: string }
  /** A bundle koo wrote before, or a name koo gives in a bundle. */
  | { readonly by: 'koo' }
  /** A field of the manifest names it. */
  | { readonly by: 'manifest'; readonly field: string }
  /** It is in an archive that is ready. */
  | { readonly by: 'archive' }
  /** No glob matches it. */
  | { readonly by: 'nothing' }

export interface PackageEntry {
  /** Relative to the product's folder. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder' | 'special' | 'lost'
  readonly bytes: number
  readonly executable: boolean
  readonly target?: string
  readonly leads?: 'inside' | 'outside' | 'nowhere'
  /** Differs whenever the content may. */
  readonly stamp?: string
  readonly why: Reason
}

export interface PackageContents {
  /** Sorted by path. */
  readonly packed: readonly PackageEntry[]
  /** A folder stands for everything in it. */
  readonly left: readonly PackageEntry[]
  /** What the packed files measure together. */
  readonly bytes: number
  /** Globs, of files to pack or to leave out, that match nothing. */
  readonly idle: readonly string[]
}
