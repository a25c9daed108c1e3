/** All products of the marketplace, in a table. */
import { type ProductState, productStates } from '../../model/release.ts'
import { Scrolled } from '../../web/parts.tsx'
import { type Answer, html } from './answer.ts'
import { type Ask, pageNumber } from './ask.ts'
import { searched, titleOf } from './catalogue.tsx'
import { Pager, page, productAddress, State, sliceOf, Time, Trail } from './frame.tsx'
import { countText, stateTitles } from './shown.ts'

const pageSize = 50
const states = Object.keys(productStates) as readonly ProductState[]

export function productsPage(ask: Ask): Answer {
  const { desk, catalogue } = ask.tools
  const words = ask.url.searchParams.get('q') ?? ''
  const wanted = ask.url.searchParams.get('state') ?? ''
  const all = desk.inMarket(() => catalogue.listings())
  const found = searched(all, words).filter(({ state }) => wanted === '' || state === wanted)
  const { shown, at, pages } = sliceOf(found, pageNumber(ask), pageSize)
  const text = page(ask, {
    title: 'Products',
    here: '/console/products',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Products</h1>
        <search>
          <form method="get" action="/console/products" class="filters">
            <p class="labelled grows">
              <label for="q">Search</label>
              <input id="q" name="q" type="search" value={words} placeholder="Name, key or overview" />
            </p>
            <p class="labelled">
              <label for="state">State</label>
              <select id="state" name="state">
                <option value="" selected={wanted === ''}>
                  All
                </option>
                {states.map((state) => (
                  <option key={state} value={state} selected={state === wanted}>
                    {stateTitles[state]}
                  </option>
                ))}
              </select>
            </p>
            <button type="submit" class="primary">
              Show
            </button>
          </form>
        </search>
        <p class="quiet">
          {found.length === all.length
            ? countText(all.length, 'product')
            : `${countText(found.length, 'product')} of ${all.length}`}
        </p>
        {shown.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">{all.length === 0 ? 'There are no products yet' : 'No product fits'}</p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Products">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Product</th>
                    <th scope="col">State</th>
                    <th scope="col">Version</th>
                    <th scope="col">Delivery method</th>
                    <th scope="col">Updated</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map(({ key, name, state, version, method, updatedAt, isPublic }) => (
                    <tr key={key}>
                      <td class="broad">
                        <a href={productAddress(key)}>{name}</a>
                        <br />
                        <span class="quiet small">
                          {key}
                          {isPublic ? '' : ' · not listed'}
                        </span>
                      </td>
                      <td>
                        <State state={state} />
                      </td>
                      <td>{version}</td>
                      <td>{titleOf(method)}</td>
                      <td>
                        <Time at={updatedAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}
