/** The Files port over node:fs; foreign errors become Failures here. */
import { createReadStream } from 'node:fs'
import { access, chmod, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Failure } from '../model/failure.ts'
import { type FileFact, type FoundFile, headBytes } from '../model/file-fact.ts'
import type { Files } from '../ports.ts'

const slashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** Reads and writes below `directory`, the user's working directory. `suffix` makes temporary names unique. */
export function nodeFiles(directory: string, suffix: () => string): Files {
  const absolute = (path: string): string => resolve(directory, path)
  const shown = (path: string): string => {
    const near = relative(directory, absolute(path))
    return slashes(near.startsWith('..') || isAbsolute(near) ? absolute(path) : near || '.')
  }

  async function writeAll(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, mode = 0o666) {
    const target = absolute(path)
    const temporary = `${target}.${suffix()}.tmp`
    try {
      await mkdir(dirname(target), { recursive: true })
      const handle = await open(temporary, 'wx', mode)
      try {
        for await (const chunk of chunks) await handle.writeFile(chunk)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, target)
    } catch (error) {
      // Best effort: what went wrong first is what has to be told.
      await rm(temporary, { force: true }).catch(() => {})
      throw failureOf(error, 'write', shown(path))
    }
  }

  return {
    absolute: (path) => slashes(absolute(path)),
    shown,
    join: (...parts) => slashes(join(...parts)),

    async read(path) {
      try {
        return await readFile(absolute(path))
      } catch (error) {
        throw failureOf(error, 'read', shown(path))
      }
    },

    async exists(path) {
      return access(absolute(path)).then(
        () => true,
        () => false,
      )
    },

    fact: (folder, file, wanted) => factBelow(absolute(folder), file, wanted?.measure ?? false),

    async isFolder(path) {
      return stat(absolute(path)).then(
        (facts) => facts.isDirectory(),
        () => false,
      )
    },

    glob: (folder, patterns, ignore) => matches(absolute(folder), patterns, ignore),

    async links(folder, patterns, ignore) {
      const { default: picomatch } = await import('picomatch')
      const isMatch = picomatch([...patterns], { dot: true, ignore: [...ignore] })
      const top = absolute(folder)
      // Reads folders only, so a link out of the folder, or in a circle, is seen and not followed.
      const entries = await readdir(top, { recursive: true, withFileTypes: true })
      const links = entries.filter((entry) => entry.isSymbolicLink())
      return links
        .map(({ parentPath, name }) => slashes(relative(top, join(parentPath, name))))
        .filter((link) => isMatch(link))
        .sort()
    },

    async entry(path) {
      const { size, mode } = await stat(absolute(path)).catch((error: unknown) => {
        throw failureOf(error, 'read', shown(path))
      })
      return { bytes: size, executable: (mode & 0o100) !== 0 }
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
      const handle = await open(absolute(path)).catch((error: unknown) => {
        throw failureOf(error, 'read', shown(path))
      })
      try {
        const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(end - start), position: start })
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },

    async write(path, content, options) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      await writeAll(path, [bytes], options?.secret ? 0o600 : 0o666)
      if (options?.secret) await chmod(absolute(path), 0o600)
    },

    writeAll: (path, chunks) => writeAll(path, chunks),

    async remove(path) {
      await rm(absolute(path), { force: true, recursive: true })
    },
  }
}

async function matches(
  folder: string,
  patterns: readonly string[],
  ignore: readonly string[],
): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby')
  const options = { dot: true, expandDirectories: false, followSymbolicLinks: false } as const
  const found = await glob([...patterns], { cwd: folder, ignore: [...ignore], ...options })
  return found.map((each) => slashes(each).replace(/\/$/, '')).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

async function factOf(path: string): Promise<FileFact> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) return { is: 'folder' }
    const handle = await open(path)
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(headBytes), position: 0 })
      return { is: 'file', bytes: facts.size, head: buffer.subarray(0, bytesRead) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return { is: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' }
  }
}

/** A file below a folder, or `outside` where a path or a link leads out of it. */
async function factBelow(folder: string, file: string, measure: boolean): Promise<FileFact> {
  const path = resolve(folder, file)
  if (isAbsolute(file) || leadsOut(folder, path)) return { is: 'outside' }
  const link = await lstat(path).catch(() => undefined)
  if (link === undefined) return { is: 'missing' }
  const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(path).catch(() => undefined)])
  if (realFile === undefined) return { is: 'missing' }
  if (leadsOut(realFolder, realFile)) return { is: 'outside' }
  const fact = await factOf(realFile)
  return measure && fact.is === 'file' ? measured(realFile, fact) : fact
}

/** With the size of a picture; what is none stays as it is. */
async function measured(path: string, fact: FoundFile): Promise<FileFact> {
  const { imageSizeFromFile } = await import('image-size/fromFile')
  const picture = await imageSizeFromFile(path).catch(() => undefined)
  return picture === undefined ? fact : { ...fact, picture: { width: picture.width, height: picture.height } }
}

function leadsOut(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'access is denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  EEXIST: 'something else of that name is in the way',
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
