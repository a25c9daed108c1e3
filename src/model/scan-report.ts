/** Which scanner looked at a package, and what came of it. */
export interface ScanReport {
  readonly scanner: 'clamscan' | 'grype' | 'trivy'
  /** `absent`: it is not installed. `failed`: it ran and could not tell. */
  readonly is: 'clean' | 'found' | 'absent' | 'failed' | 'off'
  /** A sentence. */
  readonly why?: string
}
