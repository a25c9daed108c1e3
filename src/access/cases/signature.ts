/** Which calls a server takes for KooGallery's. */
import { timestampLife } from '../../model/access/activities.ts'
import { beingProcessed, invalidParameter, succeeded, unauthenticated } from '../../model/access/result-codes.ts'
import { Blocked, type Scenario } from '../case.ts'
import { diagnose } from '../diagnose.ts'
import { codeOf, expectCode } from '../talk.ts'

const group = 'signature'
const source = 'saasSignature'

export const signatureCases: readonly Scenario[] = [
  {
    id: 'signature-accepted',
    group,
    level: 'must',
    title: 'A call that is signed right is accepted',
    source,
    mend: 'Compare each step with koo access sign: sorted body, inner hash, signed text, signature.',
    async run(talk) {
      const spoken = await talk.send('newInstance', { ...talk.order() })
      try {
        codeOf(spoken)
      } catch (error) {
        if (error instanceof Blocked && error.by === 'signature-accepted') await diagnose(talk, spoken)
        throw error
      }
      return undefined
    },
  },
  {
    id: 'signature-refused',
    group,
    level: 'must',
    title: `A call with a wrong signature is refused with ${unauthenticated}`,
    source,
    mend: `Compare the signature with one of your own making, and answer ${unauthenticated} where they differ.`,
    async run(talk) {
      await talk.accepted()
      const spoken = await talk.send('newInstance', { ...talk.order() }, { signature: otherHex })
      expectCode(spoken, [unauthenticated], 'A call with a wrong signature')
      return undefined
    },
  },
  {
    id: 'signature-case',
    group,
    level: 'must',
    title: 'The case of the signature does not matter',
    source,
    mend: 'Compare without regard to case: the examples of the page have capitals, the sample project small letters.',
    async run(talk) {
      await talk.accepted()
      const change = { signature: (right: string) => right.toUpperCase() }
      const spoken = await talk.send('newInstance', { ...talk.order() }, change)
      expectCode(spoken, [succeeded, beingProcessed], 'A call with its signature in capitals')
      return undefined
    },
  },
  {
    id: 'timestamp-stale',
    group,
    level: 'must',
    title: `A call older than ${timestampLife / 1000} seconds is refused`,
    source,
    mend: `Refuse what is more than ${timestampLife} milliseconds old; the timestamp is in milliseconds.`,
    async run(talk) {
      await talk.accepted()
      const time = talk.partner.clock.now() - 10 * timestampLife
      const spoken = await talk.send('newInstance', { ...talk.order() }, { time })
      expectCode(spoken, [unauthenticated, invalidParameter], 'A call that is ten minutes old')
      return undefined
    },
  },
]

/** Another signature of the same form. */
function otherHex(signature: string): string {
  return `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`
}
