/** The storefront: cards of what is on sale, found by words and by delivery method. */
import { partly } from '../../listing/partly.ts'
import { entryPrice } from '../../listing/prices.ts'
import { type DeliveryMethod, deliveryMethodIds, isDeliveryMethod, rowOf } from '../../model/delivery-methods.ts'
import { valueAt } from '../../model/pointer.ts'
import type { ManifestData } from '../../model/release.ts'
import { Badge } from '../../web/parts.tsx'
import type { Listing } from '../catalogue.ts'
import { type Answer, html } from './answer.ts'
import { type Ask, pageNumber } from './ask.ts'
import { shownFiles } from './files.ts'
import { Pager, page, sliceOf } from './frame.tsx'
import { countText } from './shown.ts'

const pageSize = 24

export async function cataloguePage(ask: Ask): Promise<Answer> {
  const { desk, catalogue } = ask.tools
  const words = ask.url.searchParams.get('q') ?? ''
  const wanted = ask.url.searchParams.get('method') ?? ''
  const onSale = desk
    .inMarket(() => catalogue.listings())
    .filter(({ state, isPublic }) => state === 'on-sale' && isPublic)
  const methods = deliveryMethodIds.filter((id) => onSale.some(({ method }) => method === id))
  const found = searched(onSale, words).filter(({ method }) => wanted === '' || method === wanted)
  const { shown, at, pages } = sliceOf(found, pageNumber(ask), pageSize)
  const cards = shown.map((listing) => ({ listing, ...extrasOf(ask, listing.key) }))
  const text = page(ask, {
    title: 'Storefront',
    here: '/',
    children: (
      <>
        <h1>Storefront</h1>
        <search>
          <form method="get" action="/" class="filters">
            <p class="labelled grows">
              <label for="q">Search</label>
              <input id="q" name="q" type="search" value={words} placeholder="Name, key or what it is for" />
            </p>
            <p class="labelled">
              <label for="method">Delivery method</label>
              <select id="method" name="method">
                <option value="" selected={wanted === ''}>
                  All
                </option>
                {methods.map((id) => (
                  <option key={id} value={id} selected={id === wanted}>
                    {rowOf(id).title}
                  </option>
                ))}
              </select>
            </p>
            <button type="submit" class="primary">
              Show
            </button>
            {words === '' && wanted === '' ? null : (
              <a class="button" href="/">
                Show all
              </a>
            )}
          </form>
        </search>
        <p class="quiet">{onSale.length === 0 ? null : shownText(found.length, onSale.length)}</p>
        {found.length === 0 ? <Nothing isEmpty={onSale.length === 0} /> : null}
        <ul class="cards">
          {cards.map((card) => (
            <Card key={card.listing.key} {...card} />
          ))}
        </ul>
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

function shownText(found: number, all: number): string {
  return found === all ? `${countText(all, 'product')} on sale` : `${found} of ${countText(all, 'product')} on sale`
}

/** Those with all of the words, in any case. */
export function searched(listings: readonly Listing[], text: string): readonly Listing[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return listings
  return listings.filter(({ key, name, overview }) => {
    const said = `${key} ${name} ${overview}`.toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

interface Extras {
  readonly logo?: string | undefined
  readonly price?: string | undefined
}

function extrasOf({ tools: { desk } }: Ask, key: string): Extras {
  const release = desk.store.productByKey(key)?.releases.find(({ state }) => state === 'on-sale')
  if (release === undefined) return {}
  const path = valueAt(release.manifest, ['product', 'logo'])
  const logo = shownFiles(release).find((each) => each.path === path && each.object === undefined)
  return {
    logo: logo && `/products/${encodeURIComponent(key)}/files/${logo.sha256}`,
    price: priceOf(release.manifest),
  }
}

/** As on the page of the product: "From $59 a month". */
function priceOf(manifest: ManifestData): string | undefined {
  const price = entryPrice((partly(manifest).specifications ?? []).map((each) => each ?? {}))
  return price && `${price.charAt(0).toUpperCase()}${price.slice(1)}`
}

function Card({ listing, logo, price }: Extras & { readonly listing: Listing }) {
  const { key, name, overview, method } = listing
  return (
    <li class="card product-card">
      <div class="product-card-head">
        {logo === undefined ? (
          <span class="no-logo" aria-hidden="true">
            {[...name][0] ?? '?'}
          </span>
        ) : (
          <img src={logo} alt="" width="56" height="56" loading="lazy" />
        )}
        <h2>
          <a href={`/products/${encodeURIComponent(key)}`}>{name}</a>
        </h2>
      </div>
      <p class="clamped">{overview}</p>
      <div class="product-card-foot">
        {price === undefined ? null : <strong>{price}</strong>}
        <span class="row">
          <Badge>{titleOf(method)}</Badge>
          {isDeliveryMethod(method) && rowOf(method).category !== titleOf(method) ? (
            <Badge>{rowOf(method).category}</Badge>
          ) : null}
        </span>
      </div>
    </li>
  )
}

export function titleOf(method: string): string {
  return isDeliveryMethod(method) ? rowOf(method satisfies DeliveryMethod).title : method
}

function Nothing({ isEmpty }: { readonly isEmpty: boolean }) {
  return (
    <div class="card empty">
      <p class="notice-title">{isEmpty ? 'Nothing is on sale yet' : 'No product fits'}</p>
      <p class="quiet">
        {isEmpty ? (
          <>
            Publish a product with <code>koo publish</code>; once its review has approved it, it is here.
          </>
        ) : (
          'Try fewer words, or another delivery method.'
        )}
      </p>
    </div>
  )
}
