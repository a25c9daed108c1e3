/** The text whose SHA-256 tells whether two releases are the same; the marketplace contract describes it. */
import { isSignatureName } from './bundle.ts'
import type { ManifestData, ReleaseFile } from './release.ts'

/** Comments, order and quoting of the YAML make no new release, nor does the way a bundle is packed or signed. */
export function contentText(
  manifest: ManifestData,
  files: readonly Pick<ReleaseFile, 'path' | 'sha256' | 'contentSha256'>[],
): string {
  const listed = files
    .filter(({ path }) => !isSignatureName(path))
    .map(({ path, sha256, contentSha256 }) => ({ path, sha256: contentSha256 ?? sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return canonical({ files: listed, manifest })
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  )
}
