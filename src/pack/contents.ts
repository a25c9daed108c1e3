/** What goes into a bundle: what the globs of a manifest match, less what `exclude` and `.kooignore` leave out. */
import ignore, { type Ignore } from 'ignore'
import picomatch from 'picomatch'
import { bundledFiles, listName, sbomName } from '../model/bundle.ts'
import { ignoreName, stagePrefix } from '../model/own-names.ts'
import type { PackageContents, PackageEntry, Reason } from '../model/package-contents.ts'
import { valueAt } from '../model/pointer.ts'
import { leadsOut, packageGlobs } from '../model/references.ts'
import type { Files, TreeEntry } from '../ports.ts'

/** What koo writes a file as, before it gets its name: digits at random, then `.tmp`. */
const temporaries = `*.${'[0-9a-f]'.repeat(12)}.tmp`

/** What nobody means to ship. A `!` line in `.kooignore` brings it back. */
const defaults = ['.git', '.hg', '.svn', '.DS_Store', 'Thumbs.db', ignoreName, `${stagePrefix}*`, temporaries]

/** Undefined where the manifest has no globs to pack. */
export async function packageContents(
  files: Files,
  value: unknown,
  folder: string,
): Promise<PackageContents | undefined> {
  const globs = packageGlobs(value)
  if (globs === undefined) return undefined
  const sieve = new Sieve(globs, await ignored(files, folder), valueAt(value, ['product', 'key']))
  const named = await namedEntries(files, value, folder)
  const tree = await files.tree(folder, (path) => sieve.enters(path, [...named.keys()]))
  const packed: PackageEntry[] = []
  const left: PackageEntry[] = []
  for (const entry of tree) {
    if (named.has(entry.path)) continue
    const why = sieve.reasonFor(entry)
    const isIn = why.by === 'files'
    ;(isIn ? packed : left).push({ ...entry, why })
  }
  packed.push(...named.values())
  packed.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return { packed, left, bytes: packed.reduce((sum, { bytes }) => sum + bytes, 0), idle: sieve.idle() }
}

/** The EULA and the like. A link among them is packed as what it leads to; one that is missing is a finding elsewhere. */
async function namedEntries(files: Files, value: unknown, folder: string): Promise<Map<string, PackageEntry>> {
  const named = new Map<string, PackageEntry>()
  for (const { file, field } of bundledFiles(value)) {
    const path = files.join(file)
    const entry = leadsOut(file) ? undefined : await files.entry(files.join(folder, path))
    if (entry?.kind === 'file') named.set(path, { path, ...entry, why: { by: 'manifest', field } })
  }
  return named
}

async function ignored(files: Files, folder: string): Promise<Ignore> {
  const rules = ignore({ ignorecase: false }).add(defaults)
  const path = files.join(folder, ignoreName)
  if (!(await files.exists(path))) return rules
  const lines = new TextDecoder().decode(await files.read(path)).split(/\r?\n/)
  return rules.add(lines.map((pattern, index) => ({ pattern, mark: String(index + 1) })))
}

interface Glob {
  readonly glob: string
  /** The folders before its first wildcard. */
  readonly base: string
  /** How many folders below its base it can match. */
  readonly depth: number
  readonly isMatch: (path: string) => boolean
}

/** Decides for each path whether it is packed, and remembers which globs matched anything. */
class Sieve {
  readonly #files: readonly Glob[]
  readonly #exclude: readonly Glob[]
  readonly #rules: Ignore
  readonly #own: RegExp
  readonly #used = new Set<string>()

  constructor(
    globs: { readonly files: readonly string[]; readonly exclude: readonly string[] },
    rules: Ignore,
    key: unknown,
  ) {
    this.#files = globs.files.filter(isSound).map(compiled)
    this.#exclude = globs.exclude.filter(isSound).map(compiled)
    this.#rules = rules
    const name = typeof key === 'string' ? key.replace(/[^\w-]/g, '\\$&') : ''
    this.#own = new RegExp(`(^|/)${name}_V[^/]*\\.(tar\\.gz|tgz|zip|tar)(\\.[^/]*)?$`)
  }

  /** Whether a folder can hold something that is packed, or would be packed itself if it were empty. */
  enters(path: string, named: readonly string[]): boolean {
    const isWanted = (glob: Glob) => reaches(glob, path) || glob.isMatch(path)
    if (this.#leftOut(path, true) !== undefined) return false
    // What is beside a file that the manifest names is told one by one: the folder is not left out as a whole.
    return named.some((each) => each.startsWith(`${path}/`)) || this.#files.some(isWanted)
  }

  reasonFor({ path, kind }: Pick<TreeEntry, 'path' | 'kind'>): Reason {
    const matching = this.#files.filter(({ isMatch }) => isMatch(path))
    const out = this.#leftOut(path, kind === 'folder')
    // A folder that was not entered: whatever would have matched in it counts as matched.
    const reaching =
      kind === 'folder' && out !== undefined ? this.#files.filter((glob) => reaches(glob, path)) : matching
    for (const { glob } of reaching) this.#used.add(glob)
    if (out !== undefined) return out
    const [first] = matching
    return first === undefined ? { by: 'nothing' } : { by: 'files', glob: first.glob }
  }

  idle(): readonly string[] {
    return [...this.#files, ...this.#exclude].map(({ glob }) => glob).filter((glob) => !this.#used.has(glob))
  }

  #leftOut(path: string, isFolder: boolean): Reason | undefined {
    const excluding = this.#exclude.find(({ isMatch }) => isMatch(path))
    if (excluding !== undefined) {
      this.#used.add(excluding.glob)
      return { by: 'exclude', glob: excluding.glob }
    }
    const { rule } = this.#rules.test(isFolder ? `${path}/` : path)
    if (rule !== undefined) {
      const { pattern, mark } = rule
      return mark === undefined ? { by: 'default', pattern } : { by: 'ignore', pattern, line: Number(mark) }
    }
    const [top = ''] = path.toLowerCase().split('/')
    return top === listName || top === sbomName || (!isFolder && this.#own.test(path)) ? { by: 'koo' } : undefined
  }
}

/** The schema and a rule refuse the others; whoever packs without asking them still gets nothing from outside. */
function isSound(glob: string): boolean {
  return /^[^!\0][^\0]*$/.test(glob) && !leadsOut(glob)
}

function compiled(glob: string): Glob {
  const { base, glob: rest } = picomatch.scan(glob)
  const isMatch = picomatch(glob, { dot: true, flags: 's' })
  const depth = /\*\*|[{(]/.test(rest) ? Number.POSITIVE_INFINITY : rest.split('/').length - 1
  if (rest !== '') return { glob, base: base.replace(/\/$/, ''), depth, isMatch }
  const slash = base.lastIndexOf('/')
  return { glob, base: slash < 0 ? '' : base.slice(0, slash), depth: 0, isMatch }
}

function reaches({ base, depth }: Glob, folder: string): boolean {
  if (base === folder || base.startsWith(`${folder}/`)) return true
  if (base !== '' && !folder.startsWith(`${base}/`)) return false
  const below = base === '' ? folder : folder.slice(base.length + 1)
  return below.split('/').length <= depth
}
