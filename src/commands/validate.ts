/** `koo validate`: everything koo can find wrong before a reviewer does. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'
import { wholeNumber } from './numbers.ts'

export const validate = command({
  name: 'validate',
  summary: 'check manifests against the schemas and KooGallery’s release rules',
  about: 'Reads files, folders (searched for koo.yaml, koo.yml, koo.json) and globs; the current folder by default.',
  arguments: '[paths...]',
  options: {
    strict: { flag: '--strict', about: 'fail on warnings too' },
    maxWarnings: { flag: '--max-warnings <number>', about: 'fail on more warnings than that' },
    stdin: { flag: '--stdin', about: 'check the manifest on standard input' },
    stdinName: { flag: '--stdin-name <file>', about: 'the file standard input stands for (default: koo.yaml)' },
    online: { flag: '--online', about: 'also look at the network: links, images, assets' },
    marketplace: {
      flag: '--marketplace <url>',
      about:
        'whose images and assets --online looks up (KOO_MARKETPLACE); without one, those of KOO_IMS_ENDPOINT and KOO_OPEN_API, and without these the local sandbox',
    },
  },
  examples: [
    'koo validate',
    'koo validate examples --strict',
    'koo validate "products/*/koo.yaml" --format json',
    'koo validate products --online',
    'koo validate --stdin --stdin-name products/crm/koo.yaml < draft.yaml',
  ],
  async run({ arguments: paths, options }, world) {
    const { strict, maxWarnings, stdin, stdinName, online, marketplace } = options
    if (strict && maxWarnings !== undefined) {
      throw usage('contradiction', '--strict and --max-warnings contradict each other.', '--strict allows none.')
    }
    if (stdin ? paths.length > 0 : stdinName !== undefined) {
      throw usage('contradiction', '--stdin takes no paths, and --stdin-name is for --stdin.')
    }
    if (marketplace !== undefined && !online) throw usage('contradiction', '--marketplace is for --online.')
    const allowed = wholeNumber('--max-warnings', maxWarnings, Number.POSITIVE_INFINITY, [0, 1_000_000])
    const { checkManifests, checkText } = await import('./manifests.ts')
    const checked = stdin
      ? [await checkText(world.files, stdinName ?? 'koo.yaml', await world.input())]
      : await checkManifests(world.files, paths)
    const looked = online ? await (await import('./online.ts')).lookedUp(world, { marketplace }, checked) : undefined
    const diagnostics = [...checked.flatMap((each) => each.diagnostics), ...(looked?.diagnostics ?? [])]
    const mostWarnings = strict ? 0 : allowed
    return {
      is: 'validated',
      files: checked.map(({ file }) => file),
      diagnostics,
      ...(looked === undefined ? {} : { unreached: looked.unreached }),
      ...(Number.isFinite(mostWarnings) ? { mostWarnings } : {}),
    }
  },
})
