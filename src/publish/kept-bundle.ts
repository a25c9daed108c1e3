/** Bundles kept while they are sent: a run that broke off does not pack again what it had packed. */
import { signatureName } from '../model/bundle.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { Material } from '../model/plan.ts'
import type { ReleaseFile } from '../model/release.ts'
import type { Clock, Files, Randomness } from '../ports.ts'
import { aside } from './aside.ts'
import { hashOf } from './material.ts'
import type { Product } from './product.ts'
import { changed } from './sending.ts'

export interface Packing {
  /** Packs a product's bundle into a folder; or says what is in its files that must not be sent. */
  readonly pack: (
    product: Product,
    folder: string,
  ) => Promise<
    | { readonly bundle: { readonly filesSha256: string; readonly sha256: string; readonly bytes: number } }
    | { readonly diagnostics: readonly FramedDiagnostic[] }
  >
  /** What a bundle depends on beside the files, such as the key that signs it; a text to be compared. */
  readonly basis: (product: Product) => string
  readonly isSigned: boolean
}

export interface BundleTools {
  readonly files: Files
  readonly clock: Clock
  readonly randomness: Randomness
  readonly packing: Packing
  /** The folder bundles are kept in. */
  readonly bundles: string
  readonly emit: (event: Event) => void
}

type Planned = NonNullable<Material['bundle']>

/** A bundle and its signature, where it has one, in a folder of their own. */
export interface KeptBundle {
  readonly folder: string
  readonly bundle: ReleaseFile
  readonly signature?: ReleaseFile
}

export type Made =
  | ({ readonly is: 'made' } & KeptBundle)
  | { readonly is: 'unfit'; readonly diagnostics: readonly FramedDiagnostic[] }

/**
 * Hands over the bundle of a product, packed now or by an earlier run. Another run with the same product may remove it
 * when it has sent it; then it is packed once more, where nobody else looks.
 */
export async function withBundle<T>(
  tools: BundleTools,
  product: Product,
  planned: Planned,
  use: (made: Made) => Promise<T>,
): Promise<T> {
  const { files, bundles, randomness, emit } = tools
  const folder = files.join(bundles, `${planned.filesSha256.slice(0, 32)}-${planned.name}`)
  const shared = await bundleIn(tools, product, planned, folder).catch(unlessDisturbed)
  try {
    if (shared !== undefined) return await use(shared)
  } catch (error) {
    unlessDisturbed(error)
    // What cannot be read is something else than the bundle.
    if (await files.exists(files.join(folder, planned.name))) throw error
  }
  const apart = `${folder}-${randomness.hex(6)}`
  try {
    return await use(await bundleIn(tools, product, planned, apart))
  } finally {
    await aside(emit, () => files.remove(apart))
  }
}

/** Lets pass what comes of another run at work in the same folder. */
function unlessDisturbed(error: unknown): undefined {
  if (!(error instanceof Failure) || !['cannot-read', 'cannot-write'].includes(error.code)) throw error
}

interface Note {
  /** When it was packed, in milliseconds since 1970. */
  readonly at: number
  readonly basis: string
  readonly bytes: number
  readonly sha256: string
}

async function bundleIn(tools: BundleTools, product: Product, planned: Planned, folder: string): Promise<Made> {
  const { files, clock, packing } = tools
  const basis = packing.basis(product)
  const kept = await wholeIn(tools, planned, folder, basis)
  if (kept !== undefined) return kept
  await files.remove(folder)
  // First, so that what a run leaves that breaks off has an age.
  await writeNote(files, folder, { at: clock.now(), basis: '', bytes: 0, sha256: '' })
  const packed = await packing.pack(product, folder)
  if ('diagnostics' in packed) {
    await files.remove(folder)
    return { is: 'unfit', diagnostics: packed.diagnostics }
  }
  const { bytes, sha256, filesSha256 } = packed.bundle
  if (filesSha256 !== planned.filesSha256) {
    await files.remove(folder)
    throw changed(product.manifest.product.key, 'The software package')
  }
  await writeNote(files, folder, { at: clock.now(), basis, bytes, sha256 })
  return made(tools, planned, folder, { bytes, sha256 })
}

const noteName = 'packed.json'

/** The bundle an earlier run left, if it is of the same basis and all its bytes are what they were. */
async function wholeIn(tools: BundleTools, planned: Planned, folder: string, basis: string): Promise<Made | undefined> {
  const { files } = tools
  const note = await noteIn(files, folder)
  if (note?.basis !== basis) return undefined
  try {
    const { bytes, sha256 } = await hashOf(files, files.join(folder, planned.name))
    return bytes === note.bytes && sha256 === note.sha256
      ? await made(tools, planned, folder, { bytes, sha256 })
      : undefined
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

async function made(
  { files, packing }: BundleTools,
  { name, filesSha256 }: Planned,
  folder: string,
  sizes: Pick<ReleaseFile, 'bytes' | 'sha256'>,
): Promise<Made> {
  const bundle = { path: name, ...sizes, contentSha256: filesSha256 }
  if (!packing.isSigned) return { is: 'made', folder, bundle }
  const path = signatureName(name)
  return { is: 'made', folder, bundle, signature: { path, ...(await hashOf(files, files.join(folder, path))) } }
}

function writeNote(files: Files, folder: string, note: Note): Promise<void> {
  return files.write(files.join(folder, noteName), JSON.stringify(note))
}

async function noteIn(files: Files, folder: string): Promise<Note | undefined> {
  try {
    return JSON.parse(Buffer.from(await files.read(files.join(folder, noteName))).toString('utf8')) as Note
  } catch {
    return undefined
  }
}

const longestKept = 7 * 86_400_000

/** Removes bundles that no run has come back for in a week. */
export async function pruneBundles({ files, clock, bundles }: BundleTools): Promise<void> {
  if (!(await files.isFolder(bundles))) return
  for (const note of await files.glob(bundles, [`*/${noteName}`], [])) {
    const folder = files.join(bundles, note.slice(0, -noteName.length - 1))
    if (((await noteIn(files, folder))?.at ?? 0) < clock.now() - longestKept) await files.remove(folder)
  }
}
