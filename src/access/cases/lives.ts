/** Whole lives of instances, one for each way of paying: every call in the order in which a buyer causes it. */
import { type ActivityName, activities } from '../../model/access/activities.ts'
import { codeInWords, invalidParameter, succeeded } from '../../model/access/result-codes.ts'
import type { Scenario } from '../case.ts'
import type { JsonObject } from '../spoken.ts'
import { codeOf, expectCode, type Talk } from '../talk.ts'
import {
  laterOrder,
  refreshed,
  released,
  settled,
  stillTold,
  succeeds,
  toldBefore,
  upgraded,
} from './instance-calls.ts'

const facts = { level: 'must', source: 'saasInterfacesEurope' } as const
const mend =
  'Mend the case that is about this call; where there is none that fails, it is the calls before it that matter.'

export const lifeCases: readonly Scenario[] = [
  {
    ...facts,
    id: 'life-period',
    group: 'lives',
    title: 'An instance is tried, bought, renewed, frozen, renewed again, upgraded and released, as in a year',
    charging: ['period'],
    mend,
    async run(talk) {
      const id = await talk.opened({ ...laterOrder(talk, 'MOCKPERIODDAYTRIAL'), businessId: talk.uuid() })
      const life = lifeOf(talk, id)
      await toldBefore(talk, id)
      await life.lives('The trial becomes an order', 'refreshInstance', refreshed(talk, id, 'TRIAL_TO_FORMAL', 30))
      await life.told('Once the trial is an order')
      await life.lives('The first renewal', 'refreshInstance', refreshed(talk, id, 'RENEWAL', 395))
      await life.lives('FREEZE on expiry', 'updateInstanceStatus', { instanceId: id, status: 'FREEZE' })
      await life.should('refresh-frozen', 'refreshInstance', refreshed(talk, id, 'RENEWAL', 395))
      await life.lives('UNFREEZE after a late renewal', 'updateInstanceStatus', { instanceId: id, status: 'UNFREEZE' })
      await life.told('Once an instance is thawed')
      await life.lives(
        'The unsubscription of a renewal',
        'refreshInstance',
        refreshed(talk, id, 'UNSUBSCRIBE_RENEWAL_PERIOD', 30),
      )
      await life.where('upgradeInstance', upgraded(talk, id))
      await life.lives('FREEZE before the release', 'updateInstanceStatus', { instanceId: id, status: 'FREEZE' })
      await life.ends()
      return life.note()
    },
  },
  {
    ...facts,
    id: 'life-one-time',
    group: 'lives',
    title: 'An instance that was bought once is opened, used and released',
    charging: ['one-time'],
    mend,
    async run(talk) {
      const id = await talk.opened()
      const life = lifeOf(talk, id)
      await toldBefore(talk, id)
      await life.ends()
      return life.note()
    },
  },
  {
    ...facts,
    id: 'life-pay-per-use',
    group: 'lives',
    title: 'An instance that is paid by usage is opened, frozen in arrears, thawed and released',
    charging: ['pay-per-use'],
    mend,
    async run(talk) {
      const id = await talk.opened()
      const life = lifeOf(talk, id)
      await toldBefore(talk, id)
      await life.lives('FREEZE in arrears', 'updateInstanceStatus', { instanceId: id, status: 'FREEZE' })
      await life.should('status-frozen-told', 'queryInstance', { instanceId: id })
      await life.lives('UNFREEZE after the payment', 'updateInstanceStatus', { instanceId: id, status: 'UNFREEZE' })
      await life.told('Once an instance is thawed')
      await life.ends()
      return life.note()
    },
  },
]

/** The calls about one instance, and what is worth knowing of them. */
function lifeOf(talk: Talk, id: string) {
  const notes: string[] = []
  return {
    /** A call that has to succeed. */
    async lives(step: string, activity: ActivityName, fields: JsonObject): Promise<void> {
      await succeeds(talk, activity, fields, `${step} (${activity})`)
    },
    /** A call that should succeed, which is for another case to say. */
    async should(by: string, activity: ActivityName, fields: JsonObject): Promise<void> {
      const code = codeOf(await settled(talk, activity, fields))
      if (code !== succeeded) notes.push(`${activity} is answered with ${codeInWords(code)} on the way. See ${by}.`)
    },
    /** A call sellers may do without. */
    async where(activity: ActivityName, fields: JsonObject): Promise<void> {
      const spoken = await settled(talk, activity, fields)
      const isLeftOut = 'optional' in activities[activity] && codeOf(spoken) === invalidParameter
      if (isLeftOut) notes.push(`The server does not offer ${activity}.`)
      else expectCode(spoken, [succeeded], `${activity} on the way`)
    },
    async told(when: string): Promise<void> {
      await stillTold(talk, id, when)
    },
    async ends(): Promise<void> {
      const fields = released(talk, id)
      await succeeds(talk, 'releaseInstance', fields, 'The release (releaseInstance)')
      await succeeds(talk, 'releaseInstance', fields, 'The release, repeated (releaseInstance)')
    },
    note: (): string | undefined => (notes.length === 0 ? undefined : notes.join(' ')),
  }
}
