/** The calls that were made to sellers' servers, with what is wrong with their answers. */
import { codeInWords } from '../../model/access/result-codes.ts'
import { Badge, Scrolled } from '../../web/parts.tsx'
import type { SellerCall } from '../order-store.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { callAddress, instanceAddress, Pager, page, pageOf, Trail } from './frame.tsx'
import { SalesTabs } from './instances.tsx'
import { countText } from './shown.ts'

const pageSize = 50

export function callsPage(ask: Ask): Answer {
  const { orders } = ask.tools.seller
  const { at, pages, offset } = pageOf(ask, orders.callCount(), pageSize)
  const calls = orders.calls({ limit: pageSize, offset })
  const text = page(ask, {
    title: 'Calls',
    here: '/console/instances',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Calls to sellers’ servers</h1>
        <SalesTabs here="/console/calls" />
        <p class="quiet">
          The last 5,000, newest first. To try everything KooGallery may ask of a server, run{' '}
          <code>koo access test URL</code>.
        </p>
        {calls.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">No seller has been called yet</p>
            <p class="quiet">Buying on the storefront calls the production interface of the product.</p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Calls">
              <CallTable calls={calls} isOfAll />
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

/** `isOfAll`: it says for which instance each was. */
export function CallTable({ calls, isOfAll }: { readonly calls: readonly SellerCall[]; readonly isOfAll?: boolean }) {
  return (
    <table class="requests">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Call</th>
          {isOfAll ? <th scope="col">For</th> : null}
          <th scope="col">HTTP</th>
          <th scope="col">Result</th>
          <th scope="col">Body-Sign</th>
          <th scope="col">Remarks</th>
          <th scope="col" class="number">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.number}>
            <td>
              <time dateTime={new Date(call.at).toISOString()}>{instantText(call.at)}</time>
            </td>
            <td>
              <a href={callAddress(call.number)}>{call.activity}</a>
            </td>
            {isOfAll ? (
              <td>
                <a href={instanceAddress(call.instance)}>Instance {call.instance}</a>
              </td>
            ) : null}
            <td>{call.status ?? '–'}</td>
            <td>{resultText(call)}</td>
            <td>
              <SignBadge call={call} />
            </td>
            <td>
              <FindingsBadge call={call} />
            </td>
            <td class="number">{call.milliseconds.toLocaleString('en-US')} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function instantText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

export function resultText({ code, status }: SellerCall): string {
  if (code !== undefined) return codeInWords(code)
  return status === undefined ? 'no answer' : 'no result code'
}

/** Whether the answer was signed right; nothing can be said where there is none, or only a web server’s page. */
export function SignBadge({ call: { findings, status, code } }: { readonly call: SellerCall }) {
  if (findings.some(({ id }) => id === 'body-sign')) return <Badge tone="bad">wrong</Badge>
  return status === undefined || (status !== 200 && code === undefined) ? <>–</> : <Badge tone="good">right</Badge>
}

function FindingsBadge({ call: { findings } }: { readonly call: SellerCall }) {
  if (findings.length === 0) return <>–</>
  const tone = findings.some(({ level }) => level === 'must') ? 'bad' : 'warning'
  return <Badge tone={tone}>{countText(findings.length, 'remark')}</Badge>
}
