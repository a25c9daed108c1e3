/** What becomes of instances in version 1.0, call by call and in whole lives. */
import { statusesV1 } from '../../model/access/activities-v1.ts'
import { invalidParameter, succeeded } from '../../model/access/result-codes.ts'
import type { Scenario } from '../case.ts'
import { expectCode, prior } from '../talk.ts'
import { callCases, factsOf, firstOf } from './call-cases.ts'
import { expireTime, laterOrder } from './instance-calls.ts'
import { calls, opened, purchase, refreshed, step, toldAlways } from './v1-calls.ts'
import { tellsOf } from './v1-instances.ts'

const { refresh, expire, freeze, release, upgrade } = calls
const renewal = factsOf(refresh)
const status = factsOf(freeze)
const life = { group: 'lives', level: 'must' } as const
const mend =
  'Mend the case that is about this call; where there is none that fails, it is the calls before it that matter.'

export const lifeCasesV1: readonly Scenario[] = [
  ...callCases(refresh),
  {
    ...renewal,
    id: 'refresh-trial-to-formal',
    level: 'must',
    title: 'A trial becomes an order that is paid (refreshInstance with trialToFormal 1)',
    mend: `Set the end of the instance to expireTime, end the trial and answer ${succeeded}; its id and data stay.`,
    async run(talk) {
      const orderId = laterOrder(talk, 'MOCKPERIODDAYTRIAL').orderId
      const id = await opened(talk, { ...purchase(talk), orderId, trialFlag: '1' })
      const order = laterOrder(talk, 'MOCKMONTYTRIALTOFORMAL').orderId
      const fields = { ...refreshed(talk, id), orderId: order, trialToFormal: '1' }
      await step(talk, 'The trial becomes an order', 'refreshInstance', fields)
      return undefined
    },
  },
  {
    ...renewal,
    id: 'refresh-without-product',
    level: 'must',
    title: 'A renewal without productId, periodType and periodNumber, which are optional, succeeds',
    mend: 'Find the instance by instanceId alone.',
    async run(talk) {
      await prior('refresh', () => firstOf(talk, refresh))
      await step(
        talk,
        'A renewal with the least there is to tell',
        'refreshInstance',
        toldAlways(talk, await opened(talk)),
      )
      return undefined
    },
  },
  {
    ...renewal,
    id: 'refresh-expired',
    level: 'should',
    title: 'An instance that has expired can be renewed',
    mend: 'Keep what is frozen for 15 days: a buyer who renews meanwhile gets it back.',
    async run(talk) {
      const { instanceId } = await prior('refresh', () => firstOf(talk, refresh))
      const id = String(instanceId)
      await prior('expire', () => step(talk, 'The expiry', 'expireInstance', { instanceId: id }))
      await step(talk, 'A renewal after the expiry', 'refreshInstance', refreshed(talk, id))
      return undefined
    },
  },
  ...callCases(expire),
  ...callCases(freeze),
  {
    ...status,
    id: 'status-normal',
    level: 'must',
    title: 'An instance that is frozen is thawed by NORMAL (instanceStatus)',
    mend: `Let the buyer in again, with the data there was, and answer ${succeeded}; UNFREEZE is of version 2.0.`,
    async run(talk) {
      const { instanceId } = await prior('status-freeze', () => firstOf(talk, freeze))
      await step(talk, 'NORMAL', 'instanceStatus', { instanceId, instanceStatus: 'NORMAL' })
      return undefined
    },
  },
  {
    ...status,
    id: 'status-value-unknown',
    level: 'should',
    title: `An instanceStatus other than ${statusesV1.join(' and ')} is refused with ${invalidParameter}`,
    mend: `Answer ${invalidParameter} to a status you do not know, and change nothing.`,
    async run(talk) {
      const { instanceId } = await prior('status-freeze', () => firstOf(talk, freeze))
      const spoken = await talk.send('instanceStatus', { instanceId, instanceStatus: 'KOO_UNKNOWN' })
      expectCode(spoken, [invalidParameter], 'instanceStatus with a status that is in no table')
      return undefined
    },
  },
  ...callCases(release),
  ...callCases(upgrade),
  {
    ...life,
    id: 'life-period',
    source: refresh.row.source,
    title: 'An instance is tried, bought, renewed, expires and is released, as in a year',
    charging: ['period'],
    mend,
    async run(talk) {
      const trial = { ...purchase(talk), orderId: laterOrder(talk, 'MOCKPERIODDAYTRIAL').orderId, trialFlag: '1' }
      const instanceId = await opened(talk, trial)
      const renewed = (days: number) => ({ ...refreshed(talk, instanceId), expireTime: expireTime(talk, days) })
      const formal = { ...renewed(30), trialToFormal: '1' }
      await step(talk, 'The trial becomes an order', 'refreshInstance', formal)
      await step(talk, 'The first renewal', 'refreshInstance', renewed(395))
      await step(talk, 'The expiry', 'expireInstance', { instanceId })
      await step(talk, 'The release', 'releaseInstance', release.fields(talk, instanceId))
      return undefined
    },
  },
  {
    ...life,
    id: 'life-one-time',
    source: release.row.source,
    title: 'An instance that was bought once is opened and released',
    charging: ['one-time'],
    mend,
    async run(talk) {
      const fields = release.fields(talk, await opened(talk))
      await step(talk, 'The release', 'releaseInstance', fields)
      await step(talk, 'The release, repeated', 'releaseInstance', fields)
      return undefined
    },
  },
  {
    ...life,
    id: 'life-pay-per-use',
    source: freeze.row.source,
    title: 'An instance that is paid by usage is opened, told of, frozen in arrears, thawed and released',
    charging: ['pay-per-use'],
    mend,
    async run(talk) {
      const instanceId = await opened(talk)
      await prior('query-instance', () => tellsOf(talk, [instanceId]))
      await step(talk, 'FREEZE in arrears', 'instanceStatus', { instanceId, instanceStatus: 'FREEZE' })
      await step(talk, 'NORMAL after the payment', 'instanceStatus', { instanceId, instanceStatus: 'NORMAL' })
      await step(talk, 'The release', 'releaseInstance', release.fields(talk, instanceId))
      return undefined
    },
  },
]
