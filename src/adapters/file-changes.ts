/** Waits for changes below folders. */
import { setTimeout as sleep } from 'node:timers/promises'
import { watchTree } from './watched-tree.ts'

/** Editors write a file in several steps; what happens within this time is one change. */
const settleTime = 100
/** Within this time after koo wrote a file, what happens to it is koo's doing. */
const ownTime = 1000
/** How often it is looked whether the folders themselves are still where they were. */
const lookTime = 500

/**
 * The folders may be gone, for now or at first. `own` tells when koo wrote a file itself.
 * @throws {Failure} where the system cannot watch.
 */
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
  const tree = watchTree(folders, (path) => {
    // With the temporary name beside it.
    const isOwn = [...own].some(([each, when]) => path.startsWith(each) && Date.now() - when < ownTime)
    if (!isOwn) notice()
  })
  const looks = setInterval(() => tree.isMoved() && notice(), lookTime)
  signal.addEventListener('abort', notice, { once: true })
  try {
    while (!signal.aborted) {
      if (!changed)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      await sleep(settleTime)
      changed = false
      tree.follow()
      if (!signal.aborted) yield
    }
  } finally {
    clearInterval(looks)
    tree.close()
  }
}
