/** `koo plan`: what `koo publish` would do. */
import { command } from './command.ts'
import { marketplaceOptions, withMarket } from './market.ts'

/** Products read and looked up at once. */
export const defaultJobs = 4

export const plan = command({
  name: 'plan',
  summary: 'show what publishing would do; sends nothing',
  arguments: '[paths...]',
  options: {
    ...marketplaceOptions,
    resubmit: { flag: '--resubmit', about: 'hand a rejected release in again although nothing changed' },
  },
  examples: ['koo plan examples', 'koo plan --marketplace https://market.your-company.com --json'],
  async run({ arguments: paths, options }, world) {
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const { planProducts } = await import('../publish/plan.ts')
    const { recordsOf } = await import('./records.ts')
    return withMarket(world, options, async (market) => {
      const { files, stop } = world
      const { memory } = await recordsOf(world, market)
      const tools = { files, marketplace: market.marketplace, memory, jobs: defaultJobs, stop }
      const settings = { resubmit: options.resubmit ?? false, overwrite: false, allowRemovals: false }
      const products = await planProducts(tools, read.products, settings)
      return { is: 'planned', plan: { marketplace: market.name, products } }
    })
  },
})
