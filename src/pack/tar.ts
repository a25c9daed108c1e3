/**
 * Tar headers as POSIX defines them: ustar, with a pax header before it where a name is long or not ASCII, or a file is
 * 8 GiB or larger.
 * Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
import type { ArchiveEntry } from './archive-entry.ts'

export const tarBlock = 512
/** Two empty blocks end a tar. */
export const tarEnd = Buffer.alloc(2 * tarBlock)

const types = { file: '0', link: '2', folder: '5' } as const
const modes = { link: 0o777, folder: 0o755 } as const
const paxType = 'x'
/** What the twelve octal digits of a size can say. */
const mostOctal = 8 ** 11

/** Every header block of an entry; its content and the padding come after. */
export function tarHeader(entry: ArchiveEntry, time: number): Buffer {
  const path = entry.is === 'folder' ? `${entry.path}/` : entry.path
  const target = entry.is === 'link' ? entry.target : ''
  const size = entry.is === 'file' ? entry.bytes : 0
  const split = splitName(path)
  const records = [
    ...(split === undefined || !isAscii(path) ? [record('path', path)] : []),
    ...(Buffer.byteLength(target) > 100 || !isAscii(target) ? [record('linkpath', target)] : []),
    ...(size >= mostOctal ? [record('size', String(size))] : []),
  ]
  const mode = entry.is === 'file' ? entry.mode : modes[entry.is]
  // Readers that know no pax headers get as much of the name as there is room for.
  const header = block({
    name: split?.name ?? cut(path),
    prefix: split?.prefix ?? '',
    mode,
    size,
    time,
    type: types[entry.is],
    target,
  })
  if (records.length === 0) return header
  const content = Buffer.concat(records)
  const pax = block({
    name: cut(`PaxHeaders/${path}`),
    prefix: '',
    mode: 0o644,
    size: content.length,
    time,
    type: paxType,
    target: '',
  })
  return Buffer.concat([pax, content, padding(content.length), header])
}

/** What fills the last block of a content up. */
export function padding(bytes: number): Buffer {
  return tarEnd.subarray(0, (tarBlock - (bytes % tarBlock)) % tarBlock)
}

/** The parts of a name that fit in the header's two fields; undefined where they do not. */
function splitName(path: string): { readonly name: string; readonly prefix: string } | undefined {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' }
  // The latest slash that leaves the prefix short enough leaves the shortest name.
  for (let slash = path.lastIndexOf('/', path.length - 2); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)]
    if (Buffer.byteLength(name) > 100) return undefined
    if (Buffer.byteLength(prefix) <= 155) return { name, prefix }
  }
  return undefined
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** As many whole characters as fit in 100 bytes. */
function cut(path: string): string {
  let bytes = 0
  let text = ''
  for (const character of path) {
    bytes += Buffer.byteLength(character)
    if (bytes > 100) break
    text += character
  }
  return text
}

/** "LENGTH key=value\n", the length counting itself. */
function record(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  if (rest + String(length).length !== length) length = rest + String(length).length
  return Buffer.from(`${length} ${key}=${value}\n`)
}

interface Fields {
  readonly name: string
  readonly prefix: string
  readonly mode: number
  readonly size: number
  readonly time: number
  readonly type: string
  readonly target: string
}

function block({ name, prefix, mode, size, time, type, target }: Fields): Buffer {
  const header = Buffer.alloc(tarBlock)
  header.write(name, 0, 100)
  octal(header, mode, 100, 8)
  octal(header, 0, 108, 8)
  octal(header, 0, 116, 8)
  if (size < mostOctal) octal(header, size, 124, 12)
  else largeSize(header, size)
  octal(header, time, 136, 12)
  header.write(type, 156)
  header.write(cut(target), 157, 100)
  header.write('ustar\x0000', 257, 'latin1')
  octal(header, 0, 329, 8)
  octal(header, 0, 337, 8)
  header.write(prefix, 345, 155)
  // The checksum is made with spaces in its own place, and written as six digits, NUL and space.
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

function octal(header: Buffer, value: number, at: number, length: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
}

/** In binary, for readers that look here rather than in the pax header; GNU tar's way. */
function largeSize(header: Buffer, size: number): void {
  header.writeUInt8(0x80, 124)
  header.writeBigUInt64BE(BigInt(size), 128)
}

/** Frames entries as a tar, whether it is written or only hashed. */
export class TarFraming {
  readonly #time: number
  #open = 0

  constructor(time: number) {
    this.#time = time
  }

  /** What fills the entry before up, and the header of the next. */
  next(entry: ArchiveEntry): { readonly before: Uint8Array; readonly header: Uint8Array } {
    const before = padding(this.#open)
    this.#open = entry.is === 'file' ? entry.bytes : 0
    return { before, header: tarHeader(entry, this.#time) }
  }

  /** What comes after the last. */
  end(): Uint8Array {
    return Buffer.concat([padding(this.#open), tarEnd])
  }
}
