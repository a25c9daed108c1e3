/** The manifests that are here, by what they say, whether they are sound or not. */
import { readSource } from '../check/source.ts'
import { hasErrors } from '../model/diagnostic.ts'
import { mostBytes } from '../model/manifest.ts'
import type { ManifestData } from '../model/release.ts'
import type { Files } from '../ports.ts'
import { findManifests } from './find-manifests.ts'
import { folderOf } from './folder-of.ts'

export interface ManifestHere {
  /** As the user would name it. */
  readonly file: string
  readonly folder: string
  readonly text: string
  /** Undefined where it cannot be read. */
  readonly manifest: ManifestData | undefined
}

export async function manifestHere(files: Files, path: string): Promise<ManifestHere> {
  const file = files.shown(path)
  const { text, value, diagnostics } = readSource(file, await files.read(path, mostBytes + 1))
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  const manifest = isMapping && !hasErrors(diagnostics) ? (value as ManifestData) : undefined
  return { file, folder: folderOf(path), text, manifest }
}

/** All below some paths. */
export async function manifestsHere(files: Files, paths: readonly string[]): Promise<readonly ManifestHere[]> {
  const { openRulebook } = await import('./workspace.ts')
  const { isIgnored } = await openRulebook(files, undefined)
  const found: ManifestHere[] = []
  for (const path of await findManifests(files, paths, isIgnored)) found.push(await manifestHere(files, path))
  return found
}
