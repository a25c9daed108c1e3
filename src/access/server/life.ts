/** What becomes of instances once they are made: how the reference server renews, freezes, upgrades and releases them. */
import { beingProcessed, type ResultCode, succeeded, unknownInstance } from '../../model/access/result-codes.ts'
import type { JsonObject } from '../spoken.ts'

/** What an instance is when a call about it comes. */
export type Standing = 'unknown' | 'being-made' | 'active' | 'frozen' | 'released'

/** A call about an instance. */
export interface LifeCall {
  readonly activity: string
  readonly body: JsonObject
  readonly is: Standing
  /** The same call has succeeded before. */
  readonly isRepeated: boolean
}

/** How instances live; a fault makes it otherwise. */
export interface LifeBehaviour {
  /** What is answered instead, without doing anything; undefined: as it should be. */
  readonly instead: (call: LifeCall) => ResultCode | undefined
  /** What is released with an instance. */
  readonly releases: 'instance' | 'order'
  /** The order line of an instance that is released still is that of one. */
  readonly remembersReleased: boolean
  readonly hidesFrozen: boolean
  /** An upgrade leaves the instance its id. */
  readonly keepsId: boolean
}

export const rightLife: LifeBehaviour = {
  instead: () => undefined,
  releases: 'instance',
  remembersReleased: true,
  hidesFrozen: false,
  keepsId: true,
}

/** What the server keeps of instances, all by their ids; those released are not among them. */
interface Kept<T extends { readonly id: string }> {
  readonly instances: Map<string, T>
  /** The instance of each `order/line`. */
  readonly lines: Map<string, string>
  readonly isReady: (id: string) => boolean
}

/** The calls about instances that are there, each with its result code. */
export function livesOf<T extends { readonly id: string }>(
  { instances, lines, isReady }: Kept<T>,
  behaviour: LifeBehaviour,
): (activity: string, body: JsonObject) => ResultCode {
  const frozen = new Map<string, T>()
  const released = new Set<string>()
  const done = new Set<string>()

  function standingOf(id: string): Standing {
    if (released.has(id)) return 'released'
    if (frozen.has(id)) return 'frozen'
    if (!instances.has(id)) return 'unknown'
    return isReady(id) ? 'active' : 'being-made'
  }

  function release(id: string): void {
    const line = [...lines].find(([, each]) => each === id)?.[0]
    const order = line?.split('/')[0]
    const ofOrder = [...lines].filter(([each]) => each.split('/')[0] === order).map(([, each]) => each)
    for (const each of behaviour.releases === 'order' ? ofOrder : [id]) {
      instances.delete(each)
      frozen.delete(each)
      released.add(each)
    }
    if (line !== undefined && !behaviour.remembersReleased) lines.delete(line)
  }

  function freeze(id: string): void {
    const instance = instances.get(id)
    if (instance === undefined) return
    frozen.set(id, instance)
    if (behaviour.hidesFrozen) instances.delete(id)
  }

  function thaw(id: string): void {
    const instance = frozen.get(id)
    if (instance === undefined) return
    frozen.delete(id)
    instances.set(id, instance)
  }

  function upgrade(id: string): void {
    const instance = instances.get(id)
    if (behaviour.keepsId || instance === undefined) return
    instances.delete(id)
    instances.set(`${id}-upgraded`, { ...instance, id: `${id}-upgraded` })
  }

  const effects: Readonly<Record<string, (id: string, body: JsonObject) => void>> = {
    updateInstanceStatus: (id, { status }) => (status === 'FREEZE' ? freeze(id) : thaw(id)),
    releaseInstance: release,
    upgradeInstance: upgrade,
  }

  return (activity, body) => {
    const id = String(body.instanceId)
    const call = `${activity} ${JSON.stringify(body)}`
    const is = standingOf(id)
    const instead = behaviour.instead({ activity, body, is, isRepeated: done.has(call) })
    const code = instead ?? rightCode(activity, is)
    if (code === succeeded) done.add(call)
    if (instead === undefined && code === succeeded) effects[activity]?.(id, body)
    return code
  }
}

function rightCode(activity: string, is: Standing): ResultCode {
  if (activity === 'releaseInstance') return is === 'unknown' ? unknownInstance : succeeded
  if (is === 'unknown' || is === 'released') return unknownInstance
  // KooGallery repeats what is answered so.
  return is === 'being-made' ? beingProcessed : succeeded
}
