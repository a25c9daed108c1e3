/**
 * What earlier runs of `koo validate` found, so that unchanged manifests need not be read again.
 *
 * A verdict holds while the manifest, every file it names, the workspace file and koo itself are the same. Files are
 * told apart by the time of their last change, size and inode, as git does. Kept in the user's cache folder, one file
 * for each working directory; whatever is wrong with it only costs time.
 */
import type { Verdict } from '../model/verdict.ts'
import type { Files } from '../ports.ts'

/** With the manifest's stamp; the files it names are numbers in one list, because many share them. */
type Kept = readonly [
  stamp: string,
  named: readonly number[],
  key: string | null,
  name: string | null,
  found?: Pick<Verdict, 'diagnostics' | 'suppressed'>,
]

interface Store {
  readonly format: typeof format
  /** koo's build and the workspace's text: with another of either, nothing holds. */
  readonly basis: string
  readonly files: readonly NamedFile[]
  readonly verdicts: Readonly<Record<string, Kept>>
}

type NamedFile = readonly [path: string, stamp: string]

const format = 3
const absent = '-'
/** Times of files are rounded down, on some file systems to two seconds. */
const coarsest = 2000
/** Beyond this, what earlier runs knew of other manifests is not carried along. */
const mostKept = 20_000
const sound = { diagnostics: [], suppressed: 0 } as const

export class Verdicts {
  readonly #files: Files
  readonly #path: string
  readonly #old: Store
  /** When the run began: what changed since may have changed between two looks at it. */
  readonly #began: number
  readonly #new: { readonly path: string; readonly stamp: string; readonly verdict: Verdict }[] = []

  private constructor(files: Files, path: string, old: Store, began: number) {
    this.#files = files
    this.#path = path
    this.#old = old
    this.#began = began
  }

  static async open(files: Files, path: string, basis: string, began: number): Promise<Verdicts> {
    return new Verdicts(files, path, await stored(files, path, basis), began)
  }

  /** For each manifest the verdict that still holds, else its stamp, taken before the manifest is read again. */
  async find(paths: readonly string[]): Promise<readonly (Verdict | string)[]> {
    const { files, verdicts } = this.#old
    const stamps = await this.#files.stamps(paths)
    const named = await this.#files.stamps(
      files.map(([path]) => path),
      { place: true },
    )
    const isSame = (number: number): boolean => files[number]?.[1] === named[number]
    return paths.map((path, index) => {
      const stamp = stamps[index] ?? absent
      const kept = Object.hasOwn(verdicts, path) ? verdicts[path] : undefined
      if (kept === undefined || kept[0] !== stamp || !kept[1].every(isSame)) return stamp
      const [, , key, name, found = sound] = kept
      return { ...found, ...(key === null ? {} : { key }), ...(name === null ? {} : { name }) }
    })
  }

  put(path: string, stamp: string, verdict: Verdict): void {
    if (verdict.named !== undefined) this.#new.push({ path, stamp, verdict })
  }

  /** Where it cannot be written, the next run takes as long as this one. */
  async save(): Promise<void> {
    if (this.#new.length === 0) return
    const files = new FileList()
    const verdicts: Record<string, Kept> = {}
    const old = Object.entries(this.#old.verdicts)
    for (const [path, [stamp, named, ...rest]] of old.length > mostKept ? [] : old) {
      verdicts[path] = [stamp, named.map((number) => files.numberOf(this.#old.files[number] ?? ['', ''])), ...rest]
    }
    const stamps = await this.#stampsOfNew()
    for (const { path, stamp, verdict } of this.#new) {
      const { named = [], key = null, name = null, diagnostics, suppressed } = verdict
      const looked = named.map((file): NamedFile => [file, stamps.get(file) ?? absent])
      delete verdicts[path]
      if ([stamp, ...looked.map(([, each]) => each)].some((each) => this.#isRecent(each))) continue
      const isSound = diagnostics.length === 0 && suppressed === 0
      const kept = [stamp, looked.map((file) => files.numberOf(file)), key, name] as const
      verdicts[path] = isSound ? kept : [...kept, { diagnostics, suppressed }]
    }
    const store: Store = { format, basis: this.#old.basis, files: files.list, verdicts }
    await this.#files.write(this.#path, JSON.stringify(store)).catch(() => {})
  }

  async #stampsOfNew(): Promise<ReadonlyMap<string, string>> {
    const named = [...new Set(this.#new.flatMap(({ verdict }) => verdict.named ?? []))]
    const stamps = await this.#files.stamps(named, { place: true })
    return new Map(named.map((file, index) => [file, stamps[index] ?? absent]))
  }

  #isRecent(stamp: string): boolean {
    return stamp !== absent && Number.parseFloat(stamp) >= this.#began - coarsest
  }
}

class FileList {
  readonly list: NamedFile[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(file: NamedFile): number {
    const known = this.#numbers.get(file[0])
    if (known !== undefined) return known
    this.#numbers.set(file[0], this.list.length)
    return this.list.push(file) - 1
  }
}

async function stored(files: Files, path: string, basis: string): Promise<Store> {
  const empty: Store = { format, basis, files: [], verdicts: {} }
  try {
    const kept = JSON.parse(new TextDecoder().decode(await files.read(path))) as Store
    const isOurs = kept.format === format && kept.basis === basis
    return isOurs && Array.isArray(kept.files) && typeof kept.verdicts === 'object' ? kept : empty
  } catch {
    return empty
  }
}
