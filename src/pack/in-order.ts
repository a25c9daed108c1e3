/** Work side by side, results in order. */

type Parts = readonly Uint8Array[]

export interface Job {
  /** What is under way; nothing where the parts need no work. */
  readonly work?: Promise<Parts>
  /** Makes the parts, when everything before is done. They may share the memory of `block`. */
  readonly parts: (done: Parts) => Parts
  readonly block?: Buffer<ArrayBuffer>
}

/** Gives the parts of each job in order while up to `width` of them are worked on; blocks go back to `free`. */
export async function* inOrder(
  jobs: AsyncIterable<Job>,
  width: number,
  free: Buffer<ArrayBuffer>[],
): AsyncGenerator<Parts> {
  const queue: Job[] = []
  const next = async function* (): AsyncGenerator<Parts> {
    const job = queue.shift()
    if (job === undefined) return
    yield job.parts((await job.work) ?? [])
    // All of its memory, of which the block may be a part.
    if (job.block !== undefined) free.push(Buffer.from(job.block.buffer))
  }
  for await (const job of jobs) {
    // A failure is told when its turn comes; an earlier one may come first.
    job.work?.catch(() => {})
    queue.push(job)
    if (queue.length >= width) yield* next()
  }
  while (queue.length > 0) yield* next()
}

/** Cuts a stream into blocks of one size, each in memory of its own until it is given back to `free`. */
export class Blocks {
  readonly #size: number
  readonly #free: Buffer<ArrayBuffer>[]
  #block: Buffer<ArrayBuffer>
  #used = 0

  constructor(size: number, free: Buffer<ArrayBuffer>[]) {
    this.#size = size
    this.#free = free
    this.#block = this.#take()
  }

  /** Takes bytes in; gives each block they fill. */
  *add(bytes: Uint8Array): Generator<Buffer<ArrayBuffer>> {
    let at = 0
    while (at < bytes.length) {
      const room = Math.min(this.#size - this.#used, bytes.length - at)
      this.#block.set(bytes.subarray(at, at + room), this.#used)
      this.#used += room
      at += room
      if (this.#used === this.#size) yield this.cut()
    }
  }

  get used(): number {
    return this.#used
  }

  /** The block as it is, though it may not be full. */
  cut(): Buffer<ArrayBuffer> {
    const cut = this.#block.subarray(0, this.#used)
    this.#block = this.#take()
    this.#used = 0
    return cut
  }

  #take(): Buffer<ArrayBuffer> {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size)
  }
}
