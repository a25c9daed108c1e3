/** What holds for every answer of version 1.0: that of version 2.0, and that user names and passwords are encrypted. */
import type { Observation } from '../case.ts'
import { credentialTrouble } from '../credentials.ts'
import { shown } from '../shown.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { infosOf } from '../talk.ts'
import { answerCases } from './answers.ts'
import { appInfoCases } from './app-info.ts'

const facts = { group: 'answer', level: 'must', source: 'saasV1NewInstance' } as const

/** A buyer's access data, which also newInstance answers here. */
const infoCases: readonly Observation[] = appInfoCases.map((each) => ({
  ...each,
  source: each.id === 'usage-info' ? 'saasV1QueryInstance' : facts.source,
  observe: (spoken, key) => each.observe(asQueried(spoken), key),
}))

export const answerCasesV1: readonly Observation[] = [
  ...answerCases.map(
    (each): Observation => ({ ...each, source: each.id === 'body-sign' ? 'saasV1BodySign' : each.source }),
  ),
  ...infoCases,
  {
    ...facts,
    id: 'encrypt-type',
    title: 'encryptType is "1" (AES-256) or "2" (AES-128), or left out for the first',
    mend: 'Answer encryptType as a text, beside appInfo.',
    observe({ json }) {
      const type = json?.encryptType
      if (type === undefined || type === null) return undefined
      return type === '1' || type === '2' ? 'fine' : { wrong: `encryptType is ${shown(JSON.stringify(type))}.` }
    },
  },
  {
    ...facts,
    id: 'credentials-encrypted',
    title: 'userName and password in appInfo are encrypted as encryptType says',
    mend: 'Write 16 random letters and digits, and behind them the base64 of AES/CBC/PKCS5Padding with them as its vector; the AES key is that of Java’s KeyGenerator with SHA1PRNG seeded with the shared key.',
    observe({ json, ...spoken }, key) {
      const values = appInfosOf({ json, ...spoken }).flatMap((appInfo) =>
        (['userName', 'password'] as const).map((name) => [name, appInfo[name]] as const),
      )
      const given = values.filter(
        (each): each is readonly [(typeof each)[0], string] => typeof each[1] === 'string' && each[1] !== '',
      )
      if (given.length === 0) return undefined
      for (const [name, value] of given) {
        const trouble = credentialTrouble(value, json?.encryptType, key)
        if (trouble !== undefined) return { wrong: `appInfo.${name} ${trouble}.` }
      }
      return 'fine'
    },
  },
]

/** The answer as if the instance of newInstance had been asked for. */
function asQueried(spoken: Spoken): Spoken {
  const { json } = spoken
  if (json?.appInfo === undefined || json.appInfo === null) return spoken
  return { ...spoken, json: { ...json, info: [{ appInfo: json.appInfo }, ...infosOf(spoken)] } }
}

function appInfosOf(spoken: Spoken): readonly JsonObject[] {
  const given = infosOf(asQueried(spoken)).map(({ appInfo }) => appInfo)
  return given.filter((each): each is JsonObject => typeof each === 'object' && each !== null)
}
