/** A product ready to be planned: its manifest, where it lies, and how to place a complaint in its text. */
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import type { Manifest } from '../model/manifest.ts'

export interface Product {
  /** The manifest's path, as the user would name it. */
  readonly file: string
  readonly folder: string
  readonly manifest: Manifest
  readonly place: (finding: Finding) => FramedDiagnostic
}
