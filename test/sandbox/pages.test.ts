/** The pages over the wire: who may see them, which forms are taken, and that nothing a seller wrote becomes markup. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { FastifyInstance, LightMyRequestResponse as Response } from 'fastify'
import { openSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { dataFolder, FakeClock, randomness, type Server, signed, wireOf } from './harness.ts'
import { logo, manifest, newRelease, released } from './shop.ts'

let folder: Awaited<ReturnType<typeof dataFolder>>
let clock: FakeClock
let app: FastifyInstance
let server: Server
let made: string | undefined

const host = '127.0.0.1:8099'

async function open(options: Partial<SandboxOptions> = {}): Promise<void> {
  const base = { review: 'manual', reviewDelay: 0, randomness, pages: {} } as const
  const opened = await openSandbox({ ...base, data: folder.path, clock, ...options })
  app = opened.app
  made = opened.password
  server = {
    credentials: opened.credentials,
    async send({ body, ...wire }) {
      const { statusCode, headers, rawPayload } = await app.inject({ ...wire, ...(body ? { payload: body } : {}) })
      return { status: statusCode, headers, body: JSON.parse(rawPayload.toString()), bytes: rawPayload }
    },
    call: async (id, asked) =>
      (await server.send(signed(wireOf(id, asked ?? {}), server.credentials, clock.now()))) as never,
    close: () => app.close(),
  }
}

beforeEach(async () => {
  folder = await dataFolder()
  clock = new FakeClock()
})
afterEach(async () => {
  await app.close()
  await folder.remove()
})

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  app.inject({ method: 'GET', url, headers: { host, ...headers } })

/** A browser: it keeps cookies, and sends what browsers send. */
function browser() {
  const cookies = new Map<string, string>()
  const keep = (response: Response): Response => {
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = async (url: string) => keep(await get(url, { cookie: cookie() }))
  const post = async (
    url: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    keep(
      await app.inject({
        method: 'POST',
        url,
        headers: {
          host,
          cookie: cookie(),
          origin: `http://${host}`,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        payload: new URLSearchParams(fields).toString(),
      }),
    )
  const hidden = (page: Response): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...page.payload.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
  return { ask, post, hidden, cookies }
}

describe('on this machine', () => {
  beforeEach(() => open())

  test('every page says what it is not, and how it is not to be used', async () => {
    await released(server)
    for (const url of ['/', '/console', '/console/products', '/console/products/database-care', '/console/requests']) {
      const { statusCode, payload, headers } = await get(url)
      expect({ url, statusCode }).toEqual({ url, statusCode: 200 })
      expect(payload).toContain('not KooGallery')
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "frame-ancestors 'none'",
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  test('a name of another site that leads here sees nothing', async () => {
    for (const name of ['evil.example', 'evil.example:8099', '127.0.0.1.evil.example', 'localhost.evil:8099']) {
      const { statusCode, payload } = await get('/console', { host: name })
      expect([name, statusCode]).toEqual([name, 403])
      expect(payload).toContain('Another host')
      expect(payload).not.toContain('href="/console/products"')
    }
    for (const name of ['localhost:8099', '[::1]:8099', '127.0.0.1', 'LOCALHOST']) {
      expect((await get('/console', { host: name })).statusCode).toBe(200)
    }
  })

  test('the port of the host is the server’s own', async () => {
    const sandbox = await startSandbox({
      ...{ review: 'manual', reviewDelay: 0, randomness, pages: {}, clock, port: 0 },
      data: folder.path,
    })
    try {
      const { request } = await import('undici')
      const status = async (name: string) => (await request(`${sandbox.url}/`, { headers: { host: name } })).statusCode
      expect(await status(new URL(sandbox.url).host)).toBe(200)
      expect(await status('127.0.0.1:1')).toBe(403)
      expect(await status('127.0.0.1')).toBe(403)
    } finally {
      await sandbox.close()
    }
  })

  test('the API is as without pages', async () => {
    for (const url of ['/v2/products', '/v1/products', '/nothing']) {
      const { headers, payload } = await get(url, { host: 'marketplace.test' })
      expect(headers['content-type']).toContain('application/json')
      expect(JSON.parse(payload)).toHaveProperty('error_code')
    }
  })

  test('what is not there is told on a page', async () => {
    for (const url of [
      ...[
        '/products/none',
        '/products/none/files/0',
        '/console/nothing',
        '/console/products/none',
        '/products/a/b/c/d',
      ],
      ...['/console/releases/none', '/console/requests/none', '/products/%00'],
    ]) {
      const { statusCode, headers } = await get(url)
      expect([url, statusCode, headers['content-type']]).toEqual([url, 404, 'text/html; charset=utf-8'])
    }
    expect((await browser().post('/console', {})).statusCode).toBe(405)
  })

  test('a product that is not public is not listed, and is at its address', async () => {
    const release = await newRelease(server)
    const own = { ...release.manifest, product: { ...release.manifest.product, public: false } }
    const json = { ...release, manifest: own, content_digest: sha256Hex('hidden') }
    const created = await server.call('CreateRelease', { headers: { 'x-client-token': 'a-token-of-the-client' }, json })
    expect((await get('/products/database-care')).statusCode).toBe(404)
    await server.call('ReviewRelease', {
      params: { release_id: created.body.release_id },
      json: { decision: 'approve' },
    })
    expect((await get('/')).payload).not.toContain('Database Care')
    expect((await get('/products/database-care')).payload).toContain('Database Care')
  })

  test('the storefront is searched by words in any case and by method', async () => {
    for (const wanted of [
      { key: 'one', name: 'Étoile CRM' },
      { key: 'two', method: 'hardware' },
    ]) {
      const { body } = await released(server, wanted)
      await server.call('ReviewRelease', { params: { release_id: body.release_id }, json: { decision: 'approve' } })
    }
    const keys = async (query: string) =>
      [...(await get(`/?${query}`)).payload.matchAll(/href="\/products\/(\w+)"/g)].map(([, key]) => key)
    expect(await keys('')).toEqual(['one', 'two'])
    expect(await keys('q=ÉTOILE+postgresql')).toEqual(['one'])
    expect(await keys('q=%25')).toEqual([])
    expect(await keys('method=hardware')).toEqual(['two'])
    expect(await keys('method=nothing&page=999')).toEqual([])
  })

  test('pictures are shown, other files handed over, and only those a buyer may see', async () => {
    const { body } = await released(server)
    const address = `/files/${sha256Hex(logo)}`
    expect((await get(`/products/database-care${address}`)).statusCode).toBe(404)
    const inConsole = await get(`/console/releases/${body.release_id}${address}`)
    expect(inConsole.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    await server.call('ReviewRelease', { params: { release_id: body.release_id }, json: { decision: 'approve' } })
    const { rawPayload, headers } = await get(`/products/database-care${address}`)
    expect(rawPayload.equals(logo)).toBe(true)
    expect(headers['content-security-policy']).toContain('sandbox')
    expect((await get(`/products/database-care${address}`, { 'if-none-match': String(headers.etag) })).statusCode).toBe(
      304,
    )
    await server.call('DiscontinueProduct', { params: { product_id: body.product_id } })
    expect((await get(`/products/database-care${address}`)).statusCode).toBe(404)
  })

  test('a verdict needs a form that was drawn for this visitor, by this site', async () => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const fields = { ...own.hidden(await own.ask(address)), decision: 'approve' }
    const other = browser()
    await other.ask(address)
    const refused = [
      await own.post(`${address}/review`, { ...fields, token: '' }),
      await other.post(`${address}/review`, fields),
      await browser().post(`${address}/review`, fields),
      await own.post(`${address}/review`, fields, { 'sec-fetch-site': 'cross-site' }),
      await own.post(`${address}/review`, fields, { 'sec-fetch-site': 'same-site' }),
      await own.post(`${address}/review`, fields, { origin: 'http://127.0.0.1:8100' }),
      await own.post(`${address}/review`, fields, { origin: 'null', 'sec-fetch-site': 'cross-site' }),
      await own.post(`${address}/review`, fields, { host: 'evil.example' }),
    ]
    expect(refused.map(({ statusCode }) => statusCode)).toEqual(refused.map(() => 403))
    const wrongType = { 'content-type': 'text/plain' }
    expect((await own.post(`${address}/review`, fields, wrongType)).statusCode).toBe(415)
    expect((await own.post(`${address}/review`, { ...fields, filler: 'x'.repeat(4_200_000) })).statusCode).toBe(413)
    const shown = async () => (await server.call('ShowRelease', { params: { release_id: body.release_id } })).body.state
    expect(await shown()).toBe('in-review')
    const taken = await own.post(`${address}/review`, fields)
    expect([taken.statusCode, taken.headers.location]).toEqual([303, `${address}?told=approved`])
    expect(await shown()).toBe('on-sale')
  })

  test('a rejection needs a complaint, and what was typed is kept whenever it is not given', async () => {
    const { body } = await released(server)
    const params = { release_id: body.release_id }
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const hidden = own.hidden(await own.ask(address))
    expect((await own.post(`${address}/review`, { ...hidden, decision: 'reject' })).statusCode).toBe(422)
    const typed = { 'complaint:/product/name': 'Not the <registered> name.', 'complaint:/support/email': ' ' }
    const kept = 'Not the &lt;registered> name.'
    const approving = await own.post(`${address}/review`, { ...hidden, ...typed, decision: 'approve' })
    expect([approving.statusCode, approving.payload.includes(kept)]).toEqual([422, true])
    const old = await own.post(`${address}/review`, { ...hidden, ...typed, token: 'old', decision: 'reject' })
    expect([old.statusCode, old.payload.includes(kept)]).toEqual([403, true])

    const edited = manifest({ overview: 'Edited meanwhile.' })
    const { content_digest } = (await server.call('ShowRelease', { params })).body
    await server.call('EditRelease', { params, json: { content_digest, manifest: edited } })
    const conflict = await own.post(`${address}/review`, { ...hidden, ...typed, decision: 'reject' })
    expect([conflict.statusCode, conflict.payload.includes(kept)]).toEqual([409, true])
    expect(conflict.payload).toContain('edited meanwhile')

    const fresh = { ...own.hidden(conflict), ...typed, decision: 'reject' }
    await server.call('WithdrawRelease', { params })
    const late = await own.post(`${address}/review`, fresh)
    expect([late.statusCode, late.payload.includes(kept)]).toEqual([409, true])
    await server.call('SubmitRelease', { params })
    expect((await own.post(`${address}/review`, fresh)).statusCode).toBe(303)
    expect((await server.call('ShowRelease', { params })).body).toMatchObject({
      state: 'rejected',
      complaints: [{ path: '/product/name', code: 'review-complaint', message: 'Not the <registered> name.' }],
    })
    expect((await get('/console/products/database-care')).payload).toContain('by a person, on these pages')
  })

  test('discontinuing is asked once more, and not done where the product changed meanwhile', async () => {
    const { body } = await released(server)
    const address = '/console/products/database-care/discontinue'
    const own = browser()
    const hidden = own.hidden(await own.ask(address))
    expect((await own.post(address, { ...hidden, token: 'x' })).statusCode).toBe(403)
    await server.call('ReviewRelease', { params: { release_id: body.release_id }, json: { decision: 'approve' } })
    const conflict = await own.post(address, hidden)
    expect([conflict.statusCode, conflict.payload.includes('V1.0, on sale')]).toEqual([409, true])
    expect((await own.post(address, own.hidden(conflict))).statusCode).toBe(303)
    const { products } = (await server.call('ListProducts')).body
    expect(products).toMatchObject([{ state: 'discontinued' }])
    expect((await get('/products/database-care')).statusCode).toBe(404)
  })

  test('a request’s page says what its signature failed at, and keeps what is secret', async () => {
    const { accessKey, secretKey } = server.credentials
    const wrong = signed(
      wireOf('ShowAccount', { headers: { 'x-security-token': 'session-of-mine', cookie: 'koo-session-8099=abc' } }),
      { accessKey, secretKey: 'another' },
      clock.now(),
    )
    expect((await server.send(wrong)).status).toBe(401)
    const unsigned = wireOf('ShowAccount', { headers: { authorization: 'Bearer of-a-token' } })
    await server.send(unsigned)
    const right = signed(wireOf('ShowAccount', {}), server.credentials, clock.now())
    await server.send(right)
    await server.send(right)
    await server.send(signed(wireOf('ShowAccount', {}), server.credentials, clock.now() - 3_600_000))
    await server.send(signed(wireOf('ShowAccount', {}), { accessKey: 'KOONOBODY', secretKey }, clock.now()))
    const body = signed(wireOf('CreateUpload', { bytes: Buffer.from('one') }), server.credentials, clock.now())
    await server.send({ ...body, body: Buffer.from('two') })
    await server.send({ method: 'GET', url: '/v1/nothing', headers: { authorization: 'Bearer of-a-token' } })
    await server.send({ method: 'GET', url: '/v1/nothing/unsigned', headers: {} })

    const list = (await get('/console/requests')).payload
    const badges = [...list.matchAll(/<span class="badge (?:good|bad|plain)">([^<]+)/g)].map(([, text]) => text)
    expect(badges).toEqual([
      ...['Not looked at', 'Other body', 'Unknown key', 'Clock off', 'Replayed', 'Verified', 'Malformed'],
      'Wrong signature',
    ])
    const failed = (await get('/console/requests?show=failed')).payload
    expect(failed).not.toContain('>Verified<')
    const ids = [...list.matchAll(/\/console\/requests\/([0-9a-f]{32})/g)].map(([, id]) => id)
    const pages = await Promise.all(ids.map(async (id) => (await get(`/console/requests/${id}`)).payload))
    for (const page of pages) {
      for (const secret of [secretKey, 'session-of-mine', 'of-a-token', 'koo-session-8099=abc']) {
        expect(page).not.toContain(secret)
      }
      expect(page).not.toMatch(/Signature=[0-9a-f]/)
    }
    expect(pages.at(-1)).toContain('Canonical request')
    expect(pages.at(-1)).toContain('x-security-token:••••••')
    expect(pages.at(-1)).toContain('/v1/account/')
  })

  test('the secret key is shown nowhere, not even where it was sent as the access key', async () => {
    const { accessKey, secretKey } = server.credentials
    const swapped = { accessKey: secretKey, secretKey: accessKey }
    const refused = await server.send(signed(wireOf('ShowAccount', {}), swapped, clock.now()))
    expect(refused.body.error_msg).toContain('this is the secret key: the two are swapped')
    const foreign = { accessKey: 'SOMEBODYELSESSECRET', secretKey }
    await server.send(signed(wireOf('ShowAccount', { headers: { 'x-note': secretKey } }), foreign, clock.now()))
    await server.send({ method: 'GET', url: `/v1/account?note=${secretKey}`, headers: {} })
    const list = (await get('/console/requests')).payload
    const ids = [...list.matchAll(/\/console\/requests\/([0-9a-f]{32})/g)].map(([, id]) => id)
    expect(ids).toHaveLength(3)
    const pages = await Promise.all(ids.map(async (id) => (await get(`/console/requests/${id}`)).payload))
    for (const page of [list, ...pages]) {
      expect(page).not.toContain(secretKey)
      expect(page).not.toContain(foreign.accessKey)
    }
    expect(pages[2]).toContain('this is the secret key: the two are swapped')
    expect([pages[1], list].map((page) => page?.includes('SOME…'))).toEqual([true, true])
    await server.send(signed(wireOf('ShowAccount', {}), server.credentials, clock.now()))
    expect((await get('/console/requests')).payload).toContain(accessKey)
  })

  test('secret parameters of addresses are masked, also in the log and in what had to be signed', async () => {
    await app.close()
    const log = join(folder.path, 'requests.ndjson')
    await open({ log })
    const url = '/v1/products?keys=harbor&limit=3&X-Amz-Signature=hidden1&access%5Ftoken=hidden2&secret=hidden3'
    const wire = { method: 'GET', url, headers: { referer: 'http://x.example/?password=hidden4' } } as const
    await server.send(signed(wire, { ...server.credentials, secretKey: 'another' }, clock.now()))
    const list = (await get('/console/requests')).payload
    const [id] = [...list.matchAll(/\/console\/requests\/([0-9a-f]{32})/g)].map(([, found]) => found)
    const page = (await get(`/console/requests/${id}`)).payload
    for (const text of [list, page, await readFile(log, 'utf8')]) {
      expect(text).not.toMatch(/hidden\d/)
      expect(text).toMatch(/keys=harbor&(amp;)?limit=3&(amp;)?X-Amz-Signature=••••••&(amp;)?access%5Ftoken=••••••/)
    }
    expect(page).toContain('Canonical request')
  })

  test('a browser that is lost gets a page, and a client of the API its JSON', async () => {
    const accept = 'text/html,application/xhtml+xml;q=0.9'
    for (const url of ['/nope', '/nope/at/all', '/products/%ff', '/console/%', '/%', '//', '/login/x']) {
      const { statusCode, headers, payload } = await get(url, { accept })
      expect([url, statusCode, headers['content-type']]).toEqual([url, 404, 'text/html; charset=utf-8'])
      expect(payload).toContain('To the storefront')
    }
    for (const url of ['/v1/nope', '/v1/products/%ff', '/v2', '/ims/%', '/api/nope']) {
      const [asBrowser, asClient] = [await get(url, { accept }), await get(url)]
      expect([url, asBrowser.statusCode]).toEqual([url, asClient.statusCode])
      const bare = ({ payload }: Response) => ({ ...JSON.parse(payload), request_id: '' })
      expect(bare(asBrowser)).toEqual(bare(asClient))
    }
    expect((await app.inject({ method: 'POST', url: '/nope', headers: { host, accept } })).headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
    })
  })

  test.each([
    ['/console/', '/console'],
    ['/console/products/?state=draft', '/console/products?state=draft'],
    ['/products/', '/products'],
    ['/products', '/'],
  ])('%s leads on', async (url, location) => {
    const { statusCode, headers } = await get(url)
    expect([statusCode, headers.location]).toEqual([303, location])
  })

  test('a complaint that is too long is kept and not sent to the seller', async () => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const typed = { ...own.hidden(await own.ask(address)), decision: 'reject', 'complaint:': '长'.repeat(4001) }
    const long = await own.post(`${address}/review`, typed)
    expect([long.statusCode, long.payload.includes(typed['complaint:'])]).toEqual([422, true])
    expect(long.payload).toContain('at most 4,000 characters')
    const fitting = { ...typed, 'complaint:': '长'.repeat(4000) }
    expect((await own.post(`${address}/review`, fitting)).statusCode).toBe(303)
  })

  test('a form has room for a complaint at every field in a script of long bytes', async () => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const page = await own.ask(address)
    const names = [...page.payload.matchAll(/name="(complaint:[^"]*)"/g)].map(([, name = '']) => name)
    const complaints = Object.fromEntries(names.map((name) => [name, '长'.repeat(4000)]))
    const sent = await own.post(`${address}/review`, { ...own.hidden(page), ...complaints, decision: 'reject' })
    expect([sent.statusCode, names.length > 15]).toEqual([303, true])
  })

  test.each(['approve', 'reject'])('%s sent twice is told as done', async (decision) => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const complaint = decision === 'reject' ? { 'complaint:/product/name': 'Not the name.' } : undefined
    const fields = { ...own.hidden(await own.ask(address)), ...complaint, decision }
    const first = await own.post(`${address}/review`, fields)
    const second = await own.post(`${address}/review`, fields)
    expect([second.statusCode, second.headers.location]).toEqual([303, first.headers.location])
    const other = { ...fields, decision: 'reject', 'complaint:/product/name': 'Another complaint.' }
    expect((await own.post(`${address}/review`, other)).statusCode).toBe(409)
  })

  test('a verdict that the API gave is not told as one of these pages', async () => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const own = browser()
    const fields = { ...own.hidden(await own.ask(address)), decision: 'approve' }
    await server.call('ReviewRelease', { params: { release_id: body.release_id }, json: { decision: 'approve' } })
    expect((await own.post(`${address}/review`, fields)).statusCode).toBe(409)
  })

  test('the last thousand requests are kept', async () => {
    for (let count = 0; count < 1003; count += 1) {
      await app.inject({ method: 'GET', url: `/v1/nothing/${count}`, headers: { host, authorization: 'Bearer x' } })
    }
    await get('/v1/nothing/unsigned')
    const first = (await get('/console/requests')).payload
    expect(first).toContain('All (1000)')
    expect(first).toContain('/v1/nothing/1002')
    const last = (await get('/console/requests?page=999')).payload
    expect(last).toContain('/v1/nothing/3"')
    expect(last).not.toContain('/v1/nothing/2"')
  })
})

describe('with a password', () => {
  const password = 'correct horse battery'
  beforeEach(() => open({ host: '0.0.0.0', pages: { password } }))

  const signedIn = async () => {
    const own = browser()
    const hidden = own.hidden(await own.ask('/console/products?state=draft'))
    const entered = await own.post('/login', { ...hidden, password })
    return { own, entered }
  }

  test('nothing is seen without it, whatever the host', async () => {
    await released(server)
    for (const url of ['/', '/console', '/products/database-care', '/console/requests', '/console/nothing/at/all']) {
      const { statusCode, payload } = await get(url, { host: 'sandbox.example' })
      expect([url, [401, 404].includes(statusCode)]).toEqual([url, true])
      expect(payload).not.toContain('Database Care')
      expect(payload).not.toContain('href="/console"')
    }
    expect((await server.call('ListProducts')).status).toBe(200)
  })

  test('it opens a session, which ends', async () => {
    const { own, entered } = await signedIn()
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/console/products?state=draft'])
    const [session] = entered.cookies
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', name: 'koo-session-8099' })
    expect((await own.ask('/console')).statusCode).toBe(200)
    const left = await own.post('/logout', own.hidden(await own.ask('/console')))
    expect(left.headers.location).toBe('/login')
    expect((await own.ask('/console')).statusCode).toBe(401)
    const again = await get('/console', { cookie: `${session?.name}=${session?.value}` })
    expect(again.statusCode).toBe(401)
  })

  test('a form sent when the session is over comes back with all that was typed, and nothing decided', async () => {
    const { body } = await released(server)
    const address = `/console/releases/${body.release_id}`
    const { own } = await signedIn()
    const hidden = own.hidden(await own.ask(address))
    const typed = { 'complaint:/product/name': 'Not the "<registered>" name.', 'complaint:': 'One line\r\nand another' }
    clock.pass(13 * 3_600_000)
    const late = await own.post(`${address}/review`, { ...hidden, ...typed, decision: 'reject' })
    expect(late.statusCode).toBe(401)
    expect(own.hidden(late).next).toBe(address)
    const kept = { ...own.hidden(late), ...typed }
    for (const path of Object.keys(typed)) expect(late.payload).toContain(`type="hidden" name="${path}"`)
    const wrong = await own.post('/login', { ...kept, password: 'a wrong one' })
    const old = await own.post('/login', { ...kept, token: 'old', password })
    const entered = await own.post('/login', { ...kept, password })
    expect([wrong, old, entered].map(({ statusCode }) => statusCode)).toEqual([403, 403, 200])
    for (const { payload } of [wrong, old, entered]) expect(payload).toContain('&lt;registered>')
    expect(entered.payload).toContain('One line\nand another</textarea>')
    const shown = async () => (await server.call('ShowRelease', { params: { release_id: body.release_id } })).body
    expect((await shown()).state).toBe('in-review')
    const sent = await own.post(`${address}/review`, { ...own.hidden(entered), ...typed, decision: 'reject' })
    expect(sent.statusCode).toBe(303)
    expect(await shown()).toMatchObject({ state: 'rejected', complaints: [{}, {}] })
  })

  test('signing in never leads to an address that takes no GET', async () => {
    const own = browser()
    const hidden = own.hidden(await own.ask('/login'))
    for (const [next, place] of [
      ['/console/releases/none/review', '/console/releases/none'],
      ['/console/products/one/discontinue', '/console/products/one/discontinue'],
      ['/console/nothing/at/all', '/'],
    ] as const) {
      const entered = await own.post('/login', { ...hidden, next, 'complaint:': 'lost', password })
      expect([next, entered.headers.location]).toEqual([next, place])
      own.cookies.delete('koo-session-8099')
    }
  })

  test('a session nobody used for half a day is over', async () => {
    const { own } = await signedIn()
    clock.pass(11 * 3_600_000)
    expect((await own.ask('/console')).statusCode).toBe(200)
    clock.pass(13 * 3_600_000)
    expect((await own.ask('/console')).statusCode).toBe(401)
  })

  test('another site can neither sign anybody in nor be led to', async () => {
    const own = browser()
    const hidden = own.hidden(await own.ask('/login'))
    expect((await own.post('/login', { ...hidden, password, token: '' })).statusCode).toBe(403)
    const origin = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await own.post('/login', { ...hidden, password }, origin)).statusCode).toBe(403)
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/console//evil',
      'javascript:1',
    ]) {
      const entered = await own.post('/login', { ...hidden, next, password })
      expect([next, entered.headers.location]).toEqual([next, '/'])
      own.cookies.delete('koo-session-8099')
    }
  })

  test('guessing comes to an end', async () => {
    const own = browser()
    const hidden = own.hidden(await own.ask('/login'))
    const guesses = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((guess) => own.post('/login', { ...hidden, password: `guess ${guess}` })),
    )
    expect(guesses.map(({ statusCode }) => statusCode).sort()).toEqual([403, 403, 403, 403, 403, 429, 429])
    const right = await own.post('/login', { ...hidden, password })
    expect([right.statusCode, right.headers['retry-after']]).toEqual([429, '60'])
    clock.pass(61_000)
    expect((await own.post('/login', { ...hidden, password })).statusCode).toBe(303)
  })

  test('one is made and kept where none is given', async () => {
    expect(made).toBeUndefined()
    await app.close()
    await open({ host: '0.0.0.0' })
    const first = made
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    await app.close()
    await open({ host: '0.0.0.0' })
    expect(made).toBe(first)
    const own = browser()
    const entered = await own.post('/login', { ...own.hidden(await own.ask('/login')), password: first ?? '' })
    expect(entered.statusCode).toBe(303)
  })
})

test('a sandbox without pages has none', async () => {
  const base = { review: 'manual', reviewDelay: 0, randomness, data: folder.path, clock } as const
  app = (await openSandbox(base)).app
  const { statusCode, headers } = await get('/')
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/json; charset=utf-8'])
})
