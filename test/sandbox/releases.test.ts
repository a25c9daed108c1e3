/** Products and releases through the contract. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { contentText } from '../../src/model/content-digest.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { dataFolder, FakeClock, type Server, serve, transports } from './harness.ts'
import { approve, logo, manifest, newRelease, released, type Wanted } from './shop.ts'

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

  const content = async (id: string) => (await server.call('ShowReleaseContent', { params: { release_id: id } })).body
  const editing = async (id: string, changed: Wanted, digest?: string) =>
    server.call('EditRelease', {
      params: { release_id: id },
      json: { content_digest: digest ?? (await content(id)).content_digest, manifest: manifest(changed) },
    })
  const onSale = async (wanted: Wanted = {}) => {
    const { body } = await released(server, wanted)
    await approve(server, body.release_id)
    return body
  }
  const refusedWith = (error_code: string) => ({ status: Number(error_code.slice(6, 9)), body: { error_code } })

  test('the products of many keys, and the releases of many ids, in one request each', async () => {
    const made = []
    for (const key of ['cache-care', 'database-care']) made.push((await released(server, { key })).body)
    const keys = 'database-care,no-such-product,cache-care'
    const { body } = await server.call('ListProducts', { query: { keys } })
    expect(body.products.map(({ key }) => key)).toEqual(['database-care', 'cache-care'])
    const ids = [made[1]?.release_id, 'none', made[0]?.release_id]
    const { body: found } = await server.call('ListReleases', { query: { release_ids: ids.join(',') } })
    expect(found.releases).toEqual([made[1], made[0]])
    const many = Array.from({ length: 101 }, (_, index) => `id-${index}`).join(',')
    expect(await server.call('ListReleases', { query: { release_ids: many } })).toMatchObject({ status: 400 })
  })

  test('the revision of a product grows with every change, and tells its newest release', async () => {
    const { body: first } = await released(server)
    const product = async () => (await products())[0]
    const { revision: created = 0 } = (await product()) ?? {}
    await approve(server, first.release_id)
    const { revision: approved = 0 } = (await product()) ?? {}
    expect(approved).toBeGreaterThan(created)
    expect((await product())?.revision).toBe(approved)
    const { body: second } = await released(server, { version: 'V2.0' })
    const { release_id, version, content_digest, state } = second
    expect(await product()).toMatchObject({ version: 'V1.0', newest: { release_id, version, content_digest, state } })
    expect((await product())?.revision).toBeGreaterThan(approved)
  })

  test('a release planned from an older revision is refused', async () => {
    const send = async (expected_revision: number, wanted: Wanted) =>
      server.call('CreateRelease', {
        headers: {
          'x-client-token': `a-token-of-revision-${expected_revision}-${(wanted.version ?? 'V1').replace('.', '-')}`,
        },
        json: { ...(await newRelease(server, wanted)), expected_revision },
      })
    expect(await send(1, {})).toMatchObject(refusedWith('KOO.01409007'))
    const { body } = await send(0, {})
    await approve(server, body.release_id)
    expect(await send(0, { version: 'V2.0' })).toMatchObject(refusedWith('KOO.01409007'))
    const { revision } = (await products())[0] ?? { revision: -1 }
    expect((await send(revision, { version: 'V2.0' })).status).toBe(201)
    // The same content again is still the same release, whatever was planned from.
    expect((await send(0, { version: 'V2.0' })).status).toBe(200)
  })

  test('what a release consists of can be read back', async () => {
    const { body } = await released(server)
    expect(await content(body.release_id)).toEqual({
      release_id: body.release_id,
      content_digest: body.content_digest,
      manifest: manifest(),
      files: body.files,
    })
  })

  test('an edit in the console changes the content, and is told from what was sent', async () => {
    const { release_id, content_digest } = await onSale()
    clock.pass(1000)
    const edited = await editing(release_id, { name: 'Database Care Plus', overview: 'Edited in the console.' })
    expect(edited.status).toBe(200)
    const own = contentText(
      manifest({ name: 'Database Care Plus', overview: 'Edited in the console.' }),
      edited.body.files,
    )
    expect(edited.body).toMatchObject({ content_digest: sha256Hex(own), created_manifest: manifest() })
    const shown = await show(release_id)
    expect(shown).toMatchObject({ state: 'on-sale', content_digest: sha256Hex(own), created_digest: content_digest })
    expect(Date.parse(shown.edited_at ?? '')).toBe(clock.now())
    expect(await products()).toMatchObject([{ name: 'Database Care Plus' }])
    await reopen({})
    expect(await show(release_id)).toEqual(shown)
    await editing(release_id, { overview: 'Edited again.' })
    expect(await content(release_id)).toMatchObject({ created_manifest: manifest() })
  })

  test('an edit is refused where it cannot be, or somebody was faster', async () => {
    const { release_id, product_id, content_digest } = await onSale()
    for (const fixed of [{ version: 'V9.0' }, { key: 'other-care' }, { method: 'hardware' }]) {
      expect(await editing(release_id, fixed)).toMatchObject(refusedWith('KOO.01400002'))
    }
    expect(await editing(release_id, { name: '' })).toMatchObject(refusedWith('KOO.01400002'))
    const stray = { ...manifest(), product: { ...manifest().product, logo: 'other.png' } }
    const json = { content_digest, manifest: stray }
    expect(await server.call('EditRelease', { params: { release_id }, json })).toMatchObject(
      refusedWith('KOO.01400003'),
    )
    expect((await editing(release_id, { overview: 'The first.' })).status).toBe(200)
    expect(await editing(release_id, { overview: 'Too late.' }, content_digest)).toMatchObject(
      refusedWith('KOO.01409007'),
    )
    await server.call('DiscontinueProduct', { params: { product_id } })
    expect(await editing(release_id, { overview: 'Gone.' })).toMatchObject(refusedWith('KOO.01409002'))
  })

  test('an edited release on sale can be replaced by what it was created with, and by nothing else', async () => {
    const { release_id } = await onSale()
    await editing(release_id, { overview: 'Edited in the console.' })
    const { revision } = (await products())[0] ?? { revision: -1 }
    const send = async (wanted: Wanted, expected?: number) =>
      server.call('CreateRelease', {
        headers: { 'x-client-token': `a-token-of-the-client-${expected}-${wanted.overview?.length}` },
        json: {
          ...(await newRelease(server, wanted)),
          ...(expected === undefined ? {} : { expected_revision: expected }),
        },
      })
    expect(await send({})).toMatchObject(refusedWith('KOO.01409001'))
    expect(await send({ overview: 'Something else.' }, revision)).toMatchObject(refusedWith('KOO.01409001'))
    const restored = await send({}, revision)
    expect(restored).toMatchObject({ status: 201, body: { version: 'V1.0', state: 'in-review' } })
    await approve(server, restored.body.release_id)
    expect(await show(release_id)).toMatchObject({ state: 'discontinued' })
    expect((await content(restored.body.release_id)).manifest).toEqual(manifest())
  })

  test('a specification that is not on sale any more never comes back', async () => {
    const named = (...names: readonly string[]) => names.map((name) => ({ ...manifest().specifications[0], name }))
    const send = async (version: string, names: readonly string[], submit = true) => {
      const own = { ...manifest({ version }), specifications: named(...names) }
      const json = { ...(await newRelease(server, { version })), manifest: own, submit }
      return server.call('CreateRelease', {
        headers: { 'x-client-token': `a-token-of-the-client-${version.replace('.', '-')}` },
        json,
      })
    }
    const first = await send('V1.0', ['Standard', 'Premium'])
    await approve(server, first.body.release_id)
    const waiting = await send('V1.5', ['Premium'], false)
    const second = await send('V2.0', ['Standard', 'Team'])
    expect((await products())[0]).not.toHaveProperty('removed_specifications')
    await approve(server, second.body.release_id)
    expect(await products()).toMatchObject([{ removed_specifications: ['Premium'] }])
    expect(await send('V3.0', ['Premium'])).toMatchObject(refusedWith('KOO.01409008'))
    const submitted = await server.call('SubmitRelease', { params: { release_id: waiting.body.release_id } })
    expect(submitted).toMatchObject(refusedWith('KOO.01409008'))
    const back = { ...manifest({ version: 'V2.0' }), specifications: named('Standard', 'Premium') }
    const { content_digest } = await content(second.body.release_id)
    const edited = await server.call('EditRelease', {
      params: { release_id: second.body.release_id },
      json: { content_digest, manifest: back },
    })
    expect(edited).toMatchObject(refusedWith('KOO.01409008'))
    expect((await send('V3.1', ['Standard'])).status).toBe(201)
  })

  test('a file of a release is downloaded, whole or from a byte on', async () => {
    const { release_id, files } = await onSale()
    const params = { release_id, sha256: files[0]?.sha256 ?? '' }
    const whole = await server.call('DownloadReleaseFile', { params })
    expect([whole.status, whole.headers['content-length'], whole.bytes]).toEqual([200, String(logo.length), logo])
    const part = await server.call('DownloadReleaseFile', { params, headers: { range: 'bytes=8-' } })
    expect([part.status, part.bytes]).toEqual([206, logo.subarray(8)])
    expect(part.headers['content-range']).toBe(`bytes 8-${logo.length - 1}/${logo.length}`)
    for (const range of ['bytes=0-', 'bytes=-5', `bytes=${logo.length}-`, 'pages=1-']) {
      const all = await server.call('DownloadReleaseFile', { params, headers: { range } })
      expect([all.status, all.bytes]).toEqual([200, logo])
    }
    const none = { release_id, sha256: '0'.repeat(64) }
    expect(await server.call('DownloadReleaseFile', { params: none })).toMatchObject(refusedWith('KOO.01404001'))
  })

  test('a file in the seller’s bucket is believed, and not downloaded from here', async () => {
    const json = await newRelease(server)
    const object = { bucket: 'tidewater-packages', region: 'cn-north-4', key: 'database-care/logo.png' }
    const [{ upload_id: _, ...file } = { upload_id: '' }] = json.files
    const create = (files: readonly object[]) =>
      server.call('CreateRelease', {
        headers: { 'x-client-token': 'a-token-of-the-client' },
        json: { ...json, files },
      })
    expect(await create([file])).toMatchObject(refusedWith('KOO.01400003'))
    expect(await create([{ ...json.files[0], object }])).toMatchObject(refusedWith('KOO.01400003'))
    const packaged = await server.call('ShowReleaseContent', { params: { release_id: 'none' } })
    expect(packaged).toMatchObject(refusedWith('KOO.01404001'))
    // A logo is an image by its first bytes, which nobody here can read in the bucket.
    expect(await create([{ ...file, object }])).toMatchObject(refusedWith('KOO.01400002'))
  })

  test('a client token makes handing in and taking back harmless to repeat', async () => {
    const { body } = await released(server, { submit: false })
    const ask = (id: 'SubmitRelease' | 'WithdrawRelease', token: string) =>
      server.call(id, { params: { release_id: body.release_id }, headers: { 'x-client-token': token } })
    for (const _ of ['once', 'again']) {
      expect(await ask('SubmitRelease', 'token-of-submitting')).toMatchObject({ body: { state: 'in-review' } })
    }
    expect(await ask('SubmitRelease', 'another-token-of-submitting')).toMatchObject(refusedWith('KOO.01409004'))
    expect(await ask('WithdrawRelease', 'token-of-submitting')).toMatchObject(refusedWith('KOO.01409003'))
    for (const _ of ['once', 'again']) {
      expect(await ask('WithdrawRelease', 'token-of-withdrawing')).toMatchObject({ body: { state: 'withdrawn' } })
    }
    // What was done then is told as it is now.
    expect(await ask('SubmitRelease', 'token-of-submitting')).toMatchObject({ body: { state: 'withdrawn' } })
  })
})
