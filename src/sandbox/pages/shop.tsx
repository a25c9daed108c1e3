/** The page of a product on sale, as a buyer sees it. */
import { ProductPage } from '../../listing/product-page.tsx'
import { type Answer, html, notHere } from './answer.ts'
import type { Ask } from './ask.ts'
import { BuySection, offerOf } from './buy.tsx'
import { page, Trail } from './frame.tsx'
import { listedProduct } from './listed-product.ts'

/** Also of one that the storefront does not list: whoever has its address may see it. */
export async function shopPage(ask: Ask): Promise<Answer> {
  const [key = ''] = ask.parts
  const { desk } = ask.tools
  const product = desk.inMarket(() => desk.store.productByKey(key))
  const release = product?.releases.find(({ state }) => state === 'on-sale')
  if (product === undefined || release === undefined) throw notHere('No product is on sale at this address.')
  const address = `/products/${encodeURIComponent(key)}/files/`
  const listed = await listedProduct(desk.uploads, release, ({ sha256 }) => `${address}${sha256}`)
  const offer = offerOf(ask, product, release)
  const text = page(ask, {
    title: release.name,
    styles: ['product'],
    scripts: ['calculator'],
    children: (
      <>
        <Trail to={[['Storefront', '/']]} />
        {offer === undefined ? null : (
          <p class="buy-link">
            <a class="button primary" href="#buy">
              Buy it here, as a rehearsal
            </a>
          </p>
        )}
        <ProductPage product={listed} />
        {offer === undefined ? null : <BuySection ask={ask} product={product} release={release} offer={offer} />}
      </>
    ),
  })
  return html(200, text)
}
