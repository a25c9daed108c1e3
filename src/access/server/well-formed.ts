/** Whether a call has the fields of its table, as the reference server holds it to them. */
import type { Activity } from '../../model/access/activities.ts'
import type { JsonObject } from '../spoken.ts'

export interface FormBehaviour {
  readonly toleratesExtras: boolean
  readonly misses: (activity: string, field: string) => boolean
  readonly checksValues: (activity: string) => boolean
  /** Left out: fields are held to their length. */
  readonly checksLengths?: boolean
  /** Fields every call has besides those of its table. */
  readonly known: readonly string[]
}

export function isWellFormed(
  { fields }: Activity,
  activity: string,
  body: JsonObject,
  { toleratesExtras, misses, checksValues, checksLengths = true, known }: FormBehaviour,
): boolean {
  const isKnown = (name: string) => known.includes(name) || Object.hasOwn(fields, name)
  if (!toleratesExtras && !Object.keys(body).every(isKnown)) return false
  return Object.entries(fields).every(([name, { needed, most, values, form }]) => {
    const value = body[name]
    if (value === undefined || value === null || value === '') return !(needed && misses(activity, name))
    if (form === 'object') return typeof value === 'object'
    if (typeof value !== 'string' || (checksLengths && value.length > most)) return false
    if (form === 'time' && !/^\d{14}(\d{3})?$/.test(value)) return false
    return values === undefined || !checksValues(activity) || values.includes(value)
  })
}
