/** What a renewal, and whatever else moves the end of an instance, does to it. */
import { type Scene, scenes } from '../../model/access/activities.ts'
import { invalidParameter, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import type { Scenario } from '../case.ts'
import type { JsonObject } from '../spoken.ts'
import { expectCode, type Talk } from '../talk.ts'
import { eachIsNeeded, first, laterOrder, refreshed, succeeds } from './instance-calls.ts'

const facts = { group: 'refresh-instance', source: 'saasRefreshInstance', charging: ['period'] } as const

export const refreshInstanceCases: readonly Scenario[] = [
  scene('refresh-renewal', 'RENEWAL', 'must'),
  {
    ...scene('refresh-trial-to-formal', 'TRIAL_TO_FORMAL', 'must'),
    async run(talk) {
      const trial = { ...laterOrder(talk, 'MOCKPERIODDAYTRIAL'), businessId: talk.uuid() }
      const id = await talk.opened(trial)
      await succeeds(talk, 'refreshInstance', refreshed(talk, id, 'TRIAL_TO_FORMAL'), inScene('TRIAL_TO_FORMAL'))
      return undefined
    },
  },
  scene('refresh-unsubscribe-renewal', 'UNSUBSCRIBE_RENEWAL_PERIOD', 'must'),
  // Newer than the other scenes, so that servers that run for long may not know it.
  scene('refresh-renewal-change', 'RENEWAL_CHANGE', 'should'),
  {
    ...facts,
    id: 'refresh-repeated',
    level: 'should',
    title: 'The same renewal again succeeds again',
    mend: 'Set the end that expireTime names; KooGallery repeats a call whose answer it did not get.',
    async run(talk) {
      const fields = refreshed(talk, await talk.opened())
      await first('refresh-renewal', talk, 'refreshInstance', fields)
      await succeeds(talk, 'refreshInstance', fields, 'A repeated refreshInstance')
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-frozen',
    level: 'should',
    title: 'An instance that has expired and is frozen can be renewed',
    mend: 'Keep what is frozen for 15 days: a buyer who renews meanwhile gets it back.',
    async run(talk) {
      const id = await talk.opened()
      await first('refresh-renewal', talk, 'refreshInstance', refreshed(talk, id))
      await first('status-freeze', talk, 'updateInstanceStatus', { instanceId: id, status: 'FREEZE' })
      await succeeds(talk, 'refreshInstance', refreshed(talk, id), 'refreshInstance for an instance that is frozen')
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-without-product',
    level: 'must',
    title: 'A renewal without productId, which is optional, succeeds',
    mend: 'Find the instance by instanceId alone.',
    async run(talk) {
      const { productId: _, ...fields } = await renewed(talk)
      await succeeds(talk, 'refreshInstance', fields, 'refreshInstance without productId')
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-time-milliseconds',
    level: 'should',
    title: 'An expireTime with milliseconds, of 17 digits, is accepted',
    mend: 'Read the first 14 digits: the page says yyyyMMddHHmmss, and its own example has milliseconds too.',
    async run(talk) {
      const fields = await renewed(talk)
      const withMilliseconds = { ...fields, expireTime: `${fields.expireTime}000` }
      await succeeds(talk, 'refreshInstance', withMilliseconds, 'refreshInstance with an expireTime of 17 digits')
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-unknown',
    level: 'must',
    title: `A renewal of an instance that was never made is refused with ${unknownInstance}`,
    mend: `Answer ${unknownInstance} where there is no instance of that id, and make none.`,
    async run(talk) {
      const fields = { ...(await renewed(talk)), instanceId: talk.uuid() }
      expectCode(
        await talk.send('refreshInstance', fields),
        [unknownInstance],
        'refreshInstance for an instance that was never made',
      )
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-fields',
    level: 'must',
    title: `refreshInstance without one of its parameters is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where scene, orderId, orderLineId, instanceId or expireTime is missing.`,
    async run(talk) {
      await eachIsNeeded(talk, 'refreshInstance', await renewed(talk))
      return undefined
    },
  },
  {
    ...facts,
    id: 'refresh-scene-unknown',
    level: 'should',
    title: `A scene that is in no table is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} to a scene you do not know; a new one must not be taken for a renewal.`,
    async run(talk) {
      const fields = { ...(await renewed(talk)), scene: 'KOO_UNKNOWN' }
      const spoken = await talk.send('refreshInstance', fields)
      expectCode(spoken, [invalidParameter], 'refreshInstance with a scene that is in no table')
      return undefined
    },
  },
]

/** Renews an instance of its own, and gives what renews it again. */
async function renewed(talk: Talk): Promise<JsonObject> {
  const fields = refreshed(talk, await talk.opened())
  await first('refresh-renewal', talk, 'refreshInstance', fields)
  return { ...fields, ...laterOrder(talk, 'MOCKMONTYRENEW') }
}

function scene(id: string, name: Scene, level: 'must' | 'should'): Scenario {
  return {
    ...facts,
    id,
    level,
    title: `refreshInstance succeeds where ${scenes[name]} (${name})`,
    mend: `Set the end of the instance to expireTime and answer ${succeeded}; its id and data stay.`,
    async run(talk) {
      const instanceId = await talk.opened()
      await succeeds(talk, 'refreshInstance', refreshed(talk, instanceId, name), inScene(name))
      return undefined
    },
  }
}

function inScene(name: Scene): string {
  return `refreshInstance with the scene ${name}`
}
