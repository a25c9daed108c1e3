/** `koo publish`: manifests in, products on sale out. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import type { World } from '../ports.ts'
import { command } from './command.ts'
import { type Market, marketplaceOptions, withMarket } from './market.ts'
import { duration, wholeNumber } from './numbers.ts'
import { defaultJobs, planFlags, planToolsOf, wantedBy } from './planning.ts'

const options = {
  ...marketplaceOptions,
  yes: { flag: '--yes', about: 'do not ask for confirmation' },
  jobs: { flag: '--jobs <number>', about: `products published at once (default: ${defaultJobs})` },
  dryRun: { flag: '--dry-run', about: 'the same as `koo plan`' },
  sign: { flag: '--sign', about: 'sign bundles, as `koo pack` does; the signature is published with them' },
  scan: { flag: '--scan <mode>', about: 'as `koo pack`: auto, require or off (default: auto)' },
  ...planFlags,
  noWait: { flag: '--no-wait', about: 'do not wait for the review' },
  waitTimeout: { flag: '--wait-timeout <duration>', about: 'how long to wait for the review (default: 10m)' },
} as const

const defaultWait = 600_000

export const publish = command({
  name: 'publish',
  summary: 'publish products and follow their review until they are on sale',
  about:
    'Checks every manifest first, looks up images and compares with the marketplace; nothing is sent while any of that says no. Publishing is idempotent: run it again and only what is missing happens. Instead of paths it takes a plan saved by `koo plan --out`.',
  arguments: '[paths...]',
  options,
  examples: [
    'koo publish examples',
    'koo publish products --marketplace https://market.your-company.com --yes --jobs 8',
    'koo publish plan.json',
    'koo publish --no-wait --json',
  ],
  async run({ arguments: named, options: given }, world): Promise<Outcome> {
    const jobs = wholeNumber('--jobs', given.jobs, defaultJobs, [1, 64])
    const wait = given.noWait ? undefined : duration('--wait-timeout', given.waitTimeout, defaultWait)
    if (given.noWait && given.waitTimeout !== undefined) {
      throw usage('contradiction', '--no-wait and --wait-timeout contradict each other.')
    }
    const { paths, options, saved } = await wantedBy(world.files, named, given)
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    world.processors()
    const { packingFor } = await import('./packing.ts')
    const { signerFor } = await import('./signer.ts')
    const packing = packingFor(world, given.scan, await signerFor(world, given.sign))
    tellWarnings(world, read.diagnostics)
    const { publishMany } = await import('../publish/many.ts')
    const { planProducts } = await import('../publish/plan.ts')
    const { heldTo, refuseElsewhere } = await import('../publish/saved-plan.ts')
    return withMarket(world, given, async (market) => {
      const { marketplace, images, name } = market
      if (!market.local) refusePlaceholders(read.diagnostics, name)
      if (saved) refuseElsewhere(saved, { marketplace: name, account: (await marketplace.account()).id })
      const { files, clock, stop, emit } = world
      const planTools = planToolsOf(world, market, jobs)
      if (given.dryRun) {
        const fresh = await planProducts(planTools, read.products, options)
        return { is: 'planned', plan: { marketplace: name, products: saved ? heldTo(saved, fresh) : fresh } }
      }
      const scratch = files.join((await world.folders()).data, 'bundles', world.randomness.hex(6))
      const confirm = (plans: readonly ProductPlan[]) => confirmed(market, plans, world, given.yes ?? false)
      const { memory } = planTools
      const tools = { files, marketplace, memory, images, name, clock, stop, emit, scratch, wait, confirm, ...packing }
      return publishMany(tools, read.products, { ...options, jobs, saved })
    })
  },
})

/** Warnings hinder nothing, but nobody should find out about them from a reviewer. */
function tellWarnings(world: World, diagnostics: readonly FramedDiagnostic[]): void {
  if (diagnostics.length === 0) return
  const what = diagnostics.length === 1 ? '1 warning' : `${diagnostics.length} warnings`
  world.emit({ is: 'notice', text: `${what} in these manifests; \`koo validate\` shows them.` })
}

/** What `koo init` wrote to be replaced must not reach buyers; in a sandbox it does no harm. */
function refusePlaceholders(diagnostics: readonly FramedDiagnostic[], name: string): void {
  const found = diagnostics.filter(({ code }) => code === 'placeholder')
  const [first] = found
  if (first === undefined) return
  throw new Failure({
    code: 'placeholders',
    exit: 'findings',
    message: `${first.file}:${first.line} still holds a placeholder (${found.length} in all); nothing was sent to ${name}.`,
    hint: '`koo validate` shows them all.',
  })
}

async function confirmed(market: Market, plans: readonly ProductPlan[], world: World, yes: boolean): Promise<boolean> {
  const count = plans.filter(sends).length
  if (yes || market.embedded || count === 0) return true
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
