/** The software package koo packs for a customer. */
import type { Manifest } from './manifest.ts'
import type { PackageEntry } from './package-contents.ts'
import { fileReferences } from './references.ts'

/** A file in a bundle. */
export interface BundledFile {
  /** Inside the bundle, relative, with forward slashes. */
  readonly path: string
  readonly bytes: number
  /** Permission bits: 0o755 where the owner may execute it, else 0o644. */
  readonly mode: number
  readonly sha256: string
}

/** An entry of a bundle; folders are there only where they are empty. */
export type BundleEntry =
  | BundledFile
  | {
      readonly path: string
      /** Where the symbolic link points. */
      readonly link: string
    }
  | { readonly path: string; readonly folder: true }

export const bundleFormats = ['tar.gz', 'zip', 'tar'] as const
export type BundleFormat = (typeof bundleFormats)[number]

export function isBundleFormat(value: unknown): value is BundleFormat {
  return bundleFormats.some((each) => each === value)
}

export interface Bundle {
  readonly key: string
  readonly version: string
  /** Where it was written, as the user would name it. */
  readonly path: string
  readonly format: BundleFormat
  /** Of the file itself. */
  readonly sha256: string
  readonly bytes: number
  /** SHA-256 of the contents as an uncompressed tar: does not depend on the compressor, nor on the format. */
  readonly contentSha256: string
  /** SHA-256 of the seller's own files, without what koo adds: does not depend on the version of koo either. */
  readonly filesSha256: string
  readonly entries: readonly BundleEntry[]
  /** What the SBOM in it is made of; left out where there is none. */
  readonly sbom?: BundleSbom
  /** The key that signed it, by its minisign id. */
  readonly signedBy?: string
}

/** An archive its seller made, which is left as it is. */
export interface ReadyBundle {
  readonly ready: true
  readonly key: string
  readonly version: string
  /** Where the archive is, as the user would name it. */
  readonly path: string
  readonly format: BundleFormat
  readonly sha256: string
  readonly bytes: number
  /** What its files measure together. */
  readonly unpackedBytes: number
  readonly entries: readonly Pick<PackageEntry, 'path' | 'kind' | 'bytes'>[]
  /** The checksum file that was written. */
  readonly checksum: string
  /** The signature that was written, and the key it was made with. */
  readonly signature?: string
  readonly signedBy?: string
}

export interface BundleSbom {
  readonly path: string
  /** Left out where it is the seller's own. */
  readonly components?: number
  readonly from?: readonly string[]
}

/** The list of a bundle's contents, its last entry. */
export const listName = 'koo-bundle.json'
/** The bill of materials koo makes. */
export const sbomName = 'koo-sbom.cdx.json'

export const bundleListFormat = 1

/** What koo packs at the most, and reads: more would fill the memory of whoever verifies it. */
export const mostEntries = 500_000

/** What `koo-bundle.json` says. */
export interface BundleList {
  readonly format: typeof bundleListFormat
  /** The version of koo that packed it. */
  readonly koo: string
  readonly key: string
  readonly name: string
  readonly version: string
  readonly method: string
  /** Seconds since 1970: the time every entry bears. */
  readonly time: number
  readonly documents?: Readonly<Record<string, string>>
  readonly authorization?: {
    readonly kind: string
    readonly instructions?: string
    readonly files?: readonly string[]
  }
  readonly sbom?: string
  /** Everything else in the bundle, in its order. */
  readonly entries: readonly BundleEntry[]
  /** Of this text up to here. */
  readonly sha256: string
}

/**
 * The file name of a product's bundle. KooGallery takes letters, digits, "-", "_" and parentheses before the suffix, so
 * the dots of a version become hyphens.
 * Source: https://support.huaweicloud.com/intl/en-us/sp-marketplace/en-us_topic_0000002094807665.html, 2025-12-02.
 */
export function bundleName(key: string, version: string, format: BundleFormat = 'tar.gz'): string {
  return `${key}_${version.replaceAll('.', '-')}.${format}`
}

const signatureEnd = '.minisig'

/** Where the signature of a bundle is, beside it. */
export function signatureName(bundle: string): string {
  return `${bundle}${signatureEnd}`
}

export function isSignatureName(name: string): boolean {
  return name.endsWith(signatureEnd)
}

/** Files that belong in the bundle because the manifest names them, by the field that does. */
export function bundledFiles(value: unknown): readonly { readonly file: string; readonly field: string }[] {
  return fileReferences(value).flatMap(({ path, file, role }) => {
    const field = path.join('.')
    const belongs = role === 'sbom' || role === 'authorization' || bundledDocuments.includes(field)
    return belongs ? [{ file, field }] : []
  })
}

/** What a customer agrees to, and what he starts with; other documents are for reviewers. */
const bundledDocuments: readonly string[] = ['documents.eula', 'documents.userGuide']

/** What `koo-bundle.json` says of the product itself. */
export function listHead({
  product,
  delivery,
  documents,
}: Manifest): Omit<BundleList, 'koo' | 'time' | 'entries' | 'sha256'> {
  const { eula, userGuide } = documents ?? {}
  const named = { ...(eula === undefined ? {} : { eula }), ...(userGuide === undefined ? {} : { userGuide }) }
  return {
    format: bundleListFormat,
    key: product.key,
    name: product.name,
    version: product.version,
    method: delivery.method,
    ...(Object.keys(named).length === 0 ? {} : { documents: named }),
    ...(delivery.authorization === undefined ? {} : { authorization: delivery.authorization }),
  }
}
