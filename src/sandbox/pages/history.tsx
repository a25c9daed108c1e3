/** What happened to a product, as a list that begins with the newest. */
import type { HistoryEvent } from '../history.ts'
import type { Product } from '../market.ts'
import { releaseAddress, Time } from './frame.tsx'
import { actorTitles, eventTitles, eventTones } from './shown.ts'

export function History({ product, events }: { readonly product: Product; readonly events: readonly HistoryEvent[] }) {
  const versions = new Map(product.releases.map(({ id, version }) => [id, version]))
  return (
    <ol class="history">
      {[...events].reverse().map((event, index) => (
        <li key={index} class={eventTones[event.what]}>
          <p class="history-head">
            <strong>{eventTitles[event.what]}</strong>
            {event.releaseId === undefined ? null : (
              <a href={releaseAddress(event.releaseId)}>{versions.get(event.releaseId) ?? 'a release'}</a>
            )}
          </p>
          <p class="quiet small">
            {event.at === undefined ? 'At a time that was not recorded' : <Time at={event.at} />}
            {event.by === undefined ? null : `, ${actorTitles[event.by]}`}
          </p>
          <Details event={event} />
        </li>
      ))}
    </ol>
  )
}

function Details({ event: { complaints = [], changed = [] } }: { readonly event: HistoryEvent }) {
  if (complaints.length + changed.length === 0) return null
  return (
    <ul class="small">
      {complaints.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {path === '' ? 'The whole product' : <code>{path}</code>}: <span class="pre-line">{message}</span>
        </li>
      ))}
      {changed.map((path) => (
        <li key={path}>
          <code>{path}</code>
        </li>
      ))}
    </ul>
  )
}
