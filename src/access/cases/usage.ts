/** What is told of the usage of instances that are paid by it. */
import { type Scenario, Wrong } from '../case.ts'
import { infosOf } from '../talk.ts'
import { toldBefore } from './instance-calls.ts'

export const usageCases: readonly Scenario[] = [
  {
    id: 'usage-told',
    group: 'query-instance',
    level: 'should',
    source: 'saasQueryInstance',
    title: 'queryInstance tells the usage of an instance that is paid by it',
    charging: ['pay-per-use'],
    mend: 'Answer usageInfo with a usageValue and a statisticalTime, 0 where nothing was used yet.',
    async run(talk) {
      const instanceId = await talk.opened()
      await toldBefore(talk, instanceId)
      const info = talk.spoken.flatMap(infosOf).find((each) => each.instanceId === instanceId)
      if (Array.isArray(info?.usageInfo) && info.usageInfo.length > 0) return undefined
      throw new Wrong('queryInstance tells of an instance that is paid by usage without any usageInfo.')
    },
  },
]
