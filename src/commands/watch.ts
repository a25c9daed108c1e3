/** `koo validate --watch`: checks, waits for a change, and checks again, until the user stops it. */
import { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'

export async function watched(world: World, paths: readonly string[], check: () => Promise<Outcome>): Promise<Outcome> {
  const { files, stop } = world
  const folders = new Set<string>()
  for (const path of paths.length === 0 ? ['.'] : paths) folders.add(await folderAbove(world, path))
  const again = async (): Promise<void> => {
    try {
      world.emit({ is: 'checked', outcome: await check() })
    } catch (error) {
      // A manifest that is gone for a moment is no reason to stop watching.
      if (!(error instanceof Failure)) throw error
      world.emit({ is: 'notice', text: error.message })
    }
    world.emit({ is: 'notice', text: 'Watching for changes; Ctrl-C stops.' })
  }
  await again()
  for await (const _ of files.watch([...folders], stop)) await again()
  return { is: 'closed' }
}

/** The folder to watch for a path; for a glob, the part before its first wildcard. */
async function folderAbove({ files }: World, path: string): Promise<string> {
  let folder = path.replace(/[^/]*[*?[{].*$/, '') || '.'
  while (!(await files.isFolder(folder))) {
    const cut = folder.replace(/\/$/, '').lastIndexOf('/')
    folder = cut < 0 ? '.' : folder.slice(0, cut) || '/'
  }
  return folder
}
