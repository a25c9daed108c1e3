/** A diagnostic as JSON: without its frame, which is for people. */
import type { Diagnostic, FramedDiagnostic } from '../model/diagnostic.ts'

export function diagnosticOf({ frame: _, ...diagnostic }: FramedDiagnostic): Diagnostic {
  return diagnostic
}
