/**
 * What is known of a file, and what small ones say. Synchronous, because a run looks at thousands of small files: a trip through
 * the thread pool for each costs several times what the look itself does.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
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

let lastFolder: readonly [folder: string, real: string] = ['', '']

/** The files of a product lie in a folder or two, so the last answer is mostly the next. */
function realFolder(folder: string): string {
  if (lastFolder[0] !== folder) lastFolder = [folder, realpathSync(folder)]
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

/** Differs whenever the content may: nobody can set the time of the last change, and a replacement has another inode. */
export function stampOf(path: string): string | undefined {
  const facts = statSync(path, { throwIfNoEntry: false })
  return facts && `${facts.ctimeMs}:${facts.size}:${facts.ino}`
}

const small = Buffer.allocUnsafe(64 * 1024)

/** UTF-8 text; undefined for other bytes. Small files take as few system calls as there can be. */
export function textOf(path: string): string | undefined {
  const text = smallText(path) ?? readFileSync(path, 'utf8')
  // What was no UTF-8 shows as replacement characters, which a manifest has no use for.
  return text.includes('\ufffd') ? undefined : text
}

export function textIfAny(path: string): string | undefined {
  try {
    return textOf(path)
  } catch {
    return undefined
  }
}

/** Undefined for a file that one read cannot take. */
function smallText(path: string): string | undefined {
  const handle = openSync(path, constants.O_RDONLY)
  try {
    const read = readSync(handle, small, 0, small.length, 0)
    return read === small.length ? undefined : small.toString('utf8', 0, read)
  } finally {
    closeSync(handle)
  }
}
