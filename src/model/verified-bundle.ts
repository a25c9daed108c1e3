/** What `koo verify` says of a bundle. */
import type { BundleFormat } from './bundle.ts'

export type SignatureState =
  | { readonly is: 'valid'; readonly keyId: string; readonly trustedComment: string }
  /** `other-key`: made with another key than the one wanted. */
  | { readonly is: 'invalid' | 'other-key'; readonly keyId: string; readonly wanted: string }
  /** There is a signature, and no key to check it with. */
  | { readonly is: 'unknown-key'; readonly keyId: string }
  | { readonly is: 'missing'; readonly isWanted: boolean }
  /** The file beside the bundle is no signature. */
  | { readonly is: 'malformed'; readonly why: string }

export interface BundleProblem {
  readonly code:
    | 'signature'
    | 'digest'
    | 'damaged'
    | 'no-list'
    | 'altered'
    | 'added'
    | 'removed'
    | 'repeated'
    | 'reordered'
    | 'odd'
  /** The entry it is about. */
  readonly entry?: string
  readonly message: string
}

export interface VerifiedBundle {
  readonly path: string
  readonly format: BundleFormat
  readonly bytes: number
  readonly sha256: string
  readonly contentSha256?: string
  readonly signature: SignatureState
  /** Whether the checksum file beside it says the same. */
  readonly digest: 'same' | 'other' | 'missing'
  /** How many entries were compared with the list of contents; left out where there is none. */
  readonly entries?: number
  /** What the list of contents says of it. */
  readonly product?: { readonly key: string; readonly version: string; readonly koo: string }
  /** Nothing wrong where there is none; those about entries in the order of the bundle. */
  readonly problems: readonly BundleProblem[]
}
