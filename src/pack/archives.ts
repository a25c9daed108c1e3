/** Steps → the bytes of a tar, a compressed tar or a zip. */
import { crc32 } from 'node:zlib'
import { type BundleFormat, listName } from '../model/bundle.ts'
import { blockBytes, deflated, deflateEnd, dictionaryOf } from './deflate.ts'
import { Blocks, inOrder, type Job } from './in-order.ts'
import type { ArchiveOptions, Chunks, Steps } from './steps.ts'
import { TarFraming } from './tar.ts'
import { zipOf } from './zip-archive.ts'

/** Deflate; no name, no time, no operating system. Source: RFC 1952. */
export const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

type Block = Buffer<ArrayBuffer>

export const archives: Readonly<Record<BundleFormat, (steps: Steps, options: ArchiveOptions) => Chunks>> = {
  tar: tarOf,
  'tar.gz': gzipOf,
  zip: zipOf,
}

async function* tarOf(steps: Steps, options: ArchiveOptions): Chunks {
  const free: Block[] = []
  const jobs = async function* (): AsyncGenerator<Job> {
    for await (const { block } of tarBlocks(steps, options, free)) yield { parts: () => [block], block }
  }
  yield* inOrder(jobs(), 1, free)
}

async function* gzipOf(steps: Steps, options: ArchiveOptions): Chunks {
  const free: Block[] = []
  let crc = 0
  let bytes = 0
  const jobs = async function* (): AsyncGenerator<Job> {
    yield { parts: () => [gzipHeader] }
    let dictionary: Uint8Array | undefined
    for await (const { block, isFresh } of tarBlocks(steps, options, free)) {
      crc = crc32(block, crc)
      bytes += block.length
      yield { work: deflated(block, isFresh ? undefined : dictionary, false), parts: (done) => done, block }
      dictionary = dictionaryOf(block)
    }
    yield { parts: () => [deflateEnd, gzipEnd(crc, bytes)] }
  }
  yield* inOrder(jobs(), options.width, free)
}

/** A checksum, and the size as far as four bytes tell it. */
export function gzipEnd(crc: number, bytes: number): Buffer {
  const end = Buffer.alloc(8)
  end.writeUInt32LE(crc, 0)
  end.writeUInt32LE(bytes % 2 ** 32, 4)
  return end
}

/**
 * The tar in blocks of one size, except the last and the one before the list of contents. The list begins a block that
 * refers to none before, so that it can be read where the archive is damaged.
 */
async function* tarBlocks(
  steps: Steps,
  { time, content }: ArchiveOptions,
  free: Block[],
): AsyncGenerator<{ readonly block: Block; readonly isFresh: boolean }> {
  const blocks = new Blocks(blockBytes, free)
  let isFresh = true
  const told = (block: Block) => {
    content(block)
    const one = { block, isFresh }
    isFresh = false
    return one
  }
  for await (const part of tarParts(steps, time)) {
    if (part !== listBegins) for (const block of blocks.add(part)) yield told(block)
    else if (blocks.used > 0) yield told(blocks.cut())
    if (part === listBegins) isFresh = true
  }
  if (blocks.used > 0) yield told(blocks.cut())
}

const listBegins = Symbol('the list of contents begins')

async function* tarParts(steps: Steps, time: number): AsyncGenerator<Uint8Array | typeof listBegins> {
  const framing = new TarFraming(time)
  for await (const step of steps) {
    if (step.is === 'bytes') yield step.bytes
    else {
      const { before, header } = framing.next(step.entry)
      yield before
      if (step.entry.path === listName) yield listBegins
      yield header
    }
  }
  yield framing.end()
}
