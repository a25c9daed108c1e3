/** `koo pack`: the bundle a License customer receives. */
import { type BundleFormat, bundleFormats, bundleName, isBundleFormat } from '../model/bundle.ts'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { ListedContents, Outcome } from '../model/outcome.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { command } from './command.ts'

export const pack = command({
  name: 'pack',
  summary: 'pack the software package of a product into a reproducible, signed bundle',
  about:
    'Writes KEY_VERSION.tar.gz, its .sha256 beside it, and inside it the software, the EULA, the user guide, an SBOM and koo-bundle.json, the list of contents. The same files give the same bytes on any machine. Secrets in the package are refused, and clamscan and grype or trivy look at it where they are installed. A ready archive is looked through in the same way and left as it is: only its checksum and signature are written. Delivery methods without a software package have nothing to pack.',
  arguments: '[paths...]',
  options: {
    out: { flag: '--out <folder>', about: 'where to write the bundles (default: dist)' },
    archive: {
      flag: '--archive <type>',
      about: `${bundleFormats.join(', ')} (default: what the manifest says, or tar.gz)`,
    },
    list: { flag: '--list', about: 'show what would be packed, what is left out, and why; writes nothing' },
    sign: { flag: '--sign', about: 'sign with KOO_SIGNING_KEY, or with your only or default key (see koo keys)' },
    signKey: { flag: '--sign-key <name>', about: 'sign with this key of yours' },
    scan: {
      flag: '--scan <mode>',
      about: 'run virus and vulnerability scanners: auto, require or off (default: auto)',
    },
  },
  examples: [
    'koo pack examples/license --out bundles',
    'koo pack --list',
    'koo pack --archive zip --sign --scan require',
    'koo pack products --json',
  ],
  async run({ arguments: paths, options }, world): Promise<Outcome> {
    world.processors()
    const format = formatOf(options.archive)
    const { scanModeOf } = await import('./gate.ts')
    const mode = scanModeOf(options.scan)
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const { refuseOtherFormat, refuseSameNames } = await import('./ready.ts')
    refuseOtherFormat(read.products, format)
    if (options.list) return listed(world, read.products, format)
    refuseSameNames(read.products)
    const { bundleOf, bundleTime } = await import('./packing.ts')
    const time = bundleTime(world.environment)
    const { signerFor } = await import('./signer.ts')
    const signer = await signerFor(world, options.signKey ?? options.sign)
    const [bundles, without, diagnostics, scans] = [[], [], [], []] as Parts
    for (const product of read.products) {
      const { key } = product.manifest.product
      const packed = await bundleOf(world, product, {
        out: options.out ?? 'dist',
        ...time,
        ...(format === undefined ? {} : { format }),
        ...(signer === undefined ? {} : { signer }),
        scan: mode,
      })
      if (packed.is === 'nothing') without.push({ key, why: packed.why })
      else {
        diagnostics.push(...packed.diagnostics)
        scans.push(...packed.reports.map((report) => ({ key, ...report })))
        if (packed.bundle !== undefined && !hasErrors(packed.diagnostics)) bundles.push(packed.bundle)
      }
    }
    return { is: 'packed', bundles, without, diagnostics, scans }
  },
})

type Packed = Extract<Outcome, { is: 'packed' }>
type Parts = [
  bundles: Packed['bundles'][number][],
  without: Packed['without'][number][],
  diagnostics: Packed['diagnostics'][number][],
  scans: Packed['scans'][number][],
]

function formatOf(text: string | undefined): BundleFormat | undefined {
  if (text === undefined || isBundleFormat(text)) return text
  throw usage('bad-flag', `--archive takes ${bundleFormats.join(', ')}, not \`${text}\`.`)
}

/** What the bundles would hold, and ready archives do; one that cannot be read is told in the place of all. */
async function listed(world: World, products: readonly Product[], format: BundleFormat | undefined): Promise<Outcome> {
  const { packageContents } = await import('../pack/contents.ts')
  const { archiveOf, listReady } = await import('./ready.ts')
  const found: ListedContents[] = []
  const diagnostics: FramedDiagnostic[] = []
  for (const product of products) {
    const { manifest, folder } = product
    const { key, version } = manifest.product
    const archive = archiveOf(product)
    if (archive !== undefined) {
      const listed = await listReady(world, product, archive)
      if ('diagnostics' in listed) diagnostics.push(...listed.diagnostics)
      else found.push(listed)
      continue
    }
    const contents = await packageContents(world.files, manifest, folder)
    if (contents === undefined) continue
    const name = bundleName(key, version, format ?? manifest.delivery.package?.format)
    found.push({ key, version, name, folder: world.files.shown(folder), contents })
  }
  if (diagnostics.length > 0) return { is: 'validated', files: products.map(({ file }) => file), diagnostics }
  return { is: 'contents', products: found }
}
