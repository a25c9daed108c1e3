/** `koo publish`: manifests in, products on sale out. */

import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { Outcome, PublishedRow } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import { shellWord } from '../model/shell-word.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import type { SavedPlan } from '../publish/saved-plan.ts'
import { withBucket } from './bucket.ts'
import { command } from './command.ts'
import { type Market, refuseByHand, withMarket } from './market.ts'
import { planToolsOf, type Wanted, wantedBy } from './planning.ts'
import { type PublishFlags, publishOptions, type Settings, settingsOf } from './publish-flags.ts'
import type { Publishable } from './publishable.ts'
import type { Records } from './records.ts'

export const publish = command({
  name: 'publish',
  summary: 'publish products and follow their review until they are on sale',
  about:
    'Takes manifests, folders, globs, and - for a list of them on standard input. Checks every manifest first, looks up images and compares with the marketplace; nothing is sent while any of that says no, unless with --keep-going. Publishing is idempotent: run it again and only what is missing happens. Instead of paths it takes a plan saved by `koo plan --out`.',
  arguments: '[paths...]',
  options: publishOptions,
  formats: ['csv', 'junit'],
  examples: [
    'koo publish examples',
    'koo publish products --marketplace https://market.your-company.com --yes --jobs 8',
    "git diff --name-only --diff-filter=d main -- '*koo.yaml' | koo publish - --keep-going",
    'koo publish products --shard 2/5 --max-duration 30m --format junit --output publish.xml',
    'koo publish plan.json',
    'koo publish --no-wait --json',
  ],
  async run({ arguments: given, options: flags }, world): Promise<Outcome> {
    await refuseByHand(world, flags, 'publish')
    const settings = settingsOf(flags, world)
    const { pathsOf } = await import('./publishable.ts')
    const paths = await pathsOf(world, given)
    // Without any path it would be all below this folder.
    if (paths.length === 0 && given.length > 0) return nothingListed(flags)
    const wanted = await wantedBy(world.files, paths, flags)
    refuseContradiction(flags, wanted)
    const { refuseUnwritable, writeAttention } = await import('./attention.ts')
    await refuseUnwritable(world.files, flags.needsAttention)
    const { eventLog } = await import('./event-log.ts')
    const { emit, close } = await eventLog(world, flags.events)
    try {
      const outcome = await published({ ...world, emit }, flags, settings, wanted)
      await writeAttention(world, settings.attention, outcome)
      return outcome.is === 'published'
        ? { ...outcome, ...comeBack(flags, placesOf(wanted, given), outcome.rows) }
        : outcome
    } finally {
      await close()
    }
  },
})

/** An empty list is what a script has when nothing changed. */
function nothingListed({ marketplace = 'sandbox' }: PublishFlags): Outcome {
  return { is: 'published', marketplace, rows: [], diagnostics: [] }
}

function refuseContradiction(flags: PublishFlags, { saved }: Wanted): void {
  if (!flags.acceptRemote) return
  const other = saved ? 'a saved plan' : flags.overwrite ? '--overwrite' : flags.dryRun ? '--dry-run' : undefined
  if (other === undefined) return
  const hint = flags.dryRun ? '`koo pull --dry-run` shows what it would write.' : undefined
  throw usage('contradiction', `--accept-remote and ${other} contradict each other.`, hint)
}

async function published(world: World, flags: PublishFlags, settings: Settings, wanted: Wanted): Promise<Outcome> {
  const { publishable } = await import('./publishable.ts')
  const readAgain = () => publishable(world, wanted.paths, settings)
  const read = await readAgain()
  if (isHeld(read, settings)) return unsound(read)
  world.processors()
  const { packingFor } = await import('./packing.ts')
  const { signerFor } = await import('./signer.ts')
  const packing = packingFor(world, flags.scan, await signerFor(world, flags.sign))
  tellWarnings(world, read.warnings)
  const choice = { marketplace: flags.marketplace, data: flags.data, whenStopped: 'finish' } as const
  return withMarket(world, choice, async (market) => {
    const { marketplace, images, name } = market
    if (wanted.saved) await refuseOtherPlace(wanted.saved, market)
    const { recordsOf } = await import('./records.ts')
    const records = await recordsOf(world, market)
    const merged = flags.acceptRemote && (await accepted(world, market, { records, read, settings, wanted }))
    const now = merged ? await readAgain() : read
    if (isHeld(now, settings)) return unsound(now)
    const { products, invalid } = market.local ? now : withoutPlaceholders(now, settings, name)
    if (flags.dryRun) return planned(world, market, { ...wanted, products, jobs: settings.jobs })
    const { files, clock, randomness, stop, emit } = world
    const bundles = files.join((await world.folders()).cache, 'bundles')
    const confirm = (plans: readonly ProductPlan[]) => confirmed(market, plans, world, flags.yes ?? false)
    const { publishMany } = await import('../publish/many.ts')
    const tools = { files, marketplace, images, name, clock, randomness, stop, emit, bundles, confirm }
    const hasPackage = products.some(({ manifest }) => manifest.delivery.package !== undefined)
    return withBucket(world, flags, hasPackage, (bucket) =>
      publishMany({ ...tools, ...packing, ...records, ...(bucket ? { bucket } : {}) }, products, invalid, {
        ...settings,
        ...wanted.options,
        ...(wanted.saved ? { saved: wanted.saved } : {}),
      }),
    )
  })
}

function isHeld({ invalid }: Publishable, { keepGoing }: Settings): boolean {
  return invalid.rows.length > 0 && !keepGoing
}

function unsound({ files, warnings, invalid }: Publishable): Outcome {
  return { is: 'validated', files, diagnostics: [...warnings, ...invalid.diagnostics] }
}

async function refuseOtherPlace(saved: SavedPlan, { name, marketplace }: Market): Promise<void> {
  const { refuseElsewhere } = await import('../publish/saved-plan.ts')
  refuseElsewhere(saved, { marketplace: name, account: (await marketplace.account()).id })
}

/** Whether anything was taken over from the marketplace, so that the manifests have to be read again. */
async function accepted(
  world: World,
  { marketplace }: Market,
  run: { readonly records: Records; readonly read: Publishable; readonly settings: Settings; readonly wanted: Wanted },
): Promise<boolean> {
  const { records, read, settings, wanted } = run
  const { planProducts } = await import('../publish/plan.ts')
  const { acceptRemote } = await import('./accept-remote.ts')
  const { files, clock, stop } = world
  const tools = { files, marketplace, memory: records.memory, clock, jobs: settings.jobs, stop }
  const plans = await planProducts(tools, read.products, wanted.options)
  return (await acceptRemote(world, tools, plans)).length > 0
}

/** As `koo plan` says it. */
async function planned(
  world: World,
  market: Market,
  run: Wanted & { readonly products: readonly Product[]; readonly jobs: number },
): Promise<Outcome> {
  const { planProducts } = await import('../publish/plan.ts')
  const { heldTo } = await import('../publish/saved-plan.ts')
  const fresh = await planProducts(await planToolsOf(world, market, run.jobs), run.products, run.options)
  return { is: 'planned', plan: { marketplace: market.name, products: run.saved ? heldTo(run.saved, fresh) : fresh } }
}

/** More keys than this make a line nobody would type. */
const mostNamed = 3

/** Where the manifests of a run are found again; those of a saved plan in the folder that holds all of them. */
function placesOf({ saved, paths }: Wanted, given: readonly string[]): readonly string[] {
  if (saved === undefined) return given.filter((path) => path !== '-')
  const [first = [], ...others] = paths.map((path) => path.split('/').slice(0, -1))
  const length = first.findIndex((name, index) => others.some((other) => other[index] !== name))
  const folder = (length === -1 ? first : first.slice(0, length)).join('/')
  return folder === '' ? [] : [folder]
}

/** The command that goes on waiting. */
function comeBack(
  flags: PublishFlags,
  places: readonly string[],
  rows: readonly PublishedRow[],
): { readonly comeBack?: string } {
  const waiting = rows.filter(({ outcome }) => outcome === 'accepted' || outcome === 'in-review')
  if (waiting.length === 0) return {}
  const keys = waiting.flatMap(({ key }) => key ?? [])
  const named = keys.length <= mostNamed ? keys : places
  const market = flags.marketplace === undefined ? [] : ['--marketplace', flags.marketplace]
  const data = flags.data === undefined ? [] : ['--data', flags.data]
  return { comeBack: ['koo status', ...[...named, ...market, ...data].map(shellWord), '--watch'].join(' ') }
}

/** Warnings hinder nothing, but nobody should find out about them from a reviewer. */
function tellWarnings(world: World, diagnostics: readonly FramedDiagnostic[]): void {
  if (diagnostics.length === 0) return
  const what = diagnostics.length === 1 ? '1 warning' : `${diagnostics.length} warnings`
  world.emit({ is: 'notice', text: `${what} in these manifests; \`koo validate\` shows them.` })
}

/** What `koo init` wrote to be replaced must not reach buyers; in a sandbox it does no harm. */
function withoutPlaceholders(read: Publishable, { keepGoing }: Settings, name: string) {
  const found = read.warnings.filter(({ code }) => code === 'placeholder')
  const [first] = found
  if (first === undefined) return read
  if (!keepGoing) {
    throw new Failure({
      code: 'placeholders',
      exit: 'findings',
      message: `${first.file}:${first.line} still holds a placeholder (${found.length} in all); nothing was sent to ${name}.`,
      hint: '`koo validate` shows them all.',
    })
  }
  const files = new Set(found.map(({ file }) => file))
  const held = read.products.filter(({ file }) => files.has(file))
  const rows = held.map(({ file, manifest }): PublishedRow => {
    const { key, version } = manifest.product
    const message = 'It still holds placeholders.'
    return { key, version, method: manifest.delivery.method, file, outcome: 'invalid', message }
  })
  return {
    products: read.products.filter(({ file }) => !files.has(file)),
    invalid: {
      rows: [...read.invalid.rows, ...rows],
      diagnostics: [...read.invalid.diagnostics, ...found],
    },
  }
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
