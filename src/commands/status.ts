/** `koo status`: how far products have come, and what reviewers complain of. */
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import { command } from './command.ts'
import { marketplaceOptions, withMarket } from './market.ts'

export const status = command({
  name: 'status',
  summary: 'show the releases of products and what reviewers complain of',
  about: 'Takes manifests, folders or product keys. Complaints are shown in the manifest where there is one.',
  arguments: '[paths-or-keys...]',
  options: marketplaceOptions,
  examples: ['koo status', 'koo status examples/saas', 'koo status harbor-crm --json'],
  async run({ arguments: names, options }, world) {
    const { productsNamed } = await import('./named.ts')
    const { placeComplaints } = await import('../publish/apply.ts')
    const named = await productsNamed(world, names.length === 0 ? ['.'] : names)
    return withMarket(world, options, async ({ name, marketplace }) => {
      const products: { product: RemoteProduct; releases: readonly RemoteRelease[] }[] = []
      const missing: string[] = []
      const unpublished: string[] = []
      const diagnostics = []
      for (const { key, place } of named) {
        const product = await marketplace.product(key)
        if (product === undefined) {
          if (place === undefined) missing.push(key)
          else unpublished.push(key)
          continue
        }
        const releases = await marketplace.releases(product.id)
        products.push({ product, releases })
        const [newest] = releases
        if (place && newest?.state === 'rejected') diagnostics.push(...placeComplaints({ place }, newest.complaints))
      }
      return { is: 'status', marketplace: name, products, missing, unpublished, diagnostics }
    })
  },
})
