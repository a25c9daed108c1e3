/** Makes the folders of a hand-over: each is whole before it takes its place, and nothing half made remains. */
import type { ScanMode } from '../gate/scanner.ts'
import { type NamedFile, namedFiles } from '../listing/handoff/file-names.ts'
import { formOf } from '../listing/handoff/form.ts'
import { type HandedFile, handoffOf } from '../listing/handoff/handoff.ts'
import { overviewPage } from '../listing/handoff/overview-page.tsx'
import { handoffPage } from '../listing/handoff/page.tsx'
import { rowOf } from '../model/delivery-methods.ts'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { stopped } from '../model/failure.ts'
import { type Handoff, handoffName, ticksIn } from '../model/handoff.ts'
import type { HandedOff } from '../model/outcome.ts'
import { shellWord } from '../model/shell-word.ts'
import { folderZip } from '../pack/folder-zip.ts'
import type { World } from '../ports.ts'
import { sha256Of, streamHash } from '../publish/hashes.ts'
import type { Product } from '../publish/product.ts'
import { version } from '../version.ts'
import { clearLeftOvers, isHandoffZip, pageName, refuseOthers, stageOf } from './handoff-place.ts'
import { bundleOf, bundleTime } from './packing.ts'
import { archiveOf, passReady } from './ready.ts'

interface Options {
  readonly out: string
  readonly zip: boolean
  readonly scan: ScanMode
}

/** Something made beside where it goes. */
interface Made {
  readonly product: Product
  readonly handoff: Handoff
  readonly stage: string
  readonly stagedZip?: string
}

const filesFolder = 'files'

/** What the gate finds wrong with packages holds all products back. */
export async function handOff(
  world: World,
  products: readonly Product[],
  diagnostics: readonly FramedDiagnostic[],
  options: Options,
): Promise<
  | { readonly products: readonly HandedOff[]; readonly overview?: string }
  | { readonly diagnostics: readonly FramedDiagnostic[] }
> {
  const { files, randomness } = world
  const { out } = options
  await refuseOthers(world, products, options)
  await clearLeftOvers(world, out)
  const top = stageOf(files, out, randomness.hex(4))
  try {
    const made: Made[] = []
    for (const product of products) {
      if (world.stop.aborted) throw stopped()
      const one = await makeOne(world, product, diagnostics, { ...options, top, several: products.length > 1 })
      if ('diagnostics' in one) return one
      made.push(one)
    }
    const handed: HandedOff[] = []
    for (const each of made) handed.push(await placed(world, each, out, top))
    if (made.length < 2) return { products: handed }
    const overview = files.join(out, pageName)
    await files.write(overview, overviewPage(made.map(({ handoff }) => handoff)))
    return { products: handed, overview: files.shown(overview) }
  } finally {
    await files.remove(top)
  }
}

async function makeOne(
  world: World,
  product: Product,
  diagnostics: readonly FramedDiagnostic[],
  { top, several, zip, scan }: Options & { readonly top: string; readonly several: boolean },
): Promise<Made | { readonly diagnostics: readonly FramedDiagnostic[] }> {
  const { files } = world
  const { manifest, file } = product
  const { key } = manifest.product
  const stage = files.join(top, key)
  const packed = await packageIn(world, product, stage, scan)
  if (hasErrors(packed.diagnostics)) return { diagnostics: packed.diagnostics }
  const handed = new Map<string, HandedFile>(packed.file === undefined ? [] : [packed.file])
  const form = formOf(rowOf(manifest.delivery.method))
  for (const named of namedFiles(manifest, form)) {
    handed.set(named.field, await copied(world, product, stage, named))
  }
  const handoff = handoffOf({
    manifest,
    file,
    files: handed,
    diagnostics: [...diagnostics.filter((each) => each.file === file), ...packed.diagnostics],
    koo: version,
    record: `koo handoff ${shellWord(file)} --done PRODUCT-ID`,
    digest: (text) => sha256Of(text).slice(0, 12),
  })
  const logo = await logoOf(world, product)
  const page = handoffPage(handoff, { ...(logo ? { logo } : {}), ...(several ? { home: `../${pageName}` } : {}) })
  await files.write(files.join(stage, pageName), page, { spare: true })
  await files.write(files.join(stage, handoffName), `${JSON.stringify(handoff, null, 2)}\n`, { spare: true })
  if (!zip) return { product, handoff, stage }
  const stagedZip = `${stage}.zip`
  const paths = [pageName, handoffName, ...handoff.files.map(({ path }) => path)]
  const width = 2 * world.processors() + 2
  await files.writeAll(stagedZip, folderZip(files, { folder: stage, within: key, paths, width }))
  return { product, handoff, stage, stagedZip }
}

/** The bundle koo packs, in the folder; of a ready archive only what the gate says, because it is copied like any file. */
async function packageIn(
  world: World,
  product: Product,
  stage: string,
  scan: ScanMode,
): Promise<{ readonly file?: readonly [string, HandedFile]; readonly diagnostics: readonly FramedDiagnostic[] }> {
  const { files } = world
  const archive = archiveOf(product)
  if (archive !== undefined) return passReady(world, product, archive, { scan })
  const out = files.join(stage, filesFolder)
  const packed = await bundleOf(world, product, { out, scan, ...bundleTime(world.environment) })
  if (packed.is === 'nothing') return { diagnostics: [] }
  const { bundle, diagnostics } = packed
  if (bundle === undefined) return { diagnostics }
  const { path, bytes, sha256 } = bundle
  // The page says the digest; the form takes no such file.
  await files.remove(`${path}.sha256`)
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { file: ['/delivery/package', { name, bytes, sha256 }], diagnostics }
}

/** Copied and hashed in one reading, whatever its size. */
async function copied(world: World, product: Product, stage: string, { file, name }: NamedFile): Promise<HandedFile> {
  const { files, stop } = world
  const { bytes, chunks } = streamHash(files.stream(files.join(product.folder, file)), stop)
  await files.writeAll(files.join(stage, filesFolder, name), chunks)
  const { size, sha256 } = bytes()
  const fact = await files.fact(product.folder, file, { measure: true })
  const picture = fact.is === 'file' && fact.picture !== undefined ? { picture: fact.picture } : {}
  return { name, bytes: size, sha256, ...picture }
}

/** A logo that is no larger than most are, as it stands in the page. */
const mostLogoBytes = 256 * 1024

async function logoOf({ files }: World, { folder, manifest }: Product): Promise<string | undefined> {
  const path = files.join(folder, manifest.product.logo)
  const bytes = await files.read(path, mostLogoBytes + 1)
  return bytes.length > mostLogoBytes ? undefined : `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
}

/** In the place of an earlier one, which goes only once this one is there. */
async function placed(world: World, made: Made, out: string, top: string): Promise<HandedOff> {
  const { files, emit } = world
  const { handoff, stage, stagedZip } = made
  const { key } = handoff
  const folder = files.join(out, key)
  if ((await files.entry(folder)) !== undefined) await files.rename(folder, files.join(top, `${key}.old`))
  await files.rename(stage, folder)
  const zip = files.join(out, `${key}.zip`)
  if (stagedZip !== undefined) await files.rename(stagedZip, zip)
  else if (await isHandoffZip(files, zip, key)) {
    emit({ is: 'notice', text: `${files.shown(zip)} is of an earlier hand-over; --zip makes it anew.` })
  }
  return {
    key,
    folder: files.shown(folder),
    page: files.shown(files.join(folder, pageName)),
    ...(stagedZip === undefined ? {} : { zip: files.shown(zip) }),
    files: handoff.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    toEnter: handoff.steps.reduce((sum, step) => sum + ticksIn(step), 0),
    warnings: warningsIn(handoff),
  }
}

function warningsIn({ steps, warnings }: Handoff): number {
  const inEntries = (entries: Handoff['steps'][number]['entries']): number =>
    entries.reduce((sum, each) => sum + each.warnings.length + (each.is === 'part' ? inEntries(each.entries) : 0), 0)
  return warnings.length + steps.reduce((sum, { entries }) => sum + inEntries(entries), 0)
}
