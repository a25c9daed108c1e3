/** Waits for changes below folders. */
import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Editors write a file in several steps; what happens within this time is one change. */
const settleTime = 100

export async function* changesBelow(folders: readonly string[], signal: AbortSignal): AsyncIterable<void> {
  let wake: () => void = () => {}
  let changed = false
  const notice = (): void => {
    changed = true
    wake()
  }
  const watchers = folders.map((folder) => {
    const watcher = watch(folder, { recursive: true, signal }, notice)
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
