/** Products and releases through the contract. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { dataFolder, FakeClock, type Server, serve, transports } from './harness.ts'
import { approve, manifest, newRelease, released } from './shop.ts'

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
  const show = async (id: string) => (await server.call('ShowRelease', { params: { release_id: id } })).body
  const products = async () => (await server.call('ListProducts')).body.products
  /** Serves the same folder in another way. */
  const reopen = async (options: Partial<Parameters<typeof serve>[1]>) => {
    await server.close()
    server = await serve(transport, { data: folder.path, clock, ...options })
  }

  test('a release makes its product and is in review', async () => {
    const { status, body } = await released(server)
    expect(status).toBe(201)
    expect(body).toMatchObject({ key: 'database-care', version: 'V1.0', state: 'in-review', complaints: [] })
    expect(await products()).toMatchObject([
      {
        key: 'database-care',
        name: 'Database Care',
        method: 'professional-service',
        state: 'in-review',
        release_count: 1,
      },
    ])
  })

  test('a draft is submitted later', async () => {
    const { body } = await released(server, { submit: false })
    expect(body.state).toBe('draft')
    const submitted = await server.call('SubmitRelease', { params: { release_id: body.release_id } })
    expect(submitted.body.state).toBe('in-review')
  })

  test('the same release again is the release that is there', async () => {
    const first = await released(server)
    const again = await released(server)
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
    await approve(server, first.body.release_id)
    expect((await released(server)).body.state).toBe('on-sale')
    expect(await products()).toMatchObject([{ release_count: 1 }])
  })

  test('a client token stands for one request', async () => {
    const token = 'a-token-of-the-client'
    const first = await released(server, { token })
    await server.call('WithdrawRelease', { params: { release_id: first.body.release_id } })
    const again = await released(server, { token })
    expect(again).toMatchObject({ status: 200, body: { release_id: first.body.release_id, state: 'withdrawn' } })
    const other = await released(server, { token, version: 'V2.0' })
    expect(other).toMatchObject({ status: 409, body: { error_code: 'KOO.01409003' } })
  })

  test('a token used for a refused request is free', async () => {
    const token = 'a-token-of-the-client'
    expect((await released(server, { token, version: 'v1' })).status).toBe(400)
    expect((await released(server, { token })).status).toBe(201)
  })

  test('a version does not change its content', async () => {
    await released(server)
    const other = await released(server, { overview: 'Now with MariaDB.' })
    expect(other).toMatchObject({ status: 409, body: { error_code: 'KOO.01409001' } })
    expect(await products()).toMatchObject([{ release_count: 1 }])
  })

  test('a rejected version may be released again with other content', async () => {
    const { body } = await released(server)
    const complaints = [{ path: '/product/overview', code: 'review-complaint', message: 'Too short.' }]
    const json = { decision: 'reject', complaints }
    await server.call('ReviewRelease', { params: { release_id: body.release_id }, json })
    expect(await show(body.release_id)).toMatchObject({ state: 'rejected', complaints })
    expect(await released(server, { overview: 'Now longer.' })).toMatchObject({
      status: 201,
      body: { version: 'V1.0' },
    })
  })

  test('a newer version takes the place of the older one', async () => {
    const first = await released(server)
    await approve(server, first.body.release_id)
    const second = await released(server, { version: 'V2.0', name: 'Database Care Plus' })
    expect(await products()).toMatchObject([{ state: 'on-sale', version: 'V1.0', name: 'Database Care' }])
    expect(await released(server, { version: 'V3.0' })).toMatchObject({ body: { error_code: 'KOO.01409005' } })
    await approve(server, second.body.release_id)
    expect(await products()).toMatchObject([{ state: 'on-sale', version: 'V2.0', name: 'Database Care Plus' }])
    expect((await show(first.body.release_id)).state).toBe('discontinued')
  })

  test('the delivery method stays', async () => {
    await released(server)
    const other = await released(server, { version: 'V2.0', method: 'hardware' })
    expect(other).toMatchObject({ status: 409, body: { error_code: 'KOO.01409006' } })
  })

  test('discontinuing is final, and may be repeated', async () => {
    const { body } = await released(server)
    const params = { product_id: body.product_id }
    expect((await server.call('DiscontinueProduct', { params })).body.state).toBe('discontinued')
    expect(await server.call('DiscontinueProduct', { params })).toMatchObject({ status: 200 })
    expect((await server.call('ShowProduct', { params })).body.state).toBe('discontinued')
    expect(await released(server, { version: 'V2.0' })).toMatchObject({ body: { error_code: 'KOO.01409002' } })
  })

  test('withdrawing twice is refused', async () => {
    const { body } = await released(server)
    const asked = { params: { release_id: body.release_id } }
    expect((await server.call('WithdrawRelease', asked)).body.state).toBe('withdrawn')
    expect(await server.call('WithdrawRelease', asked)).toMatchObject({ body: { error_code: 'KOO.01409004' } })
  })

  test('25 products on pages of 10', async () => {
    for (let number = 10; number < 35; number++) await released(server, { key: `product-${number}` })
    const sizes: number[] = []
    const keys: string[] = []
    let marker: string | undefined
    do {
      const { body } = await server.call('ListProducts', { query: { limit: 10, ...(marker ? { marker } : {}) } })
      sizes.push(body.page_info.current_count)
      keys.push(...body.products.map((each) => each.key))
      marker = body.page_info.next_marker
    } while (marker !== undefined)
    expect(sizes).toEqual([10, 10, 5])
    expect(keys).toEqual(Array.from({ length: 25 }, (_, index) => `product-${index + 10}`))
    const { body } = await server.call('ListProducts', { query: { key: 'product-20' } })
    expect(body.products).toHaveLength(1)
  }, 20_000)

  test('releases, newest first, in pages', async () => {
    let product_id = ''
    for (const version of ['V1.0', 'V2.0', 'V3.0']) {
      const { body } = await released(server, { version })
      product_id = body.product_id
      await approve(server, body.release_id)
    }
    const { body: first } = await server.call('ListProductReleases', { params: { product_id }, query: { limit: 2 } })
    expect(first.releases.map((each) => each.version)).toEqual(['V3.0', 'V2.0'])
    const query = { limit: 2, marker: first.page_info.next_marker ?? '' }
    const { body: rest } = await server.call('ListProductReleases', { params: { product_id }, query })
    expect(rest.releases).toMatchObject([{ version: 'V1.0', state: 'discontinued' }])
    expect(rest.page_info).toEqual({ current_count: 1 })
  })

  test('a refused manifest says where and why, and leaves nothing behind', async () => {
    const json = { ...(await newRelease(server)), manifest: { ...manifest({ version: 'v0.1' }), support: {} } }
    const reply = await server.call('CreateRelease', { headers: { 'x-client-token': 'a-token-of-the-client' }, json })
    expect(reply).toMatchObject({ status: 400, body: { error_code: 'KOO.01400002' } })
    expect(reply.body.details).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: '/product/version', code: 'version-form' })]),
    )
    expect(await products()).toEqual([])
  })

  test('the rules look at what was uploaded', async () => {
    const json = await newRelease(server)
    const headers = { 'x-client-token': 'a-token-of-the-client' }
    const without = await server.call('CreateRelease', { headers, json: { ...json, files: [] } })
    expect(without.body.details).toMatchObject([{ path: '/product/logo', code: 'file-missing' }])
    const [file] = json.files
    const wrong = await server.call('CreateRelease', {
      headers,
      json: { ...json, files: [{ ...file, bytes: 1 }] },
    })
    expect(wrong).toMatchObject({ status: 400, body: { error_code: 'KOO.01400003' } })
  })

  test('a review ends when its time has come', async () => {
    await reopen({ review: 'auto', reviewDelay: 60_000 })
    const { body } = await released(server)
    clock.pass(59_999)
    expect((await show(body.release_id)).state).toBe('in-review')
    await reopen({ review: 'reject', reviewDelay: 0 })
    clock.pass(3_600_000)
    const shown = await show(body.release_id)
    expect(shown.state).toBe('on-sale')
    expect(Date.parse(shown.reviewed_at ?? '') - Date.parse(shown.submitted_at ?? '')).toBe(60_000)
  })

  test('in a sandbox that rejects everything complaints name places of the manifest', async () => {
    await reopen({ review: 'reject', reviewDelay: 0 })
    const { body } = await released(server)
    expect(body.state).toBe('in-review')
    const { state, complaints } = await show(body.release_id)
    expect(state).toBe('rejected')
    expect(complaints.map((each) => each.path)).toEqual(['/product/name', '/specifications/0/price'])
  })
})
