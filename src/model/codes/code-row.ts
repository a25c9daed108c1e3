/** What is written down of a diagnostic code. */
import type { PageName } from '../pages.ts'

export type Severity = 'error' | 'warning'

/**
 * Which part of koo finds it. `text`: reading the file. `shape`: the JSON Schema. `rule`: a rule about one manifest.
 * `run`: a rule between the manifests of a run. `online`: a look at the network. `pack`: a look into the package, when packing. `review`: the marketplace.
 * Only findings of rules can be switched off or suppressed: without a sound text and shape there is no manifest.
 */
export type Stage = 'text' | 'shape' | 'rule' | 'run' | 'online' | 'pack' | 'review'

export interface DiagnosticCodeRow {
  readonly severity: Severity
  readonly stage: Stage
  /** What the finding means, in a sentence. */
  readonly what: string
  /** Why it matters: whose requirement it is, and what happens otherwise. */
  readonly why: string
  /** How to mend it. */
  readonly mend: string
  /** The page that states the requirement; `koo` for the manifest's own contract, `yaml` for the language's. */
  readonly source: PageName | 'koo' | 'yaml'
  /** `koo validate --fix` mends it, at least in the usual cases. */
  readonly fixable?: true
  /**
   * A part of a manifest with the mistake, in YAML; the rest is sound. A whole manifest where it begins with `koo:`.
   * Left out where no text can show it.
   */
  readonly bad?: string
  /** JSON Pointer of what the bad example leaves out. */
  readonly without?: string
  /** For a finding between manifests: a part of the earlier one. */
  readonly beside?: string
  /** The same part without the mistake. */
  readonly good?: string
}

export type CodeRows = Readonly<Record<string, DiagnosticCodeRow>>
