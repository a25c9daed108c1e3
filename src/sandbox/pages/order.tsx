/** An order as its buyer sees it: what was bought, how it stands, and what to sign in with once it is there. */
import { linkAddress } from '../../listing/links.ts'
import { Facts, Notice, Section } from '../../web/parts.tsx'
import type { Access, Instance, Order } from '../orders.ts'
import { type Answer, html, moved, notHere } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { instanceAddress, OrderBadge, orderAddress, page, Time, Token, Trail } from './frame.tsx'
import { periodText } from './shown.ts'

interface Asked {
  readonly order: Order
  readonly instance: Instance
}

function orderAsked({ tools: { seller }, parts: [id = ''] }: Ask): Asked {
  const order = seller.orders.order(id)
  const instance = order && seller.orders.instance(order.instance)
  if (order === undefined || instance === undefined) throw notHere('There is no such order.')
  return { order, instance }
}

export function orderPage(ask: Ask): Answer {
  const asked = orderAsked(ask)
  const { order, instance } = asked
  const isBusy = ask.tools.seller.isBusy(instance.number)
  const text = page(ask, {
    title: `Order ${order.orderId}`,
    children: (
      <>
        <Trail
          to={[
            ['Storefront', '/'],
            [instance.productName, `/products/${encodeURIComponent(instance.productKey)}`],
          ]}
        />
        <div class="title-row">
          <h1>Your order</h1>
          <OrderBadge state={order.state} />
        </div>
        <Standing ask={ask} {...asked} isBusy={isBusy} />
        <div class="two-columns">
          <Section id="order" title="What was ordered">
            <Facts
              rows={[
                ['Order', <code key="id">{order.orderId}</code>],
                ['Product', instance.productName],
                ['Specification', order.specification],
                ...(order.period === undefined ? [] : [['Period', periodText(order.period)] as const]),
                ['Ordered', <Time key="at" at={order.createdAt} />],
                ...(order.expiresAt === undefined
                  ? []
                  : [['Until', <Time key="until" at={order.expiresAt} />] as const]),
              ]}
            />
            <p class="row">
              <a class="button" href={instanceAddress(instance.number)}>
                The seller’s side, in the console
              </a>
            </p>
          </Section>
          <Section id="access" title="Signing in">
            <AccessData instance={instance} />
          </Section>
        </div>
      </>
    ),
  })
  // Drawn again by itself as long as something is awaited, also without a script.
  return html(200, text, isBusy && order.state === 'processing' ? { refresh: '3' } : {})
}

function Standing({ ask, order, isBusy }: Asked & { readonly ask: Ask; readonly isBusy: boolean }) {
  const { state, trouble } = order
  if (state === 'succeeded') {
    return trouble === undefined ? null : (
      <Notice tone="warning" title="It succeeded, but">
        <p>{trouble}</p>
      </Notice>
    )
  }
  if (isBusy) {
    return (
      <Notice tone="info" title="The seller is making it">
        <p>The seller’s server is asked every few seconds whether it is there; this page looks by itself.</p>
      </Notice>
    )
  }
  const stopped = 'The sandbox ended before the seller’s server had answered.'
  return (
    <Notice tone="bad" title={state === 'failed' ? 'The order failed' : 'The order is not settled'}>
      <p>{trouble ?? stopped}</p>
      <p>
        KooGallery repeats such a call every hour for three hours, and refunds the buyer then. Here it is repeated by
        hand, with the same order and line.
      </p>
      <RestartForm ask={ask} orderId={order.orderId} />
    </Notice>
  )
}

export function RestartForm({ ask, orderId }: { readonly ask: Ask; readonly orderId: string }) {
  return (
    <form method="post" action={`${orderAddress(orderId)}/restart`}>
      <Token visitor={ask.visitor} />
      <button type="submit">
        Restart<span class="unseen"> order {orderId}</span>
      </button>
    </form>
  )
}

export async function restartIt(ask: Ask): Promise<Answer> {
  demandFresh(ask)
  const { order, instance } = orderAsked(ask)
  await ask.tools.seller.restart(order.orderId)
  return moved(order.deed === 'open' ? orderAddress(order.orderId) : instanceAddress(instance.number))
}

function AccessData({ instance: { access, status } }: { readonly instance: Instance }) {
  if (status === 'released') return <p class="quiet">The instance has been released.</p>
  if (access === undefined) return <p class="quiet">The seller has not told yet how to sign in.</p>
  const rows = [
    ...addressRow('Address', access.frontEndUrl),
    ...addressRow('Administration', access.adminUrl),
    ...textRow('User name', access.userName),
    ...passwordRow(access),
    ...textRow('Note', access.memo),
  ]
  if (rows.length === 0) return <p class="quiet">The seller tells how to sign in by other means.</p>
  return (
    <div class="stacked">
      <Facts rows={rows} />
    </div>
  )
}

type Row = readonly [name: string, value: ReturnType<typeof Facts>]

/** A link only where it is one to a web page; else the text. */
function addressRow(name: string, address: string | undefined): readonly Row[] {
  if (address === undefined) return []
  const link = /^https?:/i.test(address) ? linkAddress(address) : undefined
  const value =
    link === undefined ? (
      <code class="address">{address}</code>
    ) : (
      <a href={link} rel="noopener noreferrer nofollow" class="address">
        {address}
      </a>
    )
  return [[name, value]]
}

function textRow(name: string, text: string | undefined): readonly Row[] {
  return text === undefined ? [] : [[name, <span class="address pre-line">{text}</span>]]
}

function passwordRow({ password }: Access): readonly Row[] {
  if (password === undefined) return []
  return [
    [
      'Password',
      <details>
        <summary>Show it</summary>
        <code class="address">{password}</code>
      </details>,
    ],
  ]
}
