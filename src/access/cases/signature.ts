/** Which calls a server takes for KooGallery's. */
import { activities, activityNamed, timestampLife } from '../../model/access/activities.ts'
import { beingProcessed, invalidParameter, succeeded, unauthenticated } from '../../model/access/result-codes.ts'
import { Blocked, type Scenario } from '../case.ts'
import { diagnose } from '../diagnose.ts'
import type { JsonObject } from '../spoken.ts'
import { codeOf, expectCode, prior, type Talk } from '../talk.ts'

const group = 'signature'
const source = 'saasSignature'

/** Of a call that took its time to arrive. */
const onItsWay = 30_000

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
    title: `A call with a wrong signature is refused with ${unauthenticated}, whatever it asks for`,
    source,
    mend: `Compare the signature of every call with one of your own making, before anything else, and answer ${unauthenticated} where they differ.`,
    async run(talk) {
      await talk.accepted()
      for (const activity of Object.keys(activities)) {
        const { charging, optional } = activityNamed(activity) ?? {}
        if (optional === true || charging?.includes(talk.charging) !== true) continue
        await refusesWrong(talk, activity, fieldsFor(talk, activity))
      }
      return undefined
    },
  },
  {
    id: 'signature-missing',
    group,
    level: 'must',
    title: `A call without a signature is refused with ${unauthenticated}`,
    source,
    mend: `Answer ${unauthenticated} where the parameter signature is missing or empty.`,
    async run(talk) {
      await refusesWrongFirst(talk)
      const spoken = await talk.send('newInstance', { ...talk.order() }, { signature: () => null })
      expectCode(spoken, [unauthenticated], 'A call without a signature')
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
    id: 'body-tampered',
    group,
    level: 'must',
    title: 'A body that was changed after it was signed is refused',
    source,
    mend: 'Make the signature over the body of this very call: it proves that nobody changed the order on its way.',
    async run(talk) {
      await refusesWrongFirst(talk)
      const right = await talk.accepted()
      const text = (body: JsonObject) => JSON.stringify({ ...body, businessId: talk.uuid() })
      const changed = await talk.send('newInstance', { ...talk.order() }, { text })
      expectCode(changed, [unauthenticated], 'A call whose body was changed after it was signed')
      const query = new URL(right.request.url).searchParams
      const taken = { signature: () => query.get('signature'), nonce: query.get('nonce'), time: right.at }
      const other = await talk.send('newInstance', { ...talk.order() }, taken)
      expectCode(other, [unauthenticated, invalidParameter], 'A call with the signature of another one')
      return undefined
    },
  },
  {
    id: 'timestamp-missing',
    group,
    level: 'must',
    title: 'A call without a timestamp is refused',
    source,
    mend: `Answer ${invalidParameter} where the parameter timestamp is missing.`,
    async run(talk) {
      await talk.accepted()
      const spoken = await talk.send('newInstance', { ...talk.order() }, { time: null })
      expectCode(spoken, [invalidParameter, unauthenticated], 'A call without a timestamp')
      return undefined
    },
  },
  {
    id: 'nonce-missing',
    group,
    level: 'must',
    title: 'A call without a nonce is refused',
    source,
    mend: `Answer ${invalidParameter} where the parameter nonce is missing.`,
    async run(talk) {
      await talk.accepted()
      const spoken = await talk.send('newInstance', { ...talk.order() }, { nonce: null })
      expectCode(spoken, [invalidParameter, unauthenticated], 'A call without a nonce')
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
  {
    id: 'timestamp-on-its-way',
    group,
    level: 'should',
    title: `A call that is ${onItsWay / 1000} seconds old is accepted`,
    source,
    mend: `Accept what is up to ${timestampLife / 1000} seconds old, and keep the server's clock right.`,
    async run(talk) {
      await talk.accepted()
      const time = talk.partner.clock.now() - onItsWay
      const spoken = await talk.send('newInstance', { ...talk.order() }, { time })
      expectCode(spoken, [succeeded, beingProcessed], `A call that is ${onItsWay / 1000} seconds old`)
      return undefined
    },
  },
  {
    id: 'nonce-replayed',
    group,
    level: 'should',
    title: 'The same call a second time, with the same nonce, is refused',
    source,
    mend: `Keep each nonce for ${timestampLife / 1000} seconds, and refuse a call with one that was seen.`,
    async run(talk) {
      const spoken = await talk.repeat(await talk.accepted())
      expectCode(spoken, [unauthenticated, invalidParameter], 'The same call a second time')
      return undefined
    },
  },
]

async function refusesWrongFirst(talk: Talk): Promise<void> {
  await talk.accepted()
  await prior('signature-refused', () => refusesWrong(talk, 'newInstance', { ...talk.order() }))
}

async function refusesWrong(talk: Talk, activity: string, fields: JsonObject): Promise<void> {
  const spoken = await talk.send(activity, fields, { signature: otherHex })
  expectCode(spoken, [unauthenticated], `${activity} with a wrong signature`)
}

/** What has to be there, so that nothing but the signature is wrong. */
function fieldsFor(talk: Talk, activity: string): JsonObject {
  const fields = Object.entries(activityNamed(activity)?.fields ?? {})
  const order: JsonObject = { ...talk.order(), instanceId: talk.uuid() }
  const pairs = fields.filter(([, { needed }]) => needed)
  return Object.fromEntries(
    pairs.map(([name, { values, form }]) => {
      if (form === 'object') return [name, {}]
      return [name, values?.[0] ?? (form === 'time' ? '20991231235959' : (order[name] ?? talk.uuid()))]
    }),
  )
}

/** Another signature of the same form. */
function otherHex(signature: string): string {
  return `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`
}
