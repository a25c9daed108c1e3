/** The formats of a report for other programs; text and JSON are made for every outcome. */

/** What `koo validate --format` takes beside text and json, and who reads it. */
export const reportFormats = {
  sarif: 'SARIF 2.1.0, for code scanning and editors',
  junit: 'JUnit XML, for CI servers',
  github: 'workflow commands, which GitHub shows at the lines of a pull request',
  gitlab: 'GitLab Code Quality',
  markdown: 'a table for a job summary or a pull request',
} as const

export type ReportFormat = keyof typeof reportFormats

export const reportFormatNames = Object.keys(reportFormats) as readonly ReportFormat[]

export function isReportFormat(format: string): format is ReportFormat {
  return Object.hasOwn(reportFormats, format)
}
