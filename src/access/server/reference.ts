/** A production interface as KooGallery wants it, small and in memory: for tests, and for sellers to compare with. */
import { type Activity, activityNamed, timestampLife } from '../../model/access/activities.ts'
import { mockOrderOf } from '../../model/access/mock-orders.ts'
import {
  beingProcessed,
  invalidParameter,
  type ResultCode,
  resultCodes,
  succeeded,
  unauthenticated,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import type { Clock, ServedAnswer, ServedRequest } from '../../ports.ts'
import { type JsonObject, objectIn } from '../spoken.ts'
import { type Behaviour, right } from './behaviour.ts'
import { livesOf } from './life.ts'

export interface ReferenceOptions {
  readonly key: string
  readonly clock: Clock
  readonly behaviour?: Partial<Behaviour> | undefined
  /** Milliseconds it takes to make an instance; 0: it is there at once. */
  readonly creationTime?: number
  /** Told of each call. */
  readonly told?: (call: { readonly activity: string; readonly code: string }) => void
}

interface Instance {
  readonly id: string
  /** When it is there, in milliseconds since 1970. */
  readonly readyAt: number
  /** Orders that take usage report it. */
  readonly reportsUsage: boolean
}

type Said = JsonObject & { readonly resultCode: ResultCode }

/** Answers calls as the seller's server would. */
export function referenceServer(options: ReferenceOptions): (request: ServedRequest) => Promise<ServedAnswer> {
  const { key, clock, creationTime = 0, told } = options
  const behaviour: Behaviour = { ...right, ...options.behaviour }
  const instances = new Map<string, Instance>()
  const lines = new Map<string, string>()
  const lived = livesOf({ instances, lines, isReady }, behaviour.life)
  const nonces = new Map<string, number>()

  async function answer(request: ServedRequest): Promise<ServedAnswer> {
    const body = objectIn(new TextDecoder().decode(request.body))
    const activity = typeof body?.activity === 'string' ? body.activity : ''
    const delay = behaviour.delay(activity)
    if (delay > 0) await clock.sleep(delay)
    const said =
      request.method === 'POST' && body !== undefined ? said2(request, body, activity) : refused(invalidParameter)
    told?.({ activity, code: said.resultCode })
    const text = ascii(JSON.stringify(behaviour.answer({ resultMsg: resultCodes[said.resultCode], ...said }, activity)))
    const signed = behaviour.sign(key, text)
    const headers = [['Content-Type', 'application/json;charset=utf-8'] as const, ...(signed ? [signed] : [])]
    return behaviour.response({ status: 200, headers, body: text }, activity)
  }

  function said2(request: ServedRequest, body: JsonObject, activity: string): Said {
    const query = new URL(request.url, 'http://localhost').searchParams
    const refusal = refusalOf(query, body)
    if (refusal !== undefined) return refused(refusal)
    const row = activityNamed(activity)
    if (row === undefined || !isWellFormed(row, activity, body, behaviour)) return refused(invalidParameter)
    return does[activity]?.(body) ?? { resultCode: lived(activity, body) }
  }

  function refusalOf(query: URLSearchParams, body: JsonObject): ResultCode | undefined {
    const [signature, timestamp, nonce] = [query.get('signature'), query.get('timestamp'), query.get('nonce')]
    if (!timestamp || !nonce) return invalidParameter
    const wanted = behaviour.signature(key, { body, nonce, timestamp })
    const same = (text: string) => (behaviour.comparesCase ? text : text.toLowerCase())
    const isSigned = signature !== null && same(signature) === same(wanted)
    if (behaviour.checksSignature && !isSigned) return unauthenticated
    const now = clock.now()
    const time = Number(timestamp) * (behaviour.timestampUnit === 'seconds' ? 1000 : 1)
    if (behaviour.checksAge && !(Math.abs(now - time) <= timestampLife)) return unauthenticated
    if (behaviour.checksNonce && nonces.has(nonce)) return unauthenticated
    for (const [old, at] of nonces) {
      if (now - at <= timestampLife) break
      nonces.delete(old)
    }
    nonces.set(nonce, now)
    return undefined
  }

  const does: Readonly<Record<string, (body: JsonObject) => Said>> = {
    newInstance({ orderId, orderLineId, businessId }) {
      const line = `${orderId}/${orderLineId}`
      const known = behaviour.remembersLines ? lines.get(line) : undefined
      const id = known ?? String(businessId)
      if (known === undefined) {
        lines.set(line, id)
        const readyAt = clock.now() + creationTime
        const reportsUsage = mockOrderOf(String(orderId))?.chargingMode.startsWith('ON_DEMAND') === true
        instances.set(id, { id, readyAt, reportsUsage })
      }
      return { resultCode: isReady(id) ? succeeded : beingProcessed, instanceId: id }
    },
    queryInstance({ instanceId }) {
      const asked = String(instanceId).split(',')
      const found = asked.flatMap((id) => instances.get(id) ?? [])
      if (found.length < asked.length) return refused(unknownInstance)
      if (!found.every(({ id }) => isReady(id))) return refused(beingProcessed)
      return { resultCode: succeeded, info: found.map((each) => infoOf(each, clock.now())) }
    },
  }

  function isReady(id: string): boolean {
    return (instances.get(id)?.readyAt ?? 0) <= clock.now()
  }

  return answer
}

function refused(resultCode: ResultCode): Said {
  return { resultCode }
}

function infoOf({ id, reportsUsage }: Instance, now: number): JsonObject {
  const info = { instanceId: id, appInfo: appInfoOf(id) }
  if (!reportsUsage) return info
  const statisticalTime = new Date(now).toISOString().replace(/\D/g, '')
  return {
    ...info,
    usageInfo: [{ usageValue: 12.5, statisticalTime, dashboardUrl: `https://app.example.com/${id}/usage` }],
  }
}

function appInfoOf(id: string): JsonObject {
  return {
    frontEndUrl: `https://app.example.com/${id}`,
    adminUrl: `https://app.example.com/${id}/admin`,
    userName: 'admin',
    password: 'change-me-2026',
    memo: '首次登录后请修改密码',
  }
}

function isWellFormed({ fields }: Activity, activity: string, body: JsonObject, behaviour: Behaviour): boolean {
  return Object.entries(fields).every(([name, { needed, most, values, form }]) => {
    const value = body[name]
    if (value === undefined || value === null || value === '') return !(needed && behaviour.misses(activity, name))
    if (form === 'object') return typeof value === 'object'
    if (typeof value !== 'string' || value.length > most) return false
    if (form === 'time' && !/^\d{14}(\d{3})?$/.test(value)) return false
    return values === undefined || !behaviour.checksValues(activity) || values.includes(value)
  })
}

/** Source: the access guide wants what is not ASCII in a memo as \uXXXX. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
