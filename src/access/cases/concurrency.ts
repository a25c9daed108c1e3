/** Many orders at the same time. */
import { beingProcessed, codeInWords, succeeded } from '../../model/access/result-codes.ts'
import { type Scenario, Wrong } from '../case.ts'
import { shown } from '../shown.ts'
import type { Spoken } from '../spoken.ts'
import { newIdOf, prior } from '../talk.ts'

export const concurrencyCases: readonly Scenario[] = [
  {
    id: 'concurrency',
    group: 'concurrency',
    level: 'must',
    title: 'Many orders at the same time are as many instances, each answered in time',
    source: 'saasAccess',
    mend: 'Answer calls side by side, share nothing between them, and answer 000004 at once where making takes longer.',
    async run(talk) {
      await talk.accepted()
      const { concurrency } = talk.partner
      const orders = Array.from({ length: concurrency }, () => talk.order())
      const all = await Promise.all(orders.map((order) => talk.send('newInstance', { ...order })))
      const trouble = all.flatMap((spoken) => troubleOf(spoken) ?? [])
      const [first] = trouble
      if (first !== undefined) {
        throw new Wrong(`Of ${concurrency} calls at the same time ${trouble.length} went wrong; the first ${first}.`)
      }
      const ids = prior('new-instance', () => all.map(newIdOf))
      const twice = ids.find((id, index) => ids.indexOf(id) !== index)
      if (twice !== undefined) throw new Wrong(`Two orders at the same time got the same instance, ${shown(twice)}.`)
      const slowest = Math.max(...all.map(({ end }) => end.milliseconds))
      return `The slowest of ${concurrency} answers took ${Math.round(slowest)} ms.`
    },
  },
]

function troubleOf({ end, code }: Spoken): string | undefined {
  if (end.is === 'late') return 'was not answered in time'
  if (end.is === 'unreached') return `was not answered: ${end.why}`
  if (code === undefined) return `was answered with HTTP ${end.status} and without a resultCode`
  return code === succeeded || code === beingProcessed ? undefined : `was answered with ${codeInWords(shown(code))}`
}
