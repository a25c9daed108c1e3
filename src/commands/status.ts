/** `koo status`: how far products have come, and what reviewers complain of. */
import { usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Marketplace } from '../ports.ts'
import { command } from './command.ts'
import { handOversOf } from './hand-overs.ts'
import { marketplaceOptions, withMarket } from './market.ts'
import type { Named } from './named.ts'
import { duration } from './numbers.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

export const status = command({
  name: 'status',
  summary: 'show the releases of products and what reviewers complain of',
  about:
    'Takes manifests, folders or product keys. Complaints are shown in the manifest where there is one, and the exit code is 1 where the newest release of a product is rejected. --watch goes on until no review is open any more.',
  arguments: '[paths-or-keys...]',
  options: {
    ...marketplaceOptions,
    watch: { flag: '--watch', about: 'look again, ever less often, until every review has ended' },
    interval: { flag: '--interval <duration>', about: 'with --watch: the same pause between two looks (at least 1s)' },
    waitTimeout: { flag: '--wait-timeout <duration>', about: 'with --watch: how long to wait (default: no limit)' },
  },
  examples: [
    'koo status',
    'koo status examples/saas',
    'koo status harbor-crm --json',
    'koo status --watch --wait-timeout 3d',
  ],
  async run({ arguments: names, options }, world) {
    const stray = options.interval !== undefined ? '--interval' : '--wait-timeout'
    if (!options.watch && (options.interval ?? options.waitTimeout) !== undefined) {
      throw usage('contradiction', `${stray} is for --watch.`)
    }
    const interval = options.interval === undefined ? {} : { interval: duration('--interval', options.interval, 0) }
    if ((interval.interval ?? 1000) < 1000) throw usage('bad-flag', '--interval takes one second or more.')
    const limit = options.waitTimeout
    const timeout = limit === undefined ? {} : { timeout: duration('--wait-timeout', limit, 0) }
    const { productsNamed } = await import('./named.ts')
    const named = await productsNamed(world, names.length === 0 ? ['.'] : names)
    return withMarket(world, options, async (market) => {
      const { name, marketplace } = market
      const entered = named.map(({ key, value }) => ({ key, manifest: value }))
      const byHand = await handOversOf(world, market, entered)
      const look = async (keys?: ReadonlySet<string>): Promise<Status> => {
        const some = keys === undefined ? named : named.filter(({ key }) => keys.has(key))
        return { ...(await statusOf(marketplace, name, some)), at: world.clock.now(), ...byHand }
      }
      if (!options.watch) return look()
      const { followed } = await import('./follow.ts')
      return followed(world, look, (ids) => marketplace.releasesById(ids), { ...interval, ...timeout })
    })
  },
})

async function statusOf(marketplace: Marketplace, name: string, named: readonly Named[]): Promise<Omit<Status, 'at'>> {
  const { placeComplaints } = await import('../publish/apply.ts')
  const found = await marketplace.productsByKey(named.map(({ key }) => key))
  const products: Status['products'][number][] = []
  const missing: string[] = []
  const unpublished: string[] = []
  const diagnostics = []
  for (const { key, place, value } of named) {
    const product = found.get(key)
    if (product === undefined) {
      if (place === undefined) missing.push(key)
      else unpublished.push(key)
      continue
    }
    const releases = await marketplace.releases(product.id)
    products.push({ product, releases })
    const [newest] = releases
    if (place && newest?.state === 'rejected') {
      diagnostics.push(...placeComplaints({ place, manifest: value }, newest.complaints))
    }
  }
  return { is: 'status', marketplace: name, products, missing, unpublished, diagnostics }
}
