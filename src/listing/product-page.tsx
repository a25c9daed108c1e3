/** The page of a product as a buyer would see it. */
import type { ListedProduct, Remark } from './listed.ts'

export interface ProductView {
  readonly product: ListedProduct
  /** Findings and changes, each shown at the place it speaks of, else at the top. */
  readonly remarks?: readonly Remark[]
  /** Pictures of other servers are shown too; else their addresses are. */
  readonly remote?: boolean
}

/** What stands inside a page: header, parts and all, without `html` around it. Needs the style sheet `product` and the script `calculator`. */
export function ProductPage({ product }: ProductView) {
  return <h1>{product.manifest.product?.name ?? 'Product without a name'}</h1>
}
