/** Reads files and marketplace and plans what must happen to each product; sends nothing. */
import { canonical } from '../model/content-digest.ts'
import { Failure } from '../model/failure.ts'
import type { Decision, FileChange, LostChange, Material, PlanNote, ProductPlan } from '../model/plan.ts'
import type { ManifestData, ReleaseFile, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Account, Clock, Files, Marketplace } from '../ports.ts'
import { changesBetween } from './changes.ts'
import { decide, refuse, refusedForGood, settled } from './decide.ts'
import { fileChanges, lostFiles } from './file-changes.ts'
import { materialOf } from './material.ts'
import type { Memory } from './memory.ts'
import { finalNotes, fixedNotes, removedBefore } from './notes.ts'
import type { Product } from './product.ts'
import { refuseWithoutRight } from './rights.ts'
import { several } from './several.ts'
import { contentOf, isUnsteady, releasesOf, steadily } from './steady.ts'
import { lostChanges } from './three-way.ts'

/** What the user allows a plan to do. */
export interface PlanOptions {
  /** Hand a rejected release in again, unchanged. */
  readonly resubmit: boolean
  /** Undo what was changed on the marketplace. */
  readonly overwrite: boolean
  /** Remove specifications from sale, for good. */
  readonly allowRemovals: boolean
}

export interface PlanTools {
  readonly files: Files
  readonly marketplace: Pick<Marketplace, 'account' | 'productsByKey' | 'releases' | 'content'>
  readonly memory: Pick<Memory, 'baseline' | 'sent'>
  readonly clock: Clock
  /** Products read and looked up at once. */
  readonly jobs: number
  readonly stop: AbortSignal
  /** A person carries it out, who may change a product without giving it a new version. */
  readonly byHand?: true
}

/**
 * Plans in the order of the products. Rights and quota are looked at before any file is read.
 *
 * @throws {Failure} `not-allowed` or `quota` (credentials), and where the signal aborts (stopped).
 */
export async function planProducts(
  tools: PlanTools,
  products: readonly Product[],
  options: PlanOptions,
): Promise<readonly ProductPlan[]> {
  const account = await tools.marketplace.account()
  refuseWithoutRight(account, 'publish')
  const keys = products.map(({ manifest }) => manifest.product.key)
  const remotes = await tools.marketplace.productsByKey(keys)
  refuseOverQuota(account, keys.filter((key) => !remotes.has(key)).length)
  return several(tools, products, (product) =>
    planned(tools, product, remotes.get(product.manifest.product.key), options),
  )
}

function refuseOverQuota({ name, products }: Account, fresh: number): void {
  if (products === undefined || fresh === 0 || products.used + fresh <= products.limit) return
  throw new Failure({
    code: 'quota',
    exit: 'credentials',
    message: `${name} has ${products.used} of at most ${products.limit} products, and ${fresh} more would be new; nothing was sent.`,
    hint: 'Have the quota raised, discontinue products, or name fewer manifests.',
  })
}

const none = { changes: [], lost: [], fileChanges: [], lostFiles: [], notes: [] } as const

async function planned(
  tools: PlanTools,
  product: Product,
  remote: RemoteProduct | undefined,
  options: PlanOptions,
): Promise<ProductPlan> {
  const material = await materialOf(tools.files, product)
  const base = { file: product.file, material, ...none }
  if (remote === undefined) return { ...base, revision: 0, decision: { do: 'create' } }
  try {
    return await steadily(tools, remote, async (seen) => ({
      ...base,
      revision: seen.revision,
      ...(await judged(tools, product, material, { remote: seen, options })),
    }))
  } catch (error) {
    if (!isUnsteady(error)) throw error
    return { ...base, revision: remote.revision, decision: refuse(error.message, error.hint ?? '') }
  }
}

type Judged = Pick<ProductPlan, 'decision'> & Partial<Comparison>

/** What to do about a product the marketplace has, and what that would change. */
async function judged(
  tools: PlanTools,
  product: Product,
  material: Material,
  { remote, options }: { readonly remote: RemoteProduct; readonly options: PlanOptions },
): Promise<Judged> {
  const known = settled(material, remote, options)
  if (known !== undefined) return { decision: known }
  const releases = await releasesOf(tools.marketplace, remote)
  const decision = decide(material, remote, releases, { ...options, ...(tools.byHand && { sameVersion: true }) })
  const isSent = decision.do === 'release' || decision.do === 'resubmit'
  if (remote.state === 'discontinued' || !(isSent || decision.do === 'refuse')) return { decision }
  const compared = await comparison(tools, material, { ...product.manifest }, releases)
  const removed = removedBefore(remote.removedSpecifications, { ...product.manifest })
  return { ...compared, decision: allowed({ material, remote, ...compared, removed, decision }, options) }
}

type Comparison = Pick<ProductPlan, 'changes' | 'lost' | 'fileChanges' | 'lostFiles' | 'notes'>

/** The manifest here beside those of the marketplace. */
async function comparison(
  tools: Pick<PlanTools, 'marketplace' | 'memory'>,
  material: Material,
  mine: ManifestData,
  releases: readonly RemoteRelease[],
): Promise<Comparison> {
  const { key, contentDigest } = material
  const remembered = await remembrance(tools, key, contentDigest, releases)
  const onSale = releases.find(({ state }) => state === 'on-sale')
  const seen = onSale ?? releases[0]
  const released = onSale ?? releases.find(({ state }) => state === 'discontinued')
  const theirs = seen && (await remembered.content(seen))
  const lost: LostChange[] = []
  const lostByPath = new Map<string, FileChange>()
  for (const release of new Set([onSale, releases[0]])) {
    if (release === undefined) continue
    lost.push(...(await remembered.lost(release, mine)))
    for (const each of await remembered.lostFiles(release, material)) lostByPath.set(each.path, each)
  }
  return {
    changes: theirs === undefined ? [] : changesBetween(theirs.manifest, mine),
    fileChanges: theirs === undefined ? [] : fileChanges(theirs.files, material),
    lostFiles: [...lostByPath.values()],
    lost: [...new Map(lost.map((each) => [canonical([each.path, each.was, each.becomes]), each])).values()],
    notes: [
      ...(released === undefined ? [] : fixedNotes((await remembered.content(released)).manifest, mine)),
      ...(onSale === undefined ? [] : finalNotes((await remembered.content(onSale)).manifest, mine)),
    ],
  }
}

/** What a release consists of, as far as planning needs it. */
interface Content {
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
  readonly createdManifest?: ManifestData
}

/** What is known from here of the releases of a product. */
export async function remembrance(
  { marketplace, memory }: Pick<PlanTools, 'marketplace' | 'memory'>,
  key: string,
  mineDigest: string,
  /** Newest first. */
  releases: readonly RemoteRelease[],
) {
  const baseline = await memory.baseline(key)
  const contents = new Map<string, Promise<Content>>()
  const fromHere = new Set([mineDigest, ...memory.sent(key)])

  const content = (release: RemoteRelease): Promise<Content> => {
    const isRemembered = baseline?.contentDigest === release.contentDigest
    const found =
      contents.get(release.id) ?? (isRemembered ? Promise.resolve(baseline) : contentOf(marketplace, release))
    contents.set(release.id, found)
    return found
  }

  const place = (id: string | undefined): number => releases.findIndex((each) => each.id === id)
  /** Made before what koo last knew of the product, as a release on sale is while a newer one is in review. */
  const isPast = ({ id }: RemoteRelease): boolean => {
    const known = place(baseline?.releaseId)
    return known >= 0 && place(id) > known
  }
  const isKnown = (release: RemoteRelease): boolean =>
    baseline?.contentDigest === release.contentDigest ||
    fromHere.has(release.contentDigest) ||
    (isPast(release) && release.contentDigest === release.createdDigest)

  /** What both sides knew before the release was changed; undefined where nobody here can tell. */
  const base = async (release: RemoteRelease): Promise<ManifestData | undefined> => {
    if (isKnown(release)) return (await content(release)).manifest
    const { createdManifest } = await content(release)
    // What was sent from here and then edited is closer than what was remembered before it.
    if (fromHere.has(release.createdDigest) || isPast(release)) return createdManifest ?? baseline?.manifest
    return baseline?.manifest ?? createdManifest
  }

  const lost = async (release: RemoteRelease, mine: ManifestData): Promise<readonly LostChange[]> => {
    if (isKnown(release)) return []
    const before = await base(release)
    return before === undefined ? [] : lostChanges(before, (await content(release)).manifest, mine)
  }

  /** What is known of files comes from the baseline alone: consoles edit manifests. */
  const lostOfFiles = async (release: RemoteRelease, material: Material): Promise<readonly FileChange[]> => {
    if (baseline === undefined || isKnown(release) || isPast(release) || fromHere.has(release.createdDigest)) return []
    return lostFiles(baseline.files, (await content(release)).files, material)
  }

  return { content, base, lost, lostFiles: lostOfFiles }
}

/** The decision, or why it must not be carried out: the reason that is mended first comes first. */
function allowed(
  found: {
    readonly material: Material
    readonly remote: RemoteProduct
    readonly lost: readonly LostChange[]
    readonly lostFiles: readonly FileChange[]
    readonly notes: readonly PlanNote[]
    readonly removed: readonly string[]
    readonly decision: Decision
  },
  { overwrite, allowRemovals }: PlanOptions,
): Decision {
  const { material, remote, lost, lostFiles: files, notes, removed, decision } = found
  const never = refusedForGood(material, remote)
  if (never !== undefined) return never
  const { key, version } = material
  if (lost.length + files.length > 0 && !overwrite) return undoing(material.key, lost.length, files.length)
  if (decision.do === 'refuse') return decision
  const fixed = notes.filter((note) => note.is === 'fixed')
  if (fixed.length > 0) {
    const places = fixed.map(({ path }) => path).join(', ')
    return refuse(
      `${key} was released, and cannot change ${places} any more.`,
      'Leave it as it was, or release a new product under a new key.',
    )
  }
  if (removed.length > 0) {
    const what = removed.length === 1 ? 'a specification' : 'specifications'
    return refuse(
      `${key} has ${what} that ${removed.length === 1 ? 'was' : 'were'} removed from sale, which is final: ${removed.join(', ')}.`,
      removed.length === 1 ? 'Give it another name.' : 'Give them other names.',
    )
  }
  const final = notes.filter((note) => note.is === 'final')
  if (final.length === 0 || allowRemovals) return decision
  const count = final.length === 1 ? 'a specification' : `${final.length} specifications`
  return refuse(
    `${version} would remove ${count} from sale, which is final.`,
    'Put it back into the manifest, or add --allow-removals.',
  )
}

/** Refused, because something changed on the marketplace would be undone. */
function undoing(key: string, fields: number, files: number): Decision {
  const told = [
    ...(fields > 0 ? [fields === 1 ? '1 field' : `${fields} fields`] : []),
    ...(files > 0 ? [files === 1 ? '1 file' : `${files} files`] : []),
  ]
  const taken = files > 0 ? `koo pull ${key}` : `koo pull ${key} or --accept-remote`
  return refuse(
    `${key} was changed on the marketplace since koo last knew it: ${told.join(' and ')}, which this would undo.`,
    `koo diff ${key} shows what differs; ${taken} takes it over, --overwrite undoes it.`,
  )
}
