/** `koo status --watch`: looks at products again, ever less often, until no review is open any more. */
import { Failure } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RemoteRelease } from '../model/release.ts'
import type { World } from '../ports.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

const firstPause = 2_000
const slowestPause = 60_000
/** In a row. */
const mostTroubles = 5

export interface Watch {
  /** Milliseconds between two looks; left out, ever more of them. */
  readonly interval?: number
  /** Milliseconds after which the wait ends; left out, it does not. */
  readonly timeout?: number
}

/**
 * Emits what was found each time, and gives the last of it. Goes on after a few troubles that may pass: it may take days.
 *
 * @param look everything about the products, or those of some keys.
 * @param releasesById the releases that were in review, in few requests.
 */
export async function followed(
  { clock, stop, emit }: Pick<World, 'clock' | 'stop' | 'emit'>,
  look: (keys?: ReadonlySet<string>) => Promise<Status>,
  releasesById: (ids: readonly string[]) => Promise<readonly RemoteRelease[]>,
  { interval, timeout }: Watch,
): Promise<Status> {
  const end = timeout === undefined ? Number.POSITIVE_INFINITY : clock.now() + timeout
  let status = await look()
  let pause = interval ?? firstPause
  let troubles = 0
  for (let waiting = inReview(status); waiting.length > 0; waiting = inReview(status)) {
    emit({ is: 'watched', status })
    const left = end - clock.now()
    if (left <= 0) return { ...status, ended: 'time' }
    await clock.sleep(Math.min(pause, left), stop)
    if (stop.aborted) return { ...status, ended: 'stopped' }
    let hasMoved = false
    try {
      const moved = movedOf(waiting, await releasesById(waiting.map(({ id }) => id)))
      status = moved.size > 0 ? joined(status, await look(moved), moved) : { ...status, at: clock.now() }
      hasMoved = moved.size > 0
      troubles = 0
    } catch (error) {
      troubles += 1
      if (!stop.aborted && !(mayPass(error) && troubles < mostTroubles)) throw error
    }
    // Where one moves, others may soon.
    pause = interval ?? (hasMoved ? firstPause : Math.min(slowestPause, pause * 1.5))
  }
  emit({ is: 'watched', status })
  return status
}

function mayPass(error: unknown): boolean {
  return error instanceof Failure && error.exit === 'marketplace'
}

/** The keys of the releases that are in another state by now. */
function movedOf(waiting: readonly RemoteRelease[], now: readonly RemoteRelease[]): ReadonlySet<string> {
  const states = new Map(now.map(({ id, state }) => [id, state]))
  return new Set(waiting.filter(({ id, state }) => states.get(id) !== state).map(({ key }) => key))
}

function inReview({ products }: Status): readonly RemoteRelease[] {
  return products.flatMap(({ releases }) => releases.filter(({ state }) => state === 'in-review'))
}

/** What was found before, with what is new of some products. */
function joined(before: Status, fresh: Status, keys: ReadonlySet<string>): Status {
  const found = new Map(fresh.products.map((each) => [each.product.key, each]))
  return {
    ...before,
    at: fresh.at,
    products: before.products.flatMap((each) =>
      keys.has(each.product.key) ? (found.get(each.product.key) ?? []) : each,
    ),
    missing: [...before.missing, ...fresh.missing, ...fresh.unpublished],
    diagnostics: [...before.diagnostics, ...fresh.diagnostics],
  }
}
