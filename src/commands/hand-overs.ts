/** What `koo status`, `diff` and `plan` tell beside: products that were entered in Seller Console by hand. */
import { type HandOver, handOversFolder } from '../model/hand-over.ts'
import type { World } from '../ports.ts'
import { aside } from '../publish/aside.ts'
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

/** Nothing where nothing was entered by hand, or where the records are the marketplace asked about. */
export async function handOversOf(
  world: World,
  market: Pick<Market, 'byHand'>,
  products: readonly Entered[],
): Promise<{ readonly handOvers?: readonly HandOver[] }> {
  if (market.byHand) return {}
  const { data } = await world.folders()
  if (!(await world.files.isFolder(world.files.join(data, handOversFolder)))) return {}
  const { openHandOvers } = await import('../publish/handed-over.ts')
  const { changesBetween } = await import('../publish/changes.ts')
  const records = openHandOvers(world.files, data)
  const found: HandOver[] = []
  for (const { key, manifest } of products) {
    await aside(world.emit, async () => {
      const entered = (await records.find(key))?.entered[0]
      if (entered === undefined) return
      const { productId, version, at } = entered
      const changed = manifest === undefined ? {} : { changed: changesBetween(entered.manifest, manifest).length }
      found.push({ key, productId, version, since: at, ...changed })
    })
  }
  return found.length === 0 ? {} : { handOvers: found }
}
