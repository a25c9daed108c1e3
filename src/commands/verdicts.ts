/**
 * What earlier runs of `koo validate` found, so that unchanged manifests need not be read again.
 *
 * A verdict holds while the manifest, every file it names, the workspace file and koo itself are the same. Files are
 * told apart by their times, size and inode, as make and git do. Kept in the user's cache folder, one file for each
 * working directory; whatever is wrong with it only costs time.
 */
import type { Identity } from '../check/rules/between.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { Files } from '../ports.ts'

export interface Verdict {
  readonly identity: Identity
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly suppressed: number
}

/** With the stamp of the manifest and those of the files it names. */
interface Entry extends Verdict {
  readonly stamp: string
  readonly files: Readonly<Record<string, string>>
}

const format = 1
const absent = '-'
/** Beyond this, manifests that are gone are not carried along. */
const mostEntries = 20_000

export class Verdicts {
  readonly #files: Files
  readonly #path: string
  /** koo's build and the workspace's text: with another of either, nothing holds. */
  readonly #basis: string
  readonly #known: Readonly<Record<string, Entry>>
  readonly #next: Record<string, Entry> = {}
  readonly #stamps = new Map<string, string>()
  #changed = false

  private constructor(files: Files, path: string, basis: string, known: Readonly<Record<string, Entry>>) {
    this.#files = files
    this.#path = path
    this.#basis = basis
    this.#known = known
  }

  static async open(files: Files, path: string, basis: string): Promise<Verdicts> {
    return new Verdicts(files, path, basis, await stored(files, path, basis))
  }

  /** The verdict on a manifest, if it still holds. */
  async find(path: string): Promise<Verdict | undefined> {
    const entry = Object.hasOwn(this.#known, path) ? this.#known[path] : undefined
    if (entry === undefined || entry.stamp !== (await this.stamp(path))) return undefined
    for (const [file, stamp] of Object.entries(entry.files)) if (stamp !== (await this.stamp(file))) return undefined
    this.#next[path] = entry
    return entry
  }

  /** Taken before a file is read, so that a change made meanwhile shows the next time. */
  async stamp(path: string): Promise<string> {
    const known = this.#stamps.get(path)
    if (known !== undefined) return known
    const stamp = (await this.#files.stamp(path)) ?? absent
    this.#stamps.set(path, stamp)
    return stamp
  }

  async put(path: string, stamp: string, named: readonly string[], verdict: Verdict): Promise<void> {
    const files: Record<string, string> = {}
    for (const file of named) files[file] = await this.stamp(file)
    this.#next[path] = { ...verdict, stamp, files }
    this.#changed = true
  }

  /** Where it cannot be written, the next run takes as long as this one. */
  async save(): Promise<void> {
    if (!this.#changed) return
    const all = { ...this.#known, ...this.#next }
    const entries = Object.keys(all).length > mostEntries ? this.#next : all
    const text = JSON.stringify({ format, basis: this.#basis, entries })
    await this.#files.write(this.#path, text).catch(() => {})
  }
}

async function stored(files: Files, path: string, basis: string): Promise<Readonly<Record<string, Entry>>> {
  try {
    const kept = JSON.parse(new TextDecoder().decode(await files.read(path)))
    return kept.format === format && kept.basis === basis ? kept.entries : {}
  } catch {
    return {}
  }
}
