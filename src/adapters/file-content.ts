/** Reads parts of files and writes whole ones: beside, under a temporary name, then renamed. */
import { constants, type Stats } from 'node:fs'
import { chmod, type FileHandle, open, realpath, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFolder } from './file-making.ts'

type Chunk = Uint8Array | readonly Uint8Array[]
type Chunks = AsyncIterable<Chunk> | Iterable<Chunk>

/**
 * Missing folders are made. A failure leaves nothing behind. A file that is there keeps its mode, and a link stays one; a
 * secret is readable by its owner alone, and so are the folders made for it. A pipe or a device is written into, never
 * replaced.
 */
export async function writeFile(
  path: string,
  chunks: Chunks,
  suffix: string,
  { secret = false, spare = false }: { readonly secret?: boolean; readonly spare?: boolean } = {},
): Promise<void> {
  const there = await stat(path).catch(() => undefined)
  if (there !== undefined && !there.isFile()) return writeInto(path, there, chunks)
  const target = await realpath(path).catch(() => path)
  const mode = secret ? 0o600 : there?.mode
  const temporary = `${target}.${suffix}.tmp`
  try {
    makeFolder(dirname(target), secret ? 0o700 : 0o777)
    const handle = await open(temporary, 'wx', secret ? 0o600 : 0o666)
    try {
      for await (const chunk of chunks) await writeChunk(handle, chunk)
      if (!spare) await handle.sync()
    } finally {
      await handle.close()
    }
    if (mode !== undefined) await chmod(temporary, mode & 0o7777)
    await rename(temporary, target)
  } catch (error) {
    // Best effort: what went wrong first is what has to be told.
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

/** As a shell writes into a pipe or a device; /dev/stdout is a link to one of them. */
async function writeInto(path: string, there: Stats, chunks: Chunks): Promise<void> {
  if (there.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  if (there.isSocket()) throw Object.assign(new Error('a socket'), { code: 'ESOCKET' })
  const handle = there.isFIFO() ? await openPipe(path) : await open(path, constants.O_WRONLY)
  try {
    for await (const chunk of chunks) {
      for (const each of chunk instanceof Uint8Array ? [chunk] : chunk) await writeWhole(handle, each)
    }
  } finally {
    await handle.close()
  }
}

const lookEvery = 50

/**
 * Waits until a named pipe is read. Opening it would wait, too, but in a way that nothing can end, also where its reader
 * has gone again meanwhile.
 */
async function openPipe(path: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK)
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error
      await sleep(lookEvery)
    }
  }
}

/** What a full pipe does not take yet is offered again. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += (await handle.write(bytes, done)).bytesWritten
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error
      await sleep(1)
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}

async function writeChunk(handle: FileHandle, chunk: Chunk): Promise<void> {
  // A write may take only a part; `writeFile` goes on until all is written.
  if (chunk instanceof Uint8Array) return handle.writeFile(chunk)
  const bytes = chunk.reduce((sum, part) => sum + part.length, 0)
  const { bytesWritten } = await handle.writev([...chunk])
  if (bytesWritten < bytes) await handle.writeFile(Buffer.concat(chunk).subarray(bytesWritten))
}

/** Bytes `start` to `end` (exclusive). */
export async function readSlice(path: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(end - start), position: start })
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A file to be sent; `read` tells whether the buffer holds what the file had there when it was opened. */
export async function openSource(path: string): Promise<{
  readonly bytes: number
  read(start: number, into: Uint8Array): Promise<boolean>
  close(): Promise<void>
}> {
  // Opening a named pipe would wait for a writer.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const before = await handle.stat()
    if (!before.isFile()) throw Object.assign(new Error('not a file'), { code: 'ENOTFILE' })
    return {
      bytes: before.size,
      close: () => handle.close(),
      async read(start, into) {
        for (let filled = 0; filled < into.length; ) {
          // A read may give only a part.
          const { bytesRead } = await handle.read(into, filled, into.length - filled, start + filled)
          if (bytesRead === 0) return false
          filled += bytesRead
        }
        const now = await handle.stat()
        return now.size === before.size && now.mtimeMs === before.mtimeMs
      },
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

export async function remove(path: string): Promise<void> {
  await rm(path, { force: true, recursive: true })
}

export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
