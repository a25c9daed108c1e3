/** How instances end, and what may still come for one that has ended. */
import { lineOf } from '../../model/access/mock-orders.ts'
import {
  beingProcessed,
  codeInWords,
  invalidParameter,
  succeeded,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import { Blocked, type Scenario, Wrong } from '../case.ts'
import { codeOf, expectCode, infosOf, type Order, type Talk } from '../talk.ts'
import {
  eachIsNeeded,
  first,
  isTold,
  refreshed,
  released,
  settled,
  stillTold,
  succeeds,
  toldBefore,
} from './instance-calls.ts'

const facts = { group: 'release-instance', source: 'saasReleaseInstance' } as const
const internalErrors = ['000005', '000104']

export const releaseInstanceCases: readonly Scenario[] = [
  {
    ...facts,
    id: 'release',
    level: 'must',
    title: 'An instance is released',
    mend: `End the instance and answer ${succeeded}; orderId is that of the unsubscription, not of the purchase.`,
    async run(talk) {
      const id = await talk.opened()
      await succeeds(
        talk,
        'releaseInstance',
        released(talk, id),
        'releaseInstance with the order of the unsubscription',
      )
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-without-order',
    level: 'must',
    title: 'An instance is released without an order, which is optional',
    mend: 'Find the instance by instanceId alone: where it is released because it expired, nobody ordered that.',
    async run(talk) {
      const instanceId = await talk.opened()
      await releasedBefore(talk)
      await succeeds(talk, 'releaseInstance', { instanceId }, 'releaseInstance without orderId and orderLineId')
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-repeated',
    level: 'must',
    title: 'A release that is repeated succeeds again',
    mend: `Remember which instances were released, and answer ${succeeded} without doing it twice.`,
    async run(talk) {
      const fields = released(talk, await talk.opened())
      await first('release', talk, 'releaseInstance', fields)
      await succeeds(talk, 'releaseInstance', fields, 'A repeated releaseInstance')
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-others',
    level: 'must',
    title: 'The release of an instance leaves another one of the same order alone',
    mend: 'Release the instance that instanceId names, and no other one of its order or buyer.',
    async run(talk) {
      const order = talk.order()
      const id = await talk.opened(order)
      const other = await talk.opened({ ...order, orderLineId: lineOf(order.orderId, 2), businessId: talk.uuid() })
      if (other === id) throw new Blocked('new-instance-lines', 'Two lines of an order have the same instance.')
      await toldBefore(talk, other)
      await first('release', talk, 'releaseInstance', released(talk, id))
      await stillTold(talk, other, 'Once another instance of the same order is released')
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-unknown',
    level: 'should',
    title: `The release of an instance that was never made is refused with ${unknownInstance}`,
    mend: `Answer ${unknownInstance} where there never was an instance of that id; success would hide a wrong id.`,
    async run(talk) {
      await releasedBefore(talk)
      const spoken = await talk.send('releaseInstance', released(talk, talk.uuid()))
      expectCode(spoken, [unknownInstance], 'releaseInstance for an instance that was never made')
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-fields',
    level: 'must',
    title: `releaseInstance without instanceId is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where instanceId is missing, and release nothing.`,
    async run(talk) {
      await releasedBefore(talk)
      await eachIsNeeded(talk, 'releaseInstance', released(talk, await talk.opened()))
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-told',
    level: 'informative',
    title: 'What queryInstance tells of an instance that was released',
    mend: `Best ${unknownInstance}.`,
    async run(talk) {
      const instanceId = await talk.opened()
      await first('release', talk, 'releaseInstance', released(talk, instanceId))
      const spoken = await talk.send('queryInstance', { instanceId })
      const code = codeOf(spoken)
      if (code !== succeeded) return `It answers ${codeInWords(code)}.`
      const isThere = infosOf(spoken).some((info) => info.instanceId === instanceId)
      return isThere ? 'It still tells of the instance.' : 'It succeeds, without telling of the instance.'
    },
  },
  {
    ...facts,
    id: 'release-then-refresh',
    level: 'should',
    title: `A renewal that comes after the release is refused with ${unknownInstance}`,
    charging: ['period'],
    mend: `Answer ${unknownInstance}: with a success the buyer would have paid for an instance that is gone.`,
    async run(talk) {
      const id = await talk.opened()
      await first('refresh-renewal', talk, 'refreshInstance', refreshed(talk, id))
      await first('release', talk, 'releaseInstance', released(talk, id))
      const spoken = await settled(talk, 'refreshInstance', refreshed(talk, id))
      expectCode(spoken, [unknownInstance], 'refreshInstance after the release')
      return undefined
    },
  },
  {
    ...facts,
    id: 'release-then-new-instance',
    level: 'should',
    source: 'saasNewInstance',
    title: 'The order line of an instance that was released makes no other instance',
    mend: `Remember order lines after the release too: a repeated newInstance gets the same instanceId, or ${unknownInstance}.`,
    async run(talk) {
      const order = talk.order()
      const id = await talk.opened(order)
      const early = await talk.opened({ ...order, businessId: talk.uuid() })
      if (early !== id) throw new Blocked('new-instance-repeated', 'The same order line has two instances.')
      await first('release', talk, 'releaseInstance', released(talk, id))
      return await lateOrder(talk, { ...order, businessId: talk.uuid() }, id)
    },
  },
]

/** A call that was on its way while its instance was released. */
async function lateOrder(talk: Talk, order: Order, id: string): Promise<string> {
  const wasTold = await isTold(talk, id)
  const spoken = await talk.send('newInstance', { ...order })
  const code = codeOf(spoken)
  if (internalErrors.includes(code))
    throw new Wrong(`newInstance after the release is answered with ${codeInWords(code)}.`)
  if (code !== succeeded && code !== beingProcessed) return `It is answered with ${codeInWords(code)}.`
  const again = spoken.json?.instanceId
  if (typeof again === 'string' && again !== '' && again !== id) {
    throw new Wrong(
      `newInstance after the release makes another instance of the same order line: ${again}, after ${id}.`,
    )
  }
  if (!wasTold && (await isTold(talk, id))) {
    throw new Wrong('newInstance after the release brings the instance back.')
  }
  const after = wasTold ? '' : ', and the instance stays released'
  return `It is answered with ${codeInWords(code)}${after}.`
}

/** Releases work where nothing is special about them. */
async function releasedBefore(talk: Talk): Promise<void> {
  await first('release', talk, 'releaseInstance', released(talk, await talk.opened()))
}
