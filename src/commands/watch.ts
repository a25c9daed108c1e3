/** `koo validate --watch`: checks, waits for a change, and checks again, until the user stops it. */
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'

export async function watched(world: World, paths: readonly string[], check: () => Promise<Outcome>): Promise<Outcome> {
  const { files, stop } = world
  const folders = new Set<string>()
  for (const path of paths.length === 0 ? ['.'] : paths) folders.add(await folderAbove(world, path))
  const tell = (event: Event): void => {
    world.emit(event)
    world.emit({ is: 'notice', text: 'Watching for changes; Ctrl-C stops.' })
  }
  // What cannot be checked at first is wrong usage; later, a manifest may be gone for a moment.
  tell({ is: 'checked', outcome: await check() })
  for await (const _ of files.watch([...folders], stop)) {
    const event = await check().then(
      (outcome): Event => ({ is: 'checked', outcome }),
      (error: unknown): Event => {
        if (!(error instanceof Failure)) throw error
        return { is: 'notice', text: error.message }
      },
    )
    tell(event)
  }
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
