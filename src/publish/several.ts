/** Work on many things, several at once. */
import limiter from 'p-limit'
import { stopped } from '../model/failure.ts'

/**
 * In the order of the things. Nothing new is begun after a failure, or once the signal aborts.
 *
 * @throws {Failure} (stopped) where the signal aborts.
 */
export async function several<Thing, Made>(
  { jobs, stop }: { readonly jobs: number; readonly stop: AbortSignal },
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Made>,
): Promise<readonly Made[]> {
  const limit = limiter(jobs)
  try {
    return await Promise.all(
      things.map((thing) =>
        limit(() => {
          if (stop.aborted) throw stopped()
          return work(thing)
        }),
      ),
    )
  } finally {
    limit.clearQueue()
  }
}
