/** Finds the manifests a command is about, reads them and what their rules need to know of their files. */
import { type Checked, check } from '../check/check.ts'
import { findingsBetween, type Identity } from '../check/rules/between.ts'
import { readSource, type Source } from '../check/source.ts'
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import { hasErrors } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { FileFact } from '../model/file-fact.ts'
import { manifestNames } from '../model/manifest.ts'
import { valueAt } from '../model/pointer.ts'
import { fileReferences } from '../model/references.ts'
import { packageContents } from '../pack/contents.ts'
import type { Files } from '../ports.ts'
import type { Product } from '../publish/product.ts'

export interface CheckedManifest extends Checked {
  readonly file: string
  readonly folder: string
  readonly source: Source
}

const ignored = ['**/node_modules/**', '**/.git/**']

/** The manifest files that files, folders and globs name, each once, in a stable order. */
export async function findManifests(files: Files, paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths.length === 0 ? ['.'] : paths) {
    for (const each of await manifestsAt(files, path)) found.add(each)
  }
  return [...found]
}

async function manifestsAt(files: Files, path: string): Promise<readonly string[]> {
  if (await files.isFolder(path)) {
    const names = manifestNames.map((name) => `**/${name}`)
    const inside = await files.glob(path, names, ignored)
    if (inside.length > 0) return inside.map((each) => files.join(path, each))
    throw usage(
      'no-manifest',
      `There is no ${manifestNames[0]} in ${files.shown(path) === '.' ? 'this folder' : files.shown(path)}.`,
      '`koo init` writes one.',
    )
  }
  if (await files.exists(path)) return [path]
  if (!/[*?[{]/.test(path)) {
    throw usage('no-file', `There is no file or folder ${path}.`, 'Name a manifest, a folder or a glob.')
  }
  const matched: string[] = []
  for (const each of await files.glob('.', [path], ignored)) matched.push(each)
  for (const each of await folders(files, path)) matched.push(...(await manifestsAt(files, each)))
  if (matched.length === 0) throw usage('no-file', `The glob ${path} matches no manifest.`)
  return matched.sort()
}

/** Folders a glob matches, told by the manifests in them. */
async function folders(files: Files, glob: string): Promise<readonly string[]> {
  const inside = await files.glob(
    '.',
    manifestNames.map((name) => `${glob.replace(/\/$/, '')}/${name}`),
    ignored,
  )
  return [...new Set(inside.map((each) => each.slice(0, each.lastIndexOf('/'))))]
}

/** Reads and checks one manifest. */
export async function checkManifest(files: Files, path: string): Promise<CheckedManifest> {
  return checkText(files, path, await files.read(path))
}

/** Checks a manifest that is not read from its file; `path` says which one it would be, and where its files are. */
export async function checkText(files: Files, path: string, bytes: Uint8Array): Promise<CheckedManifest> {
  return checkSource(files, readSource(files.shown(path), bytes), folderOf(path))
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '.' : path.slice(0, cut) || '/'
}

async function checkSource(files: Files, source: Source, folder: string): Promise<CheckedManifest> {
  const facts = new Map<string, FileFact>()
  for (const { file, role } of fileReferences(source.value)) {
    facts.set(file, await files.fact(folder, file, { measure: role.endsWith('picture') }))
  }
  const inPackage = await packageContents(files, source.value, folder)
  return {
    ...check(
      source,
      facts,
      inPackage && {
        packageFiles: inPackage.files,
        packageLinks: inPackage.links,
        packageBytes: inPackage.bytes,
      },
    ),
    file: source.file,
    folder,
    source,
  }
}

/** Reads and checks every manifest of a run, also for what only shows between them. */
export async function checkManifests(files: Files, paths: readonly string[]): Promise<readonly CheckedManifest[]> {
  const checked: CheckedManifest[] = []
  for (const path of await findManifests(files, paths)) checked.push(await checkManifest(files, path))
  const between = findingsBetween(checked.map(identityOf))
  return checked.map((each, index) => withFindings(each, between.get(index) ?? []))
}

function identityOf({ file, source }: CheckedManifest): Identity {
  const text = (key: string): string | undefined => {
    const value = valueAt(source.value, ['product', key])
    return typeof value === 'string' ? value : undefined
  }
  return { file, key: text('key'), name: text('name') }
}

function withFindings(each: CheckedManifest, findings: readonly Finding[]): CheckedManifest {
  if (findings.length === 0) return each
  return { ...each, diagnostics: [...each.diagnostics, ...findings.map(each.source.place)] }
}

/**
 * The products of manifests without errors; with errors anywhere, the diagnostics of all and no product.
 *
 * @throws {Failure} where two manifests are of one product, which could not both be sent.
 */
export async function readProducts(
  files: Files,
  paths: readonly string[],
): Promise<
  | {
      readonly is: 'sound'
      readonly products: readonly Product[]
      /** Warnings only. */
      readonly diagnostics: readonly FramedDiagnostic[]
    }
  | { readonly is: 'unsound'; readonly files: readonly string[]; readonly diagnostics: readonly FramedDiagnostic[] }
> {
  const checked = await checkManifests(files, paths)
  const diagnostics = checked.flatMap((each) => each.diagnostics)
  if (hasErrors(diagnostics)) return { is: 'unsound', files: checked.map(({ file }) => file), diagnostics }
  const repeated = diagnostics.find(({ code }) => code === 'key-repeated')
  if (repeated) {
    const message = `${repeated.file} and another manifest are of the same product: ${repeated.message}`
    throw new Failure({
      code: 'key-repeated',
      exit: 'findings',
      message,
      hint: 'Give each product its own key, or name one of them.',
    })
  }
  const products = checked.flatMap(({ file, folder, manifest, source }) =>
    manifest === undefined ? [] : [{ file, folder, manifest, place: source.place }],
  )
  return { is: 'sound', products, diagnostics }
}
