/** Reads the bytes of a tar, compressed or not, from its first to its last. */
import type { Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { gzipEnd, gzipHeader } from './archives.ts'
import { DamagedArchive, type Reading } from './reading.ts'
import { TarReader } from './tar-reader.ts'
import type { Taken } from './verify.ts'

export async function readTar({ chunks }: Taken, reading: Reading, content: Hash): Promise<void> {
  const tar = new TarReader(reading)
  for await (const chunk of chunks) {
    content.update(chunk)
    tar.feed(chunk)
  }
  tar.finish()
}

const outputBytes = 1024 * 1024
const trailerBytes = 8

export async function readGzip({ chunks, bytes }: Taken, reading: Reading, content: Hash): Promise<void> {
  const tar = new TarReader(reading)
  const inflate = createInflateRaw({ chunkSize: outputBytes })
  const deflatedBytes = bytes - gzipHeader.length - trailerBytes
  if (deflatedBytes < 0) throw new DamagedArchive('It is far too short for a bundle.')
  const ends: Uint8Array[] = []
  let crc = 0
  let size = 0
  try {
    await pipeline(Readable.from(middleOf(chunks, deflatedBytes, ends)), inflate, async (output) => {
      for await (const chunk of output as AsyncIterable<Buffer>) {
        content.update(chunk)
        crc = crc32(chunk, crc)
        size += chunk.length
        tar.feed(chunk)
      }
    })
  } catch (error) {
    if (isZlibError(error)) throw new DamagedArchive('It cannot be decompressed.')
    throw error
  }
  // Whatever came after the compressed data has not been looked at.
  if (inflate.bytesWritten !== deflatedBytes) throw new DamagedArchive('Something comes after its end.')
  tar.finish()
  if (!gzipEnd(crc, size).equals(Buffer.concat(ends)))
    throw new DamagedArchive('Its checksum is not that of its content.')
}

/** What lies between the header and the trailer, which is kept in `ends`. */
async function* middleOf(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
  ends: Uint8Array[],
): AsyncGenerator<Uint8Array> {
  let at = -gzipHeader.length
  let header = Buffer.alloc(0)
  for await (const next of chunks) {
    let chunk = next
    if (at < 0) {
      const part = chunk.subarray(0, -at)
      header = Buffer.concat([header, part])
      at += part.length
      chunk = chunk.subarray(part.length)
      if (at === 0 && !header.equals(gzipHeader)) throw new DamagedArchive('Its gzip header is not as koo writes it.')
    }
    const part = chunk.subarray(0, Math.max(0, length - at))
    at += part.length
    if (part.length > 0) yield part
    if (chunk.length > part.length) ends.push(Buffer.from(chunk.subarray(part.length)))
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
}
