/** The last requests to the API, with what became of their signatures. */
import { bytesText } from '../../model/bytes-text.ts'
import { Scrolled } from '../../web/parts.tsx'
import type { RecentRequest } from '../recent-requests.ts'
import { type Answer, html } from './answer.ts'
import { type Ask, pageNumber } from './ask.ts'
import { Pager, page, sliceOf, Trail } from './frame.tsx'
import { SignatureBadge } from './signature.tsx'

const pageSize = 50

export function requestsPage(ask: Ask): Answer {
  const all = ask.tools.recent.list()
  const failed = all.filter(hasFailed)
  const isFiltered = ask.url.searchParams.get('show') === 'failed'
  const { shown, at, pages } = sliceOf(isFiltered ? failed : all, pageNumber(ask), pageSize)
  const text = page(ask, {
    title: 'Requests',
    here: '/console/requests',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Requests</h1>
        <p class="quiet">
          The last 1,000 requests to the API since the sandbox started, newest first. They are kept in memory only.
        </p>
        <nav class="row tabs" aria-label="Which requests">
          <a href="/console/requests" {...(isFiltered ? {} : { 'aria-current': 'true' as const })}>
            All ({all.length})
          </a>
          <a href="/console/requests?show=failed" {...(isFiltered ? { 'aria-current': 'true' as const } : {})}>
            Failed ({failed.length})
          </a>
        </nav>
        {shown.length === 0 ? (
          <div class="card empty">
            <p class="notice-title">{isFiltered ? 'No request failed' : 'No request has come yet'}</p>
            <p class="quiet">What clients send to the API is listed here; these pages are not.</p>
          </div>
        ) : (
          <div class="card table-card">
            <Scrolled label="Requests">
              <RequestTable requests={shown} />
            </Scrolled>
          </div>
        )}
        <Pager url={ask.url} at={at} pages={pages} />
      </>
    ),
  })
  return html(200, text)
}

function RequestTable({ requests }: { readonly requests: readonly RecentRequest[] }) {
  const areFaulty = requests.some(({ faults }) => faults.length > 0)
  return (
    <table class="requests">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Request</th>
          <th scope="col">Status</th>
          <th scope="col">Signature</th>
          <th scope="col">Access key</th>
          <th scope="col" class="number">
            Body
          </th>
          <th scope="col" class="number">
            Took
          </th>
          {areFaulty ? <th scope="col">Faults</th> : null}
        </tr>
      </thead>
      <tbody>
        {requests.map(({ request_id, time, method, url, operation, status, check, bytes, elapsed, faults }) => (
          <tr key={request_id}>
            <td>
              <time dateTime={time}>{time.slice(11, 23)}</time>
            </td>
            <td class="broad">
              <a href={`/console/requests/${request_id}`}>{operation || 'No operation'}</a>
              <br />
              <span class="quiet small cut" title={url}>
                {method} {url}
              </span>
            </td>
            <td>{statusText(status)}</td>
            <td>
              <SignatureBadge check={check} />
            </td>
            <td class="small">{check?.accessKey ?? '–'}</td>
            <td class="number">{bytesText(bytes)}</td>
            <td class="number">{elapsed.toFixed(1)} ms</td>
            {areFaulty ? <td class="small">{faults.join(', ') || '–'}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function hasFailed({ status }: Pick<RecentRequest, 'status'>): boolean {
  return status === 0 || status >= 400
}

export function statusText(status: number): string {
  return status === 0 ? 'No answer' : String(status)
}
