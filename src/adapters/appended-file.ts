/** A file that only grows: what is appended at the same time goes to the disk together. */
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Appended } from '../ports.ts'

export async function openAppended(path: string): Promise<Appended> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'a', 0o600)
  let waiting = ''
  /** The write that will take what waits; it begins when the one before it has ended. */
  let next: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function write(): Promise<void> {
    const text = waiting
    waiting = ''
    next = undefined
    await handle.appendFile(text)
    await handle.datasync().catch(refuse)
  }

  return {
    append(text) {
      waiting += text
      if (next === undefined) {
        next = last.then(write)
        last = next.catch(() => {})
      }
      return next
    },
    async close() {
      await last
      await handle.close()
    },
  }
}

/** Pipes and terminals have no disk to be flushed to. */
function refuse(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP' && error.code !== 'EROFS') throw error
}
