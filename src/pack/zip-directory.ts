/** Reads the central directory of a zip, and insists that it is as koo writes it. */
import { blockBytes } from './deflate.ts'
import { DamagedArchive } from './reading.ts'
import type { Taken } from './verify.ts'
import { centralHeader, type ZipEntry, zipEnd, zipEndBytes, zipMethods } from './zip.ts'

/** No bundle's is longer; what claims to be is not read. */
const longest = 1024 * 1024 * 1024
const most16 = 0xffff
const most32 = 0xffffffff
const end64Bytes = 56 + 20

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[]
  /** Where the directory begins. */
  readonly offset: number
  /** Seconds since 1970: the time every entry bears. */
  readonly time: number
}

/** @throws {DamagedArchive} */
export async function readDirectory({ files, path, bytes }: Taken): Promise<ZipDirectory> {
  const damaged = () => new DamagedArchive('Its directory is damaged.')
  const tail = Buffer.from(await files.slice(path, Math.max(0, bytes - zipEndBytes - end64Bytes), bytes))
  const end = tail.subarray(-zipEndBytes)
  if (end.length < zipEndBytes || end.readUInt32LE(0) !== 0x06054b50) throw damaged()
  const is64 = end.readUInt16LE(10) === most16 || end.readUInt32LE(12) === most32 || end.readUInt32LE(16) === most32
  if (is64 && tail.length < zipEndBytes + end64Bytes) throw damaged()
  const count = is64 ? Number(tail.readBigUInt64LE(32)) : end.readUInt16LE(10)
  const size = is64 ? Number(tail.readBigUInt64LE(40)) : end.readUInt32LE(12)
  const offset = is64 ? Number(tail.readBigUInt64LE(48)) : end.readUInt32LE(16)
  if (!(count <= size && size <= longest && offset <= bytes)) throw damaged()
  const expected = zipEnd(count, size, offset)
  if (offset + size + expected.length !== bytes) throw damaged()
  if (!tail.subarray(-expected.length).equals(expected)) throw damaged()
  const directory = Buffer.from(await files.slice(path, offset, offset + size))
  const entries: ZipEntry[] = []
  let time: number | undefined
  for (let at = 0; at < size; ) {
    const record = checkedRecord(directory, at, { whole: bytes, time })
    time = record.time
    at += record.length
    entries.push(record.entry)
  }
  if (entries.length !== count || time === undefined) throw damaged()
  return { entries, offset, time }
}

/** @throws {DamagedArchive} where the record is not as koo writes it. */
function checkedRecord(bytes: Buffer, at: number, all: { readonly whole: number; readonly time: number | undefined }) {
  try {
    const { entry, time: own } = readRecord(bytes, at)
    const { whole, time = own } = all
    if (!isPossible(entry, whole)) throw new DamagedArchive('Its directory is damaged.')
    const written = centralHeader(entry, time)
    if (written.equals(bytes.subarray(at, at + written.length))) return { entry, time, length: written.length }
  } catch (error) {
    if (!isOutOfBounds(error)) throw error
  }
  throw new DamagedArchive('Its directory is damaged.')
}

/** What its records can say; a claim of others would be no number they have room for. */
function isPossible({ entry, method, bytes, compressed, offset, streamed }: ZipEntry, whole: number): boolean {
  if (!Number.isSafeInteger(bytes) || compressed > whole || offset > whole) return false
  if (streamed !== bytes > blockBytes || (entry.is === 'link' && streamed)) return false
  // Deflate falls back to storing, so it adds little to what it cannot make smaller.
  return method === zipMethods.stored ? compressed === bytes : compressed <= bytes + bytes / 1000 + 1024
}

/** The sizes as they are, or from the extra field in the order in which they did not fit. */
function readRecord(bytes: Buffer, at: number): { readonly entry: ZipEntry; readonly time: number } {
  const nameBytes = bytes.readUInt16LE(at + 28)
  const extra = bytes.subarray(at + 46 + nameBytes, at + 46 + nameBytes + bytes.readUInt16LE(at + 30))
  const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes)
  // What is no UTF-8 would be longer when it is written again.
  if (Buffer.byteLength(name) !== nameBytes) throw new DamagedArchive('Its directory is damaged.')
  let wide = 4
  const sized = (value: number): number => {
    if (value !== most32) return value
    wide += 8
    return Number(extra.readBigUInt64LE(wide - 8))
  }
  const size = sized(bytes.readUInt32LE(at + 24))
  const compressed = sized(bytes.readUInt32LE(at + 20))
  const offset = sized(bytes.readUInt32LE(at + 42))
  const mode = bytes.readUInt32LE(at + 38) >>> 16
  return {
    entry: {
      entry: entryOf(name, mode, size),
      method: bytes.readUInt16LE(at + 10) === zipMethods.stored ? zipMethods.stored : zipMethods.deflated,
      crc32: bytes.readUInt32LE(at + 16),
      compressed,
      bytes: size,
      offset,
      streamed: (bytes.readUInt16LE(at + 8) & (1 << 3)) !== 0,
    },
    time: extra.readUInt32LE(extra.length - 4),
  }
}

function isOutOfBounds(error: unknown): boolean {
  const codes: readonly unknown[] = ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS']
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(error.code)
}

function entryOf(name: string, mode: number, bytes: number): ZipEntry['entry'] {
  switch (mode & 0o170000) {
    case 0o040000:
      // The slash would be added, and might not fit.
      if (!name.endsWith('/')) throw new DamagedArchive('Its directory is damaged.')
      return { is: 'folder', path: name.replace(/\/$/, '') }
    case 0o120000:
      // Where it points is its content.
      return { is: 'link', path: name, target: '' }
    default:
      return { is: 'file', path: name, bytes, mode: mode & 0o777 }
  }
}
