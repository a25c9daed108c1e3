/** SHA-256 of texts, and of streams on their way. */
import { createHash } from 'node:crypto'
import { stopped } from '../model/failure.ts'

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A stream that is counted and hashed while somebody else reads it; what came of it is known once it has ended. */
export function streamHash(
  stream: AsyncIterable<Uint8Array>,
  stop: AbortSignal,
): { readonly chunks: AsyncIterable<Uint8Array>; bytes(): { readonly size: number; readonly sha256: string } } {
  const hash = createHash('sha256')
  let size = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      if (stop.aborted) throw stopped()
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  return { chunks: chunks(), bytes: () => ({ size, sha256: hash.digest('hex') }) }
}
