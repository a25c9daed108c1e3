/** What `koo status`, `diff` and `plan` tell beside: products that were entered in Seller Console by hand. */
import { type HandOver, handOversFolder } from '../model/hand-over.ts'
import { valueAt } from '../model/pointer.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import type { Market } from './market.ts'

export interface Entered {
  readonly key: string
  /** Left out where the manifest is not here. */
  readonly manifest?: unknown
}

export function manifestsOf(products: readonly Product[]): readonly Entered[] {
  return products.map(({ manifest }) => ({ key: manifest.product.key, manifest }))
}

/** Of all products where none are named. Nothing where nothing was entered by hand, or where the records are the marketplace asked about. */
export async function handOversOf(
  world: World,
  market: Pick<Market, 'byHand'>,
  products?: readonly Entered[],
): Promise<{ readonly handOvers?: readonly HandOver[] }> {
  if (market.byHand) return {}
  const { data } = await world.folders()
  if (!(await world.files.isFolder(world.files.join(data, handOversFolder)))) return {}
  const { openHandOvers } = await import('../publish/handed-over.ts')
  const { changesBetween } = await import('../publish/changes.ts')
  const records = openHandOvers(world.files, data, world.emit)
  const manifests = new Map(products?.map(({ key, manifest }) => [key, manifest]))
  const kept = await (products === undefined ? records.all() : records.some([...manifests.keys()]))
  const found = kept.map(({ key, entered: [newest] }): HandOver => {
    const { productId, version, at } = newest
    const manifest = manifests.get(key)
    const changed = manifest === undefined ? {} : { changed: changesBetween(newest.manifest, manifest).length }
    const hidden = valueAt(newest.manifest, ['product', 'public']) === false ? ({ hidden: true } as const) : {}
    return { key, productId, version, since: at, ...hidden, ...changed }
  })
  return found.length === 0 ? {} : { handOvers: found }
}
