/** Reads and checks the manifests a command is about, with what their rules need to know of their files. */
import type { Checked } from '../check/check.ts'
import { judge, type PackageFacts } from '../check/judge.ts'
import { notPlain, parsePlain } from '../check/plain-yaml.ts'
import type { Identity } from '../check/rules/between.ts'
import type { Source } from '../check/source.ts'
import { mentionsSuppression } from '../check/suppression-mark.ts'
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import { hasErrors } from '../model/diagnostic.ts'
import { Failure } from '../model/failure.ts'
import type { FileFact } from '../model/file-fact.ts'
import { type Manifest, mostBytes } from '../model/manifest.ts'
import { valueAt } from '../model/pointer.ts'
import { allowGlobs, fileReferences, packageGlobs } from '../model/references.ts'
import type { Files } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { findManifests } from './find-manifests.ts'
import { folderOf } from './folder-of.ts'
import { type Run, startRun } from './run.ts'
import { openRulebook } from './workspace.ts'

export interface CheckedManifest extends Checked {
  /** As the user would write it. */
  readonly file: string
  readonly folder: string
  /** What the text says; undefined where it cannot be read. */
  readonly value: unknown
  readonly content: string | Uint8Array
}

/** A byte more than a manifest may have is enough to tell that it has too many. */
const mostRead = mostBytes + 1

/** Reads and checks one manifest; `others` are findings that other manifests of the run give rise to. */
export async function checkManifest(run: Run, path: string, others: readonly Finding[] = []): Promise<CheckedManifest> {
  const [text] = await run.files.smallTexts([path])
  return checkText(run, path, text ?? (await run.files.read(path, mostRead)), others)
}

/** Checks a manifest that is not read from its file; `path` says which one it would be, and where its files are. */
export async function checkText(
  run: Run,
  path: string,
  content: string | Uint8Array,
  others: readonly Finding[] = [],
): Promise<CheckedManifest> {
  const { files, rulebook } = run
  const file = files.shown(path)
  const folder = folderOf(path)
  const plain = typeof content === 'string' ? plainValue(content, file) : undefined
  const source = plain === undefined ? await readSource(file, content) : undefined
  const value = source === undefined ? plain : source.value
  const { files: facts, inPackage } = await factsOf(run, value, folder)
  const judged = source && source.diagnostics.length > 0 ? [] : judge(value, facts, inPackage)
  const findings = [...judged, ...others]
  const manifest = { file, folder, content, value }
  // Only what is wrong needs places, and with them the parser that knows them.
  if (source === undefined && findings.length === 0) return { ...manifest, ...sound(value) }
  const placed = source ?? (await readSource(file, content))
  const { check } = await import('../check/check.ts')
  return { ...manifest, ...check(placed, findings, (each) => rulebook.adjusted(path, each)) }
}

async function readSource(file: string, content: string | Uint8Array): Promise<Source> {
  const { readSource } = await import('../check/source.ts')
  return readSource(file, typeof content === 'string' ? Buffer.from(content) : content)
}

/** A longer text is looked at by the reader that knows how much is too much. */
const longestPlain = 256 * 1024

/** The value of a text that is plain YAML without comments to koo; undefined for any other. */
function plainValue(text: string, file: string): unknown {
  if (file.endsWith('.json') || text.length > longestPlain || mentionsSuppression(text)) return undefined
  const value = parsePlain(text)
  return value === notPlain ? undefined : value
}

function sound(value: unknown): Checked {
  return { diagnostics: [], suppressed: 0, manifest: value as Manifest }
}

interface Facts {
  readonly files: ReadonlyMap<string, FileFact>
  readonly inPackage?: PackageFacts
}

/** More than this many are not worth keeping: they belong to one product each. */
const mostFacts = 1000

/** Everything the rules may know of the files of a manifest. */
export async function factsOf(run: Run, value: unknown, folder: string): Promise<Facts> {
  const { files, facts: shared } = run
  const found = new Map<string, FileFact>()
  for (const { file, role } of fileReferences(value)) {
    const measure = role.endsWith('picture')
    const path = `${measure} ${folder}/${file}`
    const known = shared.get(path)
    const fact = known ?? (await files.fact(folder, file, { measure }))
    if (known === undefined && shared.size < mostFacts) shared.set(path, fact)
    // A file may be named twice; what has been measured says more.
    if (measure || !found.has(file)) found.set(file, fact)
  }
  if (packageGlobs(value) === undefined) return { files: found }
  const { packageContents } = await import('../pack/contents.ts')
  const inPackage = await packageContents(files, value, folder)
  if (inPackage === undefined) return { files: found }
  const { secretsByName } = await import('../gate/allowed.ts')
  const paths = inPackage.packed.filter(({ kind }) => kind === 'file').map(({ path }) => path)
  const { secrets: packageSecrets, idle: packageAllowIdle } = await secretsByName(paths, allowGlobs(value))
  return { files: found, inPackage: { inPackage, packageSecrets, packageAllowIdle } }
}

export function identityOf(file: string, value: unknown): Identity {
  const text = (key: string): string | undefined => {
    const found = valueAt(value, ['product', key])
    // Copied, because a part of a text keeps the whole text alive, and a run keeps thousands of these.
    return typeof found === 'string' ? ` ${found}`.slice(1) : undefined
  }
  return { file, key: text('key'), name: text('name') }
}

/** The product key a manifest names, without checking it; undefined where there is none to be read. */
export async function keyIn(files: Files, path: string): Promise<string | undefined> {
  const [text] = await files.smallTexts([path])
  const content = text ?? (await files.read(path, mostRead))
  const file = files.shown(path)
  const plain = typeof content === 'string' ? plainValue(content, file) : undefined
  return identityOf(file, plain ?? (await readSource(file, content)).value).key
}

/** The next manifest of a run, compared with those before it. */
export async function checkNext(run: Run, path: string): Promise<CheckedManifest> {
  const checked = await checkManifest(run, path)
  const others = run.between.add(identityOf(checked.file, checked.value))
  return others.length === 0 ? checked : checkManifest(run, path, others)
}

/** Reads and checks every manifest of a run, also for what only shows between them. */
export async function checkManifests(files: Files, paths: readonly string[]): Promise<readonly CheckedManifest[]> {
  const rulebook = await openRulebook(files, undefined)
  const run = startRun(files, rulebook)
  const checked: CheckedManifest[] = []
  for (const path of await findManifests(files, paths, rulebook.isIgnored)) checked.push(await checkNext(run, path))
  return checked
}

/**
 * The products of manifests without errors; with errors anywhere, the diagnostics of all and no product. With keys, only
 * manifests of these products count.
 *
 * @throws {Failure} where two manifests are of one product, which could not both be sent.
 */
export async function readProducts(
  files: Files,
  paths: readonly string[],
  keys?: ReadonlySet<string>,
): Promise<
  | {
      readonly is: 'sound'
      readonly products: readonly Product[]
      /** Warnings only. */
      readonly diagnostics: readonly FramedDiagnostic[]
    }
  | { readonly is: 'unsound'; readonly files: readonly string[]; readonly diagnostics: readonly FramedDiagnostic[] }
> {
  const all = await checkManifests(files, paths)
  const isWanted = ({ value }: CheckedManifest) => keys?.has(String(valueAt(value, ['product', 'key']))) ?? true
  const checked = all.filter(isWanted)
  const diagnostics = checked.flatMap((each) => each.diagnostics)
  if (hasErrors(diagnostics)) return { is: 'unsound', files: checked.map(({ file }) => file), diagnostics }
  refuseRepeatedKeys(checked)
  return { is: 'sound', products: await productsOf(checked), diagnostics }
}

/** The manifests without errors. */
export async function productsOf(checked: readonly CheckedManifest[]): Promise<readonly Product[]> {
  const placed = await placers(checked)
  return checked.flatMap(({ file, folder, manifest }, index) => {
    const place = placed[index]
    return manifest === undefined || place === undefined ? [] : [{ file, folder, manifest, place }]
  })
}

/** For each manifest, what gives a later complaint its place; the text is read again only if there is one. */
export async function placers(checked: readonly CheckedManifest[]): Promise<readonly Source['place'][]> {
  const { readSource } = await import('../check/source.ts')
  return checked.map(({ file, content }) => {
    let source: Source | undefined
    return (finding) => {
      source ??= readSource(file, typeof content === 'string' ? Buffer.from(content) : content)
      return source.place(finding)
    }
  })
}

/** Whatever level a workspace gives the finding: one of the two products would overwrite the other. */
export function refuseRepeatedKeys(checked: readonly CheckedManifest[]): void {
  const owners = new Map<string, string>()
  for (const { file, manifest } of checked) {
    const key = manifest?.product.key
    if (key === undefined) continue
    const owner = owners.get(key)
    owners.set(key, file)
    if (owner === undefined) continue
    throw new Failure({
      code: 'key-repeated',
      exit: 'findings',
      message: `${file} and another manifest are of the same product: ${owner} has the same product key.`,
      hint: 'Give each product its own key, or name one of them.',
    })
  }
}
