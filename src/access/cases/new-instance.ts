/** How instances are made, once for each order line. */
import { beingProcessed, succeeded } from '../../model/access/result-codes.ts'
import { type Scenario, Wrong } from '../case.ts'
import { codeOf, expectCode, instanceIdOf } from '../talk.ts'

const group = 'new-instance'
const source = 'saasNewInstance'

export const newInstanceCases: readonly Scenario[] = [
  {
    id: 'new-instance',
    group,
    level: 'must',
    title: 'newInstance makes an instance and gives its id',
    source,
    mend: 'Answer 000000 with an instanceId, best the businessId of the first call; or 000004 with it where making takes longer.',
    async run(talk) {
      const order = talk.order()
      const spoken = await talk.send('newInstance', { ...order })
      expectCode(spoken, [succeeded, beingProcessed], 'newInstance')
      const id = instanceIdOf(spoken)
      if (codeOf(spoken) !== beingProcessed) return undefined
      await talk.made(id)
      return 'The instance was made in the background, and queryInstance told when it was there.'
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
      const first = await talk.opened(order)
      const again = await talk.send('newInstance', { ...order, businessId: talk.uuid() })
      expectCode(again, [succeeded, beingProcessed], 'newInstance for an order line that has an instance')
      const second = instanceIdOf(again)
      if (second === first) return undefined
      throw new Wrong(`The same order line has two instances: ${first}, and after a repeated call ${second}.`)
    },
  },
]
