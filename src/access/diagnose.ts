/** Why a server refuses what is signed right: it is tried with the misreadings, and the one it takes is named. */
import { beingProcessed, codeInWords } from '../model/access/result-codes.ts'
import { Wrong } from './case.ts'
import { type Misreading, misreadings } from './misreadings.ts'
import { hasSucceeded, type Spoken } from './spoken.ts'
import type { Talk } from './talk.ts'

/**
 * @param refused the call that was signed right and refused
 * @throws {Wrong} always, with the mistake by its name where it is known.
 */
export async function diagnose(talk: Talk, refused: Spoken): Promise<never> {
  const { activity, code = '' } = refused
  const { key } = talk.partner
  for (const { does, mend, signature, timestamp } of Object.values(misreadings) as readonly Misreading[]) {
    const spoken = await talk.send(
      activity,
      { ...talk.order() },
      {
        signature: (_, call) => signature(key, call),
        ...(timestamp === undefined ? {} : { unit: timestamp }),
      },
    )
    if (hasSucceeded(spoken) || spoken.code === beingProcessed) {
      const wrong = `A call that is signed right is refused with ${codeInWords(code)}, because the server ${does}: a call signed so is accepted.`
      throw new Wrong(wrong, mend)
    }
  }
  throw new Wrong(
    `A call that is signed right is refused with ${codeInWords(code)}, and so is each misreading koo knows; perhaps the server has another key.`,
  )
}
