/** Reading from the seller's buckets: what goes wrong is told once, also when the buckets are closed. */
import { expect, test } from '@jest/globals'
import { bucketReader } from '../../src/commands/bucket.ts'
import { Failure } from '../../src/model/failure.ts'
import type { World } from '../../src/ports.ts'

test('a bucket that cannot be opened hinders its object, and not what is closed afterwards', async () => {
  const world: Pick<World, 'environment' | 'objectStore'> = {
    environment: { KOO_OBS_AK: 'key', KOO_OBS_SK: 'secret' },
    objectStore: () => Promise.reject(new Failure({ code: 'bad-proxy', exit: 'usage', message: 'No such proxy.' })),
  }
  const reader = bucketReader(world as World)
  const object = { bucket: 'harbor-packages', region: 'cn-north-4', key: 'koo/a' }
  const read = async (): Promise<void> => {
    for await (const _ of reader?.object(object) ?? []) {
      // It gives nothing.
    }
  }
  await expect(read()).rejects.toMatchObject({ code: 'bad-proxy' })
  await expect(reader?.close()).resolves.toBeUndefined()
})
