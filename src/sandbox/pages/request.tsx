/** One request: its headers, and, where its signature was wrong, what the signature had to be over. */
import { bytesText } from '../../model/bytes-text.ts'
import { Facts, Notice, Section } from '../../web/parts.tsx'
import { type Answer, html, notHere } from './answer.ts'
import type { Ask } from './ask.ts'
import { page, Trail } from './frame.tsx'
import { maskedCanonicalRequest, maskedHeaders } from './masked.ts'
import { statusText } from './requests.tsx'
import { faultTitles, SignatureBadge } from './signature.tsx'

export function requestPage(ask: Ask): Answer {
  const [id = ''] = ask.parts
  const request = ask.tools.recent.find(id)
  if (request === undefined) {
    throw notHere('There is no such request among the last 1,000 since the sandbox started.')
  }
  const { operation, method, url, status, bytes, elapsed, faults, time, check, headers } = request
  const { credentials } = ask.tools.desk.store.account
  const text = page(ask, {
    title: operation || 'Request',
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            ['Requests', '/console/requests'],
          ]}
        />
        <div class="title-row">
          <h1>{operation || 'No operation'}</h1>
          <SignatureBadge check={check} />
        </div>
        {check?.is === 'refused' ? (
          <Notice tone="bad" title={faultTitles[check.fault]}>
            <p>The signature was refused: {check.why}.</p>
          </Notice>
        ) : null}
        <Section id="request" title="Request">
          <Facts
            rows={[
              [
                'Request',
                <code key="line" class="address">
                  {method} {url}
                </code>,
              ],
              ['Answered with', statusText(status)],
              ['Received', time],
              ['Took', `${elapsed.toFixed(1)} ms`],
              ['Body', bytesText(bytes)],
              ['Access key', check?.accessKey ?? '–'],
              ['Faults', faults.join(', ') || 'none'],
              ['Request id', <code key="id">{request.request_id}</code>],
            ]}
          />
        </Section>
        {check?.is === 'refused' && check.expected !== undefined ? (
          <Section id="expected" title="What had to be signed">
            <p>
              As this server worked it out of the request it received. Compare it with what your client signs; the first
              line that differs is the mistake. If all of it is the same, the secret key is not.
            </p>
            <h3>Canonical request</h3>
            <Text>{maskedCanonicalRequest(check.expected.canonicalRequest, credentials)}</Text>
            <h3>String to sign</h3>
            <Text>{check.expected.stringToSign}</Text>
          </Section>
        ) : null}
        <Section id="headers" title="Headers">
          <p class="quiet small">Signatures, tokens, cookies and foreign keys are masked.</p>
          <Facts
            rows={maskedHeaders(headers, credentials).map(([name, value]) => [
              name,
              <code key={name} class="address">
                {value}
              </code>,
            ])}
          />
        </Section>
      </>
    ),
  })
  return html(200, text)
}

function Text({ children }: { readonly children: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
  return <pre tabIndex={0}>{children}</pre>
}
