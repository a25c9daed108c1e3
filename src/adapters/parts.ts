/** Works through files in parts: few at once of all files together, on as few buffers, and the whole is hashed on the way. */
import { createHash } from 'node:crypto'
import limiter from 'p-limit'
import { Failure, fileChanged, stopped } from '../model/failure.ts'
import type { UploadSource } from '../ports.ts'

/** Buffers that all uploads of a run share, so that neither memory nor the line is divided among more and more of them. */
export interface PartPool {
  /** Parts at work at once. */
  readonly most: number
  /**
   * Waits for its turn, first come, first served. The buffer is as long as was asked for, with anything in it; it is
   * another's as soon as the work is done.
   */
  use<T>(bytes: number, work: (buffer: Buffer) => Promise<T>): Promise<T>
}

export function partPool(most = 4): PartPool {
  const limit = limiter(most)
  const free: Buffer[] = []
  const taken = (bytes: number): Buffer => {
    const fit = free.findIndex(({ length }) => length >= bytes)
    // One that is too small makes room for its successor, so that there are never more than are at work at once.
    const [buffer] = free.splice(Math.max(0, fit), 1)
    return fit >= 0 && buffer !== undefined ? buffer : Buffer.allocUnsafeSlow(bytes)
  }
  return {
    most,
    use: (bytes, work) =>
      limit(async () => {
        const buffer = taken(bytes)
        try {
          return await work(buffer.subarray(0, bytes))
        } finally {
          free.push(buffer)
        }
      }),
  }
}

export interface FilePart {
  /** From 1 on. */
  readonly number: number
  /** The bytes of the part; another's as soon as the work on it is done. */
  readonly buffer: Buffer
}

/**
 * Begins the parts in order. Where one fails, or `stop` aborts, what is at work ends and nothing more is begun; then the
 * first error is thrown, or a Failure (stopped). Where all went well and yet the file is not what its digest says, a
 * Failure (file-changed) is.
 */
export async function sendParts(
  options: {
    readonly file: UploadSource
    readonly partSize: number
    readonly pool: PartPool
    readonly stop: AbortSignal
  },
  work: (part: FilePart) => Promise<void>,
): Promise<void> {
  const { file, partSize, pool, stop } = options
  const { bytes } = file
  const count = Math.ceil(bytes / partSize)
  const hash = createHash('sha256')
  let begun = 0
  let failed = false
  let before: Promise<void> = Promise.resolve()

  /** One after the other, because a digest is of bytes in their order. */
  function filled(buffer: Buffer, start: number): Promise<void> {
    before = before.then(async () => {
      await file.read(start, buffer)
      hash.update(buffer)
    })
    return before
  }

  async function next(pooled: Buffer): Promise<void> {
    // Others may have gone on while this one waited for its turn.
    if (begun === count || failed) return
    if (stop.aborted) throw stopped()
    const start = begun * partSize
    begun += 1
    const number = begun
    const buffer = pooled.subarray(0, Math.min(partSize, bytes - start))
    try {
      await filled(buffer, start)
      await work({ number, buffer })
    } catch (error) {
      failed = true
      throw error
    }
  }

  async function lane(): Promise<void> {
    while (begun < count && !failed) await pool.use(Math.min(partSize, bytes), next)
  }

  const lanes = await Promise.allSettled(Array.from({ length: Math.min(pool.most, count) }, lane))
  const errors = lanes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  // Of a stop and what went wrong meanwhile, the latter is to be told.
  const worst = errors.find((error) => !(error instanceof Failure && error.exit === 'stopped')) ?? errors[0]
  if (worst !== undefined) throw worst
  if (stop.aborted) throw stopped()
  refuseOther(file, hash.digest('hex'))
}

/** @throws {Failure} (file-changed) where a file's digest is another than it was. */
export function refuseOther({ name, sha256 }: UploadSource, found: string): void {
  if (found !== sha256) throw fileChanged(`${name} changed after it was planned.`)
}
