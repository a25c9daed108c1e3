/** How instances are made and told of in version 1.0. */
import { newOrderOf } from '../../model/access/mock-orders.ts'
import { beingProcessed, invalidParameter, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import { encryptCredential } from '../../signing/production-v1.ts'
import { type Scenario, Wrong } from '../case.ts'
import { shown } from '../shown.ts'
import type { JsonObject } from '../spoken.ts'
import { codeOf, expectCode, infosOf, instanceIdOf, prior, type Talk } from '../talk.ts'
import { again, bought, opened, purchase } from './v1-calls.ts'

const made = { group: 'new-instance', source: 'saasV1NewInstance' } as const
// Sellers of other products may do without it.
const queried = { group: 'query-instance', source: 'saasV1QueryInstance', charging: ['pay-per-use'] } as const

/** Of those the pages tell that they are needed. */
const needed = ['customerId', 'businessId', 'orderId']
const many = 5

export const newInstanceCasesV1: readonly Scenario[] = [
  {
    ...made,
    id: 'new-instance',
    level: 'must',
    title: 'newInstance makes an instance and gives its id',
    mend: `Answer ${succeeded} with an instanceId, best the businessId of the first call.`,
    async run(talk) {
      instanceIdOf(await bought(talk))
      return undefined
    },
  },
  {
    ...made,
    id: 'new-instance-repeated',
    level: 'must',
    title: 'The same order again gives the same instance',
    mend: 'Look the order up first: KooGallery repeats calls, each time with another businessId, and may do so for three hours.',
    async run(talk) {
      const fields = purchase(talk)
      const first = await opened(talk, fields)
      const spoken = await talk.send('newInstance', again(talk, fields))
      expectCode(spoken, [succeeded], 'newInstance for an order that has an instance')
      const second = prior('new-instance', () => instanceIdOf(spoken))
      if (second === first) return undefined
      throw new Wrong(`The same order has two instances: ${shown(first)}, and after a repeated call ${shown(second)}.`)
    },
  },
  {
    ...made,
    id: 'new-instance-orders',
    level: 'must',
    title: 'Two orders of one customer are two instances',
    mend: 'Tell instances apart by orderId, not by the customer: whoever buys twice gets two.',
    async run(talk) {
      const fields = purchase(talk)
      const first = await opened(talk, fields)
      const orderId = `${newOrderOf[talk.charging]}-${talk.drawn().slice(0, 12).toUpperCase()}`
      const second = await opened(talk, { ...fields, orderId })
      if (second !== first) return undefined
      throw new Wrong(`Two orders of one customer have the instance ${shown(first)}.`)
    },
  },
  {
    ...made,
    id: 'new-instance-products',
    level: 'must',
    title: 'Two products of one order that are paid by usage are two instances',
    charging: ['pay-per-use'],
    mend: 'Tell instances apart by orderId and productId together: what is paid by usage has an instance for each billing item.',
    async run(talk) {
      const fields = purchase(talk)
      const first = await opened(talk, fields)
      const second = await opened(talk, { ...fields, productId: talk.drawn().slice(0, 32) })
      if (second !== first) return undefined
      throw new Wrong(`Two products of one order have the instance ${shown(first)}.`)
    },
  },
  {
    ...made,
    id: 'new-instance-buyer',
    level: 'should',
    title: 'What may be told of the buyer, encrypted phone and e-mail among it, is no mistake',
    mend: 'Leave alone what you do not need; mobilePhone and email are encrypted as your user names and passwords are.',
    async run(talk) {
      const fields = purchase(talk)
      await opened(talk, fields)
      const iv = () => talk.drawn().slice(0, 16)
      const { key } = talk.partner
      const buyer: JsonObject = {
        userId: talk.drawn().slice(0, 32),
        userName: 'harbor-user',
        mobilePhone: encryptCredential('13800000000', key, iv()),
        email: encryptCredential('buyer@example.com', key, iv()),
      }
      const spoken = await talk.send('newInstance', { ...purchase(talk), ...buyer })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance with all that may be told of the buyer')
      return undefined
    },
  },
  {
    ...made,
    id: 'new-instance-fields',
    level: 'must',
    title: `newInstance without one of the parameters that are needed is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where ${needed.join(', ')} is missing, and make nothing.`,
    async run(talk) {
      await opened(talk)
      for (const name of needed) {
        const { [name]: _, ...others } = purchase(talk)
        expectCode(await talk.send('newInstance', others), [invalidParameter], `newInstance without ${name}`)
      }
      return undefined
    },
  },
  {
    ...made,
    id: 'new-instance-app-info',
    level: 'informative',
    title: 'Whether newInstance gives the access data of the buyer',
    mend: 'Give them in appInfo, or send them to the buyer in another way.',
    async run(talk) {
      const { json } = await prior('new-instance', () => bought(talk))
      const isThere = json?.appInfo !== undefined && json.appInfo !== null
      return isThere ? 'It does.' : 'It does not: buyers have to learn where they sign in in another way.'
    },
  },
]

export const queryInstanceCasesV1: readonly Scenario[] = [
  {
    ...queried,
    id: 'query-instance',
    level: 'must',
    title: 'queryInstance tells of an instance',
    mend: `Answer ${succeeded} with info, a list of one object for each instance, with its instanceId.`,
    async run(talk) {
      await tellsOf(talk, [await opened(talk)])
      return undefined
    },
  },
  {
    ...queried,
    id: 'query-many',
    level: 'must',
    title: `queryInstance tells of ${many} instances at once`,
    mend: 'Split instanceId at its commas, up to 100 ids, and do not hold it to the 64 characters of the table.',
    async run(talk) {
      const ids: string[] = []
      while (ids.length < many) ids.push(await opened(talk))
      await prior('query-instance', () => tellsOf(talk, ids.slice(0, 1)))
      await tellsOf(talk, ids)
      return undefined
    },
  },
  {
    ...queried,
    id: 'query-unknown',
    level: 'must',
    title: 'queryInstance tells nothing of an instance that was never made',
    mend: `Answer ${unknownInstance}, or leave the instance out; never make up one.`,
    async run(talk) {
      await opened(talk)
      const spoken = await talk.send('queryInstance', { instanceId: talk.uuid() })
      expectCode(spoken, [unknownInstance, succeeded], 'queryInstance for an instance that was never made')
      if (codeOf(spoken) === succeeded && infosOf(spoken).length > 0) {
        throw new Wrong('queryInstance for an instance that was never made tells of one.')
      }
      return undefined
    },
  },
  {
    ...queried,
    id: 'query-fields',
    level: 'must',
    title: `queryInstance without instanceId is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where instanceId is missing.`,
    async run(talk) {
      await opened(talk)
      expectCode(await talk.send('queryInstance', {}), [invalidParameter], 'queryInstance without instanceId')
      return undefined
    },
  },
  {
    ...queried,
    id: 'usage-told',
    level: 'should',
    title: 'queryInstance tells the usage of an instance that is paid by it',
    mend: 'Answer usageInfo with a usageValue and a statisticalTime, 0 where nothing was used yet.',
    async run(talk) {
      const id = await opened(talk)
      await prior('query-instance', () => tellsOf(talk, [id]))
      const info = talk.spoken.flatMap(infosOf).find(({ instanceId }) => instanceId === id)
      if (Array.isArray(info?.usageInfo) && info.usageInfo.length > 0) return undefined
      throw new Wrong('queryInstance tells of an instance that is paid by usage without any usageInfo.')
    },
  },
]

/** @throws {Wrong} where queryInstance does not tell of them all. */
export async function tellsOf(talk: Talk, ids: readonly string[]): Promise<void> {
  const what = ids.length === 1 ? 'queryInstance' : `queryInstance for ${ids.length} instances`
  const spoken = await talk.send('queryInstance', { instanceId: ids.join(',') })
  expectCode(spoken, [succeeded], what)
  const told = infosOf(spoken).map(({ instanceId }) => instanceId)
  const there = ids.filter((id) => told.includes(id)).length
  if (there === ids.length) return
  const { info } = spoken.json ?? {}
  if (!Array.isArray(info)) throw new Wrong(`info in the answer to ${what} is no list.`)
  throw new Wrong(`${what} tells of ${there === 0 ? 'none' : there} of them.`)
}
