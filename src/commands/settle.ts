/** Requests that move a product or a release, whose answer may be lost: what became of it is read back. */
import { Failure } from '../model/failure.ts'

/**
 * What a request gives; after a failure, what is there now, if that is what was wanted. A reply that was lost, or a
 * colleague who was faster, is no reason to fail.
 */
export async function settle<T>(
  request: () => Promise<T>,
  readBack: () => Promise<T | undefined>,
  isWanted: (found: T) => boolean,
): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof Failure) || !['marketplace', 'conflict'].includes(error.exit)) throw error
    const found = await readBack().catch(() => undefined)
    if (found !== undefined && isWanted(found)) return found
    throw error
  }
}
