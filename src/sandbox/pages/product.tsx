/** A product as the marketplace's side sees it: its releases, and what happened to it. */
import { Facts, Notice, Scrolled, Section } from '../../web/parts.tsx'
import { face, type Product, productState } from '../market.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { titleOf } from './catalogue.tsx'
import { page, productAddress, releaseAddress, State, Time, Trail } from './frame.tsx'
import { History } from './history.tsx'
import { productAsked } from './release-asked.ts'

export function productPage(ask: Ask): Answer {
  const product = productAsked(ask)
  const { store } = ask.tools.desk
  const events = store.history(product.id)
  const { name } = face(product)
  const isOnSale = productState(product) === 'on-sale'
  const text = page(ask, {
    title: name,
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            ['Products', '/console/products'],
          ]}
        />
        <div class="title-row">
          <h1>{name}</h1>
          <State state={productState(product)} />
        </div>
        {ask.url.searchParams.get('told') === 'discontinued' && product.discontinued ? (
          <Notice tone="good" title="Discontinued">
            <p>Nobody can buy the product any more, and nothing can be submitted for it.</p>
          </Notice>
        ) : null}
        <div class="two-columns">
          <div>
            <Section id="about" title="Product">
              <Facts
                rows={[
                  ['Key', <code key="key">{product.key}</code>],
                  ['Delivery method', titleOf(product.method)],
                  ['Revision', String(product.revision)],
                  ['Created', <Time key="created" at={product.createdAt} />],
                  ['Updated', <Time key="updated" at={product.updatedAt} />],
                  ...(product.removedSpecifications.length === 0
                    ? []
                    : [['Specifications removed for good', product.removedSpecifications.join(', ')] as const]),
                ]}
              />
              {isOnSale ? (
                <p class="row">
                  <a class="button" href={`/products/${encodeURIComponent(product.key)}`}>
                    In the storefront
                  </a>
                </p>
              ) : null}
            </Section>
            <Section id="releases" title="Releases">
              <Releases product={product} />
            </Section>
            {product.discontinued ? null : (
              <Section id="end" title="Discontinue">
                <p>Removes the product from sale for good. What waits for a verdict ends, too.</p>
                <p>
                  <a class="button danger" href={`${productAddress(product.key)}/discontinue`}>
                    Discontinue…
                  </a>
                </p>
              </Section>
            )}
          </div>
          <Section id="history" title="History">
            <History product={product} events={events} />
          </Section>
        </div>
      </>
    ),
  })
  return html(200, text)
}

function Releases({ product }: { readonly product: Product }) {
  return (
    <Scrolled label="Table of releases">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">Submitted</th>
            <th scope="col">Reviewed</th>
          </tr>
        </thead>
        <tbody>
          {product.releases.map(({ id, version, state, submittedAt, reviewedAt, edited }) => (
            <tr key={id}>
              <td>
                <a href={releaseAddress(id)}>{version}</a>
                {edited === undefined ? null : <span class="quiet small"> (edited)</span>}
              </td>
              <td>
                <State state={state} />
              </td>
              <td>{submittedAt === undefined ? '–' : <Time at={submittedAt} />}</td>
              <td>{reviewedAt === undefined ? '–' : <Time at={reviewedAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}
