/** What a rule is: a function on a sound manifest and on what is known of its files; no I/O, no clock. */
import type { Finding } from '../../model/diagnostic.ts'
import type { FileFact } from '../../model/file-fact.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { PackageContents } from '../../model/package-contents.ts'

export interface Material {
  readonly manifest: Manifest
  /** By the path as the manifest writes it. */
  readonly files: ReadonlyMap<string, FileFact>
  /** What the package's globs match; left out where that cannot be known, as on the marketplace's side. */
  readonly inPackage?: PackageContents
  /** Files in it whose name says that they hold secrets, and that `allowSecrets` does not name. */
  readonly packageSecrets?: readonly string[]
  /** Globs of `allowSecrets` that match none of them. */
  readonly packageAllowIdle?: readonly string[]
}

export type Rule = (material: Material) => readonly Finding[]
