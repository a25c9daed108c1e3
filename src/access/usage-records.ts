/** Usage records read from a file, checked before anything is sent, and cut into requests. */
import {
  mostInstanceId,
  mostUsageDecimals,
  mostUsageRecords,
  type UsageProblem,
  type UsageRecord,
  usageTimes,
} from '../model/access/usage.ts'
import { usage } from '../model/failure.ts'
import { payloadOf } from '../signing/production.ts'
import { readJson } from './json-text.ts'

type Fields = Readonly<Record<string, unknown>>

export interface ReadUsage {
  /** Sound ones only where there are no problems. */
  readonly records: readonly UsageRecord[]
  readonly problems: readonly UsageProblem[]
  /** Worth knowing, as sentences. */
  readonly remarks: readonly string[]
}

/** @throws {Failure} (usage) where it is no list of records. */
export function readUsage(bytes: Uint8Array, what: string): ReadUsage {
  const { value, remarks } = readJson(bytes, what)
  const list = Array.isArray(value) ? value : (value as Fields | null)?.usage_records
  if (!Array.isArray(list)) {
    throw usage('no-records', `${what} has no usage records.`, 'It is a list of them, or {"usage_records": […]}.')
  }
  if (list.length === 0) throw usage('no-records', `The list of usage records in ${what} is empty.`)
  const records = list as readonly UsageRecord[]
  const problems = list.flatMap((record: unknown, index) => problemsOf(record).map((each) => ({ index, ...each })))
  return { records, problems, remarks: [...remarks, ...(problems.length === 0 ? repeatedIn(records) : [])] }
}

type Problem = Omit<UsageProblem, 'index'>

function problemsOf(record: unknown): readonly Problem[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return [{ message: 'is no object' }]
  const fields = record as Fields
  return [...instanceProblems(fields), ...timeProblems(fields), ...valueProblems(fields)]
}

/** The sentence about a field that is not there, which may be there by another name. */
function missing(fields: Fields, field: string): Problem {
  const other = field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const found = Object.keys(fields).find((name) => name.toLowerCase() === other.toLowerCase())
  return { field, message: found === undefined ? 'is missing' : `is missing; it is called ${found} here` }
}

function instanceProblems(fields: Fields): readonly Problem[] {
  const field = 'instance_id'
  const id = fields[field]
  if (id === undefined || id === null) return [missing(fields, field)]
  if (typeof id !== 'string' || id.trim() === '') return [{ field, message: 'is no text' }]
  return id.length > mostInstanceId
    ? [{ field, message: `has ${id.length} characters, and at most ${mostInstanceId} are allowed` }]
    : []
}

function timeProblems(fields: Fields): readonly Problem[] {
  const problems = usageTimes.flatMap((field): readonly Problem[] => {
    const time = fields[field]
    if (time === undefined || time === null) return [missing(fields, field)]
    return isTime(time) ? [] : [{ field, message: 'is no time in UTC such as 20261125T080000Z' }]
  })
  const [begin, end] = [fields.begin_time, fields.end_time]
  // Texts of one length, so their order is that of the times.
  return problems.length === 0 && String(end) < String(begin)
    ? [{ field: 'end_time', message: 'is before begin_time' }]
    : problems
}

function isTime(value: unknown): boolean {
  const parts = typeof value === 'string' ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) : null
  if (parts === null) return false
  const [, year, month, day, hour, minute, second] = parts
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${text}Z`)
  // A day that is not there, as 30 February, is taken for another.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function valueProblems(fields: Fields): readonly Problem[] {
  const field = 'usage_value'
  const value = fields[field]
  if (value === undefined || value === null) return [missing(fields, field)]
  if (typeof value === 'string') return [{ field, message: 'is a text: write the number without quotes' }]
  if (typeof value !== 'number') return [{ field, message: 'is no number' }]
  if (value < 0) return [{ field, message: 'is less than 0' }]
  if (new RegExp(`^\\d+(\\.\\d{1,${mostUsageDecimals}})?$`).test(String(value))) return []
  return [{ field, message: `is ${value}, and at most ${mostUsageDecimals} decimals are allowed` }]
}

function repeatedIn(records: readonly UsageRecord[]): readonly string[] {
  const seen = new Map<string, number>()
  const repeated = records.flatMap((record, index) => {
    const name = JSON.stringify([record.instance_id, record.begin_time, record.end_time])
    const first = seen.get(name)
    seen.set(name, first ?? index)
    return first === undefined ? [] : [[first, index] as const]
  })
  const [one] = repeated
  if (one === undefined) return []
  const more = repeated.length > 1 ? ` There are ${repeated.length} such records.` : ''
  return [`Records ${one[0]} and ${one[1]} are about the same instance and time; both count.${more}`]
}

export interface UsageBody {
  readonly first: number
  readonly count: number
  /** As it is sent and signed. */
  readonly body: string
}

/** The keys of each record are sorted as well: whoever sorts them all signs the same text as whoever sorts those of the body. */
export function requestsOf(records: readonly UsageRecord[], from = 0): readonly UsageBody[] {
  const requests: UsageBody[] = []
  for (let first = from; first < records.length; first += mostUsageRecords) {
    const part = records.slice(first, first + mostUsageRecords)
    requests.push({ first, count: part.length, body: bodyText(part) })
  }
  return requests
}

function bodyText(records: readonly UsageRecord[]): string {
  return payloadOf({ usage_records: records.map(sorted) })
}

function sorted(record: UsageRecord): Fields {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
