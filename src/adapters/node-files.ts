/** The Files port over node:fs; foreign errors become Failures here. */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { Failure, fileChanged } from '../model/failure.ts'
import type { Files } from '../ports.ts'
import { changesBelow } from './file-changes.ts'
import { bytesOf, factBelow, isFolder, smallText, stampOf } from './file-facts.ts'
import { makeFolder, makeLink, move, newFile } from './file-making.ts'
import { filesMatching, filesNamed, matcher, slashes } from './file-search.ts'

/** Reads and writes below `directory`, the user's working directory. `suffix` makes temporary names unique. */
export function nodeFiles(directory: string, suffix: () => string): Files {
  const absolute = (path: string): string => resolve(directory, path)
  const shown = (path: string): string => {
    // Most are what they should be, and there may be thousands.
    if (/^[\w-][^\\]*$/.test(path) && !/\/\.{0,2}(\/|$)/.test(path)) return path
    const near = relative(directory, absolute(path))
    return slashes(near.startsWith('..') || isAbsolute(near) ? absolute(path) : near || '.')
  }

  /** Loaded apart: a command that only checks reads small files at once and writes none. */
  const content = () => import('./file-content.ts')
  /** When koo wrote a file itself, which is no change to wait for. */
  const own = new Map<string, number>()
  const written = async (path: string, work: (target: string) => Promise<void>): Promise<void> => {
    try {
      await work(absolute(path))
      own.set(absolute(path), Date.now())
    } catch (error) {
      throw failureOf(error, 'write', shown(path))
    }
  }

  const told = <T>(doing: 'read' | 'write', path: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw failureOf(error, doing, shown(path))
    }
  }

  const refused =
    (doing: 'read' | 'write', path: string) =>
    (error: unknown): never => {
      throw failureOf(error, doing, shown(path))
    }

  return {
    absolute: (path) => slashes(absolute(path)),
    shown,
    join: (...parts) => slashes(join(...parts)),

    async read(path, most) {
      try {
        return most === undefined ? readFileSync(absolute(path)) : bytesOf(absolute(path), most)
      } catch (error) {
        throw failureOf(error, 'read', shown(path))
      }
    },

    smallTexts: async (paths) => paths.map((path) => smallText(absolute(path))),

    exists: async (path) => existsSync(absolute(path)),

    fact: (folder, file, wanted) => factBelow(absolute(folder), file, wanted?.measure ?? false),

    isFolder: async (path) => isFolder(absolute(path)),

    find: async (folder, names) => filesNamed(absolute(folder), names),
    glob: (folder, patterns, ignore) => filesMatching(absolute(folder), patterns, ignore),
    async tree(folder, enters) {
      const { treeOf } = await import('./file-tree.ts')
      try {
        return treeOf(absolute(folder), enters)
      } catch (error) {
        // It may be a folder further down.
        const path = error instanceof Error && 'path' in error ? String(error.path) : folder
        throw failureOf(error, 'read', shown(path))
      }
    },
    stamps: async (paths, wanted) => paths.map((path) => stampOf(absolute(path), wanted?.place ?? false)),

    watch: (folders, signal) => changesBelow(folders.map(absolute), signal, own),

    async below(folder, globs) {
      const top = absolute(folder)
      const isMatch = await matcher(globs)
      return (path) => {
        const way = slashes(relative(top, absolute(path)))
        return !way.startsWith('../') && !isAbsolute(way) && isMatch(way)
      }
    },

    async entry(path) {
      const { entryAt } = await import('./file-tree.ts')
      return told('read', path, () => entryAt(absolute(path)))
    },

    async open(path) {
      const { openFile } = await import('./file-tree.ts')
      const file = told('read', path, () => openFile(absolute(path)))
      return {
        ...file,
        read: (into, offset, length) => told('read', path, () => file.read(into, offset, length)),
      }
    },

    async source(path) {
      const { openSource } = await content()
      const tell = async <T>(work: Promise<T>): Promise<T> => {
        try {
          return await work
        } catch (error) {
          throw failureOf(error, 'read', shown(path))
        }
      }
      const source = await tell(openSource(absolute(path)))
      return {
        bytes: source.bytes,
        close: () => source.close(),
        async read(start, into) {
          if (await tell(source.read(start, into))) return
          throw fileChanged(`${shown(path)} changed while it was sent.`)
        },
      }
    },

    async *stream(path) {
      try {
        // The default of 64 KiB halves the throughput.
        yield* createReadStream(absolute(path), { highWaterMark: 1024 * 1024 }) as AsyncIterable<Uint8Array>
      } catch (error) {
        throw failureOf(error, 'read', shown(path))
      }
    },

    async slice(path, start, end) {
      try {
        return await (await content()).readSlice(absolute(path), start, end)
      } catch (error) {
        throw failureOf(error, 'read', shown(path))
      }
    },

    write: (path, text, options) =>
      written(path, async (target) => {
        const bytes = typeof text === 'string' ? Buffer.from(text) : text
        await (await content()).writeFile(target, [bytes], suffix(), options)
      }),

    writeAll: (path, chunks) => written(path, async (target) => (await content()).writeFile(target, chunks, suffix())),

    async appended(path) {
      const { openAppended } = await import('./appended-file.ts')
      const told = refused('write', path)
      const { append, close } = await openAppended(absolute(path)).catch(told)
      return { append: (text) => append(text).catch(told), close: () => close().catch(told) }
    },
    create(path, executable) {
      const file = told('write', path, () => newFile(absolute(path), executable))
      return { write: (bytes) => told('write', path, () => file.write(bytes)), close: () => file.close() }
    },
    link: (path, target) => written(path, async (at) => makeLink(at, target)),
    makeFolder: (path) => written(path, async (at) => makeFolder(at)),
    rename: (from, to) => written(to, async (at) => move(absolute(from), at)),

    async remove(path) {
      await (await content()).remove(absolute(path)).catch(refused('write', path))
    },
    async removeFile(path) {
      await (await content()).removeFile(absolute(path)).catch(refused('write', path))
    },
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'access is denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'it is a folder',
  EFIFO: 'it is a pipe, not a file',
  ENOTFILE: 'it is a folder, a pipe or a device, not a file',
  ESOCKET: 'it is a socket, not a file',
  EPIPE: 'its reader has gone away',
  ENOTEMPTY: 'something was written into it meanwhile',
  ENOTDIR: 'part of its path is not a folder',
  ENOFOLDER: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  EEXIST: 'something else of that name is in the way',
  EFBIG: 'the file is larger than is allowed here',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long',
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function failureOf(error: unknown, doing: 'read' | 'write', path: string): unknown {
  const reason = reasons[codeOf(error)]
  if (reason === undefined) return error
  return new Failure({
    code: `cannot-${doing}`,
    exit: 'usage',
    message: `Cannot ${doing} ${path}: ${reason}.`,
    cause: error,
  })
}
