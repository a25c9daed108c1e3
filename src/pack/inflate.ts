/** Decompresses a stream of chunks, as far as it goes. */
import { createInflateRaw } from 'node:zlib'

/** How it ended: `broken`, where it cannot be decompressed on. */
export interface Inflated {
  readonly is: 'whole' | 'broken'
  /** How many bytes of the source it took. */
  readonly taken: number
}

/**
 * Gives what a raw deflate stream holds to `take`, and stops where it ends, though the source may go on. `pipeline` would
 * fail there, with one of several errors.
 */
export async function inflateEach(
  source: AsyncIterable<Uint8Array>,
  chunkSize: number,
  take: (bytes: Uint8Array) => void,
): Promise<Inflated> {
  const inflate = createInflateRaw({ chunkSize })
  let thrown: { readonly error: unknown } | undefined
  let isBroken = false
  let isOver = false
  const over = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true
      resolve()
    }
    inflate.once('end', end).once('close', end)
  })
  inflate.on('error', () => {
    isBroken = true
  })
  inflate.on('data', (bytes: Buffer) => {
    if (thrown !== undefined) return
    try {
      take(bytes)
    } catch (error) {
      thrown = { error }
      inflate.destroy()
    }
  })
  try {
    for await (const part of source) {
      // A chunk in which the stream ends is never said to be done.
      const done = new Promise<void>((resolve) => inflate.write(part, () => resolve()))
      await Promise.race([done, over])
      if (isOver || isBroken) break
    }
    inflate.end()
    await over
  } finally {
    inflate.destroy()
  }
  if (thrown !== undefined) throw thrown.error
  return { is: isBroken ? 'broken' : 'whole', taken: inflate.bytesWritten }
}
