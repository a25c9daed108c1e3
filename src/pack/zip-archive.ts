/** Steps → the bytes of a zip. Files of one block are compressed before their header is written, larger ones after it. */
import { crc32 } from 'node:zlib'
import type { ArchiveEntry } from './archive-entry.ts'
import { blockBytes, deflated, dictionaryOf } from './deflate.ts'
import { Blocks, inOrder, type Job } from './in-order.ts'
import type { ArchiveOptions, Chunks, Steps } from './steps.ts'
import { TarFraming } from './tar.ts'
import { centralHeader, descriptor, localHeader, type ZipEntry, zipEnd, zipMethods } from './zip.ts'

/** An entry while it is written. */
interface Writing extends Omit<ZipEntry, 'crc32' | 'compressed' | 'offset' | 'method'> {
  crc32: number
  compressed: number
  offset: number
  method: ZipEntry['method']
}

export async function* zipOf(steps: Steps, options: ArchiveOptions): Chunks {
  const { time, width } = options
  const free: Buffer<ArrayBuffer>[] = []
  const zip = new Zip(time, free)
  for await (const parts of inOrder(zip.jobs(steps, options.content), width, free)) {
    zip.offset += sizeOf(parts)
    yield parts
  }
  yield zip.directory()
}

class Zip {
  /** Where the next byte goes, of what is written; the jobs are ahead of it. */
  offset = 0
  readonly #time: number
  readonly #blocks: Blocks
  readonly #directory: Writing[] = []

  constructor(time: number, free: Buffer<ArrayBuffer>[]) {
    this.#time = time
    this.#blocks = new Blocks(blockBytes, free)
  }

  async *jobs(steps: Steps, content: ArchiveOptions['content']): AsyncGenerator<Job> {
    const framing = new TarFraming(this.#time)
    let file = new ZipFile(writingOf({ is: 'folder', path: '' }), this.#blocks, () => Buffer.alloc(0))
    for await (const step of steps) {
      if (step.is === 'bytes') {
        content(step.bytes)
        yield* file.add(step.bytes)
        continue
      }
      const { before, header } = framing.next(step.entry)
      content(before)
      content(header)
      const writing = writingOf(step.entry)
      this.#directory.push(writing)
      file = new ZipFile(writing, this.#blocks, () => this.#begin(writing))
      yield* file.start()
      if (step.entry.is === 'link') yield* file.add(Buffer.from(step.entry.target))
    }
    content(framing.end())
  }

  directory(): readonly Uint8Array[] {
    const headers = this.#directory.map((each) => centralHeader(each, this.#time))
    return [...headers, zipEnd(headers.length, sizeOf(headers), this.offset)]
  }

  #begin(writing: Writing): Uint8Array {
    writing.offset = this.offset
    return localHeader(writing, this.#time)
  }
}

/** The jobs of one entry. */
class ZipFile {
  readonly #writing: Writing
  readonly #blocks: Blocks
  readonly #begin: () => Uint8Array
  #taken = 0
  #dictionary: Uint8Array | undefined

  constructor(writing: Writing, blocks: Blocks, begin: () => Uint8Array) {
    this.#writing = writing
    this.#blocks = blocks
    this.#begin = begin
  }

  *start(): Generator<Job> {
    if (this.#writing.streamed || this.#writing.bytes === 0) yield { parts: () => [this.#begin()] }
  }

  *add(bytes: Uint8Array): Generator<Job> {
    for (const block of this.#blocks.add(bytes)) yield* this.#block(block)
    if (this.#taken + this.#blocks.used === this.#writing.bytes && this.#blocks.used > 0) {
      yield* this.#block(this.#blocks.cut())
    }
  }

  *#block(block: Buffer<ArrayBuffer>): Generator<Job> {
    const writing = this.#writing
    this.#taken += block.length
    writing.crc32 = crc32(block, writing.crc32)
    const last = this.#taken === writing.bytes
    if (!writing.streamed) {
      yield { work: deflated(block, undefined, true), parts: (done) => this.#whole(block, done), block }
      return
    }
    const counted = (done: readonly Uint8Array[]) => {
      writing.compressed += sizeOf(done)
      return done
    }
    yield { work: deflated(block, this.#dictionary, last), parts: counted, block }
    this.#dictionary = dictionaryOf(block)
    if (last) yield { parts: () => [descriptor(writing)] }
  }

  /** What does not get smaller is stored as it is. */
  #whole(block: Uint8Array, done: readonly Uint8Array[]): readonly Uint8Array[] {
    const isSmaller = sizeOf(done) < block.length
    this.#writing.method = isSmaller ? zipMethods.deflated : zipMethods.stored
    const parts = isSmaller ? done : [block]
    this.#writing.compressed = sizeOf(parts)
    return [this.#begin(), ...parts]
  }
}

function writingOf(entry: ArchiveEntry): Writing {
  const bytes = entry.is === 'file' ? entry.bytes : entry.is === 'link' ? Buffer.byteLength(entry.target) : 0
  const streamed = bytes > blockBytes
  const method = streamed ? zipMethods.deflated : zipMethods.stored
  return { entry, method, crc32: 0, compressed: 0, bytes, offset: 0, streamed }
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}
