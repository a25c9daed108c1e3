/** One instance as the marketplace's side sees it: what can be done with it, its orders, and the calls made for it. */
import { chargings } from '../../model/access/charging.ts'
import { codeInWords, succeeded } from '../../model/access/result-codes.ts'
import { Facts, Notice, Scrolled, Section } from '../../web/parts.tsx'
import { type Deed, type DeedName, deedNamed, deeds } from '../deeds.ts'
import type { OrderStore, SellerCall } from '../order-store.ts'
import type { Instance, Order } from '../orders.ts'
import { targetsOf } from '../sales.ts'
import { type Answer, html, moved, notHere, Refused } from './answer.ts'
import { type Ask, demandFresh } from './ask.ts'
import { Findings } from './call.tsx'
import { CallTable } from './calls.tsx'
import {
  callAddress,
  InstanceBadge,
  instanceAddress,
  OrderBadge,
  orderAddress,
  page,
  productAddress,
  Time,
  Token,
  Trail,
} from './frame.tsx'
import { RestartForm } from './order.tsx'
import { UsageTable } from './usage.tsx'

const mostCalls = 50
const mostUsage = 20

function instanceAsked({ tools: { seller }, parts: [number = ''] }: Ask): Instance {
  const instance = seller.orders.instance(Number(number))
  if (instance === undefined) throw notHere('There is no such instance.')
  return instance
}

/** Specifications it may be changed for. */
function targetsFor({ tools: { desk } }: Ask, instance: Instance): readonly string[] {
  const product = desk.inMarket(() => desk.store.productByKey(instance.productKey))
  return targetsOf(
    product?.releases.find(({ state }) => state === 'on-sale'),
    instance,
  )
}

export function instancePage(ask: Ask): Answer {
  const instance = instanceAsked(ask)
  const { seller } = ask.tools
  const { orders } = seller
  const { number, productName, specification, status, instanceId = '' } = instance
  const ownOrders = orders.ordersOf(number)
  const calls = orders.calls({ limit: mostCalls, offset: 0 }, number)
  const usage = instanceId === '' ? [] : orders.usage({ limit: mostUsage, offset: 0 }, instanceId)
  const isBusy = seller.isBusy(number)
  const text = page(ask, {
    title: `${productName}, instance ${number}`,
    children: (
      <>
        <Trail
          to={[
            ['Console', '/console'],
            ['Instances', '/console/instances'],
          ]}
        />
        <div class="title-row">
          <h1>
            {productName} · {specification}
          </h1>
          <InstanceBadge status={status} />
        </div>
        <Told ask={ask} orders={orders} instance={instance} />
        {isBusy ? (
          <Notice tone="info" title="The seller is being asked whether it is there">
            <p>Until that is known, nothing else can be done. This page looks by itself.</p>
          </Notice>
        ) : null}
        <div class="two-columns">
          <div>
            <Section id="about" title="Instance">
              <InstanceFacts ask={ask} instance={instance} />
            </Section>
            <Section id="orders" title="Orders">
              <Orders ask={ask} orders={ownOrders} isBusy={isBusy} />
            </Section>
          </div>
          <Section id="deeds" title="What happens next">
            <Deeds ask={ask} instance={instance} orders={ownOrders} isBusy={isBusy} />
          </Section>
        </div>
        <Section id="calls" title="Calls to the seller’s server">
          {calls.length === 0 ? (
            <p class="quiet">None has ended yet.</p>
          ) : (
            <Scrolled label="Calls for this instance">
              <CallTable calls={calls} />
            </Scrolled>
          )}
        </Section>
        {usage.length === 0 ? null : (
          <Section id="usage" title="Usage">
            <Scrolled label="Usage of this instance">
              <UsageTable usage={usage} />
            </Scrolled>
          </Section>
        )}
      </>
    ),
  })
  return html(200, text, isBusy ? { refresh: '3' } : {})
}

function InstanceFacts({ ask, instance }: { readonly ask: Ask; readonly instance: Instance }) {
  const { productKey, instanceId, charging, boughtAt, expiresAt, isTrial } = instance
  const { desk, seller } = ask.tools
  const product = desk.inMarket(() => desk.store.productByKey(productKey))
  const address = product && seller.addressOf(product)
  return (
    <Facts
      rows={[
        ['Product', <a href={productAddress(productKey)}>{productKey}</a>],
        ['Seller’s id', instanceId === undefined ? '–' : <code class="address">{instanceId}</code>],
        ['Paid', isTrial ? `${chargings[charging]}; a trial for now` : chargings[charging]],
        ['Bought', <Time at={boughtAt} />],
        ['Until', expiresAt === undefined ? '–' : <Time at={expiresAt} />],
        ['Is called', address === undefined ? '–' : <code class="address">{address}</code>],
      ]}
    />
  )
}

/** What came of the call that brought the visitor here. */
function Told({
  ask,
  orders,
  instance,
}: {
  readonly ask: Ask
  readonly orders: OrderStore
  readonly instance: Instance
}) {
  const call = orders.call(Number(ask.url.searchParams.get('call') ?? Number.NaN))
  if (call === undefined || call.instance !== instance.number) return null
  const order = call.orderId === undefined ? undefined : orders.order(call.orderId)
  return (
    <>
      <Outcome call={call} trouble={order?.trouble} />
      <Findings findings={call.findings} />
    </>
  )
}

function Outcome({ call, trouble }: { readonly call: SellerCall; readonly trouble: string | undefined }) {
  const isGood = call.status === 200 && call.code === succeeded
  const result = call.code === undefined ? 'there was no result' : codeInWords(call.code)
  return (
    <Notice tone={isGood ? 'good' : 'bad'} title={`${call.activity}: ${result}`}>
      {isGood || trouble === undefined ? null : <p>{trouble}</p>}
      <p>
        <a href={callAddress(call.number)}>What was sent and received</a>
      </p>
    </Notice>
  )
}

function Orders({
  ask,
  orders,
  isBusy,
}: {
  readonly ask: Ask
  readonly orders: readonly Order[]
  readonly isBusy: boolean
}) {
  return (
    <ul class="queue">
      {orders.map(({ orderId, deed, state, createdAt, trouble }) => (
        <li key={orderId}>
          <div>
            <p class="queue-name">
              <a href={orderAddress(orderId)}>{deedNamed(deed)?.title ?? deed}</a>
            </p>
            <p class="quiet small">
              {orderId} · <Time at={createdAt} />
            </p>
            {trouble === undefined ? null : <p class="small">{trouble}</p>}
          </div>
          <div class="queue-wait">
            <OrderBadge state={state} />
            {state === 'succeeded' || isBusy ? null : <RestartForm ask={ask} orderId={orderId} />}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Deeds({
  ask,
  instance,
  orders,
  isBusy,
}: {
  readonly ask: Ask
  readonly instance: Instance
  readonly orders: readonly Order[]
  readonly isBusy: boolean
}) {
  const targets = targetsFor(ask, instance)
  const possible = (Object.keys(deeds) as readonly DeedName[]).filter((name) => {
    const deed: Deed = deeds[name]
    return deed.isPossible(instance, orders) && (deed.takesTarget === undefined || targets.length > 0)
  })
  if (isBusy || possible.length === 0) {
    return <p class="quiet">{isBusy ? 'Wait for the answer.' : 'Nothing can be done with it.'}</p>
  }
  return (
    <ul class="deeds">
      {possible.map((name) => (
        <li key={name}>
          <form method="post" action={`${instanceAddress(instance.number)}/perform`}>
            <Token visitor={ask.visitor} />
            <input type="hidden" name="deed" value={name} />
            <DeedFields name={name} targets={targets} />
          </form>
        </li>
      ))}
    </ul>
  )
}

function DeedFields({ name, targets }: { readonly name: DeedName; readonly targets: readonly string[] }) {
  const { title, about, activity, takesTarget, isFinal }: Deed = deeds[name]
  return (
    <>
      <p>
        {about} <code>{activity}</code>
      </p>
      <p class="row">
        {takesTarget === undefined ? null : (
          <>
            <label class="unseen" for={`target-${name}`}>
              {title}: to which specification
            </label>
            <select id={`target-${name}`} name="target">
              {targets.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </>
        )}
        <button type="submit" class={isFinal ? 'danger' : ''}>
          {title}
        </button>
      </p>
    </>
  )
}

export async function performIt(ask: Ask): Promise<Answer> {
  demandFresh(ask)
  const instance = instanceAsked(ask)
  const name = ask.form.get('deed') ?? ''
  const target = ask.form.get('target') ?? ''
  if (deedNamed(name)?.takesTarget !== undefined && !targetsFor(ask, instance).includes(target)) {
    throw new Refused(
      409,
      'The product has changed',
      'This specification is not on sale any more, so nothing was done.',
    )
  }
  const call = await ask.tools.seller.perform(instance.number, name, target)
  return moved(`${instanceAddress(instance.number)}?call=${call}`)
}
