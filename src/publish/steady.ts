/** Reads of a product that belong together, from a marketplace whose answers may be of different ages. */
import { Failure, stopped } from '../model/failure.ts'
import type { ReleaseContent, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Clock, Marketplace } from '../ports.ts'

interface ReadTools {
  readonly marketplace: Pick<Marketplace, 'productsByKey'>
  readonly clock: Clock
  readonly stop: AbortSignal
}

const attempts = 5
const firstPause = 200

/**
 * What reading from a product on gives; while its answers contradict each other, all is read again after a pause.
 *
 * @throws {Failure} `isUnsteady` (conflict) where they go on doing so.
 */
export async function steadily<T>(
  { marketplace, clock, stop }: ReadTools,
  first: RemoteProduct,
  read: (product: RemoteProduct) => Promise<T>,
): Promise<T> {
  let product = first
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read(product)
    } catch (error) {
      if (!isUnsteady(error) || attempt === attempts - 1) throw error
    }
    await clock.sleep(firstPause * 2 ** attempt, stop)
    if (stop.aborted) throw stopped()
    product = (await marketplace.productsByKey([first.key])).get(first.key) ?? product
  }
}

const code = 'marketplace-unsteady'

export function isUnsteady(error: unknown): error is Failure {
  return error instanceof Failure && error.code === code
}

/** Newest first, of which the newest is the one the product names. */
export async function releasesOf(
  marketplace: Pick<Marketplace, 'releases'>,
  { id, key, newest }: RemoteProduct,
): Promise<readonly RemoteRelease[]> {
  const releases = await marketplace.releases(id)
  const [first] = releases
  if (first?.id === newest.id && first.contentDigest === newest.contentDigest) return releases
  throw unsteady(key)
}

/** The very content the release was listed with. */
export async function contentOf(
  marketplace: Pick<Marketplace, 'content'>,
  { id, key, contentDigest }: RemoteRelease,
): Promise<ReleaseContent> {
  const content = await marketplace.content(id)
  if (content.contentDigest === contentDigest) return content
  throw unsteady(key)
}

function unsteady(key: string): Failure {
  return new Failure({
    code,
    exit: 'conflict',
    message: `The marketplace’s answers about ${key} contradict each other: it is being changed, or some of them are old.`,
    hint: 'Run the same command again in a while.',
  })
}
