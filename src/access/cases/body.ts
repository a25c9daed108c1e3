/** How the body of a call is read, for its signature and for what it asks. */
import { invalidParameter } from '../../model/access/result-codes.ts'
import type { Scenario } from '../case.ts'
import { accepts } from '../diagnose.ts'
import { bodyMisreadings } from '../misreadings.ts'
import type { JsonObject } from '../spoken.ts'
import { expectCode, prior, type Talk } from '../talk.ts'

const group = 'body'
const source = 'saasSignature'

/** A name that is in no table. */
const extra = 'extendParams'

export const bodyCases: readonly Scenario[] = [
  {
    id: 'body-order',
    group,
    level: 'must',
    title: 'The keys of the body may come in any order, with blanks between them',
    source,
    mend: bodyMisreadings['raw-body'].mend,
    async run(talk) {
      await talk.accepted()
      const what = 'A call whose body has its keys in another order, and blanks,'
      await accepts(talk, what, { change: { text: turned } }, [bodyMisreadings['raw-body']])
      return undefined
    },
  },
  {
    id: 'extra-fields',
    group,
    level: 'must',
    title: 'Parameters nobody knows yet are signed like the others, and else ignored',
    source,
    mend: 'Sign the body as it came, and ignore what you do not know: KooGallery adds parameters without notice.',
    async run(talk) {
      await talk.accepted()
      await takesExtras(talk)
      return undefined
    },
  },
  {
    id: 'null-values',
    group,
    level: 'should',
    title: 'Parameters that are null are not signed',
    source,
    mend: bodyMisreadings['nulls-signed'].mend,
    async run(talk) {
      await talk.accepted()
      await prior('extra-fields', () => takesExtras(talk))
      await prior('body-order', () =>
        accepts(talk, 'A call with its keys in another order', { change: { text: turned } }, []),
      )
      const what = 'A call with a parameter that is null'
      await accepts(talk, what, { fields: { [extra]: null } }, [bodyMisreadings['nulls-signed']])
      return undefined
    },
  },
  {
    id: 'non-ascii',
    group,
    level: 'should',
    title: 'The signature is made over the UTF-8 of the body',
    source,
    mend: 'Hash the bytes of the sorted body in UTF-8, with no escapes for what is not ASCII.',
    async run(talk) {
      await talk.accepted()
      await prior('extra-fields', () => takesExtras(talk))
      const suspects = (['ascii-payload', 'latin-1-payload', 'us-ascii-payload', 'read-as-latin-1'] as const).map(
        (name) => bodyMisreadings[name],
      )
      // As it is signed, so that nothing else is special about it.
      const fields = { [extra]: 'Grüße, 你好' }
      await accepts(talk, 'A call with text that is not ASCII', { fields, change: { text: sorted } }, suspects)
      return undefined
    },
  },
  {
    id: 'unknown-activity',
    group,
    level: 'should',
    title: `An unknown activity is refused with ${invalidParameter}`,
    source: 'saasResultCodes',
    mend: `Answer ${invalidParameter} where you do not know the activity, so that a new one is not taken for done.`,
    async run(talk) {
      await talk.accepted()
      expectCode(await talk.send('unknownActivity', {}), [invalidParameter], 'A call with an unknown activity')
      return undefined
    },
  },
]

async function takesExtras(talk: Talk): Promise<void> {
  const call = { fields: { [extra]: 'a new one' }, change: { text: sorted } }
  await accepts(talk, 'A call with a parameter that is in no table', call, [bodyMisreadings['known-fields-signed']])
}

function sorted(body: JsonObject): string {
  return JSON.stringify(Object.fromEntries(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))))
}

function turned(body: JsonObject): string {
  const entries = Object.entries(body).sort(([a], [b]) => (a < b ? 1 : -1))
  return JSON.stringify(Object.fromEntries(entries), undefined, 2)
}
