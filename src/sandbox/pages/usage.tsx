/** What sellers' servers reported that instances used. */
import { Scrolled } from '../../web/parts.tsx'
import type { KeptUsage } from '../order-store.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { Pager, page, pageOf, Time, Trail } from './frame.tsx'
import { SalesTabs } from './instances.tsx'

const pageSize = 100

export function usagePage(ask: Ask): Answer {
  const { orders } = ask.tools.seller
  const { at, pages, offset } = pageOf(ask, orders.usageCount(), pageSize)
  const usage = orders.usage({ limit: pageSize, offset })
  const text = page(ask, {
    title: 'Usage',
    here: '/console/instances',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Usage</h1>
        <SalesTabs here="/console/usage" />
        {usage.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">No usage has been pushed yet</p>
            <p class="quiet">Sellers’ servers push it for instances that are paid by usage; it is listed here.</p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Usage records">
              <UsageTable usage={usage} />
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

export function UsageTable({ usage }: { readonly usage: readonly KeptUsage[] }) {
  return (
    <table class="requests">
      <thead>
        <tr>
          <th scope="col">Received</th>
          <th scope="col">Instance</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" class="number">
            Value
          </th>
        </tr>
      </thead>
      <tbody>
        {usage.map(({ receivedAt, record }, index) => (
          <tr key={index}>
            <td>
              <Time at={receivedAt} />
            </td>
            <td>
              <code class="cut">{record.instance_id}</code>
            </td>
            <td>{record.begin_time}</td>
            <td>{record.end_time}</td>
            <td class="number">{record.usage_value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
