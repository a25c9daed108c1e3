/** What is seen in an archive that is ready while it is read: its entries, their bytes, and what stops the look. */
import { Failure } from '../model/failure.ts'
import type { PackageEntry } from '../model/package-contents.ts'
import { shownPath } from '../model/package-entries.ts'
import { DamagedArchive } from './reading.ts'
import type { Inspection } from './steps.ts'

/** An entry of an archive that somebody else made. */
export interface ReadyEntry extends Omit<PackageEntry, 'leads' | 'why'> {
  /** As the archive writes it; `path` is without what does not matter, such as `./`. */
  readonly name: string
  /** Permission bits. */
  readonly mode: number
  /** A second name of the file at `target`, which counts from the top of the archive. */
  readonly hard?: true
}

/** More than any package needs, and less than would fill the memory. */
export interface ReadyLimits {
  /** Too much comes out of it where both are exceeded. */
  readonly unpacked: { readonly bytes: number; readonly ratio: number }
  readonly entries: number
  /** Of all names together, and of the folders they are in, in characters. */
  readonly names: number
}

export const readyLimits: ReadyLimits = {
  unpacked: { bytes: 100e9, ratio: 100 },
  entries: 1_000_000,
  names: 200_000_000,
}

/** What Linux takes; and more folders in one another than anybody makes, each of which is looked at. */
const longestName = 4096
const mostParts = 256
const shownName = 60

export class ReadyLook {
  readonly entries: ReadyEntry[] = []
  /** What is wrong with the archive, as sentences; the look went on. */
  readonly troubles: string[] = []
  unpacked = 0
  readonly #bytes: number
  readonly #limits: ReadyLimits
  readonly #inspect: (path: string) => Inspection | undefined
  readonly #stop: () => void
  readonly #folders = new Set<string>()
  #names = 0

  constructor(of: {
    /** What the archive itself measures. */
    readonly bytes: number
    readonly limits: ReadyLimits
    readonly inspect: (path: string) => Inspection | undefined
    /** Throws where the user stops. */
    readonly stop: () => void
  }) {
    this.#bytes = of.bytes
    this.#limits = of.limits
    this.#inspect = of.inspect
    this.#stop = of.stop
  }

  /** @throws {DamagedArchive} where there are too many, or its name is far too long. */
  add(entry: Omit<ReadyEntry, 'path' | 'executable'>): ReadyEntry {
    const { name, mode, target = '' } = entry
    for (const each of [name, target]) {
      if (!isTooLong(each)) continue
      const shown = shownPath(each.slice(0, shownName))
      throw new DamagedArchive(`A path in it is longer than systems take: \`${shown}\` and so on.`)
    }
    const added: ReadyEntry = { ...entry, path: plainPath(name), executable: (mode & 0o100) !== 0 }
    this.#names += name.length + target.length + this.#newFolders(added.path)
    if (this.entries.length >= this.#limits.entries || this.#names > this.#limits.names) {
      throw new DamagedArchive('It has more entries than any package.')
    }
    // The top of the archive itself.
    if (added.path !== '' || added.kind !== 'folder') this.entries.push(added)
    return added
  }

  /** The characters of the folders nothing was in so far. */
  #newFolders(path: string): number {
    let characters = 0
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (this.#folders.has(folder)) break
      this.#folders.add(folder)
      characters += end
    }
    return characters
  }

  /** Sees the bytes of a file; what it returns is called with them in order, and with nothing at their end. */
  contentOf({ path, kind }: ReadyEntry): (bytes?: Uint8Array) => void {
    const inspection = kind === 'file' ? this.#inspect(path) : undefined
    return (bytes) => {
      if (bytes === undefined) {
        inspection?.end()
        return
      }
      this.#stop()
      this.unpacked += bytes.length
      this.expect(this.unpacked)
      inspection?.look(bytes)
    }
  }

  /** @throws {DamagedArchive} where so many bytes come out of the archive, or are said to. */
  expect(unpacked: number): void {
    const { bytes, ratio } = this.#limits.unpacked
    if (unpacked <= bytes || unpacked <= ratio * this.#bytes) return
    throw new DamagedArchive(
      `More than ${ratio} times its size comes out of it, as of an archive that is made to fill disks.`,
    )
  }

  trouble({ name }: { readonly name: string }, what: string): void {
    this.troubles.push(`\`${shownPath(name)}\` in it ${what}.`)
  }
}

function isTooLong(path: string): boolean {
  return Buffer.byteLength(path) > longestName || path.split(/[/\\]/).length > mostParts
}

/** A name without what does not matter: `./`, doubled slashes, one at its end. */
function plainPath(name: string): string {
  if (!/^\.?\/|\/\.?(\/|$)/.test(name) && name !== '.') return name
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

/** What an error of a library says of the archive; the user's own circumstances stay what they are. */
export function damageOf(error: unknown): unknown {
  if (error instanceof Failure || error instanceof DamagedArchive) return error
  const { code, message, isOfSystem } = toldBy(error)
  if (code === 'Z_BUF_ERROR' || /unexpected (end|eof)/i.test(message)) return new DamagedArchive('It breaks off.')
  if (code.startsWith('Z_')) {
    const isSum = /incorrect (data|length) check/.test(message)
    return new DamagedArchive(isSum ? 'Its checksum is not that of its content.' : 'It cannot be decompressed.')
  }
  if (isOfSystem) return error
  if (/strong encryption/i.test(message)) return new DamagedArchive('It is encrypted, so nobody can look at it.')
  if (/invalid comment length/i.test(message)) return new DamagedArchive('Something comes after its end.')
  if (/header exceeds max size/i.test(message)) return new DamagedArchive('A header in it is far too large.')
  if (/invalid .*header/i.test(message)) return new DamagedArchive('A header in it is damaged.')
  if (/end of central directory/i.test(message)) return new DamagedArchive('It breaks off, or is no zip file.')
  return new DamagedArchive(`It cannot be read: ${message.replace(/\.$/, '')}.`)
}

/** What an error says, whatever it is. */
export function toldBy(error: unknown) {
  const { code = '', message = 'for no reason that is told', syscall } = Object(error) as Record<string, unknown>
  return { code: String(code), message: String(message), isOfSystem: syscall !== undefined }
}

/** The same items; what their source throws is told as damage, what their user throws is not touched. */
export async function* told<T>(items: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* items
  } catch (error) {
    throw damageOf(error)
  }
}
