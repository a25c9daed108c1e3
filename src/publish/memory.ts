/** What koo remembers of the products of one marketplace: a help where it is there, and never the only truth. */
import type { ManifestData, ReleaseFile } from '../model/release.ts'

/** A product as koo last saw or left it: what both sides agreed on. */
export interface Baseline {
  readonly key: string
  readonly productId: string
  readonly revision: number
  readonly releaseId: string
  readonly version: string
  readonly contentDigest: string
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
}

export interface Memory {
  baseline(key: string): Promise<Baseline | undefined>
  remember(baseline: Baseline): Promise<void>
  /** Content digests that were sent for a product from here, or were about to be. */
  sent(key: string): ReadonlySet<string>
}
