/** What differs between the manifests here and what the marketplace has: fields and files, and who changed them. */
import limiter from 'p-limit'
import { stopped } from '../model/failure.ts'
import type { DiffedChange, DiffedProduct } from '../model/outcome.ts'
import type { ManifestData, RemoteProduct } from '../model/release.ts'
import { differences } from './changes.ts'
import { settled } from './decide.ts'
import { fileChanges } from './file-changes.ts'
import { materialOf } from './material.ts'
import { type PlanTools, remembrance } from './plan.ts'
import type { Product } from './product.ts'
import { madeBy } from './three-way.ts'

/** In the order of the products; each is compared with what buyers see of it, else with its newest release. */
export async function diffProducts(tools: PlanTools, products: readonly Product[]): Promise<readonly DiffedProduct[]> {
  const keys = products.map(({ manifest }) => manifest.product.key)
  const remotes = await tools.marketplace.productsByKey(keys)
  const limit = limiter(tools.jobs)
  try {
    return await Promise.all(
      products.map((product) =>
        limit(() => {
          if (tools.stop.aborted) throw stopped()
          return diffed(tools, product, remotes.get(product.manifest.product.key))
        }),
      ),
    )
  } finally {
    limit.clearQueue()
  }
}

async function diffed(tools: PlanTools, product: Product, remote: RemoteProduct | undefined): Promise<DiffedProduct> {
  const material = await materialOf(tools.files, product)
  const base = { key: material.key, version: material.version, file: product.file }
  if (remote === undefined) return { ...base, changes: [], files: [] }
  const { id, version, state } = remote.newest
  const known = settled(material, remote, { resubmit: false })
  if (known !== undefined && known.do !== 'mend') {
    return { ...base, release: { id, version, state }, changes: [], files: [] }
  }
  const releases = await tools.marketplace.releases(remote.id)
  const seen = releases.find((each) => each.state === 'on-sale') ?? releases[0]
  if (seen === undefined) return { ...base, changes: [], files: [] }
  const release = { id: seen.id, version: seen.version, state: seen.state }
  if (seen.contentDigest === material.contentDigest) return { ...base, release, changes: [], files: [] }
  const remembered = await remembrance(tools, material.key, material.contentDigest, releases)
  const { manifest: theirs, files } = await remembered.content(seen)
  const mine: ManifestData = { ...product.manifest }
  const common = await remembered.base(seen)
  const changes = differences(theirs, mine).map((difference): DiffedChange => {
    const { steps: _, ...change } = difference
    return common === undefined ? change : { ...change, by: madeBy(difference, common, theirs, mine) }
  })
  return { ...base, release, changes, files: fileChanges(files, material) }
}
