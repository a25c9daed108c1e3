/** Which calls of version 1.0 a server takes for KooGallery's. */
import {
  beingProcessed,
  codeInWords,
  invalidParameter,
  succeeded,
  unauthenticated,
} from '../../model/access/result-codes.ts'
import { Blocked, type Scenario, Wrong } from '../case.ts'
import type { BodyMisreading } from '../misreadings.ts'
import { queryMisreadings, tokenMisreadings } from '../misreadings-v1.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { type Change, codeOf, expectCode, prior, type Talk } from '../talk.ts'
import { queryOf } from '../v1.ts'
import type { CallOf } from './call-cases.ts'
import { calls, purchase } from './v1-calls.ts'

const facts = { group: 'signature', source: 'saasV1Token' } as const

const hour = 60 * 60 * 1000
/** More than any time zone makes of a clock. */
const longAgo = 48 * hour
/** Times that are tried for a token with a plus; half of all tokens have one. */
const mostTried = 200

export const signatureCasesV1: readonly Scenario[] = [
  {
    ...facts,
    id: 'signature-accepted',
    level: 'must',
    title: 'A call whose authToken is right is accepted',
    mend: 'Make it in steps: all parameters but authToken decoded, sorted by name, joined as name=value with &, hashed with HMAC-SHA256 and the key and timeStamp as its key, in base64.',
    async run(talk) {
      const spoken = await talk.send('newInstance', purchase(talk))
      try {
        codeOf(spoken)
      } catch (error) {
        if (error instanceof Blocked && error.by === 'signature-accepted') await diagnose(talk)
        throw error
      }
      return undefined
    },
  },
  {
    ...facts,
    id: 'signature-refused',
    level: 'must',
    title: `A call with a wrong authToken is refused with ${unauthenticated}, whatever it asks for`,
    mend: `Compare the authToken of every call with one of your own making, before anything else, and answer ${unauthenticated} where they differ.`,
    async run(talk) {
      await accepted(talk)
      await refusesWrong(talk, 'newInstance', purchase(talk))
      for (const { activity, fields, row } of Object.values<CallOf>(calls)) {
        if (row.optional || !row.charging.includes(talk.charging)) continue
        await refusesWrong(talk, activity, fields(talk, talk.uuid()))
      }
      return undefined
    },
  },
  {
    ...facts,
    id: 'signature-missing',
    level: 'must',
    title: 'A call without an authToken is refused',
    mend: `Answer ${unauthenticated} where the parameter authToken is missing or empty.`,
    async run(talk) {
      await accepted(talk)
      await prior('signature-refused', () => refusesWrong(talk, 'newInstance', purchase(talk)))
      const spoken = await talk.send('newInstance', purchase(talk), { signature: () => null })
      expectCode(spoken, [unauthenticated, invalidParameter], 'A call without an authToken')
      return undefined
    },
  },
  {
    ...facts,
    id: 'token-order',
    level: 'must',
    title: 'The parameters may come in any order',
    mend: queryMisreadings['params-unsorted'].mend,
    async run(talk) {
      await accepted(talk)
      const text = (params: JsonObject) => queryOf(params).split('&').reverse().join('&')
      await accepts(talk, 'A call whose parameters come from Z to A', {}, { text }, ['params-unsorted'])
      return undefined
    },
  },
  {
    ...facts,
    id: 'token-values',
    level: 'must',
    title: 'Values with blanks, signs and characters that are not ASCII are hashed as they are meant',
    mend: 'Decode the values of the query as UTF-8, once, and hash what they say.',
    async run(talk) {
      await accepted(talk)
      // In this order each tells one mistake.
      const texts = [
        ['with signs', 'a+b&c=d/100%', ['values-encoded']],
        ['with a blank', 'Harbor Office', ['plus-kept']],
        ['that is not ASCII', '港口办公', ['values-latin-1']],
      ] as const
      for (const [how, customerName, suspects] of texts) {
        await accepts(talk, `A call with a value ${how}`, { customerName }, {}, suspects)
      }
      return undefined
    },
  },
  {
    ...facts,
    id: 'token-plus',
    level: 'must',
    title: 'An authToken with a plus in it is accepted',
    mend: 'Decode authToken once, as your framework does with any parameter: decoded twice, its plus becomes a blank.',
    async run(talk) {
      await accepted(talk)
      const fields = purchase(talk)
      const time = timeWithPlus(talk, fields)
      if (time === undefined) return 'No token of these calls has a plus.'
      const spoken = await talk.send('newInstance', fields, { time })
      expectCode(spoken, [succeeded, beingProcessed], 'A call whose authToken has a plus')
      return undefined
    },
  },
  {
    ...facts,
    id: 'extra-fields',
    level: 'should',
    title: 'Parameters nobody knows yet are hashed like the others, and else ignored',
    mend: queryMisreadings['params-known-only'].mend,
    async run(talk) {
      await accepted(talk)
      const what = 'A call with a parameter that is in no table'
      await accepts(talk, what, { extendParams: 'koo' }, {}, ['params-known-only'])
      return undefined
    },
  },
  {
    ...facts,
    id: 'timestamp-missing',
    level: 'must',
    title: 'A call without a timeStamp is refused',
    mend: `Answer ${invalidParameter} where the parameter timeStamp is missing.`,
    async run(talk) {
      await accepted(talk)
      const spoken = await talk.send('newInstance', purchase(talk), { time: null })
      expectCode(spoken, [invalidParameter, unauthenticated], 'A call without a timeStamp')
      return undefined
    },
  },
  {
    ...facts,
    id: 'timestamp-stale',
    level: 'should',
    title: `A call of ${longAgo / hour} hours ago is refused`,
    mend: 'Refuse what is some minutes old: whoever sees a call once could repeat it for ever. The timeStamp is in UTC.',
    async run(talk) {
      await accepted(talk)
      const time = talk.partner.clock.now() - longAgo
      const spoken = await talk.send('newInstance', purchase(talk), { time })
      expectCode(spoken, [unauthenticated, invalidParameter], `A call of ${longAgo / hour} hours ago`)
      return undefined
    },
  },
]

type Suspect = keyof typeof queryMisreadings

/** A call about which nothing is special succeeds, so that what comes of another one tells something. */
async function accepted(talk: Talk): Promise<void> {
  await prior('new-instance', async () => {
    expectCode(await talk.send('newInstance', purchase(talk)), [succeeded, beingProcessed], 'newInstance')
  })
}

/** Makes a call that looks unusual, and has to be accepted. */
async function accepts(
  talk: Talk,
  what: string,
  fields: JsonObject,
  change: Change,
  suspects: readonly Suspect[],
): Promise<void> {
  const send = (more: Change) => talk.send('newInstance', { ...purchase(talk), ...fields }, { ...change, ...more })
  // Given the right token itself, the call counts as one that was made unusual on purpose.
  const spoken = await send({ signature: (right) => right })
  if (spoken.code === unauthenticated) {
    const found = await takenAs(
      talk,
      send,
      suspects.map((name) => queryMisreadings[name]),
    )
    if (found !== undefined) {
      const refusal = codeInWords(unauthenticated)
      throw new Wrong(`${what} is refused with ${refusal}, because the server ${found.does}.`, found.mend)
    }
  }
  expectCode(spoken, [succeeded, beingProcessed], what)
}

async function diagnose(talk: Talk): Promise<never> {
  const send = (change: Change) => talk.send('newInstance', purchase(talk), change)
  const found = await takenAs(talk, send, Object.values(tokenMisreadings))
  const refusal = `A call whose authToken is right is refused with ${codeInWords(unauthenticated)}`
  if (found === undefined) {
    throw new Wrong(
      `${refusal}, and so is each misreading koo knows; perhaps the server has another key, hashes authToken itself along with the others, or has a clock that is not right.`,
    )
  }
  throw new Wrong(`${refusal}, because the server ${found.does}: a call signed so is accepted.`, found.mend)
}

/** The misreading a server has, found by calls that are signed so. */
async function takenAs(
  talk: Talk,
  send: (change: Change) => Promise<Spoken>,
  suspects: readonly BodyMisreading[],
): Promise<BodyMisreading | undefined> {
  for (const suspect of suspects) {
    const { code } = await send({ signature: (_, call, text) => suspect.signature(talk.partner.key, call, text) })
    if (code === succeeded || code === beingProcessed) return suspect
  }
  return undefined
}

async function refusesWrong(talk: Talk, activity: string, fields: JsonObject): Promise<void> {
  const spoken = await talk.send(activity, fields, { signature: otherToken })
  expectCode(spoken, [unauthenticated], `${activity} with a wrong authToken`)
}

/** Another token of the same form. */
function otherToken(token: string): string {
  return `${token.startsWith('a') ? 'b' : 'a'}${token.slice(1)}`
}

/** A time not long ago at which the token of the call has a plus. */
function timeWithPlus(talk: Talk, fields: JsonObject): number | undefined {
  const { prepare, clock } = talk.partner
  const now = clock.now()
  const times = Array.from({ length: mostTried }, (_, index) => now - index)
  return times.find((time) => {
    const { url } = prepare({ activity: 'newInstance', fields, now, nonce: '' }, { time })
    return new URL(url).searchParams.get('authToken')?.includes('+')
  })
}
