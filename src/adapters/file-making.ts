/** Makes files, links and folders that are not there yet, one after the other, as unpacking does. */
import { closeSync, mkdirSync, openSync, renameSync, symlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { NewFile } from '../ports.ts'

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

export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true })
}

export function move(from: string, to: string): void {
  makeFolder(dirname(to))
  renameSync(from, to)
}
