/** `koo status --watch`: looks at products again, ever less often, until no review is open any more. */
import type { Outcome } from '../model/outcome.ts'
import type { RemoteRelease } from '../model/release.ts'
import type { World } from '../ports.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

const firstPause = 2_000
const slowestPause = 60_000

export interface Watch {
  /** Milliseconds between two looks; left out, ever more of them. */
  readonly interval?: number
  /** Milliseconds after which the wait ends; left out, it does not. */
  readonly timeout?: number
}

/**
 * Emits what was found each time, and gives the last of it.
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
  for (let waiting = inReview(status); waiting.length > 0; waiting = inReview(status)) {
    emit({ is: 'watched', status })
    const left = end - clock.now()
    if (left <= 0) return { ...status, ended: 'time' }
    await clock.sleep(Math.min(pause, left), stop)
    if (stop.aborted) return { ...status, ended: 'stopped' }
    const now = await releasesById(waiting.map(({ id }) => id))
    const states = new Map(now.map(({ id, state }) => [id, state]))
    const moved = new Set(waiting.filter(({ id, state }) => states.get(id) !== state).map(({ key }) => key))
    // Where one moves, others may soon.
    pause = interval ?? (moved.size > 0 ? firstPause : Math.min(slowestPause, pause * 1.5))
    status = moved.size > 0 ? joined(status, await look(moved), moved) : { ...status, at: clock.now() }
  }
  emit({ is: 'watched', status })
  return status
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
