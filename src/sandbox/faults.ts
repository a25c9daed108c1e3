/** The faults a sandbox can be given, and the decision which of them strike a request: pure, from a seed and counts. */
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import type { OperationId } from './operations.ts'

/** Which requests a fault strikes; without `probability`, `every` and `first` every one of its operations. */
interface Struck {
  /** Left out, all. */
  readonly operations?: readonly OperationId[]
  /** From 0 to 1. */
  readonly probability?: number
  /** The one after each this many, as 3 for the third, the sixth and so on. */
  readonly every?: number
  /** So many, and none afterwards. */
  readonly first?: number
}

/** What may happen to a single request. */
export type RequestFault = Struck &
  (
    | { readonly fault: 'latency' /** Milliseconds. */; readonly min: number; readonly max: number }
    | {
        readonly fault: 'fail-before' | 'fail-after'
        readonly status: 500 | 502 | 503 | 504
        /** Seconds. */
        readonly 'retry-after'?: number
      }
    | { readonly fault: 'lose-reply' | 'hang' | 'truncate' }
    | { readonly fault: 'cut'; readonly where: 'start' | 'body' }
    | {
        readonly fault: 'stale'
        /** Reads show what was so many milliseconds ago. */
        readonly milliseconds?: number
        /** Reads show what was before so many changes. */
        readonly writes?: number
      }
  )

/** A limit on requests. */
export interface RateFault {
  readonly fault: 'rate'
  readonly operations?: readonly OperationId[]
  /** Requests a second. */
  readonly requests: number
  /** Requests at once after a rest. */
  readonly burst: number
  /** Whether the operations share the limit or have one each. */
  readonly per: 'server' | 'operation'
  readonly answer: 'throttled' | 'koogallery' | 'slow-down'
  /** Seconds. */
  readonly 'retry-after'?: number
}

export const rights = ['publish', 'discontinue', 'review', 'edit'] as const
export type Right = (typeof rights)[number]

/** What the whole marketplace is like. */
export type ServerFault =
  | { readonly fault: 'storage'; readonly bytes: number }
  | { readonly fault: 'skew'; readonly seconds: number }
  | {
      readonly fault: 'reviews'
      /** Milliseconds a review takes. */
      readonly min: number
      readonly max: number
      /** Share of the releases that is rejected, from 0 to 1. */
      readonly rejected: number
    }
  | { readonly fault: 'edits'; readonly probability: number }
  | {
      readonly fault: 'account'
      readonly without: readonly Right[]
      /** Products there may be. */
      readonly products?: number
    }

export type Fault = RequestFault | RateFault | ServerFault
export type Faults = readonly Fault[]

/** A fault that strikes a request now. */
export type Strike =
  | { readonly fault: RequestFault /** From 0 up to 1, for what is drawn within it. */; readonly chance: number }
  /** Refused until so many milliseconds have passed. */
  | { readonly fault: RateFault; readonly wait: number }

export interface Decisions {
  /** Counts the request, and tells what strikes it, in the order of the faults. */
  request(operation: OperationId, now: number): readonly Strike[]
  /** Counts a submission; undefined where reviews are as the sandbox was started. */
  review(now: number): { readonly by: 'approval' | 'rejection'; readonly due: number } | undefined
  /** Counts a release that went on sale, and tells whether a colleague edits it. */
  edit(): boolean
}

/**
 * The same seed and the same requests in the same order make the same decisions, whenever they come. Only a rate looks
 * at the time.
 */
export function decisions(faults: Faults, seed: number): Decisions {
  const counts = new Map<Fault, number>()
  const buckets = new Map<string, Bucket>()
  const count = (fault: Fault): number => {
    const next = (counts.get(fault) ?? 0) + 1
    counts.set(fault, next)
    return next
  }
  const chance = (fault: Fault, at: number, what: string) => drawn(seed, faults.indexOf(fault), at, what)

  const struckBy = (fault: RequestFault): Strike | undefined => {
    const at = count(fault)
    if (fault.first !== undefined && at > fault.first) return undefined
    if (fault.every !== undefined && at % fault.every !== 0) return undefined
    if (fault.probability !== undefined && chance(fault, at, 'strikes') >= fault.probability) return undefined
    return { fault, chance: chance(fault, at, 'amount') }
  }
  const limitedBy = (fault: RateFault, operation: OperationId, now: number): Strike | undefined => {
    const name = `${faults.indexOf(fault)} ${fault.per === 'operation' ? operation : ''}`
    const { bucket, wait } = taken(buckets.get(name) ?? { tokens: fault.burst, at: now }, fault, now)
    buckets.set(name, bucket)
    return wait > 0 ? { fault, wait } : undefined
  }

  return {
    request: (operation, now) =>
      faults.flatMap((fault) => {
        if (!('operations' in fault || isOfRequests(fault))) return []
        if (fault.operations !== undefined && !fault.operations.includes(operation)) return []
        return (fault.fault === 'rate' ? limitedBy(fault, operation, now) : struckBy(fault)) ?? []
      }),
    review: (now) => {
      const fault = oneOf(faults, 'reviews')
      if (fault === undefined) return undefined
      const at = count(fault)
      const delay = between(fault.min, fault.max, chance(fault, at, 'delay'))
      return { by: chance(fault, at, 'verdict') < fault.rejected ? 'rejection' : 'approval', due: now + delay }
    },
    edit: () => {
      const fault = oneOf(faults, 'edits')
      return fault !== undefined && chance(fault, count(fault), 'edits') < fault.probability
    },
  }
}

/** The last of its kind, which stands for all of them. */
export function oneOf<Name extends ServerFault['fault']>(
  faults: Faults,
  name: Name,
): Extract<ServerFault, { fault: Name }> | undefined {
  return faults.findLast((each): each is Extract<ServerFault, { fault: Name }> => each.fault === name)
}

export function between(min: number, max: number, chance: number): number {
  return Math.round(min + (max - min) * chance)
}

function isOfRequests(fault: Fault): fault is RequestFault | RateFault {
  return !['storage', 'skew', 'reviews', 'edits', 'account'].includes(fault.fault)
}

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** A token taken from a bucket, or the milliseconds until there is one. */
function taken({ tokens, at }: Bucket, { requests, burst }: RateFault, now: number) {
  const filled = Math.min(burst, tokens + (Math.max(0, now - at) * requests) / 1000)
  if (filled >= 1) return { bucket: { tokens: filled - 1, at: now }, wait: 0 }
  return { bucket: { tokens: filled, at: now }, wait: Math.ceil(((1 - filled) * 1000) / requests) }
}

/** A number from 0 up to 1 that looks like chance and is always the same. */
function drawn(seed: number, rule: number, count: number, what: string): number {
  return Number.parseInt(sha256Hex(`${seed} ${rule} ${count} ${what}`).slice(0, 12), 16) / 2 ** 48
}
