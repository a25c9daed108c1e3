/**
 * What earlier runs of `koo validate` found, so that unchanged manifests need not be read again.
 *
 * A verdict holds while the manifest, every file it names, the workspace file and koo itself are the same. Files are
 * told apart by their times, size and inode, as make and git do. Kept in the user's cache folder, one file for each
 * working directory; whatever is wrong with it only costs time.
 */
import type { Verdict } from '../model/verdict.ts'
import type { Files } from '../ports.ts'

/** A verdict with the stamp of its manifest; the files it names are numbers in one list, because many share them. */
type Kept = readonly [stamp: string, named: readonly number[], verdict: Omit<Verdict, 'named'>]

interface Store {
  readonly format: typeof format
  /** koo's build and the workspace's text: with another of either, nothing holds. */
  readonly basis: string
  readonly files: readonly (readonly [path: string, stamp: string])[]
  readonly verdicts: Readonly<Record<string, Kept>>
}

const format = 2
const absent = '-'

export class Verdicts {
  readonly #files: Files
  readonly #path: string
  readonly #old: Store
  readonly #stamps = new Map<string, string>()
  /** Whether a file of the store is as it was, by its number. */
  readonly #same: (boolean | undefined)[] = []
  readonly #numbers = new Map<string, number>()
  readonly #named: (readonly [path: string, stamp: string])[] = []
  readonly #kept: Record<string, Kept> = {}
  #changed = false

  private constructor(files: Files, path: string, old: Store) {
    this.#files = files
    this.#path = path
    this.#old = old
  }

  static async open(files: Files, path: string, basis: string): Promise<Verdicts> {
    return new Verdicts(files, path, await stored(files, path, basis))
  }

  /** The verdict on a manifest, if it still holds. */
  async find(path: string): Promise<Verdict | undefined> {
    const kept = Object.hasOwn(this.#old.verdicts, path) ? this.#old.verdicts[path] : undefined
    if (kept === undefined) return undefined
    const [stamp, named, verdict] = kept
    if (stamp !== (await this.stamp(path))) return undefined
    for (const number of named) if (!(await this.#isSame(number))) return undefined
    this.#kept[path] = [stamp, named.map((number) => this.#numberOf(this.#old.files[number] ?? ['', ''])), verdict]
    return verdict
  }

  /** Taken before a file is read, so that a change made meanwhile shows the next time. */
  async stamp(path: string): Promise<string> {
    const known = this.#stamps.get(path)
    if (known !== undefined) return known
    const stamp = (await this.#files.stamp(path)) ?? absent
    this.#stamps.set(path, stamp)
    return stamp
  }

  async put(path: string, { named, ...verdict }: Verdict): Promise<void> {
    if (named === undefined) return
    const numbers: number[] = []
    for (const file of named) numbers.push(this.#numberOf([file, await this.stamp(file)]))
    this.#kept[path] = [await this.stamp(path), numbers, verdict]
    this.#changed = true
  }

  /** Where it cannot be written, the next run takes as long as this one. */
  async save(): Promise<void> {
    const { basis } = this.#old
    const store: Store = { format, basis, files: this.#named, verdicts: this.#kept }
    if (this.#changed) await this.#files.write(this.#path, JSON.stringify(store)).catch(() => {})
  }

  async #isSame(number: number): Promise<boolean> {
    const known = this.#same[number]
    if (known !== undefined) return known
    const [path, stamp] = this.#old.files[number] ?? ['', '']
    const same = stamp === (await this.stamp(path))
    this.#same[number] = same
    return same
  }

  #numberOf(file: readonly [path: string, stamp: string]): number {
    const [path] = file
    const known = this.#numbers.get(path)
    if (known !== undefined) return known
    this.#numbers.set(path, this.#named.length)
    return this.#named.push(file) - 1
  }
}

async function stored(files: Files, path: string, basis: string): Promise<Store> {
  const empty: Store = { format, basis, files: [], verdicts: {} }
  try {
    const kept = JSON.parse((await files.readText(path)) ?? '') as Store
    return kept.format === format && kept.basis === basis ? kept : empty
  } catch {
    return empty
  }
}
