/** What is at the places a pull writes to, so that nothing is written through a link. */
import { Failure } from '../model/failure.ts'
import type { Files, TreeEntry } from '../ports.ts'

/** What is at paths in a folder, and at the folders above them, links as links. */
export async function entriesAt(
  files: Files,
  folder: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  if (!(await files.isFolder(folder))) return new Map()
  const above = new Set(paths.flatMap((path) => foldersAbove(path)))
  const tree = await files.tree(folder, (path) => above.has(path))
  return new Map(tree.map((entry) => [entry.path, entry]))
}

export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** @throws {Failure} where a link, or a file in the place of a folder, would lead the writing elsewhere. */
export async function refuseLinksAbove(files: Files, folder: string, paths: readonly string[]): Promise<void> {
  const there = await entriesAt(files, folder, paths)
  for (const path of paths) {
    const odd = foldersAbove(path).find((each) => (there.get(each)?.kind ?? 'folder') !== 'folder')
    const blocked = there.get(path)?.kind === 'folder' ? path : odd
    if (blocked === undefined) continue
    throw new Failure({
      code: 'in-the-way',
      exit: 'conflict',
      message: `${files.shown(files.join(folder, blocked))} is in the way of ${path}; nothing was written.`,
      hint: 'A pull does not write through links. Move it away, or pull into another folder with --out.',
    })
  }
}
