/**
 * Deflate block by block on every core: blocks are compressed apart, each with the end of the one before as its
 * dictionary, and put together in their order. The size of a block, the level and the probe are parts of the format: the
 * same input gives the same bytes on any number of cores.
 */
import { promisify } from 'node:util'
import { constants, deflateRaw, deflateRawSync } from 'node:zlib'

/** Smaller blocks cost time, larger ones memory. */
export const blockBytes = 512 * 1024
const level = 6
const windowBytes = 32 * 1024

/** An empty last block, which ends a deflate stream. */
export const deflateEnd = Buffer.from([0x03, 0x00])

const compress = promisify(deflateRaw) as (
  bytes: Uint8Array,
  options: Parameters<typeof deflateRawSync>[1],
) => Promise<Buffer>

/** The part of a deflate stream that is one block; `last` ends the stream. Its parts may share the block's memory. */
export async function deflated(
  block: Uint8Array,
  dictionary: Uint8Array | undefined,
  last: boolean,
): Promise<readonly Uint8Array[]> {
  if (!isCompressible(block)) return stored(block, last)
  const data = await compress(block, {
    level,
    // The default of 16 KiB makes every output chunk a trip to the main thread; mostly, half fits what comes out.
    chunkSize: Math.max(1024, Math.ceil(block.length / 2)),
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(dictionary === undefined ? {} : { dictionary }),
  })
  return [data]
}

/** What the next block refers back to; a copy, because the block's memory is used again. */
export function dictionaryOf(block: Uint8Array): Uint8Array {
  return Buffer.from(block.subarray(Math.max(0, block.length - windowBytes)))
}

const sampleBytes = 4096
const samples = 4
/** A smaller block takes no longer to compress than to try. */
const leastTried = 64 * 1024

/** Tries samples at the fastest level until one shrinks: what was compressed or encrypted before is not worth the time. */
function isCompressible(block: Uint8Array): boolean {
  if (block.length < leastTried) return true
  const apart = Math.floor((block.length - sampleBytes) / (samples - 1))
  for (let index = 0; index < samples; index += 1) {
    const sample = block.subarray(index * apart, index * apart + sampleBytes)
    const { length } = deflateRawSync(sample, { level: 1, memLevel: 6, windowBits: 12, chunkSize: 2 * sampleBytes })
    if (length < sampleBytes * 0.95) return true
  }
  return false
}

const mostStored = 0xffff

/** Stored blocks: a header of 5 bytes before at most 65,535 of content. */
function stored(block: Uint8Array, last: boolean): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < block.length; at += mostStored) {
    const part = block.subarray(at, at + mostStored)
    const header = Buffer.alloc(5)
    header.writeUInt8(last && at + mostStored >= block.length ? 1 : 0, 0)
    header.writeUInt16LE(part.length, 1)
    header.writeUInt16LE(0xffff - part.length, 3)
    parts.push(header, part)
  }
  return parts
}
