/** The seller's OBS bucket, where flags or environment name one. */
import { usage } from '../model/failure.ts'
import type { ObjectStore, World } from '../ports.ts'
import type { Bucket } from '../publish/sending.ts'
import { credentialsFrom } from './market.ts'
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

function opened(world: World, bucket: string, region: string | undefined): Promise<ObjectStore> {
  const { environment } = world
  const endpoint = environment.KOO_OBS_ENDPOINT || undefined
  const address = {
    bucket,
    region: region ?? (environment.KOO_OBS_REGION || defaultRegion),
    prefix: 'koo/',
    // Huawei Cloud wants the bucket in the host's name; a store of one's own seldom has names for all buckets.
    pathStyle: endpoint !== undefined && !new URL(endpoint).hostname.endsWith('.myhuaweicloud.com'),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
  return world.objectStore(address, credentialsFrom(environment))
}
