/** What a seller's server needs to know of this marketplace: the key they share, and where it is asked. */
import { Facts, Section } from '../../web/parts.tsx'
import { operations } from '../operations.ts'
import { type Answer, html } from './answer.ts'
import type { Ask } from './ask.ts'
import { page, Trail } from './frame.tsx'
import { SalesTabs } from './instances.tsx'

export async function sellerPage(ask: Ask): Promise<Answer> {
  const { seller, desk } = ask.tools
  const key = await seller.key()
  const base = `http://${ask.headers.host ?? 'localhost'}`
  const address = (path: string) => (
    <code key={path} class="address">
      {base}
      {path}
    </code>
  )
  const text = page(ask, {
    title: 'Seller',
    here: '/console/instances',
    children: (
      <>
        <Trail to={[['Console', '/console']]} />
        <h1>Seller information</h1>
        <SalesTabs here="/console/seller" />
        <Section id="interface" title="Production interface">
          <p>
            Calls to your server, your answers and the usage you push are signed with this key. It is that of this
            sandbox; the one for KooGallery is shown by Seller Console.
          </p>
          <Facts
            rows={[
              [
                'Interconnection key',
                key === undefined ? (
                  'none'
                ) : (
                  <details>
                    <summary>Show it</summary>
                    <code class="address">{key}</code>
                  </details>
                ),
              ],
            ]}
          />
        </Section>
        <Section id="open-api" title="What your server may ask">
          <p>
            Requests are signed with the key pair that the sandbox printed when it started, and are listed under
            Requests.
          </p>
          <Facts
            rows={[
              ['Access key', <code key="ak">{desk.store.account.credentials.accessKey}</code>],
              ['Order query', address(`${operations.ShowOrder.url}?orderId=…&orderLineId=…`)],
              ['Usage push', address(operations.PushUsage.url)],
            ]}
          />
        </Section>
      </>
    ),
  })
  return html(200, text)
}
