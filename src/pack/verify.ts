/** Reads a bundle once, from its first byte to its last, and says in what it differs from what koo packed. Extracts nothing. */
import { createHash } from 'node:crypto'
import { type BundleFormat, type BundleList, bundleFormats, listName } from '../model/bundle.ts'
import { Failure } from '../model/failure.ts'
import type { Files } from '../ports.ts'
import { compared, type EntryDifference } from './compared.ts'
import { readList } from './list.ts'
import { listAtEnd } from './list-at-end.ts'
import { DamagedArchive, Reading } from './reading.ts'
import { readGzip, readTar } from './tar-bytes.ts'
import { readZip } from './zip-reader.ts'

/** Every byte of the bundle, in order, as it is read. */
export interface Taken {
  readonly files: Files
  readonly path: string
  readonly bytes: number
  /** The bytes from the beginning. Who stops taking them leaves the rest for others. */
  readonly chunks: AsyncIterable<Uint8Array>
}

export interface Examined {
  readonly format: BundleFormat
  readonly bytes: number
  readonly sha256: string
  /** What a signature is of. */
  readonly blake2b512?: Uint8Array
  /** Undefined where the archive cannot be read to its end. */
  readonly contentSha256?: string
  /** How many entries were read, without the list. */
  readonly entries: number
  readonly list?: BundleList
  /** Sorted by where they are in the bundle. */
  readonly differences: readonly EntryDifference[]
  /** What is wrong with the archive itself, as a sentence. */
  readonly damage?: string
  /** It can be read, but not as a bundle koo wrote: somebody packed it again. */
  readonly isRepacked?: true
  /** The entry the damage is in, as far as that can be told. */
  readonly damagedEntry?: string
  /** Wrong beside the contents, such as times. */
  readonly oddities: readonly { readonly path: string; readonly what: string }[]
}

export const readers = { 'tar.gz': readGzip, tar: readTar, zip: readZip } as const

/** @throws {Failure} where the file cannot be read, or is no bundle by its name. */
export async function examineBundle(
  files: Files,
  path: string,
  options: {
    /** There is a signature to check, so its digest is wanted. */
    readonly isSigned: boolean
    readonly stop: AbortSignal
    readonly progress?: (done: number, total: number) => void
  },
): Promise<Examined> {
  const format = formatOf(files, path)
  const [before] = await files.stamps([path])
  const entry = await files.entry(path)
  if (entry?.kind !== 'file') await files.read(path, 1)
  const bytes = entry?.bytes ?? 0
  const whole = createHash('sha256')
  const signed = options.isSigned ? createHash('blake2b512') : undefined
  let done = 0
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of files.stream(path)) {
      if (options.stop.aborted) throw stopped()
      whole.update(chunk)
      signed?.update(chunk)
      done += chunk.length
      options.progress?.(done, bytes)
      yield chunk
    }
  }
  const reading = new Reading()
  const content = createHash('sha256')
  const stream = hashed()
  // Without the `return` by which a loop that ends early would close the stream.
  const chunks = { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }
  const damage = await damageOf(() => readers[format]({ files, path, bytes, chunks }, reading, content))
  // The digests are of the whole file, also where its reading stopped early.
  for await (const _ of stream) {
    // Taking the chunks hashes them.
  }
  if (before !== (await files.stamps([path]))[0]) throw changed(files.shown(path))
  return {
    format,
    bytes,
    sha256: whole.digest('hex'),
    ...(signed === undefined ? {} : { blake2b512: signed.digest() }),
    ...(damage === undefined ? { contentSha256: content.digest('hex') } : { damage }),
    entries: reading.entries.length,
    oddities: reading.oddities,
    ...((damage === undefined ? undefined : await packedAgain(files, path, options.stop)) ??
      (await judged({ files, path, bytes, format }, reading, damage))),
  }
}

/** What differs in a bundle that somebody packed again. */
async function packedAgain(
  files: Files,
  path: string,
  stop: AbortSignal,
): Promise<Pick<Examined, 'list' | 'differences' | 'isRepacked'> | undefined> {
  const { repacked } = await import('./repacked.ts')
  const found = await repacked(files, path, stop)
  if (found === undefined) return undefined
  const list = readList(found.list)
  const isRepacked = true
  if (list === undefined) return { isRepacked, differences: [{ path: listName, is: 'altered', what: 'its content' }] }
  const differences = compared(found.entries, list.entries, true)
  // Other programs have another order, which says nothing.
  return { isRepacked, list, differences: differences.filter(({ is }) => is !== 'reordered') }
}

async function judged(
  bundle: { readonly files: Files; readonly path: string; readonly bytes: number; readonly format: BundleFormat },
  reading: Reading,
  damage: string | undefined,
): Promise<Pick<Examined, 'list' | 'differences' | 'damagedEntry'>> {
  const text = reading.list ?? (damage === undefined ? undefined : await listAtEnd(bundle))
  const list = text === undefined ? undefined : readList(text)
  const isWhole = damage === undefined
  if (list !== undefined && reading.commonTime !== undefined && list.time !== reading.commonTime) {
    reading.oddity('its entries are not of the time it says', listName)
  }
  // A list that is none any more is told; where there never was one, somebody else packed it.
  const unread = text === undefined ? [] : [{ path: listName, is: 'altered' as const, what: 'its content' }]
  const differences = list === undefined ? unread : compared(reading.entries, list.entries, isWhole)
  if (isWhole) return { differences, ...(list === undefined ? {} : { list }) }
  // What was read well so far says that the damage is in the entry that was open, or else in the next.
  const next = list?.entries[reading.entries.length]?.path
  const damagedEntry = differences[0]?.path ?? (reading.isOpen ? reading.current : (next ?? reading.current))
  return {
    differences,
    ...(list === undefined ? {} : { list }),
    ...(damagedEntry === undefined ? {} : { damagedEntry }),
  }
}

/** What stops the reading, as a sentence; undefined where nothing does. */
async function damageOf(read: () => Promise<void>): Promise<string | undefined> {
  try {
    await read()
    return undefined
  } catch (error) {
    if (error instanceof DamagedArchive) return error.message
    throw error
  }
}

/** @throws {Failure} where it is no bundle by its name. */
export function formatOf(files: Files, path: string): BundleFormat {
  const format = bundleFormats.find((each) => path.endsWith(`.${each}`))
  if (format !== undefined) return format
  throw new Failure({
    code: 'no-bundle',
    exit: 'usage',
    message: `${files.shown(path)} is no bundle by its name.`,
    hint: 'Bundles end in .tar.gz, .zip or .tar.',
  })
}

function changed(path: string): Failure {
  const message = `${path} changed while it was verified.`
  return new Failure({ code: 'file-changed', exit: 'findings', message, hint: 'Run the same command again.' })
}

function stopped(): Failure {
  return new Failure({ code: 'stopped', exit: 'stopped', message: 'Stopped. The bundle was not verified.' })
}
