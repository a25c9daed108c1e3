/** The server around the operations: errors, images, and that nothing is lost or half done. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import Sqlite from 'libsql'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { dataFolder, FakeClock, randomness, type Server, serve, signed, transports, wireOf } from './harness.ts'
import { logo, newRelease, released, uploaded } from './shop.ts'

const imageId = '33ad552d-1149-471c-8190-ff6776174a00'

describe.each(transports)('%s', (transport) => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let clock: FakeClock
  let server: Server

  beforeEach(async () => {
    folder = await dataFolder()
    clock = new FakeClock()
    server = await serve(transport, { data: folder.path, clock })
  })
  afterEach(async () => {
    await server.close()
    await folder.remove()
  })
  const restart = async (options: Partial<Parameters<typeof serve>[1]> = {}) => {
    await server.close()
    server = await serve(transport, { data: folder.path, clock, ...options })
  }
  const images = async (region: string, query: Readonly<Record<string, string | number>>) =>
    (await server.call('ListImages', { params: { region }, query })).body.images

  test('no such operation', async () => {
    const { status, headers, body } = await server.send({ method: 'GET', url: '/v2/products?a=b', headers: {} })
    expect(status).toBe(404)
    expect(body).toEqual({
      error_code: 'APIGW.0101',
      error_msg: 'There is no operation GET /v2/products.',
      request_id: headers['x-request-id'],
    })
  })

  test('no such product, release or upload', async () => {
    for (const [id, params] of [
      ['ShowProduct', { product_id: 'none' }],
      ['ListProductReleases', { product_id: 'none' }],
      ['ShowRelease', { release_id: 'none' }],
      ['SubmitRelease', { release_id: 'none' }],
      ['ShowUpload', { upload_id: 'none' }],
      ['CompleteUpload', { upload_id: 'none' }],
    ] as const) {
      expect(await server.call(id, { params })).toMatchObject({ status: 404, body: { error_code: 'KOO.01404001' } })
    }
  })

  test('a request that does not follow the contract says where', async () => {
    const release = { ...(await newRelease(server)), key: 'Not A Key', extra: true }
    const reply = await server.call('CreateRelease', { headers: { 'x-client-token': 'short' }, json: release })
    expect(reply).toMatchObject({ status: 400, body: { error_code: 'KOO.01400001' } })
    expect(reply.body.details?.map((each) => [each.path, each.code])).toEqual([
      ['', 'pattern'],
      ['', 'additionalProperties'],
      ['/key', 'pattern'],
    ])
    const pages = await server.call('ListProducts', { query: { limit: 1000 } })
    expect(pages.body.details).toMatchObject([{ message: 'query limit must be <= 200' }])
    expect((await server.call('ListProducts', { query: { marker: 'none' } })).status).toBe(400)
  })

  test('a body that is no JSON, and one that is too large', async () => {
    const wire = wireOf('CreateUpload', { bytes: Buffer.from('{'), headers: { 'content-type': 'application/json' } })
    const broken = await server.send(signed(wire, server.credentials, clock.now()))
    expect(broken).toMatchObject({ status: 400, body: { error_msg: 'The body is not JSON.' } })
    const large = await server.call('CreateUpload', { bytes: Buffer.alloc(12 * 1024 * 1024 + 1) })
    expect(large).toMatchObject({ status: 413, body: { error_code: 'APIGW.0201' } })
  })

  test('without a list, any well-formed image of a region KooGallery takes images from is there', async () => {
    expect(await images('ap-southeast-3', { id: imageId, __imagetype: 'private' })).toMatchObject([
      { id: imageId, status: 'active', __imagetype: 'private', __system_support_market: true },
    ])
    expect(await images('ap-southeast-3', { id: 'ubuntu' })).toEqual([])
    expect(await images('tr-west-1', { id: imageId })).toEqual([])
    expect(await images('ap-southeast-3', { id: imageId, __imagetype: 'gold' })).toEqual([])
  })

  test('with a list, only its images are there', async () => {
    const base = { status: 'active', __imagetype: 'private', visibility: 'private', owner: 'seller' }
    const region = 'ap-southeast-3'
    await restart({
      images: [
        { ...base, region, id: 'one', name: 'crm' },
        { ...base, region, id: 'two', name: 'crm-old', status: 'killed', __system_support_market: false },
        { ...base, region: 'ap-southeast-1', id: 'three', name: 'crm' },
      ],
    })
    expect(await images(region, { id: imageId })).toEqual([])
    expect(await images(region, { id: 'two' })).toMatchObject([{ status: 'killed', __system_support_market: false }])
    expect(await images(region, { limit: 1 })).toMatchObject([{ id: 'one' }])
    expect(await images(region, { limit: 1, marker: 'one' })).toMatchObject([{ id: 'two' }])
  })

  test('the image service refuses in its own form', async () => {
    const params = { region: 'ap-southeast-3' }
    const { status, body } = await server.call('ListImages', { params, query: { __imagetype: 'golden' } })
    expect([status, body]).toEqual([400, { error: { message: 'The imagetype is invalid.', code: 'IMG.0024' } }])
  })

  const assets = async (query: Readonly<Record<string, string>>) =>
    (await server.call('ListDeployedObjects', { query })).body.data

  test('without a list, any well-formed asset is there, of the type and the version asked for', async () => {
    const [asset_id, deployed_type] = ['0b1e494e2660441a957313163095fe5c', 'image']
    expect(await assets({ asset_id, deployed_type })).toEqual([{ asset_id, deployed_type, version: 'V1.0' }])
    const other = { asset_id, deployed_type, asset_version: 'V2.1', region: 'la-south-2' }
    expect(await assets(other)).toMatchObject([{ version: 'V2.1', region: 'la-south-2' }])
    expect(await assets({ asset_id: 'harbor', deployed_type })).toEqual([])
  })

  test('with a list, only its assets are there', async () => {
    const package_ = { asset_id: 'one', deployed_type: 'software_package' }
    await restart({
      assets: [
        { ...package_, version: 'V1.0' },
        { ...package_, version: 'V1.1', region: 'la-south-2' },
      ],
    })
    expect(await assets(package_)).toMatchObject([{ version: 'V1.0' }, { version: 'V1.1' }])
    expect(await assets({ ...package_, asset_version: 'V1.1' })).toMatchObject([{ version: 'V1.1' }])
    expect(await assets({ ...package_, region: 'la-south-2' })).toMatchObject([{ version: 'V1.1' }])
    expect(await assets({ ...package_, deployed_type: 'image' })).toEqual([])
    expect(await assets({ ...package_, asset_id: '0b1e494e2660441a957313163095fe5c' })).toEqual([])
  })

  test('the open API refuses in its own form, and the gateway before it', async () => {
    const { status, body } = await server.call('ListDeployedObjects', { query: { deployed_type: 'image' } })
    expect(status).toBe(400)
    expect(body).toEqual({ error_code: '92020002', error_msg: expect.stringContaining('asset_id') })
    const query = { asset_id: 'one', deployed_type: 'image' }
    const unsigned = await server.send(wireOf('ListDeployedObjects', { query }))
    expect(unsigned).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
  })

  test('a restart keeps everything, the key pair too', async () => {
    const { body } = await released(server)
    const { credentials } = server
    await restart()
    expect(server.credentials).toEqual(credentials)
    const shown = await server.call('ShowRelease', { params: { release_id: body.release_id } })
    expect(shown.body).toEqual(body)
    expect((await released(server)).status).toBe(200)
  })

  test('a crash between upload and release leaves no product, and nothing to send again', async () => {
    const id = await uploaded(server, logo)
    await restart()
    expect((await server.call('ListProducts')).body.products).toEqual([])
    expect((await server.call('ShowUpload', { params: { upload_id: id } })).body.state).toBe('complete')
    expect((await released(server)).status).toBe(201)
  })

  test('two servers on one data folder are one marketplace', async () => {
    const other = await serve(transport, { data: folder.path, clock })
    try {
      expect(other.credentials).toEqual(server.credentials)
      const replies = await Promise.all([server, other, server, other].map((each) => released(each)))
      expect(replies.map((each) => each.status).sort()).toEqual([200, 200, 200, 201])
      expect(new Set(replies.map((each) => each.body.release_id)).size).toBe(1)
      const wire = signed(wireOf('ShowAccount', {}), server.credentials, clock.now())
      expect([(await server.send(wire)).status, (await other.send(wire)).status]).toEqual([200, 401])
    } finally {
      await other.close()
    }
  })
})

describe('starting', () => {
  const options = { review: 'auto', reviewDelay: 0, clock: new FakeClock(), randomness } as const

  test('a port in use is a failure that says so', async () => {
    const [one, two] = [await dataFolder(), await dataFolder()]
    const sandbox = await startSandbox({ ...options, data: one.path, port: 0 })
    try {
      const port = Number(new URL(sandbox.url).port)
      expect(sandbox.url).toBe(`http://127.0.0.1:${port}`)
      await expect(startSandbox({ ...options, data: two.path, port })).rejects.toMatchObject({
        name: 'Failure',
        code: 'port-in-use',
        exit: 'usage',
      })
    } finally {
      await sandbox.close()
      await Promise.all([one.remove(), two.remove()])
    }
  })

  test('data of a newer koo are left alone', async () => {
    const folder = await dataFolder()
    const path = join(folder.path, 'marketplace.db')
    await writeFile(path, '')
    const database = new Sqlite(path)
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(startSandbox({ ...options, data: folder.path, port: 0 })).rejects.toMatchObject({
      code: 'sandbox-data-newer',
    })
    await folder.remove()
  })
})
