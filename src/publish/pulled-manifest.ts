/** Which manifest a pull leaves here: what the marketplace has, with what was changed here alone, or a conflict. */
import type { PullConflict } from '../model/outcome.ts'
import type { FieldChange, Material } from '../model/plan.ts'
import { partsOf, valueAt } from '../model/pointer.ts'
import type { ManifestData, ReleaseContent, ReleaseFile, RemoteRelease } from '../model/release.ts'
import { changesBetween } from './changes.ts'
import type { Memory } from './memory.ts'
import { merged } from './three-way.ts'

/** What both sides agreed on before either changed it. */
export interface Base {
  readonly manifest: ManifestData
  /** By path. */
  readonly files: ReadonlyMap<string, string>
  /** Digest of the seller's files in the bundle. */
  readonly bundle?: string
  /** The release it was, where that is known, with the bundle. */
  readonly release?: { readonly id: string; readonly bundle: ReleaseFile }
}

/** What is known of it: what koo remembers, what is here unchanged since it was released, or what a colleague edited. */
export async function baseOf(
  memory: Memory,
  mine: { readonly manifest: ManifestData; readonly material: Material | undefined },
  content: ReleaseContent,
  releases: readonly RemoteRelease[],
): Promise<Base | undefined> {
  const { material, manifest } = mine
  const isReleased = releases.some(({ contentDigest, createdDigest }) => {
    return material?.contentDigest === contentDigest || material?.contentDigest === createdDigest
  })
  if (material !== undefined && isReleased) {
    const bundle = material.bundle?.filesSha256
    return { manifest, files: byPath(material.files), ...(bundle === undefined ? {} : { bundle }) }
  }
  const key = String(valueAt(manifest, ['product', 'key']))
  const baseline = await memory.baseline(key)
  if (baseline !== undefined) {
    const bundle = baseline.files.find(({ contentSha256 }) => contentSha256 !== undefined)
    const base = { manifest: baseline.manifest, files: byPath(baseline.files) }
    if (bundle?.contentSha256 === undefined) return base
    return { ...base, bundle: bundle.contentSha256, release: { id: baseline.releaseId, bundle } }
  }
  // A console edits manifests, not files.
  return content.createdManifest === undefined ? undefined : { manifest: content.createdManifest, files: new Map() }
}

function byPath(files: readonly ReleaseFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, sha256 }) => [path, sha256]))
}

/** The manifest to write; with conflicts, what it would be if the marketplace won. */
export interface Wanted {
  readonly manifest: ManifestData
  readonly conflicts: readonly PullConflict[]
  /** Changed here alone. */
  readonly kept: readonly FieldChange[]
}

export function wantedManifest(base: Base | undefined, theirs: ManifestData, mine: ManifestData): Wanted {
  if (base === undefined) {
    // Nobody knows who changed what, so nothing that is here may go.
    const conflicts = changesBetween(mine, theirs).map(({ path, was, becomes }) => conflictOf(path, was, becomes))
    return { manifest: theirs, conflicts, kept: [] }
  }
  const { manifest, both } = merged(base.manifest, theirs, mine)
  const conflicts = both.map((path) => {
    return conflictOf(path, valueAt(mine, partsOf(path)), valueAt(manifest, partsOf(path)))
  })
  return { manifest, conflicts, kept: changesBetween(theirs, manifest) }
}

function conflictOf(path: string, here: unknown, there: unknown): PullConflict {
  return { is: 'field', path, ...(here === undefined ? {} : { here }), ...(there === undefined ? {} : { there }) }
}
