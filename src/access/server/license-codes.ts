/** What the reference server answers to calls about license authorization codes. */
import type { Activity } from '../../model/access/activities.ts'
import { licenseActivities } from '../../model/access/license-codes.ts'
import { invalidParameter, type ResultCode, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import type { JsonObject } from '../spoken.ts'
import { isWellFormed } from './well-formed.ts'

/** A code that is made up, where the server is told none. */
export const madeUpLicense = 'PL00000001'

/** A call about a code. */
export interface LicenseCall {
  readonly activity: string
  readonly body: JsonObject
  readonly isKnown: boolean
  readonly isReleased: boolean
  readonly isFrozen: boolean
  /** The same call has succeeded before. */
  readonly isRepeated: boolean
}

/** How codes are dealt with; a fault makes it otherwise. */
export interface LicenseBehaviour {
  readonly misses: (activity: string, field: string) => boolean
  readonly checksValues: (activity: string) => boolean
  /** What is answered instead, without doing anything; undefined: as it should be. */
  readonly instead: (call: LicenseCall) => ResultCode | undefined
}

export const rightLicenses: LicenseBehaviour = {
  misses: () => true,
  checksValues: () => true,
  instead: () => undefined,
}

/** Gives the result code of a call; undefined where it is not about a code. */
export function licenseServer(
  licenses: readonly string[],
  behaviour: LicenseBehaviour,
): (activity: string, body: JsonObject) => ResultCode | undefined {
  const released = new Set<string>()
  const frozen = new Set<string>()
  const done = new Set<string>()

  return (activity, body) => {
    if (!Object.hasOwn(licenseActivities, activity)) return undefined
    const row: Activity = licenseActivities[activity as keyof typeof licenseActivities]
    const form = { ...behaviour, toleratesExtras: true, known: ['activity'] }
    if (!isWellFormed(row, activity, body, form)) return invalidParameter
    const license = String(body.license)
    const call = JSON.stringify(body)
    const isKnown = licenses.includes(license)
    const isReleased = released.has(license)
    const isFrozen = frozen.has(license)
    const isRepeated = done.has(call)
    const instead = behaviour.instead({ activity, body, isKnown, isReleased, isFrozen, isRepeated })
    const isGone = isReleased && activity !== 'releaseLicenseCode'
    const code = instead ?? (!isKnown || isGone ? unknownInstance : succeeded)
    if (code === succeeded) done.add(call)
    if (code === succeeded && body.status === 'FREEZE') frozen.add(license)
    if (code === succeeded && body.status === 'UNFREEZE') frozen.delete(license)
    // KooGallery debugs the same calls again and again, with the same code: a release in debugging ends nothing.
    if (code === succeeded && activity === 'releaseLicenseCode' && body.testFlag !== '1') released.add(license)
    return code
  }
}
