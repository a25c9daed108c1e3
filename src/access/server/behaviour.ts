/** How a production interface behaves: what is right, and where a fault makes it otherwise. */
import type { ServedAnswer } from '../../ports.ts'
import { bodySign, signCall } from '../../signing/production.ts'
import type { Signable } from '../misreadings.ts'
import type { JsonObject } from '../spoken.ts'
import { type LifeBehaviour, rightLife } from './life.ts'

export interface Behaviour {
  /** The signature a call has to have. */
  readonly signature: (key: string, call: Signable) => string
  readonly checksSignature: boolean
  readonly comparesCase: boolean
  readonly timestampUnit: 'milliseconds' | 'seconds'
  readonly checksAge: boolean
  readonly checksNonce: boolean
  /** Whether a field that is needed is missed where it is left out. */
  readonly misses: (activity: string, field: string) => boolean
  /** Whether a field with a list of values is held to it. */
  readonly checksValues: (activity: string) => boolean
  readonly life: LifeBehaviour
  /** One order line is one instance, however often it is asked for. */
  readonly remembersLines: boolean
  /** Milliseconds before an activity is answered. */
  readonly delay: (activity: string) => number
  /** What is answered, changed before it is signed. */
  readonly answer: (answer: JsonObject, activity: string) => JsonObject
  /** The header Body-Sign; none for undefined. */
  readonly sign: (key: string, body: string) => readonly [name: string, value: string] | undefined
  /** The whole answer, changed last. */
  readonly response: (response: ServedAnswer, activity: string) => ServedAnswer
}

export const right: Behaviour = {
  signature: (key, call) => signCall(key, call).signature,
  checksSignature: true,
  comparesCase: false,
  timestampUnit: 'milliseconds',
  checksAge: true,
  checksNonce: true,
  misses: () => true,
  checksValues: () => true,
  life: rightLife,
  remembersLines: true,
  delay: () => 0,
  answer: (answer) => answer,
  sign: (key, body) => ['Body-Sign', bodySign(key, body)],
  response: (response) => response,
}
