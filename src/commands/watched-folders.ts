/** The folders in which manifests that paths name are, or may come to be. */
import type { Files } from '../ports.ts'

/** Each once, and none inside another. */
export async function foldersOver(files: Files, paths: readonly string[]): Promise<readonly string[]> {
  const all = new Set<string>()
  for (const path of paths.length === 0 ? ['.'] : paths) all.add(files.absolute(await folderAbove(files, path)))
  const isInside = (folder: string) => [...all].some((other) => other !== folder && isBelow(folder, other))
  return [...all].filter((each) => !isInside(each))
}

function isBelow(folder: string, other: string): boolean {
  return folder.startsWith(other.endsWith('/') ? other : `${other}/`)
}

/** The folder to watch for a path; for a glob, the part before its first wildcard. */
async function folderAbove(files: Files, path: string): Promise<string> {
  let folder = path.replace(/[^/]*[*?[{].*$/, '') || '.'
  while (!(await files.isFolder(folder))) {
    const cut = folder.replace(/\/$/, '').lastIndexOf('/')
    folder = cut < 0 ? '.' : folder.slice(0, cut) || '/'
  }
  return folder
}
