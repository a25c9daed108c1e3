/** Watches folders with all below them, whatever is deleted, renamed or put in the place of what was there. */
import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { Failure } from '../model/failure.ts'
import { foreign } from './file-search.ts'

export interface WatchedTree {
  /** Watches what has come since, and the folders that were gone and are back. */
  follow(): void
  /** Whether a folder at the top is another than it was: gone, back, or moved; no event tells all of that. */
  isMoved(): boolean
  close(): void
}

interface Watched {
  readonly watcher: FSWatcher
  /** Only what has one of these names counts; undefined where all does. */
  readonly names: Set<string> | undefined
}

/**
 * There the system itself watches all that is below a folder. Elsewhere Node would watch every file by itself, and be
 * blind once an editor has put another in its place; a watched folder tells of whatever happens to its files.
 */
const isDeep = process.platform === 'darwin' || process.platform === 'win32'

/** @throws {Failure} where the system cannot watch, here and in `follow`. */
export function watchTree(tops: readonly string[], changed: (path: string) => void): WatchedTree {
  const all = new Map<string, Watched>()
  const stale = new Set<string>(tops)
  const marks = new Map(tops.map((top) => [top, markOf(top)]))

  function look(folder: string): void {
    if (!open(folder)) return
    // After it is watched, so that what comes in between is seen by one of both.
    for (const entry of isDeep ? [] : entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (entry.isSymbolicLink()) openTarget(path)
      else if (entry.isDirectory() && !foreign.has(entry.name) && !isWhole(path)) look(path)
    }
  }

  const isWhole = (folder: string): boolean => {
    const known = all.get(folder)
    return known !== undefined && known.names === undefined
  }

  /** A manifest may be a link, as one that several products share: what happens to its target counts. */
  function openTarget(link: string): void {
    const target = targetOf(link)
    if (target === undefined) return
    const folder = dirname(target)
    const known = all.get(folder)
    if (known === undefined) open(folder, new Set([basename(target)]))
    else known.names?.add(basename(target))
  }

  function open(folder: string, names?: Set<string>): boolean {
    if (isWhole(folder)) return true
    close(folder)
    try {
      const watcher = watch(folder, { recursive: isDeep && names === undefined }, (_, name) => told(folder, name))
      // What went away is told by the folder that held it.
      watcher.on('error', () => close(folder))
      all.set(folder, { watcher, names })
      return true
    } catch (cause) {
      if (isGone(cause)) return false
      const message = `Changes in ${folder} cannot be watched: ${(cause as Error).message}.`
      throw new Failure({ code: 'cannot-watch', exit: 'usage', message, hint: 'Watch fewer folders.', cause })
    }
  }

  function told(folder: string, name: string | null): void {
    const names = all.get(folder)?.names
    if (names !== undefined && (name === null || !names.has(name))) return
    if (name?.split(sep).some((part) => foreign.has(part))) return
    // Something of this name may be another by now; of itself, a folder speaks by its own name.
    if (name === null || name === basename(folder)) {
      closeBelow(folder)
      // The next one may be given the same number.
      if (marks.has(folder)) marks.set(folder, gone)
    }
    if (name !== null) closeBelow(join(folder, name))
    stale.add(folder)
    changed(name === null ? folder : join(folder, name))
  }

  function close(folder: string): void {
    all.get(folder)?.watcher.close()
    all.delete(folder)
  }

  function closeBelow(folder: string): void {
    for (const each of [...all.keys()]) if (each === folder || each.startsWith(`${folder}${sep}`)) close(each)
  }

  const tree: WatchedTree = {
    follow() {
      for (const folder of [...stale, ...tops.filter((top) => !isWhole(top))]) {
        stale.delete(folder)
        if (all.get(folder)?.names === undefined) look(folder)
      }
    },
    isMoved() {
      const moved = tops.filter((top) => markOf(top) !== marks.get(top))
      for (const top of moved) {
        marks.set(top, markOf(top))
        closeBelow(top)
      }
      return moved.length > 0
    },
    close: () => {
      for (const each of [...all.keys()]) close(each)
    },
  }
  try {
    tree.follow()
  } catch (error) {
    tree.close()
    throw error
  }
  return tree
}

/** It is no more, was never there, or is not for this user to see. */
function isGone(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(code)
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

/** The file a link leads to. */
function targetOf(link: string): string | undefined {
  try {
    const target = realpathSync(link)
    return statSync(target).isFile() ? target : undefined
  } catch {
    return undefined
  }
}

const gone = ''

/** Differs where another folder is at the place. */
function markOf(folder: string): string {
  const stat = statSync(folder, { throwIfNoEntry: false })
  return stat === undefined ? gone : `${stat.dev} ${stat.ino}`
}
