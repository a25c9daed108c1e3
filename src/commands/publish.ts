/** `koo publish`: manifests in, products on sale out. */
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import { Failure, usage } from '../model/failure.ts'
import type { Outcome, PublishedRow } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import type { World } from '../ports.ts'
import type { Wait, WaitFor } from '../publish/reviews.ts'
import type { Shard } from '../publish/shard.ts'
import { bucketOptions, withBucket } from './bucket.ts'
import { type Call, command } from './command.ts'
import { type Market, marketplaceOptions, withMarket } from './market.ts'
import { duration, wholeNumber } from './numbers.ts'
import { defaultJobs } from './plan.ts'
import type { Publishable } from './publishable.ts'

const options = {
  ...marketplaceOptions,
  yes: { flag: '--yes', about: 'do not ask for confirmation' },
  dryRun: { flag: '--dry-run', about: 'the same as `koo plan`' },
  jobs: { flag: '--jobs <number>', about: `products sent at once, 1 to 64 (default: ${defaultJobs})` },
  keepGoing: { flag: '--keep-going', about: 'send the products that can be sent, although others cannot' },
  needsAttention: {
    flag: '--needs-attention <file>',
    about:
      'write what needs a person to this file: JSON, or CSV or Markdown by its ending (default with --keep-going: koo-needs-attention.json); removed when nothing does',
  },
  shard: { flag: '--shard <i/n>', about: 'publish the i-th of n parts of the products, the same on any machine' },
  maxDuration: {
    flag: '--max-duration <duration>',
    about: 'begin no product after that time, such as 30m; exit code 6 where some are left',
  },
  wait: { flag: '--wait <for>', about: 'wait until a release is accepted, reviewed or on-sale (default: on-sale)' },
  noWait: { flag: '--no-wait', about: 'the same as --wait accepted' },
  waitTimeout: { flag: '--wait-timeout <duration>', about: 'how long to wait for a review (default: 10m)' },
  resubmit: { flag: '--resubmit', about: 'hand a rejected release in again although nothing changed' },
  overwrite: { flag: '--overwrite', about: 'undo what was changed on the marketplace meanwhile' },
  allowRemovals: {
    flag: '--allow-removals',
    about: 'remove specifications from sale that the manifest no longer has, which is final',
  },
  sign: { flag: '--sign', about: 'sign bundles, as `koo pack` does; the signature is published with them' },
  scan: { flag: '--scan <mode>', about: 'as `koo pack`: auto, require or off (default: auto)' },
  ...bucketOptions,
  events: {
    flag: '--events <file>',
    about:
      'append what happens to each product to a file as it happens, a line of JSON each: time, event (planned, packing, uploading, sent, accepted, in-review, approved, on-sale, unchanged, rejected, invalid, refused, failed, not-sent, done) and key',
  },
} as const

type Given = Call<typeof options>['options']

const defaultWait = 600_000
const defaultAttention = 'koo-needs-attention.json'

export const publish = command({
  name: 'publish',
  summary: 'publish products and follow their review until they are on sale',
  about:
    'Takes manifests, folders, globs, and - for a list of them on standard input. Checks every manifest first, looks up images and compares with the marketplace; nothing is sent while any of that says no, unless with --keep-going. Publishing is idempotent: run it again and only what is missing happens.',
  arguments: '[paths...]',
  options,
  formats: ['csv', 'junit'],
  examples: [
    'koo publish examples',
    'koo publish products --marketplace https://market.your-company.com --yes --jobs 8',
    "git diff --name-only main -- '*koo.yaml' | koo publish - --keep-going",
    'koo publish products --shard 2/5 --max-duration 30m --format junit --output publish.xml',
    'koo publish --no-wait --json',
  ],
  async run({ arguments: given, options: flags }, world): Promise<Outcome> {
    const settings = settingsOf(flags, world)
    const { pathsOf, publishable } = await import('./publishable.ts')
    const paths = await pathsOf(world, given)
    const read = await publishable(world, paths, settings)
    const { eventLog } = await import('./event-log.ts')
    const { emit, close } = await eventLog(world, flags.events)
    try {
      const outcome = await published({ ...world, emit }, flags, settings, read)
      await writeAttention(world, settings.attention, outcome)
      return outcome.is === 'published' ? { ...outcome, ...comeBack(flags, given, outcome.rows) } : outcome
    } finally {
      await close()
    }
  },
})

interface Settings {
  readonly jobs: number
  readonly wait: Wait
  readonly keepGoing: boolean
  readonly shard: Shard | undefined
  readonly beginUntil: number
  /** The file of the report of what needs a person. */
  readonly attention: string | undefined
}

function settingsOf(flags: Given, { clock }: World): Settings {
  const keepGoing = flags.keepGoing ?? false
  const longest = duration('--max-duration', flags.maxDuration, Number.POSITIVE_INFINITY)
  return {
    jobs: wholeNumber('--jobs', flags.jobs, defaultJobs, [1, 64]),
    wait: waitOf(flags),
    keepGoing,
    shard: shardOf(flags.shard),
    beginUntil: clock.now() + longest,
    attention: flags.needsAttention ?? (keepGoing ? defaultAttention : undefined),
  }
}

function waitOf({ wait, noWait, waitTimeout }: Given): Wait {
  const atMost = duration('--wait-timeout', waitTimeout, defaultWait)
  const until = noWait ? 'accepted' : (wait ?? 'on-sale')
  if (!isWait(until)) throw usage('bad-flag', `--wait takes accepted, reviewed or on-sale, not \`${until}\`.`)
  if (until === 'accepted' && waitTimeout !== undefined) {
    const named = noWait ? '--no-wait' : '--wait accepted'
    throw usage('contradiction', `${named} and --wait-timeout contradict each other.`)
  }
  return { until, atMost }
}

const waits: Readonly<Record<WaitFor, true>> = { accepted: true, reviewed: true, 'on-sale': true }

function isWait(text: string): text is WaitFor {
  return Object.hasOwn(waits, text)
}

function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined
  const [number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).slice(1).map(Number)
  if (number >= 1 && number <= of) return { number, of }
  throw usage('bad-flag', `--shard takes a part such as 2/5, not \`${text}\`.`)
}

async function published(world: World, flags: Given, settings: Settings, read: Publishable): Promise<Outcome> {
  const { warnings } = read
  if (read.invalid.rows.length > 0 && !settings.keepGoing) {
    return { is: 'validated', files: read.files, diagnostics: [...warnings, ...read.invalid.diagnostics] }
  }
  world.processors()
  const [{ packingFor }, { signerFor }, { recordsOf }] = await Promise.all([
    import('./packing.ts'),
    import('./signer.ts'),
    import('./records.ts'),
  ])
  const packing = packingFor(world, flags.scan, await signerFor(world, flags.sign))
  tellWarnings(world, warnings)
  const plans = {
    resubmit: flags.resubmit ?? false,
    overwrite: flags.overwrite ?? false,
    allowRemovals: flags.allowRemovals ?? false,
  }
  const choice = { marketplace: flags.marketplace, data: flags.data, whenStopped: 'finish' } as const
  return withMarket(world, choice, async (market) => {
    const { marketplace, images, name } = market
    const { products, invalid } = market.local ? read : withoutPlaceholders(read, settings, name)
    const { files, clock, randomness, stop, emit } = world
    const records = await recordsOf(world, market)
    if (flags.dryRun) {
      const { planProducts } = await import('../publish/plan.ts')
      const tools = { files, marketplace, memory: records.memory, jobs: settings.jobs, stop }
      return { is: 'planned', plan: { marketplace: name, products: await planProducts(tools, products, plans) } }
    }
    const bundles = files.join((await world.folders()).cache, 'bundles')
    const confirm = (planned: readonly ProductPlan[]) => confirmed(market, planned, world, flags.yes ?? false)
    const { publishMany } = await import('../publish/many.ts')
    const tools = { files, marketplace, images, name, clock, randomness, stop, emit, bundles, confirm }
    const hasPackage = products.some(({ manifest }) => manifest.delivery.package !== undefined)
    return withBucket(world, flags, hasPackage, (bucket) =>
      publishMany({ ...tools, ...packing, ...records, ...(bucket ? { bucket } : {}) }, products, invalid, {
        ...settings,
        ...plans,
      }),
    )
  })
}

/** Written where somebody is needed, and taken away where nobody is any more. */
async function writeAttention({ files }: World, file: string | undefined, outcome: Outcome): Promise<void> {
  if (file === undefined) return
  const rows = rowsOf(outcome)
  if (rows === undefined) return
  const { attentionText } = await import('../publish/needs-attention.ts')
  const text = attentionText(file, rows, 'diagnostics' in outcome ? outcome.diagnostics : [])
  if (text === undefined) await files.remove(file)
  else await files.write(file, text)
}

/** What became of each product; of manifests that were only checked, those with errors. */
function rowsOf(outcome: Outcome): readonly PublishedRow[] | undefined {
  if (outcome.is === 'published') return outcome.rows
  if (outcome.is !== 'validated') return undefined
  const wrong = new Set(outcome.diagnostics.filter((each) => hasErrors([each])).map(({ file }) => file))
  return [...wrong].map((file) => ({ file, outcome: 'invalid' }))
}

/** More keys than this make a line nobody would type. */
const mostNamed = 3

/** The command that goes on waiting. */
function comeBack(
  flags: Given,
  given: readonly string[],
  rows: readonly PublishedRow[],
): { readonly comeBack?: string } {
  const waiting = rows.filter(({ outcome }) => outcome === 'accepted' || outcome === 'in-review')
  if (waiting.length === 0) return {}
  const keys = waiting.flatMap(({ key }) => key ?? [])
  const named = keys.length <= mostNamed ? keys : given.filter((path) => path !== '-')
  const market = flags.marketplace === undefined ? [] : ['--marketplace', flags.marketplace]
  const data = flags.data === undefined ? [] : ['--data', flags.data]
  return { comeBack: ['koo status', ...[...named, ...market, ...data].map(quoted), '--watch'].join(' ') }
}

function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
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
