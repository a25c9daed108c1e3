/** The console's first page: what waits for a verdict, how many products are in which state, what happened last. */
import type { ProductState } from '../../model/release.ts'
import { Section } from '../../web/parts.tsx'
import type { Latest, Waiting } from '../catalogue.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { titleOf } from './catalogue.tsx'
import { page, productAddress, releaseAddress } from './frame.tsx'
import { actorTitles, countText, eventTitles, eventTones, spanText, stateTitles, timeText } from './shown.ts'

const mostWaiting = 100
const mostLatest = 8

export function overviewPage(ask: Ask): Answer {
  const { desk, catalogue } = ask.tools
  const { listings, queue, latest, now } = desk.inMarket((now) => ({
    listings: catalogue.listings(),
    queue: catalogue.queue(),
    latest: catalogue.latest(mostLatest),
    now,
  }))
  const counts = new Map<ProductState, number>()
  for (const { state } of listings) counts.set(state, (counts.get(state) ?? 0) + 1)
  const text = page(ask, {
    title: 'Console',
    here: '/console',
    children: (
      <>
        <h1>Console</h1>
        <ul class="tiles" aria-label="Products by state">
          {(Object.keys(stateTitles) as readonly ProductState[]).map((state) => (
            <li key={state}>
              <a class="card tile" href={`/console/products?state=${state}`}>
                <span class="tile-number">{(counts.get(state) ?? 0).toLocaleString('en-US')}</span>
                <span>{stateTitles[state]}</span>
              </a>
            </li>
          ))}
        </ul>
        <div class="two-columns">
          <Section id="queue" title="Waiting for a verdict">
            <Queue waiting={queue} now={now} />
          </Section>
          <Section id="latest" title="Latest">
            <LatestEvents events={latest} now={now} />
          </Section>
        </div>
      </>
    ),
  })
  return html(200, text)
}

function Queue({ waiting, now }: { readonly waiting: readonly Waiting[]; readonly now: number }) {
  if (waiting.length === 0) {
    return (
      <p class="quiet">
        Nothing waits. With <code>koo sandbox --review manual</code>, what is published from then on waits here.
      </p>
    )
  }
  return (
    <>
      <ul class="queue">
        {waiting.slice(0, mostWaiting).map(({ releaseId, key, name, version, method, since, due }) => (
          <li key={releaseId}>
            <div>
              <p class="queue-name">
                <a href={releaseAddress(releaseId)}>
                  {name} {version}
                </a>
              </p>
              <p class="quiet small">
                {key} · {titleOf(method)} ·{' '}
                {due === undefined ? 'a person decides' : `decided in ${spanText(due - now)}`}
              </p>
            </div>
            <p class="queue-wait">
              <strong>{spanText(now - since)}</strong>
              <span class="quiet small">waiting</span>
            </p>
          </li>
        ))}
      </ul>
      {waiting.length > mostWaiting ? (
        <p>
          <a href="/console/products?state=in-review">And {countText(waiting.length - mostWaiting, 'more', 'more')}</a>
        </p>
      ) : null}
    </>
  )
}

function LatestEvents({ events, now }: { readonly events: readonly Latest[]; readonly now: number }) {
  if (events.length === 0) return <p class="quiet">Nothing has happened yet.</p>
  return (
    <ol class="history">
      {events.map(({ key, version, what, at, by }, index) => (
        <li key={index} class={eventTones[what]}>
          <p class="history-head">
            <strong>{eventTitles[what]}</strong>
            <a href={productAddress(key)}>
              {key} {version}
            </a>
          </p>
          <p class="quiet small">
            {at === undefined ? 'At a time that was not recorded' : <Ago at={at} now={now} />}
            {by === undefined ? null : `, ${actorTitles[by]}`}
          </p>
        </li>
      ))}
    </ol>
  )
}

function Ago({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={timeText(at)}>
      {spanText(now - at)} ago
    </time>
  )
}
