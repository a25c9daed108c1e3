/** Follows all releases of a run together: a request for a hundred, quickly at first, more slowly the older they are. */
import { Failure } from '../model/failure.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Clock, Marketplace } from '../ports.ts'

/** `accepted`: handed in. `reviewed`: the review has ended. `on-sale`: buyers see it. */
export type WaitFor = 'accepted' | 'reviewed' | 'on-sale'

export interface Wait {
  readonly until: WaitFor
  /** Milliseconds from when a release is handed in. */
  readonly atMost: number
}

export interface Followed {
  /** As it was last seen. */
  readonly release: RemoteRelease
  /** Its product, where that was read back and shows this release. */
  readonly product?: RemoteProduct
  /** Why it could not be followed to its end. */
  readonly trouble?: Failure
}

export interface Reviews {
  /** Resolves when there is nothing left to wait for, the time is up, or the user stops. */
  follow(release: RemoteRelease): Promise<Followed>
}

interface Pending {
  release: RemoteRelease
  readonly since: number
  due: number
  readonly resolve: (followed: Followed) => void
  readonly reject: (error: unknown) => void
}

const firstPoll = 100
const slowestPoll = 60_000
const mostTroubles = 5

export function reviews(
  {
    marketplace,
    clock,
    stop,
  }: { readonly marketplace: Marketplace; readonly clock: Clock; readonly stop: AbortSignal },
  wait: Wait,
): Reviews {
  const pending = new Set<Pending>()
  let running = false
  let wake = new AbortController()
  let troubles = 0

  function settle(each: Pending, rest: Omit<Followed, 'release'> = {}): void {
    pending.delete(each)
    each.resolve({ release: each.release, ...rest })
  }

  /** Young releases are looked at often, old ones seldom. */
  const pauseOf = ({ since }: Pending, now: number): number =>
    Math.min(slowestPoll, Math.max(firstPoll, (now - since) / 8))

  const endOf = ({ since }: Pending): number => since + wait.atMost

  async function refresh(due: readonly Pending[]): Promise<void> {
    const waiting = due.filter(({ release }) => release.state === 'in-review' && wait.until !== 'accepted')
    if (waiting.length > 0) {
      const found = await marketplace.releasesById(waiting.map(({ release }) => release.id))
      const byId = new Map(found.map((release) => [release.id, release]))
      for (const each of waiting) each.release = byId.get(each.release.id) ?? each.release
    }
    const handed = due.filter(({ release }) => wait.until === 'accepted' || release.state !== 'in-review')
    const keys = [...new Set(handed.map(({ release }) => release.key))]
    const products = keys.length > 0 ? await marketplace.productsByKey(keys) : new Map<string, RemoteProduct>()
    for (const each of handed) {
      const product = products.get(each.release.key)
      if (product !== undefined && shows(product, each.release)) settle(each, { product })
      // What is not on sale has nothing to show; what is may not be seen at once.
      else if (each.release.state !== 'on-sale' || wait.until !== 'on-sale') settle(each)
    }
  }

  /** Goes on after a few troubles that may pass. */
  function giveUpOn(error: unknown): void {
    if (!(error instanceof Failure)) throw error
    troubles += 1
    if (stop.aborted || (error.exit === 'marketplace' && troubles < mostTroubles)) return
    for (const each of [...pending]) settle(each, { trouble: error })
  }

  async function round(now: number): Promise<void> {
    // What is nearly due is looked at with it, in the same request.
    const due = [...pending].filter((each) => each.due - now <= pauseOf(each, now) / 2)
    try {
      await refresh(due)
      troubles = 0
    } catch (error) {
      giveUpOn(error)
    }
    const after = clock.now()
    for (const each of due) {
      if (!pending.has(each)) continue
      if (after >= endOf(each)) settle(each)
      else each.due = Math.min(endOf(each), after + pauseOf(each, after))
    }
  }

  async function untilSettled(): Promise<void> {
    while (pending.size > 0) {
      const now = clock.now()
      const next = Math.min(...[...pending].map(({ due }) => due))
      if (next > now) {
        wake = new AbortController()
        await clock.sleep(next - now, AbortSignal.any([stop, wake.signal]))
      }
      if (stop.aborted) for (const each of [...pending]) settle(each)
      else if (next <= clock.now()) await round(clock.now())
    }
  }

  async function run(): Promise<void> {
    running = true
    try {
      await untilSettled()
    } catch (error) {
      for (const { reject } of pending) reject(error)
      pending.clear()
    } finally {
      // Before anybody who waited for this goes on, and perhaps follows another.
      running = false
    }
  }

  return {
    follow(release) {
      return new Promise((resolve, reject) => {
        const now = clock.now()
        pending.add({ release, since: now, due: Math.min(now + firstPoll, now + wait.atMost), resolve, reject })
        // A sleep until another is due would be too long.
        wake.abort()
        if (!running) void run()
      })
    },
  }
}

/** What buyers see is this release, or the product at least knows of it where it is not on sale yet. */
function shows({ state, version, newest }: RemoteProduct, release: RemoteRelease): boolean {
  if (release.state !== 'on-sale') return newest.id === release.id
  if (newest.id === release.id) return newest.state === 'on-sale'
  return state === 'on-sale' && version === release.version
}
