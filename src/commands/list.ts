/** `koo list`: the products the marketplace has. */
import { command } from './command.ts'
import { marketplaceOptions, withMarket } from './market.ts'

export const list = command({
  name: 'list',
  summary: 'list the products on the marketplace',
  options: marketplaceOptions,
  examples: ['koo list', 'koo list --json'],
  run: async ({ options }, world) =>
    withMarket(world, options, async ({ name, marketplace }) => {
      const products = []
      for await (const product of marketplace.products()) products.push(product)
      return { is: 'listed', marketplace: name, products }
    }),
})
