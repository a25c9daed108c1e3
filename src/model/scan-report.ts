/** Which scanner looked at a package, and what came of it. */
export type ScannerName = 'clamscan' | 'grype' | 'trivy'

export interface ScanReport {
  readonly scanner: ScannerName
  /** `failed`: it could not look at everything, so that nothing is known of the rest. */
  readonly is: 'clean' | 'found' | 'absent' | 'failed' | 'off'
  /** Where it failed: why, as a clause without its full stop. Else the version and the day of its data, as far as it says. */
  readonly why?: string
}
