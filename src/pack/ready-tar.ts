/** Reads a tar of anybody's making, compressed or not, and tells its entries and their bytes to a look. */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type ExtractEvents, extract, type Header } from 'tar-stream'
import { DamagedArchive } from './reading.ts'
import { type ReadyEntry, type ReadyLook, told } from './ready-look.ts'

/** The default of 16 KiB would cost a turn for each. */
const outputBytes = 1024 * 1024
const block = 512

/** @throws {DamagedArchive} where it cannot be read on. */
export async function lookIntoTar(chunks: AsyncIterable<Uint8Array>, isGzip: boolean, look: ReadyLook): Promise<void> {
  const source = Readable.from(chunks)
  const plain = isGzip ? source.pipe(createGunzip({ chunkSize: outputBytes })) : source
  // Tars of old have no mark by which to know the format.
  const options = { allowUnknownFormat: true, highWaterMark: outputBytes }
  const tar = extract(options)
  limitHeaders(tar)
  // Listens for errors from here on.
  const entries = tar[Symbol.asyncIterator]()
  let end: Buffer = Buffer.alloc(0)
  // A pipe hands on no errors.
  for (const each of new Set([source, plain])) each.on('error', (error: Error) => void tar.destroy(error))
  plain.on('data', (chunk: Buffer) => {
    end = chunk.length >= block ? chunk.subarray(-block) : Buffer.concat([end, chunk]).subarray(-block)
  })
  plain.pipe(tar as unknown as NodeJS.WritableStream)
  try {
    for await (const entry of told({ [Symbol.asyncIterator]: () => entries })) await lookAt(entry, look)
  } finally {
    source.destroy()
    plain.destroy()
  }
  // Where it breaks off between two entries, nothing else shows it.
  if (end.length < block || end.some((byte) => byte !== 0))
    throw new DamagedArchive('It breaks off: its end is missing.')
}

/** Headers that are entries of their own: of no more than this are long names and attributes. */
const longestHeader = 1024 * 1024
/** The library copies it for each header after it, so that a large one costs hours; honest ones are a line. */
const longestGlobal = 8 * 1024

/** The library refuses those over 4 MiB before it keeps them, and tells of none; so they are caught where it reads them. */
function limitHeaders(tar: object): void {
  const decode: unknown = Reflect.get(tar, '_decodeLongHeader')
  if (typeof decode !== 'function') throw new Error('tar-stream reads headers in another way.')
  Reflect.set(tar, '_decodeLongHeader', (bytes: Uint8Array) => {
    const { type } = Object(Reflect.get(tar, '_header')) as { readonly type?: unknown }
    if (bytes.length > (type === 'pax-global-header' ? longestGlobal : longestHeader)) {
      throw new DamagedArchive('A header in it is far too large.')
    }
    Reflect.apply(decode, tar, [bytes])
  })
}

async function lookAt(stream: ExtractEvents['entry'][1], look: ReadyLook): Promise<void> {
  const { header } = stream
  const { size } = header
  const added = look.add(entryOf(header))
  if (added.kind === 'special' && !isKnown(header)) look.trouble(added, 'is of a kind that not every program unpacks')
  const isFile = added.kind === 'file'
  if (!isFile && size > 0) look.trouble(added, 'is no file and has a content, after which programs read on differently')
  if (size === 0 || header.type === 'directory') {
    if (isFile) look.contentOf(added)()
    return
  }
  const content = look.contentOf(added)
  for await (const chunk of told(stream as AsyncIterable<Uint8Array>)) content(chunk)
  content()
}

function entryOf(header: Header): Omit<ReadyEntry, 'path' | 'executable'> {
  const { name, mode, size, type } = header
  // Its type does not say that it is null for all but links.
  const target = header.linkname ?? ''
  const about = { name, mode: mode & 0o7777 }
  switch (type) {
    case 'symlink':
      return { ...about, kind: 'link', bytes: 0, target }
    case 'link':
      return { ...about, kind: 'link', bytes: 0, target, hard: true }
    case 'directory':
      return { ...about, kind: 'folder', bytes: 0 }
    case 'file':
    case 'contiguous-file':
      // Old programs tell folders by the slash alone.
      return name.endsWith('/') ? { ...about, kind: 'folder', bytes: 0 } : { ...about, kind: 'file', bytes: size }
    default:
      return { ...about, kind: 'special', bytes: 0 }
  }
}

function isKnown({ type }: Header): boolean {
  return type === 'fifo' || type === 'character-device' || type === 'block-device'
}
