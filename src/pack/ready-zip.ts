/** Reads a zip of anybody's making and tells its entries and their bytes to a look. */
import { Readable } from 'node:stream'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { type Paged, Pages } from './pages.ts'
import { DamagedArchive } from './reading.ts'
import { damageOf, type ReadyEntry, type ReadyLook, told, toldBy } from './ready-look.ts'

interface Opened {
  readonly zip: ZipFile
  readonly pages: Pages
  readonly look: ReadyLook
}

type Found = Omit<ReadyEntry, 'path' | 'executable'>

/** @throws {DamagedArchive} where it cannot be read on. */
export async function lookIntoZip(of: Paged, look: ReadyLook, progress: (done: number) => void): Promise<void> {
  const pages = new Pages(of)
  // Names are decoded here, because the library refuses some that are to be told.
  const options = { decodeStrings: false, autoClose: false }
  const zip = await known(fromRandomAccessReaderPromise(pages, of.bytes, options))
  let packed = 0
  let unpacked = 0
  for await (const entry of told(zip.eachEntry())) {
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (packed > of.bytes) throw new DamagedArchive('Its entries overlap, as in an archive that is made to fill disks.')
    look.expect(unpacked)
    await lookAt(entry, { zip, pages, look })
    progress(packed)
  }
}

async function known<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    throw damageOf(error)
  }
}

/** A link says where it points by its content; more than this no system takes. */
const longestTarget = 4096

async function lookAt(entry: Entry, opened: Opened): Promise<void> {
  const { look } = opened
  const found = entryOf(entry)
  const part = await partOf(entry, found, opened)
  const tell = (what: string | undefined) => what !== undefined && look.trouble(found, what)
  if (found.kind !== 'link') {
    const content = look.contentOf(look.add(found))
    if (part !== undefined) tell(await read(entry, part, content))
    content()
    return
  }
  const target: Buffer[] = []
  if (entry.uncompressedSize > longestTarget) tell('is a link to a path that is far too long')
  else if (part !== undefined) tell(await read(entry, part, (bytes) => void target.push(Buffer.from(bytes))))
  look.add({ ...found, target: Buffer.concat(target).toString() })
}

const methods = { stored: 0, deflated: 8 } as const

/** The bytes of an entry as they are in the archive; undefined where nobody can look at them. */
async function partOf(entry: Entry, found: Found, opened: Opened): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { zip, pages, look } = opened
  const { compressionMethod: method } = entry
  if (entry.isEncrypted()) {
    look.trouble(found, 'is encrypted, so nobody can look at it')
    return undefined
  }
  if (method !== methods.stored && method !== methods.deflated) {
    look.trouble(found, `is compressed in a way that not every program unpacks (method ${method})`)
    return undefined
  }
  const header = await known(zip.readLocalFileHeaderPromise(entry))
  if (!header.fileName.equals(entry.fileNameRaw)) look.trouble(found, 'has another name in its own header')
  return pages.part(header.fileDataStart, entry.compressedSize)
}

const small = 256 * 1024
const outputBytes = 1024 * 1024

/** What is wrong with the content, as the end of a sentence; undefined for nothing. */
async function read(
  entry: Entry,
  part: AsyncIterable<Uint8Array>,
  take: (bytes: Uint8Array) => void,
): Promise<string | undefined> {
  let seen = 0
  let sum = 0
  for await (const chunk of unpacked(entry, part)) {
    if (chunk === damaged) return 'cannot be decompressed'
    seen += chunk.length
    if (seen > entry.uncompressedSize) return 'holds more than it says'
    sum = crc32(chunk, sum)
    take(chunk)
  }
  if (seen < entry.uncompressedSize) return 'holds less than it says'
  return sum === entry.crc32 ? undefined : 'has another checksum than it says'
}

/** In the place of what cannot be decompressed: the other entries can be read all the same. */
const damaged = Buffer.alloc(0)

async function* unpacked(entry: Entry, part: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { compressionMethod: method, compressedSize, uncompressedSize } = entry
  if (method === methods.stored) {
    yield* part
    return
  }
  if (compressedSize <= small && uncompressedSize <= outputBytes) {
    const whole: Uint8Array[] = []
    for await (const chunk of part) whole.push(chunk)
    // A byte more than it says is enough to tell that there is more.
    yield inflated(Buffer.concat(whole), uncompressedSize + 1)
    return
  }
  const source = Readable.from(part)
  const inflate = createInflateRaw({ chunkSize: outputBytes })
  source.on('error', (error: Error) => void inflate.destroy(error))
  source.pipe(inflate)
  try {
    yield* inflate as AsyncIterable<Buffer>
  } catch (error) {
    if (!isZlibError(error)) throw error
    yield damaged
  } finally {
    source.destroy()
  }
}

function inflated(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: most })
  } catch (error) {
    if (toldBy(error).code === 'ERR_BUFFER_TOO_LARGE') return Buffer.alloc(most)
    if (isZlibError(error)) return damaged
    throw error
  }
}

function isZlibError(error: unknown): boolean {
  return toldBy(error).code.startsWith('Z_')
}

const utf8Flag = 0x800
/** Systems whose programs unpack the mode: Unix and macOS. What others write there means nothing. */
const unixes: ReadonlySet<number> = new Set([3, 19])

function entryOf(entry: Entry): Found {
  // Whether a name is UTF-8 its bytes tell; the flag is often forgotten.
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields, uncompressedSize: bytes } = entry
  const name = getFileNameLowLevel(flags | utf8Flag, fileNameRaw, extraFields, true)
  const isUnix = unixes.has(entry.versionMadeBy >>> 8)
  const bits = isUnix ? entry.externalFileAttributes >>> 16 : 0
  const about = { name, mode: bits & 0o7777, bytes: 0 }
  switch (bits & 0o170000) {
    case 0o120000:
      return { ...about, kind: 'link' }
    case 0o040000:
      return { ...about, kind: 'folder' }
    case 0o100000:
    case 0:
      return name.endsWith('/') ? { ...about, kind: 'folder' } : { ...about, kind: 'file', bytes }
    default:
      return { ...about, kind: 'special' }
  }
}
