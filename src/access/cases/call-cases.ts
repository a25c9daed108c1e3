/** The cases every call has that is about something there: it succeeds, once and again, and not for what is not there. */
import type { Activity } from '../../model/access/activities.ts'
import { chargingNames } from '../../model/access/charging.ts'
import type { CaseLevel } from '../../model/access/report.ts'
import { codeInWords, invalidParameter, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import { type Scenario, Skipped } from '../case.ts'
import type { JsonObject, Spoken } from '../spoken.ts'
import { codeOf, expectCode, prior, type Talk } from '../talk.ts'
import { settled } from './instance-calls.ts'

/** What calls are about. */
export interface Subject {
  /** As in "an instance". */
  readonly noun: string
  /** As in "an instance that was never made". */
  readonly absentNoun: string
  /** Whether there can be one; left out: always. */
  isKnown?(talk: Talk): boolean
  /**
   * The id of one that is there.
   * @throws {Skipped} where none is known.
   */
  there(talk: Talk): Promise<string>
  /** An id of none. */
  absent(talk: Talk): string
}

export interface CallOf {
  /** Of the case that the call succeeds; the others are named after it. */
  readonly id: string
  readonly group: string
  readonly activity: string
  /** The activity's own row of its table. */
  readonly row: Activity
  /** As in "A renewal". */
  readonly what: string
  /** How to mend the case that it succeeds. */
  readonly mend: string
  readonly subject: Subject
  fields(talk: Talk, id: string): JsonObject
  readonly repeated: CaseLevel
  readonly absent: CaseLevel
}

export function callCases(call: CallOf): readonly Scenario[] {
  const { id, activity, what, subject, row } = call
  const needed = Object.entries(row.fields).flatMap(([name, field]) => (field.needed ? [name] : []))
  return [
    {
      ...factsOf(call),
      id,
      level: 'must',
      title: `${what} of ${subject.noun} succeeds (${activity})`,
      mend: call.mend,
      async run(talk) {
        await firstOf(talk, call)
        return undefined
      },
    },
    {
      ...factsOf(call),
      id: `${id}-repeated`,
      level: call.repeated,
      title: `${what} that is repeated succeeds again (${activity})`,
      mend: `Where it is done already, there is nothing to do: answer ${succeeded}. KooGallery repeats calls.`,
      async run(talk) {
        const fields = await prior(id, () => firstOf(talk, call))
        expectCode(await settled(talk, activity, fields), [succeeded], `A repeated ${activity}`)
        return undefined
      },
    },
    {
      ...factsOf(call),
      id: `${id}-unknown`,
      level: call.absent,
      title: `${what} of ${subject.absentNoun} is refused with ${unknownInstance} (${activity})`,
      mend: `Answer ${unknownInstance} where there is none of that id; success would hide a wrong one.`,
      async run(talk) {
        const isKnown = subject.isKnown?.(talk) ?? true
        if (isKnown) await prior(id, () => firstOf(talk, call))
        const spoken = await talk.send(activity, call.fields(talk, subject.absent(talk)))
        // Without one that is there nothing tells whether the call is offered at all.
        if (!isKnown) throwUnlessOffered(call, spoken)
        expectCode(spoken, [unknownInstance], `${activity} for ${subject.absentNoun}`)
        return undefined
      },
    },
    {
      ...factsOf(call),
      id: `${id}-fields`,
      level: 'must',
      title: `${activity} without ${needed.length === 1 ? needed.join('') : 'one of its parameters'} is refused with ${invalidParameter}`,
      mend: `Answer ${invalidParameter} where ${inWords(needed)} is missing, and do nothing.`,
      async run(talk) {
        await prior(id, () => firstOf(talk, call))
        const fields = call.fields(talk, await subject.there(talk))
        for (const name of needed) {
          const { [name]: _, ...others } = fields
          expectCode(await talk.send(activity, others), [invalidParameter], `${activity} without ${name}`)
        }
        return undefined
      },
    },
  ]
}

/**
 * Makes the call about one that is there.
 * @throws {Wrong} {Skipped} where it does not succeed, or the seller does without it.
 * @returns what it was told
 */
export async function firstOf(talk: Talk, call: CallOf): Promise<JsonObject> {
  const { activity, subject } = call
  const fields = call.fields(talk, await subject.there(talk))
  const spoken = await settled(talk, activity, fields)
  throwUnlessOffered(call, spoken)
  expectCode(spoken, [succeeded], activity)
  return fields
}

function throwUnlessOffered({ activity, row }: CallOf, spoken: Spoken): void {
  if (!row.optional || codeOf(spoken) !== invalidParameter) return
  throw new Skipped(
    `The server does not offer ${activity}, which is optional: it answers ${codeInWords(invalidParameter)}.`,
  )
}

/** What a case of a call has in common with its others. */
export function factsOf({ group, row }: CallOf): Pick<Scenario, 'group' | 'source' | 'charging'> {
  const { source, charging } = row
  return { group, source, ...(charging.length === chargingNames.length ? {} : { charging }) }
}

/** As in "a, b or c". */
function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}
