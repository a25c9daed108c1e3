/** `koo validate --watch`: checks, waits for a change, and checks again, until the user stops it. */
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'
import { foldersOver } from './watched-folders.ts'

export async function watched(world: World, paths: readonly string[], check: () => Promise<Outcome>): Promise<Outcome> {
  const { files, stop } = world
  const folders = await foldersOver(files, paths)
  const tell = (event: Event): void => {
    world.emit(event)
    world.emit({ is: 'notice', text: 'Watching for changes; Ctrl-C stops.' })
  }
  // What cannot be checked at first is wrong usage; later, a manifest may be gone for a moment.
  tell({ is: 'checked', outcome: await check() })
  for await (const _ of files.watch(folders, stop)) {
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
