/** The page of a product as a buyer would see it. */
import type { ListedProduct, Remark } from './listed.ts'

export interface ProductView {
  readonly product: ListedProduct
  /** Findings and changes, each shown at the place it speaks of, else at the top. */
  readonly remarks?: readonly Remark[]
  /** Pictures of other servers are shown too; else their addresses are. */
  readonly remote?: boolean
  /** What ids begin with, where several products stand on one page. */
  readonly idPrefix?: string
  /** Of the product's name among the headings of the page. */
  readonly level?: 1 | 2
}

/** What stands inside a page: header, parts and all, without `html` around it. Needs the style sheet `product` and the script `calculator`. */
export function ProductPage({ product, level = 1 }: ProductView) {
  const name = product.manifest.product?.name ?? 'Product without a name'
  return <article class="product">{level === 1 ? <h1>{name}</h1> : <h2>{name}</h2>}</article>
}
