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
  /** `special`: a socket, device or pipe. `lost`: it cannot be looked at, for example because its name is not UTF-8. */
  readonly kind: 'file' | 'link' | 'folder' | 'special' | 'lost'
  /** Of a file; else 0. */
  readonly bytes: number
  /** The owner may execute it. */
  readonly executable: boolean
  /** Of a link: where it points, as it is written there, with forward slashes. */
  readonly target?: string
  /** Of a link: whether that lies in the folder, and whether there is something. */
  readonly leads?: 'inside' | 'outside' | 'nowhere'
  /** Of a file: differs whenever its content may. */
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
