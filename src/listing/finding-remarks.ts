/** Findings of a manifest as remarks on its page. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { Remark } from './listed.ts'

export function remarksOf(diagnostics: readonly FramedDiagnostic[]): readonly Remark[] {
  return diagnostics.map(({ path, severity, message, hint, code, source, ...place }) => ({
    path,
    is: severity,
    message,
    code,
    where: whereOf(place),
    ...(hint === undefined ? {} : { hint }),
    ...(source === undefined ? {} : { source }),
  }))
}

/** With the name of the file alone: a page is for others, who do not know the seller's folders. */
export function whereOf({ file, line, column }: Pick<FramedDiagnostic, 'file' | 'line' | 'column'>): string {
  return `${file.slice(file.lastIndexOf('/') + 1)}:${line}:${column}`
}
