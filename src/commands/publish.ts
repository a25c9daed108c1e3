/** `koo publish`: manifests in, products on sale out. */
import { usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { command } from './command.ts'
import { type Market, marketplaceOptions, withMarket } from './market.ts'
import { duration, wholeNumber } from './numbers.ts'

const options = {
  ...marketplaceOptions,
  yes: { flag: '--yes', about: 'do not ask for confirmation' },
  jobs: { flag: '--jobs <number>', about: 'products published at once (default: 4)' },
  dryRun: { flag: '--dry-run', about: 'the same as `koo plan`' },
  resubmit: { flag: '--resubmit', about: 'hand a rejected release in again although nothing changed' },
  noWait: { flag: '--no-wait', about: 'do not wait for the review' },
  waitTimeout: { flag: '--wait-timeout <duration>', about: 'how long to wait for the review (default: 10m)' },
} as const

const defaultWait = 600_000

export const publish = command({
  name: 'publish',
  summary: 'publish products and follow their review until they are on sale',
  about:
    'Checks every manifest first, looks up images and compares with the marketplace; nothing is sent while any of that says no. Publishing is idempotent: run it again and only what is missing happens.',
  arguments: '[paths...]',
  options,
  examples: [
    'koo publish examples',
    'koo publish products --marketplace https://market.your-company.com --yes --jobs 8',
    'koo publish --no-wait --json',
  ],
  async run({ arguments: paths, options: given }, world): Promise<Outcome> {
    const jobs = wholeNumber('--jobs', given.jobs, 4, [1, 64])
    const wait = given.noWait ? 0 : duration('--wait-timeout', given.waitTimeout, defaultWait)
    if (given.noWait && given.waitTimeout !== undefined) {
      throw usage('contradiction', '--no-wait and --wait-timeout contradict each other.')
    }
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    return withMarket(world, given, async (market) => {
      const settings = { jobs, wait, yes: given.yes ?? false, resubmit: given.resubmit ?? false }
      return publishTo(market, read.products, world, { ...settings, dryRun: given.dryRun ?? false })
    })
  },
})

interface Settings {
  readonly jobs: number
  readonly wait: number
  readonly yes: boolean
  readonly resubmit: boolean
  readonly dryRun: boolean
}

async function publishTo(
  market: Market,
  products: readonly Product[],
  world: World,
  settings: Settings,
): Promise<Outcome> {
  const { marketplace, images, name } = market
  // The cheapest call first: wrong credentials are told before anything is read or hashed.
  await marketplace.account()
  const { plan } = await import('../publish/plan.ts')
  const { default: limiter } = await import('p-limit')
  const limit = limiter(settings.jobs)
  const planned = await Promise.all(
    products.map((product) =>
      limit(async () => ({ product, plan: await plan(world.files, marketplace, product, settings) })),
    ),
  )
  const plans = planned.map((each) => each.plan)
  if (settings.dryRun) return { is: 'planned', plan: { marketplace: name, products: plans } }

  const { unusableImages } = await import('../publish/images.ts')
  const toSend = planned.filter((each) => sends(each.plan))
  const unusable = await Promise.all(toSend.map(({ product }) => limit(() => unusableImages(images, product))))
  if (unusable.flat().length > 0) return { is: 'validated', files: products.length, diagnostics: unusable.flat() }

  const refused = plans.some(({ decision }) => decision.do === 'refuse')
  if (!refused && !(await confirmed(market, plans, world, settings))) return { is: 'declined' }

  const { apply } = await import('../publish/apply.ts')
  const { files, clock, stop } = world
  const scratch = files.join(world.folders.data, 'bundles', world.randomness.hex(6))
  const tools = { files, marketplace, clock, stop, scratch, wait: settings.wait, emit: world.emit }
  try {
    const applied = await Promise.all(
      planned.map(({ product, plan: each }) =>
        // Everything that can refuse comes first: with a conflict anywhere, nothing is sent for the others either.
        limit(async () => (refused && each.decision.do !== 'refuse' ? held(each) : apply(tools, product, each))),
      ),
    )
    const diagnostics = applied.flatMap((each) => each.diagnostics)
    return { is: 'published', marketplace: name, rows: applied.map((each) => each.row), diagnostics }
  } finally {
    await files.remove(scratch)
  }
}

/** The row of a product that is in order but was not sent, because another one of the run was refused. */
function held(plan: ProductPlan) {
  const { key, version, method } = plan.material
  const base = { key, version, method, file: plan.file }
  if (plan.decision.do === 'nothing') {
    return { row: { ...base, outcome: 'unchanged' as const, releaseId: plan.decision.releaseId }, diagnostics: [] }
  }
  const message = 'Not sent, because another product of this run was refused.'
  return { row: { ...base, outcome: 'refused' as const, message }, diagnostics: [] }
}

async function confirmed(
  market: Market,
  plans: readonly ProductPlan[],
  world: World,
  settings: Settings,
): Promise<boolean> {
  const count = plans.filter(sends).length
  if (settings.yes || market.embedded || count === 0) return true
  if (world.terminal.asks) {
    world.emit({ is: 'planned', plan: { marketplace: market.name, products: plans } })
    const what = count === 1 ? '1 product' : `${count} products`
    return (await world.prompter()).confirm({ message: `Publish ${what} to ${market.name}?` })
  }
  // An address on this machine is a sandbox; only what can reach buyers needs a word.
  if (market.local) return true
  throw usage(
    'missing-flag',
    `Publishing to ${market.name} needs a confirmation, and there is no terminal.`,
    'Add --yes.',
  )
}
