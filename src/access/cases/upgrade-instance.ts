/** How buyers come to another specification; sellers may do without these calls. */
import {
  codeInWords,
  invalidParameter,
  succeeded,
  unauthenticated,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import { Blocked, type Scenario, Skipped, Wrong } from '../case.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { codeOf, expectCode, prior, type Talk } from '../talk.ts'
import { eachIsNeeded, settled, stillTold, succeeds, toldBefore, upgraded } from './instance-calls.ts'

const upgrade = { group: 'upgrade-instance', source: 'saasUpgradeInstance', charging: ['period'] } as const
const check = { group: 'change-check', source: 'saasChangeCheck', charging: ['period'] } as const

/** One parameter, so that there is one way only to write it. */
const product: JsonObject = { productId: 'OFFI000000000000000001' }

/** Its keys are in no order, and one of its objects is in another one. */
const asciiProduct: JsonObject = {
  skuCode: 'OFFI000000000000000002-sku',
  productName: 'Harbor Office L',
  attributes: [
    { name: 'users', value: '100' },
    { name: 'storage', amount: 5 },
  ],
  amount: 1,
}
const nestedProduct: JsonObject = { ...asciiProduct, productName: 'Harbor 协同办公 – Größe L' }

export const upgradeInstanceCases: readonly Scenario[] = [
  {
    ...upgrade,
    id: 'upgrade',
    level: 'must',
    title: 'An upgrade succeeds, and the instance keeps its id',
    mend: 'Change what the instance offers; its instanceId and its data stay.',
    async run(talk) {
      const id = await talk.opened()
      await toldBefore(talk, id)
      const spoken = await offered(talk, 'upgradeInstance', upgraded(talk, id))
      expectCode(spoken, [succeeded], 'upgradeInstance')
      const named = spoken.json?.instanceId
      if (typeof named === 'string' && named !== '' && named !== id) {
        throw new Wrong(`upgradeInstance answers with another instanceId: ${named}, and it was ${id}.`)
      }
      await stillTold(talk, id, 'Once an instance is upgraded')
      return undefined
    },
  },
  {
    ...upgrade,
    id: 'upgrade-repeated',
    level: 'must',
    title: 'An upgrade that is repeated succeeds again',
    mend: `Remember the order line, and answer ${succeeded} without doing it twice.`,
    async run(talk) {
      const id = await talk.opened()
      const fields = upgraded(talk, id)
      await upgradedBefore(talk, id, fields)
      await succeeds(talk, 'upgradeInstance', fields, 'A repeated upgradeInstance')
      return undefined
    },
  },
  {
    ...upgrade,
    id: 'upgrade-unknown',
    level: 'must',
    title: `An upgrade of an instance that was never made is refused with ${unknownInstance}`,
    mend: `Answer ${unknownInstance} where there is no instance of that id.`,
    async run(talk) {
      const id = await talk.opened()
      await upgradedBefore(talk, id, upgraded(talk, id))
      const spoken = await talk.send('upgradeInstance', upgraded(talk, talk.uuid()))
      expectCode(spoken, [unknownInstance], 'upgradeInstance for an instance that was never made')
      return undefined
    },
  },
  {
    ...upgrade,
    id: 'upgrade-fields',
    level: 'must',
    title: `upgradeInstance without one of its parameters is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where instanceId, orderId or orderLineId is missing.`,
    async run(talk) {
      const id = await talk.opened()
      await upgradedBefore(talk, id, upgraded(talk, id))
      await eachIsNeeded(talk, 'upgradeInstance', upgraded(talk, id))
      return undefined
    },
  },
]

export const changeCheckCases: readonly Scenario[] = [
  {
    ...check,
    id: 'change-check',
    level: 'must',
    title: 'changeInstanceCheck tells of an instance whether it can be changed',
    mend: `Answer ${succeeded} where the buyer may change to that product, else another code that says why not.`,
    async run(talk) {
      return judged(
        await offered(talk, 'changeInstanceCheck', { instanceId: await talk.opened(), productInfo: product }),
      )
    },
  },
  {
    ...check,
    id: 'change-check-nested',
    level: 'should',
    title: 'The signature covers an object in the body as it was sent',
    source: 'saasSignature',
    mend: 'Sort the keys of the body itself only, leave objects within it in the order they came, and escape nothing.',
    async run(talk) {
      const instanceId = await talk.opened()
      await checkedBefore(talk, instanceId)
      if (await isRefused(talk, instanceId, nestedProduct)) {
        if (!(await isRefused(talk, instanceId, asciiProduct))) {
          throw new Blocked('non-ascii', 'changeInstanceCheck is refused where productInfo is not all ASCII.')
        }
        throw new Wrong(
          `changeInstanceCheck is refused with ${codeInWords(unauthenticated)} where productInfo has several keys, also within it, and accepted where it has one: the server signs the object otherwise than it came.`,
        )
      }
      return undefined
    },
  },
  {
    ...check,
    id: 'change-check-unknown',
    level: 'must',
    title: `changeInstanceCheck for an instance that was never made is refused with ${unknownInstance}`,
    mend: `Answer ${unknownInstance} where there is no instance of that id.`,
    async run(talk) {
      await checkedBefore(talk, await talk.opened())
      const spoken = await talk.send('changeInstanceCheck', { instanceId: talk.uuid(), productInfo: product })
      expectCode(spoken, [unknownInstance], 'changeInstanceCheck for an instance that was never made')
      return undefined
    },
  },
  {
    ...check,
    id: 'change-check-fields',
    level: 'must',
    title: `changeInstanceCheck without one of its parameters is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where instanceId or productInfo is missing.`,
    async run(talk) {
      const instanceId = await talk.opened()
      await checkedBefore(talk, instanceId)
      await eachIsNeeded(talk, 'changeInstanceCheck', { instanceId, productInfo: product })
      return undefined
    },
  },
]

/**
 * Makes a call that sellers may do without.
 * @throws {Skipped} where the server does not know it.
 */
export async function offered(
  talk: Talk,
  activity: 'upgradeInstance' | 'changeInstanceCheck',
  fields: JsonObject,
): Promise<Spoken> {
  const spoken = await settled(talk, activity, fields)
  if (codeOf(spoken) !== invalidParameter) return spoken
  throw new Skipped(
    `The server does not offer ${activity}, which is optional: it answers ${codeInWords(invalidParameter)}.`,
  )
}

/** Upgrades an instance, which keeps its id. */
async function upgradedBefore(talk: Talk, instanceId: string, fields: JsonObject): Promise<void> {
  const spoken = await offered(talk, 'upgradeInstance', fields)
  await prior('upgrade', async () => {
    expectCode(spoken, [succeeded], 'upgradeInstance')
    await stillTold(talk, instanceId, 'Once an instance is upgraded')
  })
}

async function checkedBefore(talk: Talk, instanceId: string): Promise<void> {
  const spoken = await offered(talk, 'changeInstanceCheck', { instanceId, productInfo: product })
  await prior('change-check', async () => judged(spoken))
}

/** Whether a call is taken for one of somebody else, which is all that is asked here. */
async function isRefused(talk: Talk, instanceId: string, productInfo: JsonObject): Promise<boolean> {
  const spoken = await talk.send('changeInstanceCheck', { instanceId, productInfo })
  if (spoken.code === unauthenticated) return true
  codeOf(spoken)
  return false
}

/** The server may refuse a change for reasons of its own, but not because there is no such instance. */
function judged(spoken: Spoken): string | undefined {
  const code = codeOf(spoken)
  if (code === unknownInstance) {
    throw new Wrong(`changeInstanceCheck for an instance that is there is answered with ${codeInWords(code)}.`)
  }
  return code === succeeded ? undefined : `The change is refused with ${codeInWords(code)}.`
}
