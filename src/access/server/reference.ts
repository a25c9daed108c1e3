/** A production interface as KooGallery wants it, small and in memory: for tests, and for sellers to compare with. */
import { activityNamed } from '../../model/access/activities.ts'
import { mockOrderOf } from '../../model/access/mock-orders.ts'
import {
  beingProcessed,
  invalidParameter,
  type ResultCode,
  resultCodes,
  succeeded,
} from '../../model/access/result-codes.ts'
import type { Clock, ServedAnswer, ServedRequest } from '../../ports.ts'
import type { JsonObject } from '../spoken.ts'
import { authentication, type Received, receivedOf } from './authentication.ts'
import { type Behaviour, right } from './behaviour.ts'
import { licenseServer, madeUpLicense } from './license-codes.ts'
import { livesOf } from './life.ts'
import { activityOfV1, v1Server } from './v1.ts'
import { isWellFormed } from './well-formed.ts'

export interface ReferenceOptions {
  readonly key: string
  readonly clock: Clock
  readonly behaviour?: Partial<Behaviour> | undefined
  /** Milliseconds it takes to make an instance; 0: it is there at once. */
  readonly creationTime?: number
  /** License authorization codes it knows; left out: one that is made up. */
  readonly licenses?: readonly string[]
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
  const { key, clock, creationTime = 0, licenses = [madeUpLicense], told } = options
  const behaviour: Behaviour = { ...right, ...options.behaviour }
  const instances = new Map<string, Instance>()
  const lines = new Map<string, string>()
  const lived = livesOf({ instances, lines, isReady }, behaviour.life)
  const refusalOf = authentication(key, clock, behaviour)
  const saidV1 = v1Server({ key, clock, creationTime }, behaviour.v1)
  const licensed = licenseServer(licenses, behaviour.licenses)
  let opening = 0
  let turn = Promise.resolve()

  async function answer(request: ServedRequest): Promise<ServedAnswer> {
    const received = request.method === 'POST' ? receivedOf(request.url, request.body) : undefined
    const isV1 = request.method === 'GET'
    const activity = isV1 ? activityOfV1(request.url) : (received?.activity ?? '')
    const delay = behaviour.delay(activity)
    if (delay > 0) await clock.sleep(delay)
    if (behaviour.turn > 0) {
      turn = turn.then(() => clock.sleep(behaviour.turn))
      await turn
    }
    const said = isV1
      ? saidV1(request.url)
      : received === undefined
        ? refused(invalidParameter)
        : await saidTo(received)
    told?.({ activity, code: said.resultCode })
    const given = behaviour.answer({ resultMsg: resultCodes[said.resultCode], ...said }, activity)
    const body = behaviour.write(given)
    const signed = behaviour.sign({ key, body, answer: given, request: received?.text ?? '' })
    const headers = [['Content-Type', 'application/json;charset=utf-8'] as const, ...(signed ? [signed] : [])]
    return behaviour.response({ status: 200, headers, body }, activity)
  }

  async function saidTo(received: Received): Promise<Said> {
    const { body, activity } = received
    const refusal = refusalOf(received)
    if (refusal !== undefined) return refused(refusal)
    const license = licensed(activity, body)
    if (license !== undefined) return refused(license)
    const row = activityNamed(activity)
    if (row === undefined) return refused(behaviour.unknownActivity)
    if (!isWellFormed(row, activity, body, { ...behaviour, known: ['activity'] })) return refused(invalidParameter)
    return does[activity]?.(body) ?? { resultCode: lived(activity, body) }
  }

  const does: Readonly<Record<string, (body: JsonObject) => Said | Promise<Said>>> = {
    async newInstance({ orderId, orderLineId, businessId }) {
      if (opening >= behaviour.mostAtOnce) return refused('000005')
      opening += 1
      if (behaviour.openingTime > 0) await clock.sleep(behaviour.openingTime)
      opening -= 1
      const line = behaviour.lineOf(String(orderId), String(orderLineId))
      const known = behaviour.remembersLines ? lines.get(line) : undefined
      // Nothing may be awaited between looking up and making: other calls would find no instance either.
      if (behaviour.lookUpTime > 0) await clock.sleep(behaviour.lookUpTime)
      const id = known ?? behaviour.instanceId(String(businessId))
      if (known === undefined) {
        lines.set(line, id)
        const readyAt = clock.now() + (behaviour.creationTime ?? creationTime)
        const reportsUsage = mockOrderOf(String(orderId))?.chargingMode.startsWith('ON_DEMAND') === true
        instances.set(id, { id, readyAt, reportsUsage })
      }
      return { resultCode: isReady(id) ? succeeded : beingProcessed, instanceId: id }
    },
    queryInstance({ instanceId }) {
      const text = String(instanceId)
      if (text.length > behaviour.mostQueryCharacters) return refused(invalidParameter)
      const asked = behaviour.idsIn(text)
      const found = asked.flatMap((id) => instances.get(id) ?? (behaviour.notThere === undefined ? invented(id) : []))
      if (behaviour.notThere !== undefined && found.length < asked.length) return refused(behaviour.notThere)
      if (!found.every(({ id }) => isReady(id))) return refused(behaviour.beingMade)
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

function invented(id: string): Instance {
  return { id, readyAt: 0, reportsUsage: false }
}
