/** The dates of a license: a day in UTC, or a moment, in ISO 8601. */
import { usage } from '../model/failure.ts'

const daySeconds = 86_400

/**
 * Seconds since 1970 of a date such as 2027-01-31, or of a moment such as 2027-01-31T12:00:00Z.
 *
 * @param flag the flag that gave it, for the complaint.
 * @param edge of a day that is given without a time: the moment it begins, or the one at which it is over.
 * @throws {Failure} (usage) for anything else, also for a day no month has.
 */
export function momentOf(flag: string, text: string, edge: 'start' | 'end'): number {
  const parts = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.exec(text)
  const [, day = '', time] = parts ?? []
  // Date turns a 30 February into a day of March.
  const isDay = day !== '' && isoDay(Date.parse(`${day}T00:00:00Z`)) === day
  const milliseconds = isDay ? Date.parse(time === undefined ? `${day}T00:00:00Z` : text) : Number.NaN
  if (Number.isNaN(milliseconds)) {
    const message = `${flag} takes a day such as 2027-01-31 or a moment such as 2027-01-31T12:00:00Z, not \`${text}\`.`
    throw usage('bad-flag', message)
  }
  const seconds = Math.floor(milliseconds / 1000)
  return time === undefined && edge === 'end' ? seconds + daySeconds : seconds
}

function isoDay(milliseconds: number): string | undefined {
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString().slice(0, 10)
}
