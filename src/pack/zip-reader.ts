/** Reads a zip as koo writes it, strictly: every byte belongs to a header, a content or the directory. */
import type { Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ArchiveEntry } from './archive-entry.ts'
import { inflateEach } from './inflate.ts'
import { DamagedArchive, type Reading } from './reading.ts'
import { TarFraming } from './tar.ts'
import type { Taken } from './verify.ts'
import { descriptor, localHeader, type ZipEntry, zipMethods } from './zip.ts'
import { readDirectory } from './zip-directory.ts'

export async function readZip(taken: Taken, reading: Reading, content: Hash): Promise<void> {
  const { entries, offset, time } = await readDirectory(taken)
  const cursor = new Cursor(taken.chunks[Symbol.asyncIterator]())
  const framing = new TarFraming(time)
  reading.commonTime = time
  for (const zipped of entries) {
    if (zipped.offset !== cursor.at) throw new DamagedArchive('Its entries do not follow one another.')
    const header = localHeader(zipped, time)
    const isAsWritten = header.equals(await cursor.take(header.length))
    const target: Buffer[] = []
    let seen = 0
    let sum = 0
    const isLink = zipped.entry.is === 'link'
    if (!isLink) begin(zipped.entry)
    const isTaken = await decompressed(cursor, zipped, (bytes) => {
      seen += bytes.length
      // No more than it should be is kept, however far it may decompress.
      if (seen > zipped.bytes) return
      sum = crc32(bytes, sum)
      if (isLink) target.push(Buffer.from(bytes))
      else {
        content.update(bytes)
        reading.content(bytes)
      }
    })
    if (isLink) begin({ is: 'link', path: zipped.entry.path, target: Buffer.concat(target).toString() })
    if (!isAsWritten) reading.oddity('its header is not as koo writes it')
    if (!isTaken || seen !== zipped.bytes || sum !== zipped.crc32)
      reading.oddity('its checksum is not that of its content')
    if (zipped.streamed && !descriptor(zipped).equals(await cursor.take(descriptor(zipped).length))) {
      reading.oddity('the record after it is not as koo writes it')
    }
    reading.close()
  }
  if (cursor.at !== offset) throw new DamagedArchive('Something lies between its entries and its directory.')
  content.update(framing.end())

  function begin(entry: ArchiveEntry): void {
    const { before, header } = framing.next(entry)
    content.update(before)
    content.update(header)
    reading.open(entry)
  }
}

const outputBytes = 1024 * 1024

/**
 * A content that cannot be decompressed is told as what it gave so far; the next entry is read all the same.
 *
 * @returns whether all of it was compressed content.
 */
async function decompressed(
  cursor: Cursor,
  { method, compressed }: ZipEntry,
  take: (bytes: Uint8Array) => void,
): Promise<boolean> {
  if (method === zipMethods.stored) {
    for await (const chunk of cursor.part(compressed)) take(chunk)
    return true
  }
  const end = cursor.at + compressed
  const chunkSize = Math.min(outputBytes, Math.max(1024, 4 * compressed))
  const { is, taken } = await inflateEach(cursor.part(compressed), chunkSize, take)
  for await (const _ of cursor.part(end - cursor.at)) {
    // What the decompressor did not want any more.
  }
  return is === 'whole' && taken === compressed
}

/** The bytes of the file in order, in parts of any length. */
class Cursor {
  at = 0
  readonly #chunks: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array()

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks
  }

  async take(length: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const part of this.part(length)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *part(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (this.#chunk.length === 0) {
        const next = await this.#chunks.next()
        if (next.done === true) throw new DamagedArchive('The archive breaks off.')
        this.#chunk = next.value
      }
      const part = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(part.length)
      this.at += part.length
      left -= part.length
      yield part
    }
  }
}
