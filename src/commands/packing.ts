/** Packs one product behind the gate, for `koo pack` and `koo publish`. */
import type { ScanMode } from '../gate/scanner.ts'
import { type FoundSecret, searchFor } from '../gate/secrets.ts'
import type { Bundle, BundleFormat, ReadyBundle } from '../model/bundle.ts'
import { rowOf } from '../model/delivery-methods.ts'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { PackageContents } from '../model/package-contents.ts'
import type { ScanReport } from '../model/scan-report.ts'
import { pack } from '../pack/bundle.ts'
import { packageContents } from '../pack/contents.ts'
import type { Environment, World } from '../ports.ts'
import type { Packing as Packer } from '../publish/kept-bundle.ts'
import type { PublishTools } from '../publish/many.ts'
import type { Product } from '../publish/product.ts'
import { version } from '../version.ts'
import { allowedSecrets, passGate, scanModeOf, secretDiagnostics } from './gate.ts'
import { archiveOf, passReady, writeBeside } from './ready.ts'
import type { Signer } from './signer.ts'

export interface Packing extends Bundling {
  readonly scan: ScanMode
}

type Packed =
  | { readonly is: 'nothing'; readonly why: string }
  | {
      readonly is: 'packed'
      /** Left out where the gate found an error. */
      readonly bundle?: Bundle | ReadyBundle
      readonly diagnostics: readonly FramedDiagnostic[]
      readonly reports: readonly ScanReport[]
    }

/** What a product has for its customer: nothing, an archive that is ready, or a bundle, which is packed. */
export async function bundleOf(world: World, product: Product, packing: Packing): Promise<Packed> {
  const { manifest, folder } = product
  const { title, deliverable } = rowOf(manifest.delivery.method)
  const archive = archiveOf(product)
  if (archive !== undefined) return readyOf(world, product, archive, packing)
  const contents = await packageContents(world.files, manifest, folder)
  if (contents === undefined) {
    const what = deliverable?.title ?? 'nothing is delivered through KooGallery'
    return { is: 'nothing', why: `${title}: nothing to pack, ${what}` }
  }
  const { diagnostics, reports } = await passGate(world, product, filesIn(contents), packing.scan)
  if (hasErrors(diagnostics)) return { is: 'packed', diagnostics, reports }
  const packed = await packProduct(world, product, contents, packing)
  if ('bundle' in packed) return { is: 'packed', bundle: packed.bundle, diagnostics, reports }
  return { is: 'packed', diagnostics: [...diagnostics, ...packed.diagnostics], reports }
}

async function readyOf(world: World, product: Product, archive: string, packing: Packing): Promise<Packed> {
  const { out, signer, scan } = packing
  const digests = signer === undefined ? 'plain' : 'signed'
  const { ready, diagnostics, reports } = await passReady(world, product, archive, { scan, digests })
  if (hasErrors(diagnostics)) return { is: 'packed', diagnostics, reports }
  const beside = { ready, out, ...(signer === undefined ? {} : { signer }) }
  return { is: 'packed', bundle: await writeBeside(world, product, archive, beside), diagnostics, reports }
}

/** What `koo publish` needs of packing: the gate comes before anything is sent, the packing in between. */
export function packingFor(
  world: World,
  scan: string | undefined,
  signer: Signer | undefined,
): Pick<PublishTools, 'gate'> & { readonly packing: Packer } {
  const mode = scanModeOf(scan)
  const time = bundleTime(world.environment)
  /** What the gate looked at is what is packed. */
  const seen = new Map<Product, PackageContents>()
  return {
    async gate(product) {
      const archive = archiveOf(product)
      const contents = archive ? undefined : await packageContents(world.files, product.manifest, product.folder)
      if (archive === undefined && contents === undefined) return []
      if (archive !== undefined && signer !== undefined) {
        // Said, because somebody asked for a signature.
        const text = `${product.manifest.product.key}: ${archive} is sent without a signature; koo pack --sign makes one.`
        world.emit({ is: 'notice', text })
      }
      if (contents !== undefined) seen.set(product, contents)
      const { diagnostics, reports } =
        contents === undefined
          ? await passReady(world, product, archive ?? '', { scan: mode })
          : await passGate(world, product, filesIn(contents), mode)
      for (const text of scanNotices(product.manifest.product.key, reports)) world.emit({ is: 'notice', text })
      return diagnostics
    },
    packing: {
      isSigned: signer !== undefined,
      // Who may hold secrets counts, because they are looked for while it is packed.
      basis: ({ manifest }) =>
        JSON.stringify([signer?.keyId ?? null, time, manifest.delivery.package?.allowSecrets ?? []]),
      async pack(product, out) {
        const contents = seen.get(product) ?? (await packageContents(world.files, product.manifest, product.folder))
        if (contents === undefined) throw new Error(`${product.file} has nothing to pack`)
        return packProduct(world, product, contents, { out, ...time, ...(signer === undefined ? {} : { signer }) })
      },
    },
  }
}

/** What did not look is said: silence would pass for a clean bill. */
function scanNotices(key: string, reports: readonly ScanReport[]): readonly string[] {
  return reports.flatMap(({ scanner, is, why }) => {
    if (is === 'absent') return [`${key}: ${scanner} is not installed, so it did not look.`]
    return is === 'failed' ? [`${key}: ${scanner} could not look: ${why ?? 'it gave no reason'}`] : []
  })
}

function filesIn({ packed }: PackageContents): readonly string[] {
  return packed.filter(({ kind }) => kind === 'file').map(({ path }) => path)
}

interface Bundling {
  /** The folder the bundle is written to. */
  readonly out: string
  readonly format?: BundleFormat
  readonly signer?: Signer
  /** As `bundleTime` gives it. */
  readonly time?: number
}

class SecretsFound extends Error {}

/** The bundle, or the secrets that were found in its files, which is why there is none. */
async function packProduct(
  world: World,
  product: Product,
  contents: PackageContents,
  { out, format, signer, time }: Bundling,
): Promise<{ readonly bundle: Bundle } | { readonly diagnostics: readonly FramedDiagnostic[] }> {
  const { key } = product.manifest.product
  const isAllowed = await allowedSecrets(product.manifest)
  const found: FoundSecret[] = []
  const start = world.clock.now()
  try {
    const bundle = await pack(world.files, product, contents, {
      out,
      ...(format === undefined ? {} : { format }),
      ...(signer === undefined ? {} : { signer }),
      ...(time === undefined ? {} : { time }),
      koo: version,
      processors: world.processors(),
      stop: world.stop,
      inspect: (path) => {
        if (isAllowed(path)) return undefined
        const search = searchFor(path)
        return { look: (bytes) => search.look(bytes), end: () => void found.push(...search.end()) }
      },
      accept: () => {
        if (found.length > 0) throw new SecretsFound()
      },
      progress: (done) => {
        const elapsed = world.clock.now() - start
        world.emit({ is: 'working', key, doing: 'packing', done, total: contents.bytes, elapsed })
      },
      notice: (text) => world.emit({ is: 'notice', text: `${key}: ${text}` }),
    })
    return { bundle }
  } catch (error) {
    if (!(error instanceof SecretsFound)) throw error
    return { diagnostics: secretDiagnostics(product, found) }
  } finally {
    world.emit({ is: 'settled', key })
  }
}

/** A tar has room for eleven octal digits, a zip for four bytes. */
const latest = 2 ** 32 - 1

/**
 * The time every entry bears, if that is said.
 *
 * Source: https://reproducible-builds.org/specs/source-date-epoch/
 * @throws {Failure} (usage) where it is no such time.
 */
export function bundleTime({ SOURCE_DATE_EPOCH: text }: Environment): { readonly time?: number } {
  if (text === undefined || text === '') return {}
  if (/^\d{1,10}$/.test(text) && Number(text) <= latest) return { time: Number(text) }
  const hint = 'Unset it, or set it to such a number, as `date +%s` prints it.'
  throw usage('bad-setting', `SOURCE_DATE_EPOCH is no number of seconds up to ${latest}: \`${text}\`.`, hint)
}
