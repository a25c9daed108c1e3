/** A software package's files → its software bill of materials (SBOM), from the lock files and packages in it. */
import type { Product } from './bom.ts'
import { merge, type Source } from './merge.ts'
import type { Reading } from './package.ts'
import { besideOf, type SourceKind, sourceKind } from './sources.ts'

/** No lock file is as large; whatever it is, reading it would take all memory. */
const mostBytes = 64 * 1024 ** 2
/** Names a sentence can hold. */
const mostNames = 5

export interface Sbom {
  readonly text: string
  readonly components: number
  /** Paths of the files it is made from, sorted. */
  readonly from: readonly string[]
  /** Sentences on what could not be read. */
  readonly troubles: readonly string[]
}

/** Undefined where the software package holds no manifest of packages and no lock file. The same files give the same bytes. */
export async function sbomOf(input: {
  /** Reads a file of the software package, by its path in it: `most` bytes of it are enough. */
  readonly read: (path: string, most: number) => Promise<Uint8Array>
  /** Every file in the software package. */
  readonly paths: readonly string[]
  readonly product: Product
  /** Set where SOURCE_DATE_EPOCH is; else the SBOM bears no time. */
  readonly time?: Date
}): Promise<Sbom | undefined> {
  const has = new Set(input.paths)
  const sources: Source[] = []
  const troubles: string[] = []
  for (const path of [...input.paths].sort()) {
    const kind = sourceKind(path, (each) => has.has(each))
    if (kind === undefined) continue
    const { reading, trouble } = await readSource(input.read, path, kind, has)
    if (trouble !== undefined) troubles.push(trouble)
    // A .jar without a version in its name is most likely the product itself.
    if (reading === undefined || (kind.nameOnly && isEmpty(reading))) continue
    sources.push({ path, scope: kind.together ?? path, reading })
    troubles.push(...withoutVersion(path, reading.leftOut ?? []))
  }
  if (sources.length === 0 && troubles.length === 0) return undefined
  const { impossible, ...merged } = merge(sources)
  troubles.push(...impossible.map(({ path, name }) => `\`${path}\` names \`${name}\` in a version that cannot be one.`))
  // Most of the time goes into loading the library, for which many packages have no use.
  const { bomText } = await import('./bom.ts')
  return {
    text: bomText(input.product, merged, input.time),
    components: merged.components.length,
    from: sources.map(({ path }) => path),
    troubles,
  }
}

async function readSource(
  read: (path: string, most: number) => Promise<Uint8Array>,
  path: string,
  kind: SourceKind,
  paths: ReadonlySet<string>,
): Promise<{ readonly reading?: Reading; readonly trouble?: string }> {
  const has = (each: string) => paths.has(each)
  if (kind.nameOnly) return { reading: kind.read({ path, text: '', has }) }
  // A file that cannot be read at all cannot be packed either, which is for the packing to say.
  const bytes = await read(path, mostBytes + 1)
  if (bytes.length > mostBytes) return { trouble: `\`${path}\` is larger than 64 MiB and was not read for the SBOM.` }
  const text = decoded(bytes)
  const besidePath = kind.beside === undefined ? undefined : besideOf(path, kind.beside)
  const beside =
    besidePath !== undefined && has(besidePath) ? decoded(await read(besidePath, mostBytes + 1)) : undefined
  try {
    return { reading: kind.read({ path, text, beside, has }) }
  } catch (error) {
    if (beside === undefined || besidePath === undefined) return { trouble: unreadable(path, error) }
    // The fault may be with the other file.
    try {
      return { reading: kind.read({ path, text, has }), trouble: unreadable(besidePath, error) }
    } catch (own) {
      return { trouble: unreadable(path, own) }
    }
  }
}

function unreadable(path: string, error: unknown): string {
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  return `\`${path}\` could not be read for the SBOM: ${reason.replace(/[.:]$/, '')}.`
}

function isEmpty({ packages, leftOut = [] }: Reading): boolean {
  return packages.length === 0 && leftOut.length === 0
}

/** A byte order mark is no part of the text; files that Windows PowerShell writes are UTF-16. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)
}

function withoutVersion(path: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const shown = [...new Set(names)].sort()
  const more = shown.length > mostNames ? ` and ${shown.length - mostNames} more` : ''
  const what = `${shown
    .slice(0, mostNames)
    .map((each) => `\`${each}\``)
    .join(', ')}${more}`
  return [`\`${path}\` does not tell the exact version of ${what}, missing in the SBOM.`]
}
