/** The seller's OBS bucket, where flags or environment name one. */
import { Failure, usage } from '../model/failure.ts'
import type { StoredObject } from '../model/release.ts'
import type { ObjectStore, World } from '../ports.ts'
import type { Bucket } from '../publish/sending.ts'
import { credentialsFrom, hasCredentials, serviceUrl } from './market.ts'
import { size } from './numbers.ts'

export const bucketOptions = {
  obsBucket: { flag: '--obs-bucket <name>', about: 'OBS bucket of yours for large packages (KOO_OBS_BUCKET)' },
  obsRegion: {
    flag: '--obs-region <region>',
    about: 'region of the bucket (KOO_OBS_REGION; default: cn-north-4, where KooGallery takes packages from)',
  },
  obsFrom: { flag: '--obs-from <size>', about: 'packages of that size or more go to the bucket (default: 1GB)' },
} as const

interface Choice {
  readonly obsBucket?: string | undefined
  readonly obsRegion?: string | undefined
  readonly obsFrom?: string | undefined
}

/** A bucket may belong to another account than the marketplace's keys, such as those of a sandbox. */
const ownKeys = [['KOO_OBS_AK', 'KOO_OBS_SK', 'KOO_OBS_SECURITY_TOKEN']] as const

const defaultRegion = 'cn-north-4'
const defaultFrom = 1e9

/**
 * Hands the bucket over, and closes it, whatever happens; undefined where none is named, or nothing goes there.
 *
 * @throws {Failure} where it cannot be written to, before anything is sent.
 */
export async function withBucket<T>(
  world: World,
  choice: Choice,
  isNeeded: boolean,
  use: (bucket: Bucket | undefined) => Promise<T>,
): Promise<T> {
  const { environment } = world
  const name = choice.obsBucket ?? (environment.KOO_OBS_BUCKET || undefined)
  const from = size('--obs-from', choice.obsFrom, defaultFrom)
  if (name === undefined) {
    const stray =
      choice.obsRegion !== undefined ? '--obs-region' : choice.obsFrom !== undefined ? '--obs-from' : undefined
    if (stray) throw usage('missing-flag', `${stray} needs a bucket.`, 'Name it with --obs-bucket or KOO_OBS_BUCKET.')
    return use(undefined)
  }
  if (!isNeeded) return use(undefined)
  const store = await opened(world, name, choice.obsRegion)
  try {
    await store.check()
    return await use({ store, from })
  } finally {
    await store.close()
  }
}

export interface BucketReader {
  object(object: StoredObject): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Reads what releases have in buckets; undefined where there are no credentials to do so. */
export function bucketReader(world: World): BucketReader | undefined {
  if (!hasCredentials(world.environment, ownKeys)) return undefined
  const stores = new Map<string, Promise<ObjectStore>>()
  return {
    async *object(object) {
      const { bucket, region } = object
      refuseStrange(object)
      const name = `${region} ${bucket}`
      const store = stores.get(name) ?? opened(world, bucket, region)
      stores.set(name, store)
      yield* (await store).get(object)
    },
    async close() {
      // Of one that did not open, whoever wanted it has been told.
      for (const store of stores.values()) await (await store.catch(() => undefined))?.close()
    },
  }
}

/** The marketplace names it, and it becomes a part of an address. */
function refuseStrange({ bucket, region }: StoredObject): void {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && /^[a-z0-9-]+$/.test(region)) return
  throw new Failure({
    code: 'bucket-name',
    exit: 'marketplace',
    message: 'The marketplace names a bucket or a region that cannot be one; nothing was read from it.',
  })
}

function opened(world: World, bucket: string, region: string | undefined): Promise<ObjectStore> {
  const { environment } = world
  const endpoint = environment.KOO_OBS_ENDPOINT || undefined
  const host = endpoint && serviceUrl(endpoint, 'a store of objects (KOO_OBS_ENDPOINT)').hostname
  const address = {
    bucket,
    region: region ?? (environment.KOO_OBS_REGION || defaultRegion),
    prefix: 'koo/',
    // Huawei Cloud wants the bucket in the host's name; a store of one's own seldom has names for all buckets.
    pathStyle: host !== undefined && !host.endsWith('.myhuaweicloud.com'),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
  return world.objectStore(address, credentialsFrom(environment, ownKeys))
}
