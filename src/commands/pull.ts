/** `koo pull`: live products back to manifests and files. */
import { Failure, usage } from '../model/failure.ts'
import type { Outcome, PulledRow } from '../model/outcome.ts'
import { productFields } from '../model/product-fields.ts'
import type { RemoteProduct } from '../model/release.ts'
import type { Files, World } from '../ports.ts'
import { bucketReader } from './bucket.ts'
import { command, type OptionValues } from './command.ts'
import type { ManifestHere } from './here.ts'
import { type Market, marketplaceOptions, withMarket } from './market.ts'
import type { Pulling, PullTools } from './pulled.ts'

const options = {
  ...marketplaceOptions,
  out: {
    flag: '--out <folder>',
    about:
      'where products named by key are looked for, and go in a folder of their key where they are not (default: .)',
  },
  all: { flag: '--all', about: 'every product of the marketplace' },
  version: { flag: '--version <version>', about: 'this version instead of the one on sale; of one product' },
  overwrite: { flag: '--overwrite', about: 'where something was changed here too, the marketplace wins' },
  dryRun: { flag: '--dry-run', about: 'show the changes and write nothing' },
} as const

type Options = OptionValues<typeof options>

export const pull = command({
  name: 'pull',
  summary: 'bring manifests and files to what the marketplace has',
  about:
    'Takes the release on sale, else the newest; of a product that was last published from here, the newest. A manifest that is here keeps its comments, order and quoting, and what was changed here alone; a product that is not here gets a folder with koo.yaml and its files. Where the same was changed here and on the marketplace, nothing of that product is written (exit 4). Without names: the manifests below this folder.',
  arguments: '[keys-or-paths...]',
  options,
  examples: [
    'koo pull',
    'koo pull products/crm --dry-run',
    'koo pull harbor-crm --out products',
    'koo pull --all --out products --marketplace https://market.your-company.com',
  ],
  async run({ arguments: names, options: given }, world): Promise<Outcome> {
    if (given.all && names.length > 0) throw usage('contradiction', '--all and names contradict each other.')
    if (given.version !== undefined && (given.all || names.length !== 1)) {
      throw usage('contradiction', '--version is for one product.', 'Name its key or its manifest.')
    }
    const { files, clock, randomness, stop } = world
    const { checkText } = await import('./manifests.ts')
    const { startRun } = await import('./run.ts')
    const { openRulebook } = await import('./workspace.ts')
    const { recordsOf } = await import('./records.ts')
    const run = startRun(files, await openRulebook(files, undefined))
    return withMarket(world, given, async (market) => {
      const tools: PullTools = {
        ...{ files, clock, randomness, stop, marketplace: market.marketplace, name: market.name },
        memory: (await recordsOf(world, market)).memory,
        overwrite: given.overwrite ?? false,
        dryRun: given.dryRun ?? false,
        ...(given.version === undefined ? {} : { version: given.version }),
        checked: (here) => checkText(run, here.file, here.text),
      }
      const { found, absent } = await pullings(world, market, names, given)
      const buckets = bucketReader(world)
      try {
        return await pullAll({ ...tools, ...(buckets ? { object: buckets.object } : {}) }, found, absent)
      } finally {
        await buckets?.close()
      }
    })
  },
})

/** One after the other; what hinders one product does not hinder the next, but for a marketplace that is gone. */
export async function pullAll(
  tools: PullTools,
  found: readonly Pulling[],
  absent: readonly PulledRow[],
): Promise<Outcome> {
  const { pulled } = await import('./pulled.ts')
  const { removeOldStages } = await import('../publish/stage.ts')
  if (!tools.dryRun) {
    const folders = found.map(({ folder }) => folder)
    await removeOldStages(tools.files, tools, folders)
  }
  const rows: PulledRow[] = [...absent]
  for (const each of found) {
    if (tools.stop.aborted) throw new Failure({ code: 'stopped', exit: 'stopped', message: 'Stopped.' })
    rows.push(await pulled(tools, each).catch((error: unknown) => failed(each, error, found.length > 1)))
  }
  rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  return { is: 'pulled', marketplace: tools.name, dryRun: tools.dryRun, rows }
}

function failed({ product, here, folder }: Pulling, error: unknown, isOneOfMany: boolean): PulledRow {
  if (!(error instanceof Failure) || !isOneOfMany) throw error
  if (error.exit === 'stopped' || error.exit === 'credentials') throw error
  const { message, hint, exit } = error
  const base = { key: product.key, version: product.version, file: here?.file ?? folder, ...nothing }
  return { ...base, outcome: 'failed', message, exit, ...(hint === undefined ? {} : { hint }) }
}

const nothing = { files: [], kept: [], conflicts: [], notes: [] } as const

interface Named {
  readonly key: string
  readonly here?: ManifestHere
}

/** What to pull: products with the manifests that are here, and manifests whose product is not on the marketplace. */
async function pullings(
  world: World,
  { marketplace, name }: Market,
  names: readonly string[],
  given: Options,
): Promise<{ readonly found: readonly Pulling[]; readonly absent: readonly PulledRow[] }> {
  const { files } = world
  const products = new Map<string, RemoteProduct>()
  if (given.all) for await (const each of marketplace.products()) products.set(each.key, each)
  const out = given.out ?? '.'
  const named = await namedHere(files, names, { all: given.all ? [...products.keys()] : undefined, out })
  if (!given.all) {
    for (const [key, each] of await marketplace.productsByKey(named.map(({ key }) => key))) products.set(key, each)
  }
  const found: Pulling[] = []
  const absent: PulledRow[] = []
  for (const { key, here } of named) {
    const product = products.get(key)
    if (product === undefined) {
      if (here === undefined)
        throw usage('no-product', `${name} has no product ${key}.`, '`koo list` shows what it has.')
      absent.push({ key, version: '', file: here.file, outcome: 'absent', ...nothing })
      continue
    }
    refuseOddKey(key)
    const folder = here?.folder ?? files.join(out, key)
    const there = here ?? (await manifestIn(files, folder))
    found.push({ product, folder, ...(there === undefined ? {} : { here: there }) })
  }
  return { found, absent }
}

const keyForm = new RegExp(productFields.key.form.pattern, 'u')

/** A key becomes the name of a folder. */
function refuseOddKey(key: string): void {
  if (keyForm.test(key)) return
  const message = `The marketplace has a product with the key \`${key}\`, which is none; it is not pulled.`
  throw new Failure({ code: 'odd-key', exit: 'marketplace', message })
}

/** What a folder that would be made holds already. */
async function manifestIn(files: Files, folder: string): Promise<ManifestHere | undefined> {
  const { manifestNames } = await import('../model/manifest.ts')
  const { manifestHere } = await import('./here.ts')
  for (const each of manifestNames) {
    const path = files.join(folder, each)
    if (await files.exists(path)) return manifestHere(files, path)
  }
  return undefined
}

/**
 * @param all the keys of a marketplace, where all its products are meant.
 * @param out where manifests of products that are named by their keys are looked for.
 */
async function namedHere(
  files: Files,
  names: readonly string[],
  { all, out }: { readonly all: readonly string[] | undefined; readonly out: string },
): Promise<readonly Named[]> {
  const { manifestsHere } = await import('./here.ts')
  const keys = all ?? names.filter((each) => keyForm.test(each))
  const isPath = await Promise.all(names.map((each) => files.exists(each)))
  const paths = names.filter((each, index) => isPath[index] || !keyForm.test(each))
  const found = new Map<string, Named>()
  if (paths.length > 0 || (names.length === 0 && all === undefined)) {
    for (const here of await manifestsHere(files, paths)) addOwner(found, here)
  }
  const missing = keys.filter((key) => !found.has(key) && !paths.includes(key))
  if (missing.length === 0) return [...found.values()]
  const below = new Map<string, Named>()
  const { manifestNames } = await import('../model/manifest.ts')
  const hasAny = (await files.isFolder(out)) && (await files.find(out, manifestNames)).length > 0
  for (const here of hasAny ? await manifestsHere(files, [out]) : []) {
    if (missing.includes(keyIn(here) ?? '')) addOwner(below, here)
  }
  for (const key of missing) found.set(key, below.get(key) ?? { key })
  return [...found.values()]
}

function keyIn({ manifest }: ManifestHere): string | undefined {
  const product = manifest?.product
  return typeof product === 'object' && product !== null && 'key' in product ? String(product.key) : undefined
}

function addOwner(owners: Map<string, Named>, here: ManifestHere): void {
  const key = keyIn(here)
  if (key === undefined) {
    throw usage('no-key', `${here.file} names no product key.`, '`koo validate` says what is wrong with it.')
  }
  const other = owners.get(key)?.here
  if (other !== undefined && other.file !== here.file) {
    throw usage('key-repeated', `${other.file} and ${here.file} are both of ${key}.`, 'Name the path of one of them.')
  }
  owners.set(key, { key, here })
}
