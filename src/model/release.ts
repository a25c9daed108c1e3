/** Products and releases as a marketplace holds them, and what is sent to make one. */
import type { DeliveryMethod } from './delivery-methods.ts'

export const productStates = {
  draft: 'saved, not submitted',
  'in-review': 'waiting for the review',
  rejected: 'the review rejected it',
  'on-sale': 'buyers see it',
  withdrawn: 'taken back before the review ended',
  discontinued: 'removed for good',
} as const
export type ProductState = keyof typeof productStates

/** What a reviewer finds wrong. */
export interface Complaint {
  /** JSON Pointer into the manifest; empty for the product as a whole. */
  readonly path: string
  /** A word of the reviewer's. */
  readonly code: string
  readonly message: string
}

export interface RemoteProduct {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly method: DeliveryMethod
  readonly state: ProductState
  /** Of the release on sale, else of the newest. */
  readonly version: string
  /** Number of releases. */
  readonly releases: number
}

export interface RemoteRelease {
  readonly id: string
  readonly productId: string
  readonly key: string
  readonly version: string
  /** Of manifest and files, lower-case hex SHA-256; tells whether two releases are the same. */
  readonly contentDigest: string
  readonly state: ProductState
  readonly complaints: readonly Complaint[]
}

/** A file of a release. */
export interface ReleaseFile {
  /** As the manifest names it, or the bundle's name. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

export interface ReleaseRequest {
  readonly key: string
  readonly contentDigest: string
  /** The manifest as data. */
  readonly manifest: Readonly<Record<string, unknown>>
  readonly files: readonly (ReleaseFile & { readonly uploadId: string })[]
}
