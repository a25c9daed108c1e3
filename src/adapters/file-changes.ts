/** Waits for changes below folders. */
import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../model/failure.ts'

/** Editors write a file in several steps; what happens within this time is one change. */
const settleTime = 100
/** Within this time after koo wrote a file, what happens to it is koo's doing. */
const ownTime = 1000

/** @throws {Failure} where the system cannot watch. `own` tells when koo wrote a file itself. */
export async function* changesBelow(
  folders: readonly string[],
  signal: AbortSignal,
  own: ReadonlyMap<string, number>,
): AsyncIterable<void> {
  let wake: () => void = () => {}
  let changed = false
  const notice = (): void => {
    changed = true
    wake()
  }
  const watchers = folders.map((folder) => {
    const watcher = watching(folder, signal, (name) => {
      const path = name === null ? folder : join(folder, name)
      // With the temporary name beside it.
      const isOwn = [...own].some(([each, when]) => path.startsWith(each) && Date.now() - when < ownTime)
      if (!isOwn) notice()
    })
    // A folder that went away is seen by the next check.
    watcher.on('error', notice)
    return watcher
  })
  signal.addEventListener('abort', notice, { once: true })
  try {
    while (!signal.aborted) {
      if (!changed)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      await sleep(settleTime)
      changed = false
      if (!signal.aborted) yield
    }
  } finally {
    for (const watcher of watchers) watcher.close()
  }
}

function watching(folder: string, signal: AbortSignal, changed: (name: string | null) => void): FSWatcher {
  try {
    return watch(folder, { recursive: true, signal }, (_, name) => changed(name))
  } catch (cause) {
    const message = `Changes in ${folder} cannot be watched: ${cause instanceof Error ? cause.message : cause}.`
    throw new Failure({ code: 'cannot-watch', exit: 'usage', message, hint: 'Watch fewer folders.', cause })
  }
}
