/** Bundles as JSON: packed, listed, verified. */
import { type Bundle, type ReadyBundle, signatureName } from '../model/bundle.ts'
import type { Outcome } from '../model/outcome.ts'
import type { PackageEntry } from '../model/package-contents.ts'
import { diagnosticOf } from './diagnostic-json.ts'
import { format } from './failure-json.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

export function packedOf({ bundles, without, diagnostics, scans }: Of<'packed'>) {
  return {
    format,
    bundles: bundles.map((each) => ('ready' in each ? readyOf(each) : bundleOf(each))),
    nothing_to_pack: without,
    scans,
    diagnostics: diagnostics.map(diagnosticOf),
  }
}

function readyOf({ key, version, path, format: archive, sha256, bytes, ...rest }: ReadyBundle) {
  const { unpackedBytes, entries, checksum, signature, signedBy } = rest
  const signed = signature === undefined ? {} : { signature, key_id: signedBy }
  const sizes = { bytes, unpacked_bytes: unpackedBytes }
  return { key, version, path, archive, ready: true, ...sizes, sha256, checksum, ...signed, entries }
}

function bundleOf(bundle: Bundle) {
  const {
    key,
    version,
    path,
    format: archive,
    sha256,
    bytes,
    contentSha256,
    filesSha256,
    entries,
    sbom,
    signedBy,
  } = bundle
  const digests = { sha256, content_sha256: contentSha256, files_sha256: filesSha256 }
  const signed = signedBy === undefined ? {} : { signature: signatureName(path), key_id: signedBy }
  return { key, version, path, archive, bytes, ...digests, ...signed, ...(sbom ? { sbom } : {}), entries }
}

export function contentsOf({ key, version, name, folder, contents }: Of<'contents'>['products'][number]) {
  const { packed, left, bytes } = contents
  return { key, version, name, folder, bytes, packed: packed.map(entryOf), left_out: left.map(entryOf) }
}

function entryOf({ path, kind, bytes, executable, target, why }: PackageEntry) {
  return {
    path,
    kind,
    ...(kind === 'file' ? { bytes, executable } : {}),
    ...(target === undefined ? {} : { target }),
    why,
  }
}

export function verifiedOf(bundle: Of<'verified'>['bundles'][number]) {
  const { path, format: archive, bytes, sha256, contentSha256, signature, digest, entries, product, problems } = bundle
  return {
    path,
    valid: problems.length === 0,
    archive,
    bytes,
    sha256,
    ...(contentSha256 === undefined ? {} : { content_sha256: contentSha256 }),
    checksum_file: digest,
    signature: {
      is: signature.is,
      ...('keyId' in signature ? { key_id: signature.keyId } : {}),
      ...('trustedComment' in signature ? { trusted_comment: signature.trustedComment } : {}),
    },
    ...(product === undefined ? {} : { product }),
    ...(entries === undefined ? {} : { entries }),
    problems,
  }
}
