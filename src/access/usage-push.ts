/** Pushes usage records, request by request; nothing whose outcome is unknown is sent again. */
import { type AbnormalRecord, mostUsageRecords, type UsageRecord, type UsageRequest } from '../model/access/usage.ts'
import { Failure } from '../model/failure.ts'
import type { Clock, Randomness, SellerApi } from '../ports.ts'
import { usageSign } from '../signing/production.ts'
import type { UsageBody } from './usage-records.ts'

const encoder = new TextEncoder()

/**
 * One request after the other. After one whose outcome is unknown, or that could not be sent, no other is begun.
 * @throws {Failure} where the first one could not be sent, so that nothing has happened.
 */
export async function pushUsage({
  api,
  key,
  clock,
  randomness,
  stop,
  requests,
  records,
}: {
  readonly api: SellerApi
  readonly key: string
  readonly clock: Clock
  readonly randomness: Randomness
  readonly stop: AbortSignal
  readonly requests: readonly UsageBody[]
  /** All there are. */
  readonly records: readonly UsageRecord[]
}): Promise<readonly UsageRequest[]> {
  const ended: UsageRequest[] = []
  let stopping: Failure | undefined
  for (const request of requests) {
    const { first, count, body } = request
    const bytes = encoder.encode(body)
    const base = { first, count, bytes: bytes.byteLength }
    if (stop.aborted) stopping ??= haltedBy('Stopped.', 'stopped')
    if (stopping !== undefined) {
      ended.push({ ...base, outcome: 'not-sent', message: stopping.message, exit: stopping.exit, abnormal: [] })
      continue
    }
    try {
      const made = await pushOne(body, bytes)
      if (made.outcome === 'unknown') stopping = haltedBy('The outcome of the request before it is unknown.')
      ended.push({ ...base, ...made, abnormal: made.abnormal.map((each) => abnormalOf(each, base, records)) })
    } catch (error) {
      if (!(error instanceof Failure) || !ended.some(({ outcome }) => outcome === 'accepted')) throw error
      stopping = error
      ended.push({ ...base, outcome: 'not-sent', message: error.message, exit: error.exit, abnormal: [] })
    }
  }
  return ended

  async function pushOne(body: string, bytes: Uint8Array) {
    const timestamp = String(clock.now())
    const nonce = randomness.hex(32).toUpperCase()
    const signature = usageSign(key, { body: JSON.parse(body), timestamp, nonce })
    const end = await api.pushUsage({ body: bytes, signature, timestamp, nonce })
    switch (end.is) {
      case 'accepted':
        return { outcome: 'accepted', code: end.code, message: end.message, abnormal: [] } as const
      case 'refused':
        return {
          outcome: 'refused',
          code: end.code,
          message: end.message,
          abnormal: end.abnormal,
          exit: 'findings',
        } as const
      case 'unknown':
        return { outcome: 'unknown', message: end.message, abnormal: [], exit: 'marketplace' } as const
    }
  }
}

function haltedBy(message: string, exit: Failure['exit'] = 'marketplace'): Failure {
  return new Failure({ code: 'not-sent', exit, message })
}

/** What is known of a record; an answer tells its place in the request, or its instance. */
function abnormalOf(
  raw: unknown,
  { first, count }: Pick<UsageRequest, 'first' | 'count'>,
  records: readonly UsageRecord[],
): AbnormalRecord {
  if (typeof raw !== 'object' || raw === null) return { raw }
  const fields = raw as Readonly<Record<string, unknown>>
  const text = (...names: readonly string[]) =>
    names.map((name) => fields[name]).find((each) => typeof each === 'string')
  const instanceId = text('instance_id', 'instanceId')
  const [code, message] = [text('error_code', 'errorCode', 'code'), text('error_msg', 'errorMsg', 'message', 'reason')]
  const index = Number.isInteger(fields.index) ? Number(fields.index) : placeOf(instanceId, fields.record_time)
  return {
    ...(index !== undefined && index >= 0 && index < count ? { index: first + index } : {}),
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    raw,
  }

  /** Only where one record alone can be meant. */
  function placeOf(id: unknown, time: unknown): number | undefined {
    const meant = records
      .slice(first, first + mostUsageRecords)
      .flatMap((each, place) =>
        each.instance_id === id && (time === undefined || each.record_time === time) ? [place] : [],
      )
    return meant.length === 1 ? meant[0] : undefined
  }
}
