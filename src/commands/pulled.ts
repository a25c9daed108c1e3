/** Pulls one product: manifest and files are compared, merged and put in place, or nothing is. */
import { difference } from '../check/difference.ts'
import { Failure } from '../model/failure.ts'
import type { PulledRow } from '../model/outcome.ts'
import { schemaName } from '../model/own-names.ts'
import type { Material } from '../model/plan.ts'
import { valueAt } from '../model/pointer.ts'
import { methodOf } from '../model/references.ts'
import type { ReleaseContent, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Clock, Marketplace, Randomness } from '../ports.ts'
import { refuseLinksAbove } from '../publish/in-the-way.ts'
import { materialOf } from '../publish/material.ts'
import type { Memory } from '../publish/memory.ts'
import {
  type FilePlan,
  type FileTools,
  nothingStaged,
  placeFiles,
  planFiles,
  type Staged,
  stageFiles,
} from '../publish/pulled-files.ts'
import { type Base, baseOf, type Wanted, wantedManifest } from '../publish/pulled-manifest.ts'
import { stageFor } from '../publish/stage.ts'
import { contentOf, releasesOf, steadily } from '../publish/steady.ts'
import { manifestOf } from '../scaffold/manifest-of.ts'
import { updatedText } from '../scaffold/manifest-update.ts'
import { schemaText } from '../scaffold/scaffold.ts'
import type { ManifestHere } from './here.ts'
import { productsOf } from './manifests.ts'

export interface PullTools extends FileTools {
  readonly marketplace: Marketplace
  readonly memory: Memory
  readonly clock: Clock
  readonly randomness: Randomness
  /** The marketplace, as it is shown. */
  readonly name: string
  readonly dryRun: boolean
  /** The version wanted; left out, what is on sale, else the newest. */
  readonly version?: string
  /** Checks a manifest that is here, to tell whether it was released as it is. */
  readonly checked: (here: ManifestHere) => Promise<Parameters<typeof productsOf>[0][number]>
}

/** A product to pull, and where it is or is to be. */
export interface Pulling {
  readonly product: RemoteProduct
  /** Left out where it is not here. */
  readonly here?: ManifestHere
  readonly folder: string
}

/** @throws {Failure} for whatever hinders this product; nothing of it was written then, or what was written is whole. */
export async function pulled(tools: PullTools, { product: found, here, folder }: Pulling): Promise<PulledRow> {
  const { files, marketplace, memory } = tools
  const { product, releases, release, content } = await steadily(tools, found, async (seen) => {
    const all = await releasesOf(marketplace, seen)
    const isOwn = here !== undefined && (await isFromHere(memory, all[0]))
    const wanted = releaseOf(seen, all, tools.version, isOwn)
    return { product: seen, releases: all, release: wanted, content: await contentOf(marketplace, wanted) }
  })
  const base = await baseFor(tools, here, content, releases)
  const wanted = wantedFor(tools, product, here, content, base)
  const file = here?.file ?? files.shown(files.join(folder, 'koo.yaml'))
  const before = here?.text ?? ''
  const text = textOf(tools, here, wanted, product)
  const plan = await planFiles(tools, folder, wanted.manifest, content, base)
  const row = {
    ...{ key: product.key, version: release.version, file, files: [], kept: wanted.kept, notes: plan.notes },
    ...(text === before ? {} : { diff: difference(file, before, text) }),
  }
  const conflicts = [...wanted.conflicts, ...plan.conflicts]
  if (conflicts.length > 0) return { ...row, outcome: 'conflict', conflicts }
  const staged = await brought(tools, release, plan, folder, { file, before, text, method: methodOf(content.manifest) })
  if (staged.conflicts.length > 0) return { ...row, outcome: 'conflict', conflicts: staged.conflicts }
  const names = [...plan.downloads, ...(plan.package === undefined ? [] : [plan.package.bundle])].map(
    ({ path }) => path,
  )
  const notes = [...plan.notes, ...staged.notes]
  const outcome = text !== before || names.length > 0 ? 'pulled' : 'unchanged'
  if (tools.version === undefined && !tools.dryRun) {
    const { contentDigest, manifest, files: agreed } = content
    const { id: productId, key, revision } = product
    const { id: releaseId, version } = release
    await memory.remember({ key, productId, revision, releaseId, version, contentDigest, manifest, files: agreed })
  }
  return { ...row, files: names, notes, outcome, conflicts: [] }
}

/** Downloads and puts everything in its place, where nothing would be lost by that and it is no dry run. */
async function brought(
  tools: PullTools,
  release: RemoteRelease,
  plan: FilePlan,
  folder: string,
  text: Text,
): Promise<Staged> {
  const { files, dryRun } = tools
  // To say what would become of the package, it has to be here; other files are compared by their hashes.
  const wanted = dryRun ? { ...plan, downloads: [] } : plan
  if (wanted.package === undefined && wanted.downloads.length === 0) {
    if (!dryRun) await written(tools, folder, nothingStaged, text)
    return nothingStaged
  }
  const stage = await stageFor(files, tools, folder)
  try {
    const staged = await stageFiles(tools, release.id, wanted, { folder, stage })
    if (!dryRun && staged.conflicts.length === 0) await written(tools, folder, staged, text)
    return staged
  } finally {
    await files.remove(stage)
  }
}

/** The text of a manifest, before and after. */
interface Text {
  readonly file: string
  /** Empty where there is none yet. */
  readonly before: string
  readonly text: string
  readonly method: ReturnType<typeof methodOf>
}

/** The manifest last: it is what makes the folder a product. */
async function written(
  { files }: PullTools,
  folder: string,
  staged: Staged,
  { file, before, text, method }: Text,
): Promise<void> {
  const schema = files.join(folder, schemaName)
  const isNew = before === ''
  const paths = [...staged.moves.map(({ to }) => to), ...(isNew ? ['koo.yaml', schemaName] : [])]
  await refuseLinksAbove(files, folder, [...paths, ...staged.folders.map((each) => `${each}/.`)])
  await placeFiles(files, folder, staged)
  if (text === before) return
  if (isNew && method !== undefined && !(await files.exists(schema))) await files.write(schema, schemaText(method))
  await files.write(file, text)
}

/** Whether the newest release is what was sent from here: going back to what is on sale would undo that. */
async function isFromHere(memory: Memory, newest: RemoteRelease | undefined): Promise<boolean> {
  if (newest === undefined) return false
  const { key, id, createdDigest } = newest
  return memory.sent(key).has(createdDigest) || (await memory.baseline(key))?.releaseId === id
}

function releaseOf(
  product: RemoteProduct,
  releases: readonly RemoteRelease[],
  version: string | undefined,
  isOwn: boolean,
): RemoteRelease {
  const [newest] = releases
  const onSale = isOwn ? newest : releases.find(({ state }) => state === 'on-sale')
  const found = version === undefined ? (onSale ?? newest) : releases.find((each) => each.version === version)
  if (found !== undefined) return found
  const known = releases.map((each) => each.version).join(', ')
  throw new Failure({
    code: 'no-release',
    exit: 'usage',
    message: `${product.key} has no release ${version ?? ''}.`,
    hint: known === '' ? 'It has none at all.' : `It has ${known}.`,
  })
}

async function baseFor(
  tools: PullTools,
  here: ManifestHere | undefined,
  content: ReleaseContent,
  releases: readonly RemoteRelease[],
): Promise<Base | undefined> {
  if (here?.manifest === undefined) return undefined
  const material = await materialHere(tools, here)
  return baseOf(tools.memory, { manifest: here.manifest, material }, content, releases)
}

/** What would be released of it; undefined where it is not sound, so that nothing would. */
async function materialHere(tools: PullTools, here: ManifestHere): Promise<Material | undefined> {
  const [sound] = await productsOf([await tools.checked(here)])
  if (sound === undefined) return undefined
  try {
    return await materialOf(tools.files, sound)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

function wantedFor(
  tools: PullTools,
  product: RemoteProduct,
  here: ManifestHere | undefined,
  content: ReleaseContent,
  base: Base | undefined,
): Wanted {
  const theirs = content.manifest
  if (valueAt(theirs, ['product', 'key']) !== product.key) {
    const message = `The release of ${product.key} on ${tools.name} has the manifest of another product.`
    throw new Failure({ code: 'other-product', exit: 'marketplace', message })
  }
  if (here === undefined || tools.overwrite) return { manifest: theirs, conflicts: [], kept: [] }
  if (here.manifest !== undefined) return wantedManifest(base, theirs, here.manifest)
  throw new Failure({
    code: 'unreadable-manifest',
    exit: 'conflict',
    message: `${here.file} cannot be read, so nothing can be compared with it.`,
    hint: '`koo validate` says what is wrong; --overwrite writes what the marketplace has.',
  })
}

function textOf(tools: PullTools, here: ManifestHere | undefined, wanted: Wanted, product: RemoteProduct): string {
  if (here !== undefined) return updatedText(here.text, here.file, wanted.manifest)
  const text = manifestOf(wanted.manifest, tools.name)
  if (text !== undefined) return text
  const message = `${product.key} is of a delivery method this koo does not know.`
  throw new Failure({ code: 'unknown-method', exit: 'marketplace', message })
}
