/** `koo publish --obs-bucket` and back again: a real process, a real sandbox, and OpenStack Swift as the bucket's store. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWithSwift, type Swift, startSwift } from '../swift.ts'
import { openShop, type RunningSandbox, type Shop, startSandbox } from './koo.ts'

const bucket = 'plumbline-packages'

describeWithSwift('a bucket of the seller’s', () => {
  let shop: Shop
  let swift: Swift
  let sandbox: RunningSandbox
  let client: S3Client
  let environment: Readonly<Record<string, string>>
  beforeAll(async () => {
    shop = await openShop()
    swift = await startSwift(join(shop.folder, '..', 'swift'))
    sandbox = await startSandbox(shop)
    const credentials = { accessKeyId: swift.accessKey, secretAccessKey: swift.secretKey }
    client = new S3Client({ endpoint: swift.endpoint, region: swift.region, forcePathStyle: true, credentials })
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    environment = {
      ...sandbox.environment,
      KOO_OBS_ENDPOINT: swift.endpoint,
      KOO_OBS_REGION: swift.region,
      KOO_OBS_AK: swift.accessKey,
      KOO_OBS_SK: swift.secretKey,
    }
  })
  afterAll(async () => {
    client.destroy()
    await sandbox.kill()
    await swift.stop()
    await shop.close()
  })

  const publish = (...more: readonly string[]) =>
    shop.kooWith(environment, 'publish', 'examples/license', '--obs-from', '0', '--json', ...more)

  test('has to be there, which is told before anything is sent', async () => {
    const { code, stderr } = await publish('--obs-bucket', 'plumbline-nowhere')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('plumbline-nowhere') })
    expect((await shop.kooWith(environment, 'list', '--json')).stdout).toContain('"products": []')
  })

  test('gets the package, once, and a pull gets it back', async () => {
    const first = await publish('--obs-bucket', bucket)
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('"outcome": "on-sale"') })
    expect(await publish('--obs-bucket', bucket)).toMatchObject({ code: 0 })
    const { Contents: objects = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }))
    expect(objects.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(/^koo\/[0-9a-f]{64}\/plumbline-fim_V[\d-]+\.tar\.gz$/),
    ])

    await rm(join(shop.folder, 'examples'), { recursive: true })
    const pulled = await shop.kooWith(environment, 'pull', '--all', '--out', 'back')
    expect(pulled).toMatchObject({ code: 0, stdout: expect.stringContaining('1 pulled') })
    const plan = await shop.kooWith(environment, 'plan', 'back', '--json')
    expect(plan.stdout).toContain('"action": "nothing"')
  })
})
