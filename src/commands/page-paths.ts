/** How a page names the files of this machine: it may be mailed to others, whom the seller's folders do not concern. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'

/** A path of the working directory stays as it is; of any other, the file with its folder is left. */
export function pagePath(file: string): string {
  return isAbsolute(file) ? file.split('/').slice(-2).join('/') : file
}

/** Replaces these files, and the folders they are in, in whatever is said. */
export function pageTexts(files: readonly string[]): (text: string) => string {
  const folders = files.filter(isAbsolute).map((file) => file.slice(0, file.lastIndexOf('/')))
  // The longest first, because one may be inside another.
  const all = [...new Set(folders)].sort((a, b) => b.length - a.length)
  return (text) =>
    all.reduce((said, folder) => said.replaceAll(folder, folder.slice(folder.lastIndexOf('/') + 1) || '/'), text)
}

/** Findings as a page tells them. */
export function pageDiagnostics(
  diagnostics: readonly FramedDiagnostic[],
  said: (text: string) => string,
): readonly FramedDiagnostic[] {
  return diagnostics.map((each) => ({
    ...each,
    file: pagePath(each.file),
    message: said(each.message),
    ...(each.hint === undefined ? {} : { hint: said(each.hint) }),
  }))
}

function isAbsolute(file: string): boolean {
  return /^(\/|[a-z]:)/i.test(file)
}
