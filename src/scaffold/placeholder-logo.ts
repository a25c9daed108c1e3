/** The logo `koo init` writes: a valid 120 × 120 PNG that nobody takes for finished. */
import { crc32, deflateSync } from 'node:zlib'
import { placeholderMark } from '../model/placeholder.ts'

const size = 120
const border = 6
const colours = { line: [0x6b, 0x72, 0x80, 0xff], clear: [0, 0, 0, 0] } as const

let made: Uint8Array | undefined

/** A frame with a cross, grey on transparent; always the same bytes, which take some milliseconds to make. */
export function placeholderLogo(): Uint8Array {
  made ??= drawn()
  return made
}

function drawn(): Uint8Array {
  const rows = Array.from({ length: size }, (_, y) => {
    const pixels = Array.from({ length: size }, (_, x) => (isLine(x, y) ? colours.line : colours.clear))
    return Buffer.from([0, ...pixels.flat()])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${placeholderMark}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function isLine(x: number, y: number): boolean {
  const near = Math.min(x, y, size - 1 - x, size - 1 - y)
  return near < border || Math.abs(x - y) < border / 2 || Math.abs(x + y - size) < border / 2
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
