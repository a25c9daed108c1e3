/** The software package koo packs for a customer. */

export interface BundleEntry {
  /** Inside the bundle, relative, with forward slashes. */
  readonly path: string
  readonly bytes: number
  readonly mode: number
  readonly sha256: string
}

export interface Bundle {
  readonly key: string
  readonly version: string
  /** Where it was written, as the user would name it. */
  readonly path: string
  /** Of the file itself. */
  readonly sha256: string
  readonly bytes: number
  /** SHA-256 of the uncompressed tar: does not depend on the compressor. */
  readonly contentSha256: string
  readonly entries: readonly BundleEntry[]
}

/**
 * The file name of a product's bundle. KooGallery takes letters, digits, "-", "_" and parentheses before the suffix, so
 * the dots of a version become hyphens.
 * Source: https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_topic_0000002094807665.html, 2025-12-02.
 */
export function bundleName(key: string, version: string): string {
  return `${key}_${version.replaceAll('.', '-')}.tar.gz`
}
