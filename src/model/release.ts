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
  /** Grows with every change to the product or a release of it. */
  readonly revision: number
  readonly newest: Pick<RemoteRelease, 'id' | 'version' | 'contentDigest' | 'state'>
  /** Names of specifications that were on sale and were removed, which is final. */
  readonly removedSpecifications: readonly string[]
  /** When it or a release of it last changed, in milliseconds since 1970; left out where nobody tells. */
  readonly updatedAt?: number
}

export interface RemoteRelease {
  readonly id: string
  readonly productId: string
  readonly key: string
  readonly version: string
  /** Of manifest and files as they are now, lower-case hex SHA-256; tells whether two releases are the same. */
  readonly contentDigest: string
  /** The digest it was created with; another than `contentDigest` once it was edited on the marketplace. */
  readonly createdDigest: string
  readonly state: ProductState
  readonly complaints: readonly Complaint[]
  /** When it was last handed in and last edited, in milliseconds since 1970; left out where it never was. */
  readonly submittedAt?: number
  readonly editedAt?: number
  /** When the review of what was last handed in ended; left out before. */
  readonly reviewedAt?: number
}

/** A file of a release. */
export interface ReleaseFile {
  /** As the manifest names it, or the bundle's name. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** Of a bundle, the hash of the seller's files in it, which does not depend on how they are packed. */
  readonly contentSha256?: string
  /** Where it is, if not with the marketplace. */
  readonly object?: StoredObject
}

/** Where an object is in a bucket of the seller's. */
export interface StoredObject {
  readonly bucket: string
  readonly region: string
  readonly key: string
}

/** A manifest as data. */
export type ManifestData = Readonly<Record<string, unknown>>

/** What a release on the marketplace consists of. */
export interface ReleaseContent {
  readonly releaseId: string
  readonly contentDigest: string
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
  /** What it was created with, where it was edited since. */
  readonly createdManifest?: ManifestData
}

/** A file of a release and where its bytes are: in an upload, or in the seller's bucket. */
export type SentFile = ReleaseFile & { readonly uploadId?: string }

export interface ReleaseRequest {
  readonly key: string
  readonly contentDigest: string
  readonly manifest: ManifestData
  readonly files: readonly SentFile[]
  /** Revision of the product that was planned from, 0 for a new one; refused where it is another by now. */
  readonly expectedRevision: number
}
