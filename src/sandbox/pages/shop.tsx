/** The page of a product on sale, as a buyer sees it. */
import { ProductPage } from '../../listing/product-page.tsx'
import { type Answer, html, notHere } from './answer.ts'
import type { Ask } from './ask.ts'
import { page, Trail } from './frame.tsx'
import { listedProduct } from './listed-product.ts'

/** Also of one that the storefront does not list: whoever has its address may see it. */
export async function shopPage(ask: Ask): Promise<Answer> {
  const [key = ''] = ask.parts
  const { desk } = ask.tools
  const product = desk.inMarket(() => desk.store.productByKey(key))
  const release = product?.releases.find(({ state }) => state === 'on-sale')
  if (release === undefined) throw notHere('No product is on sale at this address.')
  const address = `/products/${encodeURIComponent(key)}/files/`
  const listed = await listedProduct(desk.uploads, release, ({ sha256 }) => `${address}${sha256}`)
  const text = page(ask, {
    title: release.name,
    styles: ['product'],
    scripts: ['calculator'],
    children: (
      <>
        <Trail to={[['Storefront', '/']]} />
        <ProductPage product={listed} />
      </>
    ),
  })
  return html(200, text)
}
