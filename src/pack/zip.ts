/**
 * The records of a zip: Unix modes and times, UTF-8 names, and zip64 where four bytes do not suffice.
 * Source: https://pkwaredownloads.blob.core.windows.net/pkware-general/Documentation/APPNOTE-6.3.9.TXT
 */
import type { ArchiveEntry } from './archive-entry.ts'

/** What a record says of an entry. */
export interface ZipEntry {
  readonly entry: ArchiveEntry
  readonly method: typeof zipMethods.stored | typeof zipMethods.deflated
  readonly crc32: number
  readonly compressed: number
  readonly bytes: number
  /** Where its local header begins. */
  readonly offset: number
  /** The content was written before its size was known, so a descriptor follows it. */
  readonly streamed: boolean
}

export const zipMethods = { stored: 0, deflated: 8 } as const

const most32 = 0xffffffff
const most16 = 0xffff
const madeByUnix = (3 << 8) | 45
const flags = { streamed: 1 << 3, utf8: 1 << 11 } as const
const fileType = { file: 0o100000, link: 0o120000, folder: 0o040000 } as const
const modes = { link: 0o777, folder: 0o755 } as const
const signatures = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  end: 0x06054b50,
} as const
export const zipEndBytes = 22

/** Whether the sizes of a content need eight bytes; known beforehand, with room for what deflate may add. */
export function isLarge(bytes: number): boolean {
  return bytes + bytes / 1000 + 1024 >= most32
}

export function localHeader(zipped: ZipEntry, time: number): Buffer {
  const { streamed, crc32, compressed, bytes } = zipped
  const large = streamed && isLarge(bytes)
  const extra = Buffer.concat([large ? zip64Extra([0, 0]) : Buffer.alloc(0), timeExtra(time)])
  const known = streamed
    ? { crc32: 0, compressed: large ? most32 : 0, bytes: large ? most32 : 0 }
    : { crc32, compressed, bytes }
  const name = Buffer.from(nameOf(zipped.entry))
  const record = new Record(30)
  record.u32(signatures.local).u16(large ? 45 : 20)
  common(record, zipped, time).u32(known.crc32).u32(known.compressed).u32(known.bytes)
  record.u16(name.length).u16(extra.length)
  return Buffer.concat([record.bytes, name, extra])
}

export function descriptor({ crc32, compressed, bytes }: ZipEntry): Buffer {
  if (!isLarge(bytes)) {
    return new Record(16).u32(signatures.descriptor).u32(crc32).u32(compressed).u32(bytes).bytes
  }
  return new Record(24).u32(signatures.descriptor).u32(crc32).u64(compressed).u64(bytes).bytes
}

export function centralHeader(zipped: ZipEntry, time: number): Buffer {
  const { entry, crc32, compressed, bytes, offset } = zipped
  const large = [bytes, compressed, offset].map((value) => (value >= most32 ? value : undefined))
  const wide = large.filter((value) => value !== undefined)
  const extra = Buffer.concat([wide.length > 0 ? zip64Extra(wide) : Buffer.alloc(0), timeExtra(time)])
  const name = Buffer.from(nameOf(entry))
  const mode = fileType[entry.is] | (entry.is === 'file' ? entry.mode : modes[entry.is])
  const record = new Record(46)
  record
    .u32(signatures.central)
    .u16(madeByUnix)
    .u16(wide.length > 0 ? 45 : 20)
  common(record, zipped, time).u32(crc32).u32(Math.min(compressed, most32)).u32(Math.min(bytes, most32))
  record.u16(name.length).u16(extra.length).u16(0).u16(0).u16(0)
  record.u32(mode * 0x10000 + (entry.is === 'folder' ? 0x10 : 0)).u32(Math.min(offset, most32))
  return Buffer.concat([record.bytes, name, extra])
}

/** What ends a zip: where its central directory is, and how large. */
export function zipEnd(count: number, size: number, offset: number): Buffer {
  const end = new Record(zipEndBytes)
  end.u32(signatures.end).u16(0).u16(0).u16(Math.min(count, most16)).u16(Math.min(count, most16))
  end.u32(Math.min(size, most32)).u32(Math.min(offset, most32)).u16(0)
  if (count < most16 && size < most32 && offset < most32) return end.bytes
  const end64 = new Record(56)
  end64.u32(signatures.end64).u64(44).u16(madeByUnix).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(offset)
  const locator = new Record(20)
    .u32(signatures.locator64)
    .u32(0)
    .u64(offset + size)
    .u32(1)
  return Buffer.concat([end64.bytes, locator.bytes, end.bytes])
}

function nameOf(entry: ArchiveEntry): string {
  return entry.is === 'folder' ? `${entry.path}/` : entry.path
}

/** Flags, method, time and date, which both headers have in the same place. */
function common(record: Record, { entry, method, streamed }: ZipEntry, time: number): Record {
  const isAscii = Buffer.byteLength(entry.path) === entry.path.length
  const { clock, date } = dosTime(time)
  return record
    .u16((streamed ? flags.streamed : 0) | (isAscii ? 0 : flags.utf8))
    .u16(method)
    .u16(clock)
    .u16(date)
}

/** In UTC, two seconds a step, from 1980 to 2107; the exact time stands in an extra field. */
function dosTime(seconds: number): { readonly clock: number; readonly date: number } {
  const first = 315_532_800
  const last = 4_354_819_198
  const at = new Date(Math.min(Math.max(seconds, first), last) * 1000)
  return {
    clock: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  }
}

/** "Extended timestamp", of the last change only. */
function timeExtra(seconds: number): Buffer {
  return new Record(9).u16(0x5455).u16(5).u8(1).u32(seconds).bytes
}

function zip64Extra(values: readonly number[]): Buffer {
  const record = new Record(4 + 8 * values.length).u16(1).u16(8 * values.length)
  for (const value of values) record.u64(value)
  return record.bytes
}

/** Little-endian numbers one after the other. */
class Record {
  readonly bytes: Buffer
  #at = 0

  constructor(size: number) {
    this.bytes = Buffer.alloc(size)
  }

  u8(value: number): this {
    this.#at = this.bytes.writeUInt8(value, this.#at)
    return this
  }

  u16(value: number): this {
    this.#at = this.bytes.writeUInt16LE(value, this.#at)
    return this
  }

  u32(value: number): this {
    this.#at = this.bytes.writeUInt32LE(value, this.#at)
    return this
  }

  u64(value: number): this {
    this.#at = this.bytes.writeBigUInt64LE(BigInt(value), this.#at)
    return this
  }
}
