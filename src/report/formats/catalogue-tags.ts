/** What a product counts as in the key figures and the filters of the catalogue report. */
import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { ProductState } from '../../model/release.ts'

export type Tag = ProductState | 'attention'

/** Its state, that of a newer release on its way, and whether it needs a hand. */
export function tagsOf({ product, newest, needs }: CatalogueEntry): readonly Tag[] {
  const coming = newest?.state ?? product.newest.state
  const isComing = product.state !== 'discontinued' && coming !== product.state && coming !== 'discontinued'
  return [product.state, ...(isComing ? [coming] : []), ...(needs.length > 0 ? (['attention'] as const) : [])]
}
