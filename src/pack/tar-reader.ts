/** Reads a tar as koo writes it, strictly: a header that koo would have written otherwise is told. */
import type { ArchiveEntry } from './archive-entry.ts'
import { DamagedArchive, type Reading } from './reading.ts'
import { tarBlock, tarEnd, tarHeader } from './tar.ts'

const largestPax = 1024 * 1024

/** Fed with the bytes of a tar in order; tells the entries and their contents to a reading. */
export class TarReader {
  readonly #reading: Reading
  #header = Buffer.alloc(0)
  /** What is still missing of a header, with its pax header. */
  #wanted = tarBlock
  /** Content, then padding, of the entry that is open. */
  #content = 0
  #padding = 0
  #end = 0

  constructor(reading: Reading) {
    this.#reading = reading
  }

  feed(bytes: Uint8Array): void {
    let rest = bytes
    while (rest.length > 0) {
      if (this.#content > 0) rest = this.#takeContent(rest)
      else if (this.#padding > 0) rest = this.#takePadding(rest)
      else if (this.#end > 0) rest = this.#takeEnd(rest)
      else rest = this.#takeHeader(rest)
    }
  }

  /** @throws {DamagedArchive} where the tar has no end. */
  finish(): void {
    if (this.#end !== tarEnd.length) throw new DamagedArchive('The archive breaks off.')
  }

  #takeContent(bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, this.#content)
    this.#content -= part.length
    this.#reading.content(part)
    if (this.#content === 0) this.#reading.close()
    return bytes.subarray(part.length)
  }

  #takePadding(bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, this.#padding)
    this.#padding -= part.length
    if (part.some((byte) => byte !== 0)) this.#reading.oddity('the padding after it is not empty')
    return bytes.subarray(part.length)
  }

  #takeEnd(bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, tarEnd.length - this.#end)
    if (part.length === 0 || part.some((byte) => byte !== 0)) throw new DamagedArchive('Something comes after its end.')
    this.#end += part.length
    return bytes.subarray(part.length)
  }

  #takeHeader(bytes: Uint8Array): Uint8Array {
    const part = bytes.subarray(0, this.#wanted - this.#header.length)
    this.#header = Buffer.concat([this.#header, part])
    if (this.#header.length === this.#wanted) this.#read()
    return bytes.subarray(part.length)
  }

  #read(): void {
    const first = this.#header.subarray(0, tarBlock)
    if (first.every((byte) => byte === 0)) {
      this.#end = tarBlock
      this.#header = Buffer.alloc(0)
      return
    }
    const isPax = typeOf(first) === 'x'
    const paxBytes = isPax ? sizeOf(first) : 0
    if (paxBytes > largestPax) throw new DamagedArchive('A header is far too large.')
    const whole = isPax ? 2 * tarBlock + Math.ceil(paxBytes / tarBlock) * tarBlock : tarBlock
    this.#wanted = whole
    if (this.#header.length < whole) return
    const header = this.#header
    this.#header = Buffer.alloc(0)
    this.#wanted = tarBlock
    this.#open(header, paxRecords(header.subarray(tarBlock, tarBlock + paxBytes)))
  }

  #open(header: Buffer, pax: ReadonlyMap<string, string>): void {
    const main = header.subarray(header.length - tarBlock)
    const entry = entryOf(main, pax)
    this.#reading.open(entry)
    const time = numberAt(main, 136, 12)
    this.#reading.time(time)
    if (!header.equals(tarHeader(entry, time))) this.#reading.oddity('its header is not as koo writes it')
    this.#content = entry.is === 'file' ? entry.bytes : 0
    this.#padding = (tarBlock - (this.#content % tarBlock)) % tarBlock
    if (this.#content === 0) this.#reading.close()
  }
}

function entryOf(header: Buffer, pax: ReadonlyMap<string, string>): ArchiveEntry {
  const prefix = textAt(header, 345, 155)
  const short = textAt(header, 0, 100)
  const path = pax.get('path') ?? (prefix === '' ? short : `${prefix}/${short}`)
  switch (typeOf(header)) {
    case '0':
      return { is: 'file', path, bytes: bytesOf(header, pax.get('size')), mode: numberAt(header, 100, 8) }
    case '2':
      return { is: 'link', path, target: pax.get('linkpath') ?? textAt(header, 157, 100) }
    case '5':
      return { is: 'folder', path: path.replace(/\/$/, '') }
    default:
      throw new DamagedArchive('An entry is of a kind koo never packs, or its header is damaged.')
  }
}

function typeOf(header: Buffer): string {
  return header.toString('latin1', 156, 157)
}

function textAt(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end)
}

function numberAt(header: Buffer, at: number, length: number): number {
  const text = textAt(header, at, length)
  if (!/^[0-7]+$/.test(text)) throw new DamagedArchive('A header is damaged.')
  return Number.parseInt(text, 8)
}

function sizeOf(header: Buffer): number {
  return header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : numberAt(header, 124, 12)
}

function bytesOf(header: Buffer, size: string | undefined): number {
  const bytes = size === undefined ? sizeOf(header) : /^\d+$/.test(size) ? Number(size) : Number.NaN
  if (!Number.isSafeInteger(bytes)) throw new DamagedArchive('A header is damaged.')
  return bytes
}

function paxRecords(content: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const length = Number(content.toString('latin1', at, space))
    const record = content.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    if (space < 0 || !Number.isSafeInteger(length) || length <= 0 || equals < 0) {
      throw new DamagedArchive('A header is damaged.')
    }
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}
