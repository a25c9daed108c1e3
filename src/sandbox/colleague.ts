/** A colleague of the seller's who edits releases in the console, at the worst of times. */
import { contentText } from '../model/content-digest.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import { editRelease, type Product } from './market.ts'
import type { Store } from './store.ts'

const remark = '(Edited by a colleague.)'

/** A store in which a release that goes on sale may be edited at once. */
export function withColleague(store: Store, edits: () => boolean): Store {
  return {
    ...store,
    save(change) {
      const { before, after: product } = change
      store.save(change)
      const now = onSale(product)
      if (now === undefined || now.id === (before && onSale(before))?.id || !edits()) return
      const { manifest, files, name } = now
      const own = manifest.product as Readonly<Record<string, unknown>>
      const changed = { ...manifest, product: { ...own, overview: `${String(own.overview)} ${remark}` } }
      const contentDigest = sha256Hex(contentText(changed, files))
      const after = editRelease(product, now.id, { manifest: changed, files, name, contentDigest }, product.updatedAt)
      store.save({ before: product, after, by: 'colleague' })
    },
  }
}

function onSale({ releases }: Product) {
  return releases.find(({ state }) => state === 'on-sale')
}
