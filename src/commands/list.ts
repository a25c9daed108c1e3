/** `koo list`: the products the marketplace has, and a report of them all. */
import type { Catalogue } from '../model/catalogue.ts'
import type { RemoteProduct } from '../model/release.ts'
import type { Marketplace, World } from '../ports.ts'
import { command, type Wanted } from './command.ts'
import { handOversOf } from './hand-overs.ts'
import { marketplaceOptions, withMarket } from './market.ts'

export const list = command({
  name: 'list',
  summary: 'list the products on the marketplace',
  about:
    '--html makes a report of all of them as one page that needs nothing else: what needs a hand, states, review times, and a table to sort and filter.',
  options: marketplaceOptions,
  formats: ['html'],
  examples: ['koo list', 'koo list --json', 'koo list --html catalogue.html'],
  run: async ({ options, outputs = [] }, world) =>
    withMarket(world, options, async (market) => {
      const { name, marketplace } = market
      const products = []
      for await (const product of marketplace.products()) products.push(product)
      const pages = outputs.filter(({ format }) => format === 'html')
      const catalogue = pages.length > 0 ? { catalogue: await catalogued(world, marketplace, products, pages) } : {}
      return { is: 'listed', marketplace: name, products, ...catalogue, ...(await handOversOf(world, market)) }
    }),
})

/** What the listing does not tell: a request for the newest releases of a hundred products each. */
async function catalogued(
  { clock, files }: Pick<World, 'clock' | 'files'>,
  marketplace: Marketplace,
  products: readonly RemoteProduct[],
  pages: readonly Wanted[],
): Promise<Catalogue> {
  const { catalogueEntries } = await import('../publish/catalogue.ts')
  const { name: account } = await marketplace.account()
  const newest = await marketplace.releasesById(products.map((each) => each.newest.id))
  const at = clock.now()
  return {
    account,
    at,
    entries: catalogueEntries(products, newest, at),
    files: pages.flatMap(({ file }) => (file === undefined ? [] : [files.shown(file)])),
  }
}
