/** A code with its examples as whole manifests. */
import { wholeManifest } from '../check/examples.ts'
import { type DiagnosticCode, diagnosticCodeRow } from '../model/diagnostic-codes.ts'
import type { ExplainedCode } from '../model/outcome.ts'

export function explained(code: DiagnosticCode): ExplainedCode {
  const row = diagnosticCodeRow(code)
  const { bad, good, without } = row
  return {
    code,
    ...row,
    ...(bad === undefined ? {} : { badManifest: wholeManifest(bad, without) }),
    ...(good === undefined ? {} : { goodManifest: wholeManifest(good) }),
  }
}
