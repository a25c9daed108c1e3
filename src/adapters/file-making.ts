/** Makes files, links and folders that are not there yet, one after the other, as unpacking does. */
import { closeSync, mkdirSync, openSync, renameSync, symlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { NewFile } from '../ports.ts'
import { isFolder } from './file-facts.ts'

/** Fails where something is there already, also a link. */
export function newFile(path: string, executable: boolean): NewFile {
  makeFolder(dirname(path))
  const handle = openSync(path, 'wx', executable ? 0o777 : 0o666)
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
    },
    close: () => closeSync(handle),
  }
}

export function makeLink(path: string, target: string): void {
  makeFolder(dirname(path))
  symlinkSync(target, path)
}

/**
 * With the folders above it, one level after another: Node's own recursive mkdir never ends where a folder is there that
 * says nothing can be in it, as /proc does.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (isFolder(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another may have made it meanwhile.
    if (isFolder(path)) return
    throw asFolder(error)
  }
}

/** What the code of the system means of a folder whose parent is there. */
function asFolder(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return Object.assign(new Error('no folder can be made there'), { code: 'ENOFOLDER' })
  if (code === 'EEXIST') return Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
  return error
}

export function move(from: string, to: string): void {
  makeFolder(dirname(to))
  renameSync(from, to)
}
