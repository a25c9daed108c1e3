/** All orders, of every kind, in a table. */
import { Scrolled } from '../../web/parts.tsx'
import { deedNamed } from '../deeds.ts'
import type { Order } from '../orders.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { instanceAddress, OrderBadge, orderAddress, Pager, page, pageOf, Time, Trail } from './frame.tsx'
import { SalesTabs } from './instances.tsx'

const pageSize = 50

export function ordersPage(ask: Ask): Answer {
  const { orders } = ask.tools.seller
  const { at, pages, offset } = pageOf(ask, orders.orderCount(), pageSize)
  const shown = orders.orders({ limit: pageSize, offset })
  const text = page(ask, {
    title: 'Orders',
    here: '/console/instances',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Orders</h1>
        <SalesTabs here="/console/orders" />
        {shown.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">Nothing has been ordered yet</p>
            <p class="quiet">Buying, renewing, changing and unsubscribing are orders.</p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Orders">
              <OrderTable orders={shown} />
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

function OrderTable({ orders }: { readonly orders: readonly Order[] }) {
  return (
    <table class="requests">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">What</th>
          <th scope="col">State</th>
          <th scope="col">Made</th>
          <th scope="col">Instance</th>
        </tr>
      </thead>
      <tbody>
        {orders.map(({ orderId, deed, orderType, state, createdAt, instance, specification }) => (
          <tr key={orderId}>
            <td>
              <a href={orderAddress(orderId)}>{orderId}</a>
            </td>
            <td>
              {deedNamed(deed)?.title ?? deed}
              <br />
              <span class="quiet small">{orderType}</span>
            </td>
            <td>
              <OrderBadge state={state} />
            </td>
            <td>
              <Time at={createdAt} />
            </td>
            <td>
              <a href={instanceAddress(instance)}>
                {specification} <span class="quiet small">({instance})</span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
