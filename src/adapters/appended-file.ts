/** A file that only grows: what is appended at the same time goes to the disk together. */
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Appended } from '../ports.ts'
import { makeFolder } from './file-making.ts'

export async function openAppended(path: string): Promise<Appended> {
  const folder = dirname(path)
  makeFolder(folder, 0o700)
  const handle = await open(path, 'a', 0o600)
  // The file's bytes are of no use to a folder that has forgotten its name. Not every system lets a folder be flushed.
  await flushed(folder).catch(() => {})
  return appending(handle)
}

async function flushed(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function appending(handle: Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>): Appended {
  let waiting = ''
  /** The write that will take what waits; it begins when the one before it has ended. */
  let next: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()
  /** The file may end within a line, to which nothing must be added. */
  let isTorn = false

  async function write(): Promise<void> {
    const text = isTorn ? `\n${waiting}` : waiting
    waiting = ''
    next = undefined
    isTorn = true
    await handle.appendFile(text)
    isTorn = false
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
