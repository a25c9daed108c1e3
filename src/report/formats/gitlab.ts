/**
 * Findings as GitLab's Code Quality report, the part of Code Climate's format that GitLab reads.
 *
 * GitLab shows only the first of the findings that share a fingerprint. Paths count from the project's root. What the
 * network did not answer is left out: as a finding it would come and go with the network.
 */
import type { FramedDiagnostic } from '../../model/diagnostic.ts'
import { fingerprints } from './fingerprint.ts'
import { jsonText, pathOf, type Validated } from './validated.ts'

const severities = { error: 'major', warning: 'minor' } as const

export function gitlab({ diagnostics }: Validated): string {
  const prints = fingerprints(diagnostics)
  return jsonText(diagnostics.map((each, index) => issueOf(each, prints[index] ?? '')))
}

function issueOf(diagnostic: FramedDiagnostic, fingerprint: string) {
  const { file, line, column, endLine, endColumn, severity, code, message, hint } = diagnostic
  return {
    check_name: code,
    description: hint === undefined ? message : `${message} ${hint}`,
    severity: severities[severity],
    fingerprint,
    location: {
      path: pathOf(file),
      lines: { begin: line, end: endLine },
      positions: { begin: { line, column }, end: { line: endLine, column: endColumn } },
    },
  }
}
