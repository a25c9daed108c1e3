/** How instances are frozen, when they expire or a buyer is in arrears, and thawed. */
import { statuses } from '../../model/access/activities.ts'
import { invalidParameter, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import type { Scenario } from '../case.ts'
import { expectCode, type Talk } from '../talk.ts'
import { eachIsNeeded, first, released, settled, stillTold, succeeds, toldBefore } from './instance-calls.ts'

const facts = {
  group: 'instance-status',
  source: 'saasInstanceStatus',
  charging: ['period', 'pay-per-use'],
} as const

const freeze = (instanceId: string) => ({ instanceId, status: 'FREEZE' })
const thaw = (instanceId: string) => ({ instanceId, status: 'UNFREEZE' })

export const instanceStatusCases: readonly Scenario[] = [
  {
    ...facts,
    id: 'status-freeze',
    level: 'must',
    title: 'An instance is frozen by FREEZE',
    mend: `Let nobody in, keep the data, and answer ${succeeded}; version 2.0 has no other call when an instance expires.`,
    async run(talk) {
      await succeeds(talk, 'updateInstanceStatus', freeze(await talk.opened()), 'FREEZE')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-unfreeze',
    level: 'must',
    title: 'An instance that is frozen is thawed by UNFREEZE',
    mend: `Let the buyer in again, with the data there was, and answer ${succeeded}.`,
    async run(talk) {
      const id = await frozen(talk)
      await succeeds(talk, 'updateInstanceStatus', thaw(id), 'UNFREEZE for an instance that is frozen')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-repeated',
    level: 'should',
    title: 'FREEZE again succeeds again',
    mend: 'Where the status is what it should become, there is nothing to do; KooGallery repeats calls.',
    async run(talk) {
      const id = await frozen(talk)
      await succeeds(talk, 'updateInstanceStatus', freeze(id), 'FREEZE for an instance that is frozen')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-frozen-told',
    level: 'should',
    title: 'An instance that is frozen is still told by queryInstance',
    mend: 'Keep it and its data while it is frozen, 15 days at least.',
    async run(talk) {
      const id = await talk.opened()
      await toldBefore(talk, id)
      await first('status-freeze', talk, 'updateInstanceStatus', freeze(id))
      await stillTold(talk, id, 'Once an instance is frozen')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-unknown',
    level: 'must',
    title: `FREEZE for an instance that was never made is refused with ${unknownInstance}`,
    mend: `Answer ${unknownInstance} where there is no instance of that id.`,
    async run(talk) {
      await frozen(talk)
      const spoken = await talk.send('updateInstanceStatus', freeze(talk.uuid()))
      expectCode(spoken, [unknownInstance], 'FREEZE for an instance that was never made')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-fields',
    level: 'must',
    title: `updateInstanceStatus without one of its parameters is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} where instanceId or status is missing.`,
    async run(talk) {
      await eachIsNeeded(talk, 'updateInstanceStatus', freeze(await frozen(talk)))
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-value-unknown',
    level: 'should',
    title: `A status other than ${statuses.join(' and ')} is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} to a status you do not know, and change nothing.`,
    async run(talk) {
      const instanceId = await frozen(talk)
      const spoken = await talk.send('updateInstanceStatus', { instanceId, status: 'KOO_UNKNOWN' })
      expectCode(spoken, [invalidParameter], 'updateInstanceStatus with a status that is in no table')
      return undefined
    },
  },
  {
    ...facts,
    id: 'status-after-release',
    level: 'should',
    title: `FREEZE that comes after the release is answered with ${unknownInstance} or ${succeeded}`,
    mend: `Answer ${unknownInstance}: what is an internal error KooGallery repeats for an hour, and tells you each time.`,
    async run(talk) {
      const id = await frozen(talk)
      await first('release', talk, 'releaseInstance', released(talk, id))
      const spoken = await settled(talk, 'updateInstanceStatus', freeze(id))
      expectCode(spoken, [unknownInstance, succeeded], 'FREEZE after the release')
      return undefined
    },
  },
]

/** The id of an instance that is frozen. */
async function frozen(talk: Talk): Promise<string> {
  const id = await talk.opened()
  await first('status-freeze', talk, 'updateInstanceStatus', freeze(id))
  return id
}
