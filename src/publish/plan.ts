/** What must happen to each product, decided from what the marketplace has. Pure but for the reading. */
import limiter from 'p-limit'
import type { Decision, Material, ProductPlan } from '../model/plan.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Files, Marketplace } from '../ports.ts'
import { materialOf } from './material.ts'
import type { Memory } from './memory.ts'
import type { Product } from './product.ts'

export interface PlanOptions {
  /** Hand a rejected release in again, unchanged. */
  readonly resubmit: boolean
  /** Undo what was changed on the marketplace. */
  readonly overwrite: boolean
  /** Remove specifications from sale, which is final. */
  readonly allowRemovals: boolean
}

/** What publishing would do to each product; reads files and the marketplace, and sends nothing. */
export async function planProducts(
  tools: {
    readonly files: Files
    readonly marketplace: Marketplace
    readonly memory: Memory
    readonly jobs: number
    readonly stop: AbortSignal
  },
  products: readonly Product[],
  options: PlanOptions,
): Promise<readonly ProductPlan[]> {
  // The cheapest call first: wrong credentials are told before anything is read or hashed.
  await tools.marketplace.account()
  const limit = limiter(tools.jobs)
  return Promise.all(products.map((each) => limit(() => plan(tools.files, tools.marketplace, each, options))))
}

async function plan(
  files: Files,
  marketplace: Marketplace,
  product: Product,
  options: PlanOptions,
): Promise<ProductPlan> {
  const material = await materialOf(files, product)
  const remote = await marketplace.product(material.key)
  const releases = remote === undefined ? [] : await marketplace.releases(remote.id)
  const decision = decide(material, remote, releases, options)
  return { file: product.file, material, decision, revision: remote?.revision ?? 0, changes: [], lost: [], notes: [] }
}

/** The decision for one product. `releases` are newest first. */
export function decide(
  mine: Pick<Material, 'key' | 'method' | 'version' | 'contentDigest'>,
  remote: RemoteProduct | undefined,
  releases: readonly RemoteRelease[],
  { resubmit }: Pick<PlanOptions, 'resubmit'>,
): Decision {
  if (remote === undefined) return { do: 'create' }
  const same = releases.find(({ version }) => version === mine.version)
  const unchanged = same?.contentDigest === mine.contentDigest
  if (same && unchanged && same.state === 'on-sale') return { do: 'nothing', releaseId: same.id }
  if (remote.state === 'discontinued') {
    return refuse(`${mine.key} was discontinued, which is final.`, 'Release it as a new product, under a new key.')
  }
  if (remote.method !== mine.method) {
    return refuse(
      `${mine.key} is a product of the delivery method ${remote.method}, not ${mine.method}.`,
      'A delivery method is not changed after the first release; use a new key.',
    )
  }
  const reviewed = releases.find(({ state }) => state === 'in-review')
  if (same && unchanged && same === reviewed) return { do: 'await', releaseId: same.id }
  if (reviewed) {
    const what =
      reviewed === same ? `${reviewed.version} is in review with other content` : `${reviewed.version} is in review`
    return refuse(`${what}.`, `Wait for the review, or take it back: koo withdraw ${mine.key}`)
  }
  if (same?.state === 'on-sale') {
    return refuse(
      `${mine.version} is on sale with other content.`,
      'Buyers rely on what a version contains: give the changed product a new version.',
    )
  }
  if (same?.state === 'discontinued') {
    return refuse(`${mine.version} was on sale before ${remote.version} took its place.`, 'Give it a new version.')
  }
  if (same && unchanged) {
    return same.state === 'rejected' && !resubmit
      ? { do: 'mend', releaseId: same.id }
      : { do: 'resubmit', releaseId: same.id }
  }
  const onSale = releases.find(({ state }) => state === 'on-sale')
  const newest = releases[0]
  return {
    do: 'release',
    ...(onSale ? { replaces: onSale.version } : {}),
    ...(newest ? { after: newest.id } : {}),
  }
}

function refuse(why: string, hint: string): Decision {
  return { do: 'refuse', why, hint }
}
