/** Looks at what is to be packed: folders with links and all, and files that must not change while they are read. */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { EntryFacts, OpenFile, TreeEntry } from '../ports.ts'
import { slashes } from './file-search.ts'

/** @throws where a folder below cannot be read: leaving it out silently would make another package. */
export function treeOf(folder: string, enters: (path: string) => boolean): readonly TreeEntry[] {
  const found: TreeEntry[] = []
  const visit = (inside: string): void => {
    const entries = readdirSync(join(folder, inside), { withFileTypes: true })
    for (const entry of entries) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (!entry.isDirectory()) {
        found.push(looked(folder, path, entry))
      } else if (enters(path)) {
        const before = found.length
        if (!isThere(join(folder, path))) found.push(plain(path, 'lost'))
        else visit(path)
        if (found.length === before) found.push(plain(path, 'folder'))
      } else {
        found.push(plain(path, 'folder'))
      }
    }
  }
  visit('')
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** What is in a folder whose name is not UTF-8 cannot be named. */
function isThere(path: string): boolean {
  return !path.includes('\uFFFD') || lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function plain(path: string, kind: TreeEntry['kind']): TreeEntry {
  return { path, kind, bytes: 0, executable: false }
}

function looked(folder: string, path: string, entry: Dirent): TreeEntry {
  const full = join(folder, path)
  try {
    if (entry.isSymbolicLink()) return { ...plain(path, 'link'), ...linkAt(folder, full) }
    if (!entry.isFile()) return plain(path, 'special')
    const facts = lstatSync(full)
    return { path, ...sized(facts), stamp: stampOf(facts) }
  } catch {
    return plain(path, 'lost')
  }
}

function sized(facts: Stats): Pick<TreeEntry, 'kind' | 'bytes' | 'executable'> {
  return { kind: 'file', bytes: facts.size, executable: (facts.mode & 0o100) !== 0 }
}

/** Both as it is written and as it is followed: a part of its way may be a link as well. */
function linkAt(folder: string, full: string): Pick<TreeEntry, 'target' | 'leads'> {
  const target = slashes(readlinkSync(full))
  if (isAbsolute(target) || isOutside(folder, resolve(dirname(full), target))) return { target, leads: 'outside' }
  try {
    return { target, leads: isOutside(realpathSync(folder), realpathSync(full)) ? 'outside' : 'inside' }
  } catch {
    return { target, leads: 'nowhere' }
  }
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

export function entryAt(path: string): EntryFacts | undefined {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return undefined
  // Windows keeps that elsewhere.
  const isShared = process.platform !== 'win32' && (facts.mode & 0o044) !== 0
  if (facts.isFile()) return { ...sized(facts), isShared }
  return { kind: facts.isDirectory() ? 'folder' : 'special', bytes: 0, executable: false }
}

/** What tells whether a file is still what it was. */
function stampOf(facts: Stats): string {
  // The time of a status change shows a write whose time was put back.
  return `${facts.dev} ${facts.ino} ${facts.size} ${facts.mtimeMs} ${facts.ctimeMs} ${facts.isFile()}`
}

export function openFile(path: string): OpenFile {
  // Opening a named pipe would wait for a writer.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const facts = fstatSync(handle)
  if (!facts.isFile()) {
    closeSync(handle)
    throw Object.assign(new Error('not a file'), { code: 'ENOTFILE' })
  }
  const stamp = stampOf(facts)
  return {
    ...sized(facts),
    stamp,
    read: (into, offset, length) => readSync(handle, into, offset, length, null),
    hasChanged: () => {
      const there = statSync(path, { throwIfNoEntry: false })
      return stampOf(fstatSync(handle)) !== stamp || there === undefined || stampOf(there) !== stamp
    },
    close: () => closeSync(handle),
  }
}
