/** What differs between the manifests here and what the marketplace has: fields and files, and who changed them. */
import type { DiffedChange, DiffedProduct } from '../model/outcome.ts'
import type { Material } from '../model/plan.ts'
import type { ManifestData, RemoteProduct } from '../model/release.ts'
import { differences } from './changes.ts'
import { settled } from './decide.ts'
import { fileChanges } from './file-changes.ts'
import { materialOf } from './material.ts'
import { type PlanTools, remembrance } from './plan.ts'
import type { Product } from './product.ts'
import { several } from './several.ts'
import { releasesOf, steadily } from './steady.ts'
import { madeBy } from './three-way.ts'

/** In the order of the products; each is compared with what buyers see of it, else with its newest release. */
export async function diffProducts(tools: PlanTools, products: readonly Product[]): Promise<readonly DiffedProduct[]> {
  const keys = products.map(({ manifest }) => manifest.product.key)
  const remotes = await tools.marketplace.productsByKey(keys)
  return several(tools, products, async (product) => {
    const material = await materialOf(tools.files, product)
    const remote = remotes.get(material.key)
    if (remote === undefined) return { ...baseOf(product, material), changes: [], files: [] }
    return steadily(tools, remote, (seen) => diffed(tools, product, material, seen))
  })
}

function baseOf({ file }: Product, { key, version }: Material): Pick<DiffedProduct, 'key' | 'version' | 'file'> {
  return { key, version, file }
}

async function diffed(
  tools: PlanTools,
  product: Product,
  material: Material,
  remote: RemoteProduct,
): Promise<DiffedProduct> {
  const base = baseOf(product, material)
  const { id, version, state } = remote.newest
  const known = settled(material, remote, { resubmit: false })
  if (known !== undefined && known.do !== 'mend') {
    return { ...base, release: { id, version, state }, changes: [], files: [] }
  }
  const releases = await releasesOf(tools.marketplace, remote)
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
