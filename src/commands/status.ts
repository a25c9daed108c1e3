/** `koo status`: how far products have come, and what reviewers complain of. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { command } from './command.ts'
import { type Market, marketplaceOptions, withMarket } from './market.ts'

export const status = command({
  name: 'status',
  summary: 'show the releases of products and what reviewers complain of',
  about: 'Takes manifests, folders or product keys. Complaints are shown in the manifest where there is one.',
  arguments: '[paths-or-keys...]',
  options: marketplaceOptions,
  examples: ['koo status', 'koo status examples/saas', 'koo status harbor-crm --json'],
  async run({ arguments: wanted, options }, world) {
    const { keys, products } = await resolve(wanted, world)
    return withMarket(world, options, async (market) => {
      const found: { product: RemoteProduct; releases: readonly RemoteRelease[] }[] = []
      const missing: string[] = []
      for (const key of keys) {
        const product = await market.marketplace.product(key)
        if (product === undefined) missing.push(key)
        else found.push({ product, releases: await market.marketplace.releases(product.id) })
      }
      const diagnostics = await complaints(found, products)
      return { is: 'status', marketplace: market.name, products: found, missing, diagnostics }
    })
  },
})

/** What is on disk is a path, everything else a product key. */
async function resolve(wanted: readonly string[], world: World) {
  const { readProducts } = await import('./manifests.ts')
  const names = wanted.length === 0 ? ['.'] : wanted
  const keys: string[] = []
  const products = new Map<string, Product>()
  for (const name of names) {
    if (!(await world.files.exists(name))) {
      keys.push(name)
      continue
    }
    const read = await readProducts(world.files, [name])
    if (read.is === 'unsound') keys.push(...(await keysOf(world, name)))
    else for (const product of read.products) products.set(product.manifest.product.key, product)
  }
  return { keys: [...new Set([...keys, ...products.keys()])], products }
}

/** The keys of manifests that are being edited and may not be sound just now. */
async function keysOf(world: World, path: string): Promise<readonly string[]> {
  const { checkManifests } = await import('./manifests.ts')
  const { valueAt } = await import('../model/pointer.ts')
  const checked = await checkManifests(world.files, [path])
  return checked.map(({ source }) => valueAt(source.value, ['product', 'key'])).filter((key) => typeof key === 'string')
}

async function complaints(
  found: readonly { readonly product: RemoteProduct; readonly releases: readonly RemoteRelease[] }[],
  products: ReadonlyMap<string, Product>,
): Promise<readonly FramedDiagnostic[]> {
  const { placeComplaints } = await import('../publish/apply.ts')
  return found.flatMap(({ product, releases }) => {
    const local = products.get(product.key)
    const [newest] = releases
    return local && newest?.state === 'rejected' ? placeComplaints(local, newest.complaints) : []
  })
}

/** The product of a key, for the commands that act on one. */
export async function productOf(market: Market, key: string): Promise<RemoteProduct> {
  const product = await market.marketplace.product(key)
  if (product !== undefined) return product
  const { usage } = await import('../model/failure.ts')
  throw usage('no-product', `${market.name} has no product ${key}.`, '`koo list` shows what it has.')
}
