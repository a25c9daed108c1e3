/** The flags of `koo publish`, and what they say of a run. */
import { usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import type { Wait, WaitFor } from '../publish/reviews.ts'
import type { Shard } from '../publish/shard.ts'
import { bucketOptions } from './bucket.ts'
import type { OptionValues } from './command.ts'
import { marketplaceOptions } from './market.ts'
import { duration, wholeNumber } from './numbers.ts'
import { defaultJobs, planFlags } from './planning.ts'

export const publishOptions = {
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
  ...planFlags,
  acceptRemote: {
    flag: '--accept-remote',
    about: 'first write what was changed on the marketplace into the manifests here, comments kept',
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

export type PublishFlags = OptionValues<typeof publishOptions>

const defaultWait = 600_000
const defaultAttention = 'koo-needs-attention.json'

export interface Settings {
  readonly jobs: number
  readonly wait: Wait
  readonly keepGoing: boolean
  readonly shard: Shard | undefined
  readonly beginUntil: number
  /** The file of the report of what needs a person. */
  readonly attention: string | undefined
}

export function settingsOf(flags: PublishFlags, { clock }: World): Settings {
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

function waitOf({ wait, noWait, waitTimeout }: PublishFlags): Wait {
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
