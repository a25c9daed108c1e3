/** What the clients of one host share: how often it may be called, what its clock says, and what the user was told of it. */
import type { Clock } from '../ports.ts'
import { type Pacer, pacer } from './pacer.ts'

export interface HostMemory {
  readonly pacer: Pacer
  /** Seconds by which this machine's clock is ahead of the time requests are signed with. */
  skew: number
  toldOfSkew: boolean
  /** The user knows that it does not answer; until it does. */
  toldOfSilence: boolean
  /** Until when the user knows that the host wants no call, in milliseconds since 1970. */
  toldOfPause: number
}

export function hostMemory(clock: Clock): HostMemory {
  return { pacer: pacer(clock), skew: 0, toldOfSkew: false, toldOfSilence: false, toldOfPause: 0 }
}
