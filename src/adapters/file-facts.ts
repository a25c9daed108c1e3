/**
 * What is known of a file, and what small ones say. Synchronous, because a run looks at thousands of small files: a trip
 * through the thread pool for each costs several times what the look itself does.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { type FileFact, type FoundFile, headBytes } from '../model/file-fact.ts'

/** A file below a folder, or `outside` where a path or a link leads out of it. */
export async function factBelow(folder: string, file: string, measure: boolean): Promise<FileFact> {
  const path = resolve(folder, file)
  if (isAbsolute(file) || leadsOut(folder, path)) return { is: 'outside' }
  const real = realFile(folder, path)
  if (real === undefined) return { is: 'missing' }
  if (real === outside) return { is: 'outside' }
  const fact = factOf(real)
  return measure && fact.is === 'file' ? measured(real, fact) : fact
}

const outside = Symbol('outside')

/** Where the file really is, which a link may decide; undefined where there is none. */
function realFile(folder: string, path: string): string | undefined | typeof outside {
  try {
    const link = lstatSync(path, { throwIfNoEntry: false })
    if (link === undefined) return undefined
    const real = link.isSymbolicLink()
      ? realpathSync(path)
      : resolve(realFolder(dirname(path)), path.slice(dirname(path).length + 1))
    return leadsOut(realFolder(folder), real) ? outside : real
  } catch {
    return undefined
  }
}

let lastFolder: readonly [folder: string, real: string, until: number] = ['', '', 0]
const memory = 500

/** The files of a product lie in a folder or two, so the last answer is mostly the next; for a moment it holds. */
function realFolder(folder: string): string {
  const now = Date.now()
  if (lastFolder[0] !== folder || lastFolder[2] < now) lastFolder = [folder, realpathSync(folder), now + memory]
  return lastFolder[1]
}

function leadsOut(folder: string, path: string): boolean {
  if (path.startsWith(folder) && path[folder.length] === sep) return false
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

function factOf(path: string): FileFact {
  let handle: number | undefined
  try {
    // Opening a named pipe would wait for a writer.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const facts = fstatSync(handle)
    if (facts.isDirectory()) return { is: 'folder' }
    if (!facts.isFile()) return { is: 'unreadable' }
    const head = Buffer.allocUnsafe(Math.min(headBytes, facts.size))
    const read = readSync(handle, head, 0, head.length, 0)
    return { is: 'file', bytes: facts.size, head: head.subarray(0, read) }
  } catch {
    return { is: 'unreadable' }
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/** With the size of a picture; what is none stays as it is. */
async function measured(path: string, fact: FoundFile): Promise<FileFact> {
  const { imageSizeFromFile } = await import('image-size/fromFile')
  const picture = await imageSizeFromFile(path).catch(() => undefined)
  return picture === undefined ? fact : { ...fact, picture: { width: picture.width, height: picture.height } }
}

/**
 * Differs whenever the content may: nobody can set the time of the last change, and a replacement has another inode. With
 * its place, also when a folder above becomes a link.
 */
export function stampOf(path: string, withPlace: boolean): string | undefined {
  try {
    const facts = statSync(path, { throwIfNoEntry: false })
    if (facts === undefined) return undefined
    const stamp = `${facts.ctimeMs}:${facts.size}:${facts.ino}`
    return withPlace ? `${stamp}:${facts.dev}:${realFolder(dirname(path))}` : stamp
  } catch {
    // A link in a circle, a name that is too long: there is no such file.
    return undefined
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    return false
  }
}

const usual = Buffer.allocUnsafe(64 * 1024)

/** At most so many bytes of a file or a pipe, with as few calls for a small file as there can be. */
export function bytesOf(path: string, most: number): Buffer {
  const facts = statSync(path)
  // A named pipe would be waited for until somebody writes into it; the shell's own has a writer.
  if (facts.isFIFO() && !/^\/(dev\/fd|proc)\//.test(path)) throw Object.assign(new Error(path), { code: 'EFIFO' })
  const handle = openSync(path, constants.O_RDONLY)
  try {
    const first = readSync(handle, usual, 0, Math.min(usual.length, most), null)
    if (first < usual.length && fstatSync(handle).isFile()) return Buffer.from(usual.subarray(0, first))
    return Buffer.concat([usual.subarray(0, first), ...rest(handle, most - first)])
  } finally {
    closeSync(handle)
  }
}

function rest(handle: number, most: number): readonly Buffer[] {
  const chunks: Buffer[] = []
  let left = most
  while (left > 0) {
    const chunk = Buffer.allocUnsafe(Math.min(left, 1024 * 1024))
    const read = readSync(handle, chunk, 0, chunk.length, null)
    if (read === 0) break
    chunks.push(chunk.subarray(0, read))
    left -= read
  }
  return chunks
}

/** UTF-8 text of a file that one read can take; undefined for other bytes, a larger file, and what cannot be read. */
export function smallText(path: string): string | undefined {
  let handle: number | undefined
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const read = readSync(handle, usual, 0, usual.length, 0)
    // Nothing, where it is no file; or too much.
    if (read === 0 || read === usual.length) return undefined
    // What was no UTF-8 shows as replacement characters, which a manifest has no use for.
    const text = usual.toString('utf8', 0, read)
    return text.includes('\ufffd') ? undefined : text
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
