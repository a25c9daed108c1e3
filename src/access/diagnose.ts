/** Why a server refuses what is signed right: it is tried with the misreadings, and the one it takes is named. */
import { beingProcessed, codeInWords, succeeded, unauthenticated } from '../model/access/result-codes.ts'
import { Wrong } from './case.ts'
import { type BodyMisreading, type Misreading, misreadings } from './misreadings.ts'
import type { JsonObject, Spoken } from './spoken.ts'
import { type Change, expectCode, type Talk } from './talk.ts'

/** From so many milliseconds on, the clocks are worth a word. */
const clockTolerance = 30_000

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
    if (isTaken(spoken)) {
      const wrong = `A call that is signed right is refused with ${codeInWords(code)}, because the server ${does}: a call signed so is accepted.`
      throw new Wrong(wrong, mend)
    }
  }
  throw new Wrong(
    `A call that is signed right is refused with ${codeInWords(code)}, and so is each misreading koo knows; perhaps the server has another key${clockIn(refused)}.`,
  )
}

/** What the Date of an answer tells of the server's clock. */
function clockIn({ at, end }: Spoken): string {
  const date = end.is === 'answer' ? end.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] : undefined
  const ahead = date === undefined ? Number.NaN : Date.parse(date) - at
  if (!(Math.abs(ahead) >= clockTolerance)) return ''
  return `, or refuses it for its age: its clock is ${Math.round(Math.abs(ahead) / 1000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of this machine`
}

/**
 * Makes a call that is signed right and looks unusual.
 * @param suspects what may be misread about it
 * @throws {Wrong} where it is not accepted, with the mistake by its name where it is one of the suspects.
 */
export async function accepts(
  talk: Talk,
  what: string,
  call: { readonly fields?: JsonObject; readonly change?: Change },
  suspects: readonly BodyMisreading[],
): Promise<void> {
  const send = (change: Change = {}) =>
    talk.send('newInstance', { ...talk.order(), ...call.fields }, { text: JSON.stringify, ...call.change, ...change })
  const spoken = await send()
  if (spoken.code === unauthenticated) {
    const { key } = talk.partner
    for (const { does, mend, signature } of suspects) {
      if (isTaken(await send({ signature: (_, signed, text) => signature(key, signed, text) }))) {
        throw new Wrong(`${what} is refused with ${codeInWords(unauthenticated)}, because the server ${does}.`, mend)
      }
    }
  }
  expectCode(spoken, [succeeded, beingProcessed], what)
}

function isTaken({ code }: Spoken): boolean {
  return code === succeeded || code === beingProcessed
}
