/** Reads parts of a file in any order, a page at a time, and keeps the last few. */
import { RandomAccessReader } from 'yauzl'
import type { Files } from '../ports.ts'

export interface Paged {
  readonly files: Files
  readonly path: string
  readonly bytes: number
}

const pageBytes = 1024 * 1024
/** One where the directory is read, one where the entries are, and one for what lies across. */
const mostPages = 3

export class Pages extends RandomAccessReader {
  readonly #of: Paged
  readonly #pages = new Map<number, Buffer>()

  constructor(of: Paged) {
    super()
    this.#of = of
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#copy(buffer.subarray(offset, offset + length), position).then(
      (taken) => callback(null, taken),
      (error: Error) => callback(error),
    )
  }

  /** Bytes of the file, as far as there are any. */
  async *part(start: number, length: number): AsyncGenerator<Uint8Array> {
    const end = Math.min(start + length, this.#of.bytes)
    for (let at = start; at < end; ) {
      const part = (await this.#page(Math.floor(at / pageBytes))).subarray(at % pageBytes, (at % pageBytes) + end - at)
      // The file became shorter.
      if (part.length === 0) return
      at += part.length
      yield part
    }
  }

  async #copy(into: Buffer, position: number): Promise<number> {
    let taken = 0
    for await (const part of this.part(position, into.length)) {
      into.set(part, taken)
      taken += part.length
    }
    return taken
  }

  async #page(index: number): Promise<Buffer> {
    const kept = this.#pages.get(index)
    this.#pages.delete(index)
    const start = index * pageBytes
    const page = kept ?? Buffer.from(await this.#of.files.slice(this.#of.path, start, start + pageBytes))
    this.#pages.set(index, page)
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break
      this.#pages.delete(oldest)
    }
    return page
  }
}
