/**
 * How often a host is called: a rate learned from its refusals, for each endpoint and for the host as a whole.
 *
 * Nothing is held back until the first refusal. A refusal sets the rate to a share of what was answered in the last second,
 * and every answer raises it a little. One endpoint that is refused has a limit of its own; where another is refused too,
 * the limit is the host's, as most gateways have it.
 */
import { stopped } from '../model/failure.ts'
import type { Clock } from '../ports.ts'

export interface Pacer {
  /**
   * Waits until the endpoint may be called; first come, first served.
   *
   * @throws {Failure} (stopped) at once when the signal aborts during the wait.
   */
  turn(endpoint: string, stop: AbortSignal): Promise<void>
  answered(endpoint: string): void
  /** Refused for its rate; `pause` is the time in milliseconds for which the host wants no call at all. */
  throttled(endpoint: string, pause?: number): void
}

/** What is left of the rate that was answered when it is refused: with 0.85, a host that allows no burst gave 84 % of its rate. */
const share = 0.88
/**
 * What an answer adds to the rate at the most: near the one that was refused, and above it, where the limit is another now.
 * A low rate grows by a share of itself, because each time it has grown too much costs a refusal.
 */
const growth = { near: { most: 0.05, share: 1 / 200 }, above: { most: 0.5, share: 1 / 8 } } as const
const near = 1.1
/** Calls a second: the fewest, and how many where nothing has been answered yet. */
const slowest = 0.05
const firstGuess = 5
/** Share of its rate at which a host counts as fully used. */
const nearlyAll = 0.7
/** Fewer answers in a second say little about a rate. */
const fewest = 5
/** Milliseconds within which refusals are about the same excess. */
const sameExcess = 1000
/** Milliseconds within which refusals of two endpoints have one cause. */
const sameCause = 10_000
/** Milliseconds of lateness that may be caught up with; more would be a burst after every pause. */
const slack = 20

interface Lane {
  /** Calls a second. */
  rate: number
  /** The rate at the last refusal. */
  refusedAt: number
  /** When the next call may be made, in milliseconds. */
  next: number
  /** When it was last refused, and when its rate was last cut. */
  refused: number
  cut: number
  readonly meter: Meter
  /** Settles when everyone who came before has gone. */
  queue: Promise<void>
}

export function pacer(clock: Clock): Pacer {
  const host = newLane()
  const endpoints = new Map<string, Lane>()

  function laneOf(endpoint: string): Lane {
    const lane = endpoints.get(endpoint) ?? newLane()
    endpoints.set(endpoint, lane)
    return lane
  }

  async function wait(lane: Lane, stop: AbortSignal): Promise<void> {
    let passed = clock.now()
    for (;;) {
      // Another endpoint may have had the turn while this one slept, or the pause has grown.
      const due = Math.max(lane.next, host.next)
      if (due <= passed) break
      if (!stop.aborted) await clock.sleep(due - passed, stop)
      if (stop.aborted) throw stopped()
      passed = Math.max(due, clock.now())
    }
    for (const each of [lane, host]) each.next = Math.max(clock.now() - slack, each.next) + 1000 / each.rate
  }

  function isHostsLimit(lane: Lane, now: number): boolean {
    // A host that is called about as often as it allows refuses whatever comes next.
    if (host.meter.perSecond(now) > nearlyAll * host.rate) return true
    return [...endpoints.values()].some((each) => each !== lane && now - each.refused < sameCause)
  }

  return {
    turn(endpoint, stop) {
      const lane = laneOf(endpoint)
      const turn = lane.queue.then(() => wait(lane, stop))
      lane.queue = turn.catch(() => {})
      return turn
    },
    answered(endpoint) {
      const now = clock.now()
      for (const lane of [laneOf(endpoint), host]) {
        lane.meter.add(now)
        const { most, share } = lane.rate < near * lane.refusedAt ? growth.near : growth.above
        if (Number.isFinite(lane.rate)) lane.rate += Math.min(most, share * lane.rate)
      }
    },
    throttled(endpoint, pause = 0) {
      const now = clock.now()
      const lane = laneOf(endpoint)
      if (isHostsLimit(lane, now)) {
        cut(host, now)
        // What was blamed on endpoints was the host's.
        for (const each of endpoints.values()) if (now - each.cut < sameCause) each.rate = Number.POSITIVE_INFINITY
      } else cut(lane, now)
      lane.refused = now
      if (pause > 0) host.next = Math.max(host.next, now + pause)
    },
  }
}

function newLane(): Lane {
  const never = Number.NEGATIVE_INFINITY
  const rate = Number.POSITIVE_INFINITY
  return { rate, refusedAt: rate, next: never, refused: never, cut: never, meter: meter(), queue: Promise.resolve() }
}

function cut(lane: Lane, now: number): void {
  if (now - lane.cut < sameExcess) return
  const answered = lane.meter.perSecond(now)
  const guessed = answered < fewest && !Number.isFinite(lane.rate)
  const known = answered >= fewest ? answered : guessed ? firstGuess : Math.max(answered, lane.rate / 2)
  const rate = Math.min(lane.rate, known)
  lane.rate = Math.max(slowest, share * rate)
  // A guess was not refused, so it may be left behind quickly.
  lane.refusedAt = guessed ? 0 : rate
  lane.cut = now
}

interface Meter {
  add(now: number): void
  /** What was added each second, of late. */
  perSecond(now: number): number
}

/** Counts in tenths of a second; looks at the ten before the present one. */
function meter(): Meter {
  const counts: { readonly tenth: number; count: number }[] = []
  const forget = (now: number): number => {
    const first = Math.floor(now / 100) - 10
    while ((counts[0]?.tenth ?? first) < first) counts.shift()
    return (now - first * 100) / 1000
  }
  return {
    add(now) {
      forget(now)
      const tenth = Math.floor(now / 100)
      const last = counts.at(-1)
      if (last?.tenth === tenth) last.count += 1
      else counts.push({ tenth, count: 1 })
    },
    perSecond(now) {
      const seconds = forget(now)
      return counts.reduce((sum, { count }) => sum + count, 0) / seconds
    },
  }
}
