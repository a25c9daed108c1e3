/** How a production interface behaves: what is right, and where a fault makes it otherwise. */
import { timestampLife } from '../../model/access/activities.ts'
import {
  beingProcessed,
  invalidParameter,
  type ResultCode,
  unauthenticated,
  unknownInstance,
} from '../../model/access/result-codes.ts'
import type { ServedAnswer } from '../../ports.ts'
import { bodySign, signCall } from '../../signing/production.ts'
import type { Signable } from '../misreadings.ts'
import type { JsonObject } from '../spoken.ts'
import { type LicenseBehaviour, rightLicenses } from './license-codes.ts'
import { type LifeBehaviour, rightLife } from './life.ts'
import { rightV1, type V1Behaviour } from './v1.ts'

/** An answer that is about to be signed. */
export interface Signed {
  readonly key: string
  /** The bytes that are sent. */
  readonly body: string | Uint8Array
  readonly answer: JsonObject
  /** The body of the call. */
  readonly request: string
}

export interface Behaviour {
  /** The signature a call has to have; `text` is its body as it came. */
  readonly signature: (key: string, call: Signable, text: string) => string
  /** Whether the signature of an activity is looked at. */
  readonly checksSignature: (activity: string) => boolean
  readonly comparesCase: boolean
  /** What a call without a signature is answered; undefined takes it for authentic. */
  readonly unsigned: ResultCode | undefined
  /** A signature that was right once is right for every body. */
  readonly remembersSignatures: boolean
  readonly needsTimestamp: boolean
  readonly needsNonce: boolean
  readonly timestampUnit: 'milliseconds' | 'seconds'
  readonly checksAge: boolean
  /** Milliseconds a call may be old. */
  readonly timestampLife: number
  readonly checksNonce: boolean
  /** Parameters in a body that are in no table are no mistake. */
  readonly toleratesExtras: boolean
  /** Whether a field that is needed is missed where it is left out. */
  readonly misses: (activity: string, field: string) => boolean
  readonly checksLengths: boolean
  readonly unknownActivity: ResultCode
  /** Whether a field with a list of values is held to it. */
  readonly checksValues: (activity: string) => boolean
  readonly life: LifeBehaviour
  /** Version 1.0. */
  readonly v1: V1Behaviour
  readonly licenses: LicenseBehaviour
  /** One order line is one instance, however often it is asked for. */
  readonly remembersLines: boolean
  /** What tells the lines of orders apart. */
  readonly lineOf: (orderId: string, orderLineId: string) => string
  /** Of an instance that is being made. */
  readonly instanceId: (businessId: string) => string
  /** Milliseconds between looking an order line up and making its instance. */
  readonly lookUpTime: number
  /** Milliseconds it takes to make an instance; undefined: as the server was told. */
  readonly creationTime: number | undefined
  /** What queryInstance says of an instance that is being made. */
  readonly beingMade: ResultCode
  /** Milliseconds before a line is looked up. */
  readonly openingTime: number
  /** Orders that may be opened at the same time; more are refused. */
  readonly mostAtOnce: number
  /** Milliseconds a call has the server to itself; 0: calls are answered side by side. */
  readonly turn: number
  /** Characters of queryInstance's instanceId at most. */
  readonly mostQueryCharacters: number
  /** The ids in queryInstance's instanceId. */
  readonly idsIn: (instanceId: string) => readonly string[]
  /** What queryInstance answers where there is no such instance; undefined makes it up. */
  readonly notThere: ResultCode | undefined
  /** Milliseconds before an activity is answered. */
  readonly delay: (activity: string) => number
  /** What is answered, changed before it is signed. */
  readonly answer: (answer: JsonObject, activity: string) => JsonObject
  /** The bytes of an answer. */
  readonly write: (answer: JsonObject) => string | Uint8Array
  /** The header Body-Sign; none for undefined. */
  readonly sign: (signed: Signed) => readonly [name: string, value: string] | undefined
  /** The whole answer, changed last. */
  readonly response: (response: ServedAnswer, activity: string) => ServedAnswer
}

export const right: Behaviour = {
  signature: (key, call) => signCall(key, call).signature,
  checksSignature: () => true,
  comparesCase: false,
  unsigned: unauthenticated,
  remembersSignatures: false,
  needsTimestamp: true,
  needsNonce: true,
  timestampUnit: 'milliseconds',
  checksAge: true,
  timestampLife,
  checksNonce: true,
  toleratesExtras: true,
  misses: () => true,
  checksLengths: true,
  unknownActivity: invalidParameter,
  checksValues: () => true,
  life: rightLife,
  v1: rightV1,
  licenses: rightLicenses,
  remembersLines: true,
  lineOf: (orderId, orderLineId) => `${orderId}/${orderLineId}`,
  instanceId: (businessId) => businessId,
  lookUpTime: 0,
  creationTime: undefined,
  beingMade: beingProcessed,
  openingTime: 0,
  mostAtOnce: Number.POSITIVE_INFINITY,
  turn: 0,
  mostQueryCharacters: Number.POSITIVE_INFINITY,
  idsIn: (instanceId) => instanceId.split(','),
  notThere: unknownInstance,
  delay: () => 0,
  answer: (answer) => answer,
  write: (answer) => ascii(JSON.stringify(answer)),
  sign: ({ key, body }) => ['Body-Sign', bodySign(key, body)],
  response: (response) => response,
}

/** Source: the access guide wants what is not ASCII in a memo as \uXXXX. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
