/** Buying on the storefront: a form for each specification, which says beforehand which address will be called. */
import { chargings } from '../../model/access/charging.ts'
import { Notice, Section } from '../../web/parts.tsx'
import type { Product, Release } from '../market.ts'
import { after, periodOf } from '../orders.ts'
import { type Sale, salesOf } from '../sales.ts'
import { type Answer, moved, notHere, Refused } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { Token } from './frame.tsx'

/** What can be bought of a product, and which address is called for it; undefined where nothing can. */
export function offerOf({ tools: { seller } }: Pick<Ask, 'tools'>, product: Product, release: Release) {
  const address = seller.canCall ? seller.addressOf(product) : undefined
  const sales = address === undefined ? [] : salesOf(release)
  return address === undefined || sales.length === 0 ? undefined : { address, sales }
}

export function BuySection({
  ask,
  product,
  release,
  offer: { address, sales },
}: {
  readonly ask: Ask
  readonly product: Product
  readonly release: Release
  readonly offer: NonNullable<ReturnType<typeof offerOf>>
}) {
  return (
    <Section id="buy" title="Buy it here, as a rehearsal">
      <Notice tone="info" title="The seller’s server is called for real">
        <p>
          Buying sends <code>newInstance</code> to <code class="address">{address}</code> and nowhere else. Nothing is
          paid.
        </p>
      </Notice>
      <ul class="sales">
        {sales.map((sale) => (
          <li key={sale.index}>
            <form method="post" action={`/products/${encodeURIComponent(product.key)}/buy`} class="sale">
              <Token visitor={ask.visitor} />
              <input type="hidden" name="once" value={ask.tools.randomness.hex(8)} />
              <input type="hidden" name="digest" value={release.contentDigest} />
              <input type="hidden" name="specification" value={String(sale.index)} />
              <div>
                <h3>{sale.name}</h3>
                <p class="quiet small">{chargings[sale.charging]}</p>
              </div>
              <Term sale={sale} />
              <p class="row">
                <button type="submit" class="primary" name="kind" value="order">
                  Buy<span class="unseen"> {sale.name}</span>
                </button>
                {sale.trialDays === undefined ? null : (
                  <button type="submit" name="kind" value="trial">
                    Try for {sale.trialDays} days<span class="unseen">, {sale.name}</span>
                  </button>
                )}
              </p>
            </form>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Term({ sale: { index, periods, prices } }: { readonly sale: Sale }) {
  if (periods.length < 2) return <p class="sale-price">{prices[0] ?? ''}</p>
  const isPriced = prices.length === periods.length
  return (
    <p>
      <label class="unseen" for={`months-${index}`}>
        Period
      </label>
      <select id={`months-${index}`} name="months">
        {periods.map(({ months, title }, at) => (
          <option key={months} value={String(months)}>
            {isPriced ? `${title} · ${prices[at]}` : title}
          </option>
        ))}
      </select>
    </p>
  )
}

export async function buyIt(ask: Ask): Promise<Answer> {
  demandFresh(ask)
  const {
    tools: { desk, seller, clock },
    parts: [key = ''],
    form,
  } = ask
  const product = desk.inMarket(() => desk.store.productByKey(key))
  const release = product?.releases.find(({ state }) => state === 'on-sale')
  const offer = product && release && offerOf(ask, product, release)
  if (product === undefined || release === undefined || offer === undefined) {
    throw notHere('Nothing can be bought at this address.')
  }
  const sale = offer.sales.find(({ index }) => String(index) === form.get('specification'))
  const once = form.get('once') ?? ''
  if (form.get('digest') !== release.contentDigest || sale === undefined || !/^[0-9a-f]{16}$/.test(once)) {
    const message = 'What is on sale is another by now, so nothing was bought. Look at the product again.'
    throw new Refused(409, 'The product has changed', message)
  }
  const terms = termsOf(sale, form, clock.now())
  const { orderId } = await seller.buy({
    once,
    instance: {
      ...{ productId: product.id, productKey: key, productName: release.name, specification: sale.name },
      ...{ charging: sale.charging, ...terms },
    },
  })
  return moved(`/orders/${orderId}`)
}

function termsOf({ periods, trialDays }: Sale, form: URLSearchParams, now: number) {
  if (form.get('kind') === 'trial' && trialDays !== undefined) {
    const period = { type: 'day', number: trialDays } as const
    return { isTrial: true, period, expiresAt: after(now, period) }
  }
  const [first] = periods
  const chosen = periods.find(({ months }) => String(months) === form.get('months')) ?? first
  if (chosen === undefined) return { isTrial: false }
  const period = periodOf(chosen.months)
  return { isTrial: false, period, expiresAt: after(now, period) }
}
