/** How instances are made, once for each order line. */
import type { activities } from '../../model/access/activities.ts'
import { lineOf } from '../../model/access/mock-orders.ts'
import { beingProcessed, codeInWords, invalidParameter, succeeded } from '../../model/access/result-codes.ts'
import { type Scenario, Skipped, Wrong } from '../case.ts'
import { shown } from '../shown.ts'
import { codeOf, expectCode, instanceIdOf, newIdOf, type Order, prior, type Talk } from '../talk.ts'

const group = 'new-instance'
const source = 'saasNewInstance'

/** Repeats of a call that are made at the same time. */
const repeats = 10

export const newInstanceCases: readonly Scenario[] = [
  {
    id: 'new-instance',
    group,
    level: 'must',
    title: 'newInstance makes an instance and gives its id',
    source,
    mend: 'Answer 000000 with an instanceId, best the businessId of the first call; or 000004 with it where making takes longer.',
    async run(talk) {
      const spoken = await talk.send('newInstance', { ...talk.order() })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance')
      newIdOf(spoken)
      return codeOf(spoken) === beingProcessed ? 'The instance is made in the background.' : undefined
    },
  },
  {
    id: 'new-instance-slow',
    group,
    level: 'must',
    title: 'Where making an instance takes longer, its id is given at once, and queryInstance tells when it is there',
    source,
    mend: 'Answer 000004 with the instanceId, queryInstance with 000004 until the instance is there, and then with 000000.',
    async run(talk) {
      const spoken = await prior('new-instance', async () => {
        const first = await talk.send('newInstance', { ...talk.order() })
        expectCode(first, [succeeded, beingProcessed], 'newInstance')
        return first
      })
      if (codeOf(spoken) === succeeded) throw new Skipped('The server makes instances at once.')
      const started = talk.partner.clock.now()
      await talk.made(instanceIdOf(spoken))
      const seconds = Math.round((talk.partner.clock.now() - started) / 100) / 10
      return `The instance was there ${seconds} seconds after newInstance.`
    },
  },
  {
    id: 'new-instance-repeated',
    group,
    level: 'must',
    title: 'The same order line again gives the same instance',
    source,
    mend: 'Look the order line up first: KooGallery repeats calls, each time with another businessId, and one line is one instance.',
    async run(talk) {
      const order = talk.order()
      await sameAgain(talk, order, await talk.opened(order))
      return undefined
    },
  },
  {
    id: 'new-instance-at-once',
    group,
    level: 'must',
    title: `The same order line ${repeats} times at once gives one instance`,
    source,
    mend: 'Let the database keep order lines unique, or lock the line: between looking it up and making its instance another call may do the same.',
    async run(talk) {
      const before = talk.order()
      const id = await talk.opened(before)
      await prior('new-instance-repeated', () => sameAgain(talk, before, id))
      const order = talk.order()
      const calls = Array.from({ length: repeats }, () => ({ ...order, businessId: talk.uuid() }))
      const all = await Promise.all(calls.map((fields) => talk.send('newInstance', fields)))
      const made = all.filter((spoken) => [succeeded, beingProcessed].some((code) => code === codeOf(spoken)))
      // What is refused here is called again by KooGallery, and must then be the same instance.
      const last = await talk.opened({ ...order, businessId: talk.uuid() })
      const ids = new Set([...made.map((spoken) => prior('new-instance', () => newIdOf(spoken))), last])
      if (ids.size > 1) {
        const some = [...ids].slice(0, 2).map(shown).join(' and ')
        throw new Wrong(`The same order line, called ${repeats} times at once, has ${ids.size} instances, as ${some}.`)
      }
      const refused = all.length - made.length
      return refused === 0 ? undefined : `${refused} of the ${repeats} calls were refused.`
    },
  },
  {
    id: 'new-instance-lines',
    group,
    level: 'must',
    title: 'Two lines of one order are two instances',
    source,
    mend: 'Tell instances apart by orderId and orderLineId together: an order has a line for each product bought.',
    async run(talk) {
      const order = talk.order()
      const first = await talk.opened(order)
      const other = { ...order, orderLineId: lineOf(order.orderId, 2), businessId: talk.uuid() }
      const spoken = await talk.send('newInstance', { ...other })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance for the second line of an order')
      if (newIdOf(spoken) !== first) return undefined
      throw new Wrong(`Both lines of an order have the instance ${shown(first)}.`)
    },
  },
  {
    id: 'new-instance-fields',
    group,
    level: 'must',
    title: `newInstance without one of its parameters is refused with ${invalidParameter}`,
    source,
    mend: `Answer ${invalidParameter} where orderId, orderLineId or businessId is missing, and make nothing.`,
    async run(talk) {
      await talk.accepted()
      for (const name of ['orderId', 'orderLineId', 'businessId'] as const) await missed(talk, name)
      return undefined
    },
  },
  {
    id: 'new-instance-business-id',
    group,
    level: 'informative',
    title: 'The instanceId is the businessId of the first call, as KooGallery recommends',
    source,
    mend: 'Take the businessId of the first call, which is unique.',
    async run(talk) {
      const order = talk.order()
      const id = await talk.opened(order)
      return id === order.businessId ? 'It is.' : `It is an id of the server's own, as ${shown(id)}.`
    },
  },
]

async function sameAgain(talk: Talk, order: Order, first: string): Promise<void> {
  const again = await talk.send('newInstance', { ...order, businessId: talk.uuid() })
  expectCode(again, [succeeded, beingProcessed], 'newInstance for an order line that has an instance')
  const second = newIdOf(again)
  if (second === first) return
  throw new Wrong(`The same order line has two instances: ${shown(first)}, and after a repeated call ${shown(second)}.`)
}

async function missed(talk: Talk, name: keyof Order & keyof typeof activities.newInstance.fields): Promise<void> {
  const { [name]: _, ...others } = talk.order()
  const spoken = await talk.send('newInstance', others)
  const code = codeOf(spoken)
  if (code === invalidParameter) return
  throw new Wrong(
    `newInstance without ${name} is answered with ${codeInWords(code)}, not with ${codeInWords(invalidParameter)}.`,
  )
}
