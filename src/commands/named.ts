/** The products a command is told to act on: what is on disk is a manifest or a folder, anything else a product key. */
import { usage } from '../model/failure.ts'
import { valueAt } from '../model/pointer.ts'
import { productFields } from '../model/product-fields.ts'
import type { RemoteProduct } from '../model/release.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
import { checkManifests, placers } from './manifests.ts'
import type { Market } from './market.ts'

export interface Named {
  readonly key: string
  /** Where a complaint about it can be shown; a manifest that is just being edited may not be sound. */
  readonly place?: Product['place']
  /** What the manifest says, sound or not. */
  readonly value?: unknown
}

export async function productsNamed(world: World, names: readonly string[]): Promise<readonly Named[]> {
  const found = new Map<string, Named>()
  for (const name of names) {
    for (const each of await namedBy(world, name)) found.set(each.key, each)
  }
  return [...found.values()]
}

async function namedBy(world: World, name: string): Promise<readonly Named[]> {
  if (await world.files.exists(name)) {
    const checked = await checkManifests(world.files, [name])
    const placed = await placers(checked)
    return checked.flatMap(({ value }, index) => {
      const key = valueAt(value, ['product', 'key'])
      const place = placed[index]
      return typeof key === 'string' && place !== undefined ? [{ key, place, value }] : []
    })
  }
  if (new RegExp(productFields.key.form.pattern, 'u').test(name)) return [{ key: name }]
  throw usage('no-product', `\`${name}\` is neither a file or folder nor a product key.`, '`koo list` shows the keys.')
}

/** The one product a name stands for, as the marketplace has it. */
export async function productNamed(world: World, market: Market, name: string): Promise<RemoteProduct> {
  const [named, ...others] = await productsNamed(world, [name])
  if (named === undefined || others.length > 0) {
    throw usage('no-product', `\`${name}\` stands for ${named ? 'several products' : 'no product'}; name one key.`)
  }
  const product = await market.marketplace.product(named.key)
  if (product !== undefined) return product
  throw usage('no-product', `${market.name} has no product ${named.key}.`, '`koo list` shows what it has.')
}
