/** The cases about license authorization codes (China site), signed as calls of version 2.0 are. */
import { statuses, timestampLife } from '../../model/access/activities.ts'
import { type LicenseScene, licenseActivities, licenseScenes } from '../../model/access/license-codes.ts'
import { invalidParameter, succeeded, unauthenticated, unknownInstance } from '../../model/access/result-codes.ts'
import { Blocked, type Observation, type Scenario, Skipped, type SuiteOfCases, Wrong } from '../case.ts'
import { type Misreading, misreadings } from '../misreadings.ts'
import type { JsonObject } from '../spoken.ts'
import { type Change, codeOf, expectCode, prior, type Talk } from '../talk.ts'
import { answerCases } from './answers.ts'
import { type CallOf, callCases, factsOf, firstOf, type Subject } from './call-cases.ts'
import { expireTime, laterOrder, settled } from './instance-calls.ts'
import { transportCases } from './transport.ts'

const signature = { group: 'signature', source: 'licenseCodeSignature' } as const
const mendGone = 'A code that was released without testFlag is gone; give another one with --license.'

const code: Subject = {
  noun: 'a code',
  absentNoun: 'a code nobody was given',
  isKnown: ({ partner }) => partner.license !== undefined,
  async there({ partner }) {
    if (partner.license !== undefined) return partner.license
    throw new Skipped('It takes a code the server knows: give one with --license.')
  },
  absent: madeUp,
}

/** A code of the form KooGallery's have, which nobody has. */
function madeUp(talk: Talk): string {
  return `PL${talk.drawn().slice(0, 14).toUpperCase()}`
}

const orders = { RENEWAL: 'MOCKMONTYRENEW', UNSUBSCRIBE_RENEWAL_PERIOD: 'MOCKMONTYUNSUBSCRIBE' } as const

function refreshed(talk: Talk, license: string, scene: LicenseScene = 'RENEWAL'): JsonObject {
  return { scene, ...laterOrder(talk, orders[scene]), license, expireTime: expireTime(talk) }
}

const refresh: CallOf = {
  id: 'license-refresh',
  group: 'license-refresh',
  activity: 'refreshLicenseCode',
  row: licenseActivities.refreshLicenseCode,
  what: 'The renewal',
  mend: `Set the end of the code to expireTime and answer ${succeeded}. ${mendGone}`,
  subject: code,
  fields: (talk, license) => refreshed(talk, license),
  repeated: 'should',
  absent: 'must',
}

const freeze: CallOf = {
  id: 'license-freeze',
  group: 'license-status',
  activity: 'updateLicenseCodeStatus',
  row: licenseActivities.updateLicenseCodeStatus,
  what: 'FREEZE',
  mend: `Let nobody use what the code opened, and answer ${succeeded}. ${mendGone}`,
  subject: {
    ...code,
    // There is one code for all cases, so that another one may have frozen it; whether that can be undone is for its case.
    async there(talk) {
      const license = await code.there(talk)
      await talk.send('updateLicenseCodeStatus', { license, status: 'UNFREEZE' })
      return license
    },
  },
  fields: (_, license) => ({ license, status: 'FREEZE' }),
  repeated: 'should',
  absent: 'must',
}

const release: CallOf = {
  id: 'license-release',
  group: 'license-release',
  activity: 'releaseLicenseCode',
  row: licenseActivities.releaseLicenseCode,
  what: 'The release',
  mend: `End what the code opened and answer ${succeeded}. In debugging, with testFlag 1, the same code comes again and again.`,
  subject: code,
  fields: (talk, license) => ({ license, ...laterOrder(talk, 'MOCKMONTYUNSUBSCRIBE') }),
  repeated: 'should',
  absent: 'must',
}

const calls = [refresh, freeze, release]

const signatureCases: readonly Scenario[] = [
  {
    ...signature,
    id: 'signature-accepted',
    level: 'must',
    title: 'A call that is signed right is accepted',
    mend: 'Compare each step with koo access sign: sorted body, inner hash, signed text, signature.',
    async run(talk) {
      try {
        await accepted(talk)
      } catch (error) {
        if (error instanceof Blocked && error.by === 'signature-accepted') await diagnose(talk)
        throw error
      }
      return undefined
    },
  },
  {
    ...signature,
    id: 'signature-refused',
    level: 'must',
    title: `A call with a wrong signature is refused with ${unauthenticated}, whatever it asks for`,
    mend: `Compare the signature of every call with one of your own making, before anything else, and answer ${unauthenticated} where they differ.`,
    async run(talk) {
      await accepted(talk)
      for (const call of calls) await refusesWrong(talk, call)
      return undefined
    },
  },
  {
    ...signature,
    id: 'signature-missing',
    level: 'must',
    title: 'A call without a signature is refused',
    mend: `Answer ${unauthenticated} where the parameter signature is missing or empty.`,
    async run(talk) {
      await accepted(talk)
      await prior('signature-refused', () => refusesWrong(talk, freeze))
      const spoken = await anyCall(talk, freeze, { signature: () => null })
      expectCode(spoken, [unauthenticated, invalidParameter], 'A call without a signature')
      return undefined
    },
  },
  {
    ...signature,
    id: 'timestamp-stale',
    level: 'should',
    title: `A call older than ${timestampLife / 1000} seconds is refused`,
    mend: `Refuse what is more than ${timestampLife} milliseconds old; the timestamp is in milliseconds.`,
    async run(talk) {
      await accepted(talk)
      const time = talk.partner.clock.now() - 10 * timestampLife
      const spoken = await anyCall(talk, freeze, { time })
      expectCode(spoken, [unauthenticated, invalidParameter], 'A call that is ten minutes old')
      return undefined
    },
  },
]

const codeCases: readonly Scenario[] = [
  ...callCases(refresh),
  {
    ...factsOf(refresh),
    id: 'license-unsubscribe-renewal',
    level: 'must',
    title: `refreshLicenseCode succeeds where ${licenseScenes.UNSUBSCRIBE_RENEWAL_PERIOD}`,
    mend: `Set the end of the code to expireTime, which is earlier, and answer ${succeeded}.`,
    async run(talk) {
      const { license } = await prior(refresh.id, () => firstOf(talk, refresh))
      const fields = refreshed(talk, String(license), 'UNSUBSCRIBE_RENEWAL_PERIOD')
      const spoken = await settled(talk, refresh.activity, fields)
      expectCode(spoken, [succeeded], 'refreshLicenseCode with the scene UNSUBSCRIBE_RENEWAL_PERIOD')
      return undefined
    },
  },
  ...callCases(freeze),
  {
    ...factsOf(freeze),
    id: 'license-status-unknown',
    level: 'should',
    title: `A status other than ${statuses.join(' and ')} is refused with ${invalidParameter} (updateLicenseCodeStatus)`,
    mend: `Answer ${invalidParameter} to a status you do not know, and change nothing.`,
    async run(talk) {
      const { license } = await prior(freeze.id, () => firstOf(talk, freeze))
      const spoken = await talk.send(freeze.activity, { license, status: 'KOO_UNKNOWN' })
      expectCode(spoken, [invalidParameter], 'updateLicenseCodeStatus with a status that is in no table')
      return undefined
    },
  },
  {
    ...factsOf(freeze),
    id: 'license-unfreeze',
    level: 'must',
    title: 'A code that is frozen is thawed by UNFREEZE (updateLicenseCodeStatus)',
    mend: `Let the buyer use what the code opened again, and answer ${succeeded}.`,
    async run(talk) {
      const { license } = await prior(freeze.id, () => firstOf(talk, freeze))
      expectCode(await settled(talk, freeze.activity, { license, status: 'UNFREEZE' }), [succeeded], 'UNFREEZE')
      return undefined
    },
  },
  ...callCases(release),
]

/** The guide on codes does not say that answers are signed; that on SaaS does. */
const codeAnswers = answerCases.map(
  (each): Observation => (each.id === 'body-sign' ? { ...each, level: 'should' } : each),
)

export const licenseCodeCases: SuiteOfCases = {
  suite: 'license-code',
  // What releases comes last.
  cases: [...transportCases, ...signatureCases, ...codeCases, ...codeAnswers],
  traffic: ['signature-accepted', 'license-refresh', 'license-freeze'],
}

/** A call about a code nobody has, which changes nothing wherever it is made. */
function anyCall(talk: Talk, call: CallOf, change: Change = {}) {
  return talk.send(call.activity, call.fields(talk, madeUp(talk)), change)
}

/** @throws {Blocked} where even a call about which nothing is special is refused for its signature. */
async function accepted(talk: Talk): Promise<void> {
  codeOf(await anyCall(talk, freeze))
}

async function refusesWrong(talk: Talk, call: CallOf): Promise<void> {
  const other = (right: string) => `${right.startsWith('0') ? '1' : '0'}${right.slice(1)}`
  const spoken = await anyCall(talk, call, { signature: other })
  expectCode(spoken, [unauthenticated], `${call.activity} with a wrong signature`)
}

async function diagnose(talk: Talk): Promise<never> {
  const { key } = talk.partner
  for (const { does, mend, signature: signed, timestamp } of Object.values(misreadings) as readonly Misreading[]) {
    const spoken = await anyCall(talk, freeze, {
      signature: (_, call) => signed(key, call),
      ...(timestamp === undefined ? {} : { unit: timestamp }),
    })
    if (spoken.code === succeeded || spoken.code === unknownInstance) {
      throw new Wrong(
        `A call that is signed right is refused with ${unauthenticated}, because the server ${does}.`,
        mend,
      )
    }
  }
  throw new Wrong(
    `A call that is signed right is refused with ${unauthenticated}, and so is each misreading koo knows; perhaps the server has another key.`,
  )
}
