/** `koo validate`: everything koo can find wrong before a reviewer does. */
import { usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import { reportFormatNames } from '../model/report-format.ts'
import type { World } from '../ports.ts'
import { command, type OptionValues } from './command.ts'
import type { CheckedManifest } from './manifests.ts'
import { wholeNumber } from './numbers.ts'
import type { Run } from './run.ts'

const options = {
  strict: { flag: '--strict', about: 'fail on warnings too' },
  maxWarnings: { flag: '--max-warnings <number>', about: 'fail on more warnings than that' },
  fix: { flag: '--fix', about: 'mend what needs no judgement: versions, typos, quotes, spaces' },
  dryRun: { flag: '--dry-run', about: 'with --fix: show the changes and write nothing' },
  watch: { flag: '--watch', about: 'check again whenever a manifest, or a file beside it, changes' },
  online: { flag: '--online', about: 'also look at the network: links, images, assets' },
  stdin: { flag: '--stdin', about: 'check the manifest on standard input' },
  stdinName: { flag: '--stdin-name <file>', about: 'the file standard input stands for (default: koo.yaml)' },
  config: { flag: '--config <file>', about: 'workspace file (default: the nearest koo.config.yaml above)' },
  noCache: { flag: '--no-cache', about: 'read everything again' },
  marketplace: {
    flag: '--marketplace <url>',
    about:
      'whose images and assets --online looks up (KOO_MARKETPLACE); without one, those of KOO_IMS_ENDPOINT and KOO_OPEN_API, and without these the local sandbox',
  },
} as const

type Options = OptionValues<typeof options>

export const validate = command({
  name: 'validate',
  summary: 'check manifests against the schemas and KooGallery’s release rules',
  about:
    'Reads files, folders (searched for koo.yaml, koo.yml, koo.json) and globs; the current folder by default. `# koo-disable-line CODE: reason` suppresses a finding on its line; `koo.config.yaml` sets levels and ignores files.',
  arguments: '[paths...]',
  options,
  formats: reportFormatNames,
  examples: [
    'koo validate',
    'koo validate examples --strict',
    'koo validate products --fix --dry-run',
    'koo validate "products/*/koo.yaml" --format json',
    'koo validate --format sarif --output results.sarif --format text',
    'koo validate --stdin --stdin-name products/crm/koo.yaml < draft.yaml',
  ],
  async run({ arguments: paths, options: given }, world) {
    refuseContradictions(paths, given)
    const allowed = wholeNumber('--max-warnings', given.maxWarnings, Number.POSITIVE_INFINITY, [0, 1_000_000])
    const mostWarnings = given.strict ? 0 : allowed
    const once = async (): Promise<Outcome> => ({
      ...(await validated(world, paths, given)),
      ...(Number.isFinite(mostWarnings) ? { mostWarnings } : {}),
    })
    if (!given.watch) return once()
    const { watched } = await import('./watch.ts')
    return watched(world, paths, once)
  },
})

function refuseContradictions(paths: readonly string[], given: Options): void {
  if (given.strict && given.maxWarnings !== undefined) {
    throw usage('contradiction', '--strict and --max-warnings contradict each other.', '--strict allows none.')
  }
  if (given.stdin ? paths.length > 0 : given.stdinName !== undefined) {
    throw usage('contradiction', '--stdin takes no paths, and --stdin-name is for --stdin.')
  }
  if (given.stdin && (given.fix || given.watch)) {
    throw usage(
      'contradiction',
      `--stdin and ${given.fix ? '--fix' : '--watch'} contradict each other.`,
      'Name a file.',
    )
  }
  if (given.marketplace !== undefined && !given.online) throw usage('contradiction', '--marketplace is for --online.')
  if (given.dryRun && !given.fix) throw usage('contradiction', '--dry-run is for --fix.')
}

type Validated = Extract<Outcome, { readonly is: 'validated' }>

async function validated(world: World, paths: readonly string[], given: Options): Promise<Validated> {
  const { files } = world
  const { openRulebook } = await import('./workspace.ts')
  const { startRun } = await import('./run.ts')
  const rulebook = await openRulebook(files, given.config)
  const run = startRun(files, rulebook)
  if (given.stdin) {
    const { checkText } = await import('./manifests.ts')
    const checked = await checkText(run, given.stdinName ?? 'koo.yaml', await world.input())
    return withLook(world, run, given, [checked])
  }
  const { findManifests } = await import('./find-manifests.ts')
  const found = await findManifests(files, paths, rulebook.isIgnored)
  const { fixManifests } = given.fix ? await import('./fix.ts') : {}
  const fixed = fixManifests ? { fixed: await fixManifests(run, found, { dryRun: given.dryRun === true }) } : {}
  if (given.online) {
    const { checkNext } = await import('./manifests.ts')
    const checked: CheckedManifest[] = []
    for (const path of found) checked.push(await checkNext(run, path))
    return { ...(await withLook(world, run, given, checked)), ...fixed }
  }
  const { examine } = await import('./examine.ts')
  return {
    is: 'validated',
    ...(await examine(world, run, found, { cache: !given.noCache })),
    ...fixed,
  }
}

/** What was found in manifests that are all at hand, and with --online on the network. */
async function withLook(
  world: World,
  { rulebook }: Run,
  { online, marketplace }: Options,
  checked: readonly CheckedManifest[],
): Promise<Validated> {
  const outcome: Validated = {
    is: 'validated',
    files: checked.map(({ file }) => file),
    diagnostics: checked.flatMap(({ diagnostics }) => diagnostics),
    suppressed: checked.reduce((sum, { suppressed }) => sum + suppressed, 0),
  }
  if (!online) return outcome
  const { lookedUp } = await import('./online.ts')
  const { diagnostics, suppressed, unreached } = await lookedUp(world, { marketplace }, checked)
  const seen = diagnostics.flatMap((each) => rulebook.adjusted(each.file, [each]))
  return {
    ...outcome,
    diagnostics: [...outcome.diagnostics, ...seen],
    suppressed: (outcome.suppressed ?? 0) + suppressed,
    unreached,
  }
}
