/** All instances that were bought here, in a table. */
import { Scrolled } from '../../web/parts.tsx'
import type { Instance } from '../orders.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { InstanceBadge, instanceAddress, Pager, page, pageOf, Time, Trail } from './frame.tsx'

const pageSize = 50

export function instancesPage(ask: Ask): Answer {
  const { orders } = ask.tools.seller
  const { at, pages, offset } = pageOf(ask, orders.instanceCount(), pageSize)
  const instances = orders.instances({ limit: pageSize, offset })
  const text = page(ask, {
    title: 'Instances',
    here: '/console/instances',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Instances</h1>
        <SalesTabs here="/console/instances" />
        {instances.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">Nothing has been bought yet</p>
            <p class="quiet">
              Products that are opened over a production interface can be bought on their page in the storefront.
            </p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Instances">
              <InstanceTable instances={instances} />
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

const tabs = [
  ['Instances', '/console/instances'],
  ['Orders', '/console/orders'],
  ['Calls', '/console/calls'],
  ['Usage', '/console/usage'],
  ['Seller information', '/console/seller'],
] as const

/** The ways between what was bought, what came of it, and what a seller needs to know for it. */
export function SalesTabs({ here }: { readonly here: (typeof tabs)[number][1] }) {
  return (
    <nav class="row tabs" aria-label="Sales">
      {tabs.map(([title, href]) => (
        <a key={href} href={href} {...(href === here ? { 'aria-current': 'true' as const } : {})}>
          {title}
        </a>
      ))}
    </nav>
  )
}

function InstanceTable({ instances }: { readonly instances: readonly Instance[] }) {
  return (
    <table class="requests">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">State</th>
          <th scope="col">Seller’s id</th>
          <th scope="col">Bought</th>
          <th scope="col">Until</th>
        </tr>
      </thead>
      <tbody>
        {instances.map(({ number, productName, specification, status, instanceId, boughtAt, expiresAt, isTrial }) => (
          <tr key={number}>
            <td class="broad">
              <a href={instanceAddress(number)}>
                {productName} · {specification}
              </a>
              {isTrial ? <span class="quiet small"> (trial)</span> : null}
            </td>
            <td>
              <InstanceBadge status={status} />
            </td>
            <td>{instanceId === undefined ? '–' : <code class="cut">{instanceId}</code>}</td>
            <td>
              <Time at={boughtAt} />
            </td>
            <td>{expiresAt === undefined ? '–' : <Time at={expiresAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
