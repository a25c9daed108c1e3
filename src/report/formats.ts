/** The table of report formats of `koo validate`; those for other programs are loaded only when asked for. */
import type { ReportFormat } from '../model/report-format.ts'
import type { Validated } from './formats/validated.ts'

/** The report without the last line break; empty where the format has nothing to say of sound manifests. */
export async function validatedIn(
  format: ReportFormat,
  outcome: Validated,
  { version }: { readonly version: string },
): Promise<string> {
  switch (format) {
    case 'sarif':
      return (await import('./formats/sarif.ts')).sarif(outcome, version)
    case 'junit':
      return (await import('./formats/junit.ts')).junit(outcome)
    case 'github':
      return (await import('./formats/github.ts')).github(outcome)
    case 'gitlab':
      return (await import('./formats/gitlab.ts')).gitlab(outcome)
    case 'markdown':
      return (await import('./formats/markdown.ts')).markdown(outcome)
  }
}
