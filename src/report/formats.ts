/** The table of report formats of `koo validate`; those for other programs are loaded only when asked for. */
import type { Validated } from './formats/validated.ts'

export const formatNames = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const

export type FormatName = (typeof formatNames)[number]

/** The formats only checked manifests have; text and JSON are made for every outcome. */
export type ReportFormat = Exclude<FormatName, 'text' | 'json'>

export function isReportFormat(format: FormatName): format is ReportFormat {
  return format !== 'text' && format !== 'json'
}

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
