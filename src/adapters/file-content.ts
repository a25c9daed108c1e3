/** Reads parts of files and writes whole ones: beside, under a temporary name, then renamed. */
import { chmod, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Missing folders are made. A failure leaves nothing behind. A file that is there keeps its mode, and a link stays one; a
 * secret is readable by its owner alone.
 */
export async function writeFile(path: string, chunks: Chunks, suffix: string, secret: boolean): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const mode = secret ? 0o600 : (await stat(target).catch(() => undefined))?.mode
  const temporary = `${target}.${suffix}.tmp`
  try {
    await mkdir(dirname(target), { recursive: true })
    const handle = await open(temporary, 'wx', secret ? 0o600 : 0o666)
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk)
      await handle.sync()
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

export async function remove(path: string): Promise<void> {
  await rm(path, { force: true, recursive: true })
}
