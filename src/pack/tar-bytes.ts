/** Reads the bytes of a tar, compressed or not, from its first to its last. */
import type { Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { gzipEnd, gzipHeader } from './archives.ts'
import { deflateEnd } from './deflate.ts'
import { inflateEach } from './inflate.ts'
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

export async function readGzip({ files, path, chunks, bytes }: Taken, reading: Reading, content: Hash): Promise<void> {
  const tar = new TarReader(reading)
  const deflatedBytes = bytes - gzipHeader.length - trailerBytes
  if (deflatedBytes < deflateEnd.length) throw new DamagedArchive('It is far too short for a bundle.')
  const ends: Uint8Array[] = []
  let crc = 0
  let size = 0
  const { is, taken } = await inflateEach(middleOf(chunks, deflatedBytes, ends), outputBytes, (chunk) => {
    content.update(chunk)
    crc = crc32(chunk, crc)
    size += chunk.length
    tar.feed(chunk)
  })
  if (is === 'broken') throw new DamagedArchive('It cannot be decompressed.')
  // Whatever came after the compressed data has not been looked at.
  if (taken !== deflatedBytes) throw new DamagedArchive('Something comes after its end.')
  tar.finish()
  if (!gzipEnd(crc, size).equals(Buffer.concat(ends)))
    throw new DamagedArchive('Its checksum is not that of its content.')
  // Its spare bits are in no checksum.
  const last = await files.slice(path, bytes - trailerBytes - deflateEnd.length, bytes - trailerBytes)
  if (!deflateEnd.equals(last)) throw new DamagedArchive('Its last block is not as koo writes it.')
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
