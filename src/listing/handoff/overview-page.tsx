/** The page that lists the products of a hand-over. */
import { rowOf } from '../../model/delivery-methods.ts'
import { type Handoff, ticksIn } from '../../model/handoff.ts'
import { htmlOf } from '../../web/page.tsx'
import { Scrolled, Top } from '../../web/parts.tsx'

/** By it koo knows its own page, and may write a new one over it. */
export const overviewMark = 'Hand-over to Seller Console: products'

export function overviewPage(products: readonly Handoff[]): string {
  return htmlOf({
    title: overviewMark,
    description: 'What to enter in KooGallery’s Seller Console, product by product.',
    styles: ['handoff'],
    body: (
      <>
        <Top name="Hand-over to Seller Console" />
        <main id="main" class="wide">
          <h1>{products.length} products to enter</h1>
          <p class="handoff-lead">
            Each has a page with every value to enter in Seller Console, and a folder with the files to upload.
          </p>
          <section class="card" aria-label="Products">
            <Scrolled label="Products to enter">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Product</th>
                    <th scope="col">Version</th>
                    <th scope="col">Delivery method</th>
                    <th scope="col" class="number">
                      To enter
                    </th>
                    <th scope="col" class="number">
                      Files
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {products.map(({ key, name, version, method, steps, files }) => (
                    <tr key={key}>
                      <td>
                        <a href={`${encodeURIComponent(key)}/index.html`}>{name}</a>
                        <br />
                        <code class="small">{key}</code>
                      </td>
                      <td>{version}</td>
                      <td>{rowOf(method).title}</td>
                      <td class="number">{steps.reduce((sum, step) => sum + ticksIn(step), 0)}</td>
                      <td class="number">{files.length}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolled>
          </section>
        </main>
      </>
    ),
  })
}
