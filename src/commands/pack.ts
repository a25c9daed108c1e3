/** `koo pack`: the bundle a License customer receives. */
import { command } from './command.ts'

export const pack = command({
  name: 'pack',
  summary: 'pack the software package of a product into a reproducible .tar.gz',
  about:
    'Writes KEY_VERSION.tar.gz, its .sha256 beside it, and inside it koo-bundle.json, the list of its contents. The same files give the same bytes. Delivery methods without a software package have nothing to pack.',
  arguments: '[paths...]',
  options: { out: { flag: '--out <folder>', about: 'where to write the bundles (default: dist)' } },
  examples: ['koo pack', 'koo pack examples/license --out bundles', 'koo pack products --json'],
  async run({ arguments: paths, options }, world) {
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const { rowOf } = await import('../model/delivery-methods.ts')
    const { pack: packBundle } = await import('../pack/bundle.ts')
    const bundles = []
    const without = []
    for (const product of read.products) {
      const { key } = product.manifest.product
      const { title, deliverable } = rowOf(product.manifest.delivery.method)
      const { archive } = product.manifest.delivery.package ?? {}
      if (archive !== undefined) {
        without.push({ key, why: `${title}: nothing to pack, ${archive} is ready` })
      } else if (deliverable?.koo === 'bundle') {
        world.emit({ is: 'step', key, text: 'packing' })
        bundles.push(await packBundle(world.files, product, options.out ?? 'dist'))
        world.emit({ is: 'settled', key })
      } else {
        const why =
          deliverable === null ? 'nothing is delivered through KooGallery' : `the deliverable is ${deliverable.title}`
        without.push({ key, why: `${title}: nothing to pack, ${why}` })
      }
    }
    return { is: 'packed', bundles, without }
  },
})
