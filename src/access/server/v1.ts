/** Version 1.0 of the reference production interface: GET, with an authToken, and access data that are encrypted. */
import type { Activity } from '../../model/access/activities.ts'
import { activitiesV1 } from '../../model/access/activities-v1.ts'
import {
  beingProcessed,
  invalidParameter,
  type ResultCode,
  succeeded,
  unauthenticated,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import type { Clock } from '../../ports.ts'
import { hmac } from '../../signing/production.ts'
import { type EncryptType, encryptCredential, encryptTypes, ivLength } from '../../signing/production-v1.ts'
import type { Signable } from '../misreadings.ts'
import type { JsonObject } from '../spoken.ts'
import { tokenOf } from '../v1.ts'
import type { LifeCall, Standing } from './life.ts'
import { isWellFormed } from './well-formed.ts'

/** How version 1.0 behaves; a fault makes it otherwise. */
export interface V1Behaviour {
  /** The token a call has to have; `query` is its query as it came, without the token. */
  readonly token: (key: string, call: Signable, query: string) => string
  /** The token as it was sent, decoded. */
  readonly readToken: (token: string) => string
  /** Whether the token of an activity is looked at. */
  readonly checksToken: (activity: string) => boolean
  /** What a call without a token is answered; undefined takes it for authentic. */
  readonly unsigned: ResultCode | undefined
  readonly needsTimeStamp: boolean
  readonly checksAge: boolean
  readonly toleratesExtras: boolean
  readonly misses: (activity: string, field: string) => boolean
  readonly checksValues: (activity: string) => boolean
  /** What tells purchases apart; undefined makes an instance for each call. */
  readonly purchaseOf: (params: JsonObject) => string | undefined
  /** What is answered instead, without doing anything; undefined: as it should be. */
  readonly instead: (call: LifeCall) => ResultCode | undefined
  readonly encryptType: EncryptType
  /** How a user name or password is written. */
  readonly credential: (plain: string, key: string, iv: string) => string
  readonly password: string
  readonly tellsUsage: boolean
  readonly tellsMany: boolean
  /** What queryInstance answers where there is no such instance; undefined makes it up. */
  readonly notThere: ResultCode | undefined
}

export const rightV1: V1Behaviour = {
  token: (key, { body }) => tokenOf(key, body as Readonly<Record<string, string>>),
  readToken: (token) => token,
  checksToken: () => true,
  unsigned: unauthenticated,
  needsTimeStamp: true,
  checksAge: true,
  toleratesExtras: true,
  misses: () => true,
  checksValues: () => true,
  purchaseOf: ({ orderId, productId }) => `${orderId}/${productId ?? ''}`,
  instead: () => undefined,
  encryptType: '1',
  credential: (plain, key, iv) => encryptCredential(plain, key, iv, encryptTypes['1']),
  password: 'change-me-2026',
  tellsUsage: true,
  tellsMany: true,
  notThere: unknownInstance,
}

/** Milliseconds a call may be old. No page says how many. */
const life = 10 * 60 * 1000

interface Instance {
  readonly id: string
  readonly readyAt: number
  is: Exclude<Standing, 'unknown' | 'being-made'>
}

type Said = JsonObject & { readonly resultCode: ResultCode }
type Params = Readonly<Record<string, string>>

export function activityOfV1(url: string): string {
  return new URL(url, 'http://localhost').searchParams.get('activity') ?? ''
}

/** Answers a call by the address it came with. */
export function v1Server(
  { key, clock, creationTime }: { readonly key: string; readonly clock: Clock; readonly creationTime: number },
  behaviour: V1Behaviour,
): (url: string) => Said {
  const instances = new Map<string, Instance>()
  const purchases = new Map<string, string>()
  const done = new Set<string>()
  let drawn = 0

  function said(url: string): Said {
    const query = new URL(url, 'http://localhost').search.slice(1)
    const { authToken, ...params } = Object.fromEntries(new URLSearchParams(query)) as Params
    const activity = params.activity ?? ''
    const refusal = refusalOf(query, activity, params, authToken)
    if (refusal !== undefined) return { resultCode: refusal }
    const row = Object.hasOwn(activitiesV1, activity)
      ? (activitiesV1[activity as keyof typeof activitiesV1] as Activity)
      : undefined
    if (row === undefined || !isWellFormed(row, activity, params, { ...behaviour, known: ['activity', 'timeStamp'] })) {
      return { resultCode: invalidParameter }
    }
    if (activity === 'newInstance') return made(params)
    return activity === 'queryInstance' ? told(params) : { resultCode: lived(activity, params) }
  }

  function refusalOf(query: string, activity: string, params: Params, token = ''): ResultCode | undefined {
    const { timeStamp = '' } = params
    if (timeStamp === '' && behaviour.needsTimeStamp) return invalidParameter
    if (behaviour.checksToken(activity)) {
      const unsigned = query
        .split('&')
        .filter((part) => !part.startsWith('authToken='))
        .join('&')
      const wanted = behaviour.token(key, { body: params, nonce: '', timestamp: timeStamp }, unsigned)
      if (token === '') {
        if (behaviour.unsigned !== undefined) return behaviour.unsigned
      } else if (behaviour.readToken(token) !== wanted) return unauthenticated
    }
    if (timeStamp === '' || !behaviour.checksAge) return undefined
    return Math.abs(clock.now() - timeOf(timeStamp)) <= life ? undefined : unauthenticated
  }

  function made(params: Params): Said {
    const refusal = behaviour.instead({ activity: 'newInstance', body: params, is: 'unknown', isRepeated: false })
    if (refusal !== undefined) return { resultCode: refusal }
    const purchase = behaviour.purchaseOf(params)
    const known = purchase === undefined ? undefined : purchases.get(purchase)
    const id = known ?? String(params.businessId)
    if (known === undefined) {
      if (purchase !== undefined) purchases.set(purchase, id)
      instances.set(id, { id, readyAt: clock.now() + creationTime, is: 'active' })
    }
    if (standingOf(id) === 'being-made') return { resultCode: beingProcessed, instanceId: id }
    return { resultCode: succeeded, encryptType: behaviour.encryptType, instanceId: id, appInfo: appInfoOf(id) }
  }

  function told({ instanceId = '' }: Params): Said {
    const asked = behaviour.tellsMany ? instanceId.split(',') : instanceId.split(',').slice(0, 1)
    const there = (id: string) => !['unknown', 'released'].includes(standingOf(id))
    const found = behaviour.notThere === undefined ? asked : asked.filter(there)
    if (behaviour.notThere !== undefined && found.length < asked.length) return { resultCode: behaviour.notThere }
    const info = found.map((id) => ({
      instanceId: id,
      appInfo: appInfoOf(id),
      ...(behaviour.tellsUsage ? { usageInfo: [usageAt(clock.now())] } : {}),
    }))
    return { resultCode: succeeded, encryptType: behaviour.encryptType, info }
  }

  /** The calls about an instance that is there. */
  function lived(activity: string, params: Params): ResultCode {
    const { instanceId = '', timeStamp: _, ...others } = params
    const call = JSON.stringify([activity, instanceId, others])
    const is = standingOf(instanceId)
    const instead = behaviour.instead({ activity, body: params, is, isRepeated: done.has(call) })
    const code = instead ?? rightCode(activity, is)
    if (code === succeeded) done.add(call)
    const instance = instances.get(instanceId)
    if (instead === undefined && code === succeeded && instance !== undefined) change(instance, activity, params)
    return code
  }

  function standingOf(id: string): Standing {
    const instance = instances.get(id)
    if (instance === undefined) return 'unknown'
    return instance.is === 'active' && instance.readyAt > clock.now() ? 'being-made' : instance.is
  }

  function appInfoOf(id: string): JsonObject {
    return {
      frontEndUrl: `https://app.example.com/${id}`,
      adminUrl: `https://app.example.com/${id}/admin`,
      userName: behaviour.credential('admin', key, nextIv()),
      password: behaviour.credential(behaviour.password, key, nextIv()),
      memo: '首次登录后请修改密码',
    }
  }

  /** Another one each time; a real server has to draw it. */
  function nextIv(): string {
    drawn += 1
    return hmac(key, `${clock.now()}/${drawn}`).slice(0, ivLength)
  }

  return said
}

function rightCode(activity: string, is: Standing): ResultCode {
  if (is === 'unknown') return unknownInstance
  if (activity === 'releaseInstance') return succeeded
  if (is === 'released') return unknownInstance
  return is === 'being-made' ? beingProcessed : succeeded
}

function change(instance: Instance, activity: string, { instanceStatus }: Params): void {
  if (instance.is === 'released') return
  if (activity === 'releaseInstance') instance.is = 'released'
  else if (activity === 'expireInstance' || instanceStatus === 'FREEZE') instance.is = 'frozen'
  else if (activity === 'refreshInstance' || instanceStatus === 'NORMAL') instance.is = 'active'
}

function usageAt(now: number): JsonObject {
  return { usageValue: 12.5, statisticalTime: new Date(now).toISOString().replace(/\D/g, '') }
}

/** Not a number where it is no time. */
function timeOf(timeStamp: string): number {
  const [, year, month, day, hour, minute, second, millisecond] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(timeStamp) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`)
}
