/** What is found of one manifest by itself, in a form that can be kept. */
import type { FramedDiagnostic } from './diagnostic.ts'

export interface Verdict {
  readonly key?: string
  readonly name?: string
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly suppressed: number
  /** The files it depends on; left out where that is a whole folder. */
  readonly named?: readonly string[]
}
