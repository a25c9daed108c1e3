/** What the marketplace's side does to products: the verdict of a review, and the end of a product. */
import { type Desk, releaseIn } from './create-release.ts'
import type { Actor } from './history.ts'
import { discontinue, judgeRelease, type Product, type Release, type Verdict } from './market.ts'
import { notFound, Refusal } from './refusal.ts'

/** A verdict, of a release that is still what the reviewer looked at, where a digest says what that was. */
export function review(
  { store, inMarket }: Desk,
  id: string,
  verdict: Verdict,
  { by, contentDigest }: { readonly by: Actor; readonly contentDigest?: string },
): { readonly product: Product; readonly release: Release } {
  return inMarket((now) => {
    const before = store.productOfRelease(id)
    if (before === undefined) throw notFound('release', id)
    const { version, contentDigest: found } = releaseIn(before, id)
    const after = judgeRelease(before, id, verdict, now)
    if (contentDigest !== undefined && contentDigest !== found) {
      throw new Refusal('KOO.01409007', `${version} of ${before.key} was edited meanwhile.`)
    }
    store.save({ before, after, by })
    return { product: after, release: releaseIn(after, id) }
  })
}

/** Final; a product discontinued already stays as it is. */
export function discontinueProduct(
  { store, inMarket }: Desk,
  id: string,
  { by, revision }: { readonly by: Actor; readonly revision?: number },
): Product {
  return inMarket((now) => {
    const before = store.productById(id)
    if (before === undefined) throw notFound('product', id)
    if (revision !== undefined && revision !== before.revision) {
      throw new Refusal('KOO.01409007', `${before.key} has changed meanwhile.`)
    }
    const after = discontinue(before, now)
    store.save({ before, after, by })
    return after
  })
}
