/** Works through a file in parts, several at once, on as few buffers as there are parts at work. */
import { Failure, stopped } from '../model/failure.ts'

export interface FilePart {
  /** From 1 on. */
  readonly number: number
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** As long as the part, with anything in it; another part's as soon as the work on this one is done. */
  readonly buffer: Buffer
}

/**
 * Begins the parts in order. Where one fails, or `stop` aborts, what is at work ends and nothing more is begun; then the
 * first error is thrown, or a Failure (stopped).
 */
export async function sendParts(
  options: {
    readonly bytes: number
    readonly partSize: number
    readonly parallel: number
    readonly stop: AbortSignal
  },
  work: (part: FilePart) => Promise<void>,
): Promise<void> {
  const { bytes, partSize, parallel, stop } = options
  const count = Math.ceil(bytes / partSize)
  let begun = 0
  let failed = false

  async function lane(): Promise<void> {
    let pooled: Buffer | undefined
    while (begun < count && !failed) {
      if (stop.aborted) throw stopped()
      begun += 1
      const number = begun
      const start = (number - 1) * partSize
      const end = Math.min(start + partSize, bytes)
      pooled ??= Buffer.allocUnsafeSlow(end - start)
      try {
        await work({ number, start, end, buffer: pooled.subarray(0, end - start) })
      } catch (error) {
        failed = true
        throw error
      }
    }
  }

  const lanes = await Promise.allSettled(Array.from({ length: Math.min(parallel, count) }, lane))
  const errors = lanes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  // Of a stop and what went wrong meanwhile, the latter is to be told.
  const worst = errors.find((error) => !(error instanceof Failure && error.exit === 'stopped')) ?? errors[0]
  if (worst !== undefined) throw worst
  if (stop.aborted) throw stopped()
}
