/** One call to a seller's server: what was sent, what came back, and what is wrong with it. */
import { caseLevels, type Header } from '../../model/access/report.ts'
import { Badge, Facts, Notice, Section } from '../../web/parts.tsx'
import type { CallFinding, WholeCall } from '../order-store.ts'
import { type Answer, html, notHere } from './answer.ts'
import type { Ask } from './ask.ts'
import { instantText, resultText, SignBadge } from './calls.tsx'
import { instanceAddress, orderAddress, page, Trail } from './frame.tsx'

export function callPage(ask: Ask): Answer {
  const [number = ''] = ask.parts
  const call = ask.tools.seller.orders.call(Number(number))
  if (call === undefined) throw notHere('There is no such call among the last 5,000.')
  const { activity, exchange, findings, instance, orderId } = call
  const { sent, came } = exchange
  const text = page(ask, {
    title: activity,
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            ['Calls', '/console/calls'],
          ]}
        />
        <h1>{activity}</h1>
        <Findings findings={findings} />
        <Section id="call" title="Call">
          <Facts
            rows={[
              ['Result', resultText(call)],
              ['HTTP status', call.status === undefined ? 'no answer' : String(call.status)],
              ['Took', `${call.milliseconds.toLocaleString('en-US')} ms`],
              ['Body-Sign', <SignBadge key="sign" call={call} />],
              ['Sent', `${instantText(call.at)} UTC`],
              [
                'For',
                <span key="for" class="row">
                  <a href={instanceAddress(instance)}>Instance {instance}</a>
                  {orderId === undefined ? null : <a href={orderAddress(orderId)}>Order {orderId}</a>}
                </span>,
              ],
            ]}
          />
        </Section>
        <Section id="sent" title="Sent">
          <p>
            <code class="address">
              {sent.method} {sent.url}
            </code>
          </p>
          <Message headers={sent.headers} body={sent.body} />
        </Section>
        <Section id="came" title="Received">
          <Came came={came} />
        </Section>
      </>
    ),
  })
  return html(200, text)
}

function Came({ came }: { readonly came: WholeCall['exchange']['came'] }) {
  if (came.is === 'late') return <p>There was no answer in time.</p>
  if (came.is === 'unreached') return <p>The server could not be called: {came.why}.</p>
  return <Message headers={came.headers} body={came.body} />
}

function Message({ headers, body }: { readonly headers: readonly Header[]; readonly body: string }) {
  return (
    <>
      <details>
        <summary>{headers.length} headers</summary>
        <Facts
          rows={headers.map(([name, value]) => [
            name,
            <code key={name} class="address">
              {value}
            </code>,
          ])}
        />
      </details>
      {body === '' ? (
        <p class="quiet">Without a body.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <pre class="message" tabIndex={0}>
          {indented(body)}
        </pre>
      )}
    </>
  )
}

/** JSON with a line for each field; what is none, or was cut, as it came. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** What is wrong with an answer, by the cases of `koo access test`. */
export function Findings({ findings }: { readonly findings: readonly CallFinding[] }) {
  if (findings.length === 0) return null
  const isBad = findings.some(({ level }) => level === 'must')
  return (
    <Notice tone={isBad ? 'bad' : 'warning'} title="What is wrong with the answer">
      <ul class="findings">
        {findings.map(({ id, level, wrong, mend }) => (
          <li key={id}>
            <p>
              <code>{id}</code>{' '}
              <Badge tone={level === 'must' ? 'bad' : 'warning'}>
                <span title={caseLevels[level]}>{level}</span>
              </Badge>
            </p>
            <p>{wrong.charAt(0).toUpperCase() + wrong.slice(1)}</p>
            <p class="small">{mend}</p>
          </li>
        ))}
      </ul>
      <p>
        <code>koo access test URL</code> tries everything that KooGallery may ask of the server.
      </p>
    </Notice>
  )
}
