/** Looks through an archive that is ready, once and in constant memory; extracts nothing and changes nothing. */
import { createHash, type Hash } from 'node:crypto'
import { type BundleFormat, bundleFormats } from '../model/bundle.ts'
import { Failure } from '../model/failure.ts'
import type { Files } from '../ports.ts'
import { DamagedArchive } from './reading.ts'
import { type ReadyEntry, type ReadyLimits, ReadyLook, readyLimits } from './ready-look.ts'
import { lookIntoTar } from './ready-tar.ts'
import { lookIntoZip } from './ready-zip.ts'
import type { Inspection } from './steps.ts'

export interface Ready {
  readonly format: BundleFormat
  /** What the archive itself measures. */
  readonly bytes: number
  /** Of the archive itself, where they were asked for. */
  readonly sha256?: string
  readonly blake2b512?: Uint8Array
  /** In the order of the archive; only the first where it cannot be read to its end. */
  readonly entries: readonly ReadyEntry[]
  /** What its files measure together. */
  readonly unpacked: number
  /** Entries nobody can look at, as sentences. */
  readonly troubles: readonly string[]
  /** Why it cannot be read to its end, as a sentence. */
  readonly damage?: string
}

export interface ReadyOptions {
  readonly stop: AbortSignal
  /** Which digests of the archive are wanted; `signed` those that a signature needs. */
  readonly digests?: 'plain' | 'signed'
  /** Looks at the bytes of a file, by its path in the archive. */
  readonly inspect?: (path: string) => Inspection | undefined
  readonly progress?: (done: number, total: number) => void
  readonly limits?: ReadyLimits
}

/** @throws {Failure} where the file cannot be read or changes meanwhile, or the user stops. */
export async function lookInto(files: Files, path: string, options: ReadyOptions): Promise<Ready> {
  const format = formatOf(files, path)
  const [before] = await files.stamps([path])
  const entry = await files.entry(path)
  // Says why there is none.
  if (entry?.kind !== 'file') await files.read(path, 1)
  const bytes = entry?.bytes ?? 0
  const stop = () => {
    if (options.stop.aborted) throw stopped()
  }
  const inspect = options.inspect ?? (() => undefined)
  const look = new ReadyLook({ bytes, limits: options.limits ?? readyLimits, inspect, stop })
  const digests = new Digests(options.digests)
  const damage =
    format === 'zip'
      ? await zipDamage({ files, path, bytes }, { look, digests, stop, progress: options.progress })
      : await tarDamage({ files, path, bytes }, format === 'tar.gz', {
          look,
          digests,
          stop,
          progress: options.progress,
        })
  if (before !== (await files.stamps([path]))[0]) throw changed(files.shown(path))
  const { entries, unpacked, troubles } = look
  return { format, bytes, ...digests.end(), entries, unpacked, troubles, ...(damage === undefined ? {} : { damage }) }
}

interface Archive {
  readonly files: Files
  readonly path: string
  readonly bytes: number
}

interface Looking {
  readonly look: ReadyLook
  readonly digests: Digests
  readonly stop: () => void
  readonly progress: ReadyOptions['progress']
}

/** Read once from the first byte to the last; the digests are of all of them, also where the look ends early. */
async function tarDamage(archive: Archive, isGzip: boolean, of: Looking): Promise<string | undefined> {
  const stream = hashed(archive, archive.bytes, of)
  // Without the `return` by which a loop that ends early would close the stream.
  const chunks = { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }
  const damage = await damageIn(() => lookIntoTar(chunks, isGzip, of.look))
  if (of.digests.isWanted) await drain(stream)
  return damage
}

/** A zip is read in the order of its directory, so its digests need a reading of their own. */
async function zipDamage(archive: Archive, of: Looking): Promise<string | undefined> {
  const { bytes } = archive
  const first = of.digests.isWanted ? bytes : 0
  if (of.digests.isWanted) await drain(hashed(archive, 2 * bytes, of))
  return damageIn(() => lookIntoZip(archive, of.look, (done) => of.progress?.(first + done, first + bytes)))
}

async function* hashed({ files, path }: Archive, total: number, of: Looking): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const chunk of files.stream(path)) {
    of.stop()
    of.digests.update(chunk)
    done += chunk.length
    of.progress?.(done, total)
    yield chunk
  }
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks) {
    // Taking the chunks hashes them.
  }
}

async function damageIn(look: () => Promise<void>): Promise<string | undefined> {
  try {
    await look()
    return undefined
  } catch (error) {
    if (error instanceof DamagedArchive) return error.message
    throw error
  }
}

class Digests {
  readonly isWanted: boolean
  readonly #sha256: Hash | undefined
  readonly #blake2b512: Hash | undefined

  constructor(wanted: ReadyOptions['digests']) {
    this.isWanted = wanted !== undefined
    if (wanted !== undefined) this.#sha256 = createHash('sha256')
    if (wanted === 'signed') this.#blake2b512 = createHash('blake2b512')
  }

  update(chunk: Uint8Array): void {
    this.#sha256?.update(chunk)
    this.#blake2b512?.update(chunk)
  }

  end(): Pick<Ready, 'sha256' | 'blake2b512'> {
    const sha256 = this.#sha256?.digest('hex')
    const blake2b512 = this.#blake2b512?.digest()
    return { ...(sha256 === undefined ? {} : { sha256 }), ...(blake2b512 === undefined ? {} : { blake2b512 }) }
  }
}

function formatOf(files: Files, path: string): BundleFormat {
  const format = bundleFormats.find((each) => path.endsWith(`.${each}`))
  if (format !== undefined) return format
  throw new Failure({ code: 'no-archive', exit: 'usage', message: `${files.shown(path)} is no archive by its name.` })
}

function changed(path: string): Failure {
  return new Failure({
    code: 'file-changed',
    exit: 'findings',
    message: `${path} changed while it was looked at.`,
    hint: 'Let the program that writes it finish, then run the same command again.',
  })
}

function stopped(): Failure {
  return new Failure({ code: 'stopped', exit: 'stopped', message: 'Stopped. The archive was not looked through.' })
}
