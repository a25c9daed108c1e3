/** Who may speak to the marketplace: the signature, its time, its body, and that it is used once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type Asked,
  dataFolder,
  FakeClock,
  holdToContract,
  type Reply,
  type Server,
  serve,
  signed,
  transports,
  type Wire,
  wireOf,
} from './harness.ts'

const minute = 60_000
const upload: Asked = { json: { name: 'logo.png', bytes: 3, sha256: 'a'.repeat(64) } }

describe.each(transports)('%s', (transport) => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let server: Server
  const clock = new FakeClock()

  beforeAll(async () => {
    folder = await dataFolder()
    server = await serve(transport, { data: folder.path, clock })
  })
  afterAll(async () => {
    await server.close()
    await folder.remove()
  })
  const account = (asked: Asked = {}) => wireOf('ShowAccount', asked)
  const sign = (wire: Wire, at = clock.now()) => signed(wire, server.credentials, at)

  function expectRefused(reply: Reply, why: RegExp): void {
    holdToContract('ShowAccount', reply)
    expect(reply.status).toBe(401)
    expect(reply.body).toMatchObject({ error_code: 'APIGW.0301', request_id: reply.headers['x-request-id'] })
    expect(reply.body.error_msg).toMatch(/^Incorrect IAM authentication information: /)
    expect(reply.body.error_msg).toMatch(why)
    expect(JSON.stringify(reply)).not.toContain(server.credentials.secretKey)
  }

  test('the account', async () => {
    expect(await server.call('ShowAccount')).toMatchObject({ status: 200, body: { name: 'sandbox' } })
  })

  test('no signature', async () => {
    expectRefused(await server.send(account()), /Authorization header is missing/)
    const headers = { ...account().headers, authorization: 'Bearer token' }
    expectRefused(await server.send({ ...account(), headers }), /not of the form/)
  })

  test('a wrong secret key', async () => {
    const wrong = { ...server.credentials, secretKey: 'f'.repeat(40) }
    expectRefused(await server.send(signed(account(), wrong, clock.now())), /verify aksk signature fail/)
  })

  test('an unknown access key', async () => {
    const unknown = { ...server.credentials, accessKey: 'SOMEBODYELSE' }
    expectRefused(await server.send(signed(account(), unknown, clock.now())), /access key is unknown/)
  })

  test.each([-16, 16])('%d minutes off', async (minutes) => {
    expectRefused(await server.send(sign(account(), clock.now() + minutes * minute)), /15 minutes/)
  })

  test.each([-15, 15])('%d minutes off is near enough', async (minutes) => {
    expect((await server.send(sign(account(), clock.now() + minutes * minute))).status).toBe(200)
  })

  test('the same signed request twice, however late', async () => {
    const wire = sign(account(), clock.now() + 15 * minute)
    expect((await server.send(wire)).status).toBe(200)
    expectRefused(await server.send(wire), /received before/)
    clock.pass(29 * minute)
    await server.call('ShowAccount')
    expectRefused(await server.send(wire), /received before/)
    clock.pass(2 * minute)
    expectRefused(await server.send(wire), /15 minutes/)
  })

  test('a request another party refused is as used as any other', async () => {
    const wire = sign(wireOf('ShowProduct', { params: { product_id: 'none' } }))
    expect((await server.send(wire)).status).toBe(404)
    expectRefused(await server.send(wire), /received before/)
  })

  test('the same request twice in a second, with an id of its own each', async () => {
    expect((await server.call('ShowAccount')).status).toBe(200)
    expect((await server.call('ShowAccount')).status).toBe(200)
  })

  test('a changed body', async () => {
    const wire = sign(wireOf('CreateUpload', upload))
    const body = Buffer.from(String(wire.body).replace('logo', 'l0go'))
    expectRefused(await server.send({ ...wire, body }), /verify aksk signature fail/)
  })

  test('a body that is not the one whose hash was signed', async () => {
    const asked = { ...upload, headers: { 'x-sdk-content-sha256': 'b'.repeat(64) } }
    expectRefused(await server.send(sign(wireOf('CreateUpload', asked))), /body is not the one/)
  })

  test('a body left out of the signature', async () => {
    const asked = { ...upload, headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' } }
    expect((await server.call('CreateUpload', asked)).status).toBe(201)
  })

  test('a changed query, path or header', async () => {
    const list = sign(wireOf('ListProducts', { query: { limit: 10 } }))
    expectRefused(await server.send({ ...list, url: '/v1/products?limit=20' }), /verify aksk signature fail/)
    expectRefused(await server.send({ ...list, url: '/v1/account' }), /verify aksk signature fail/)
    const headers = { ...list.headers, host: 'elsewhere.test' }
    expectRefused(await server.send({ ...list, headers }), /verify aksk signature fail/)
  })

  test('a signed header that is missing', async () => {
    const { 'client-request-id': _, ...headers } = sign(account()).headers
    expectRefused(await server.send({ ...account(), headers }), /signed header client-request-id is missing/)
  })

  test('a date that is missing, not signed, or no date', async () => {
    const wire = sign(account())
    const authorization = String(wire.headers.authorization).replace(';x-sdk-date', '')
    expectRefused(await server.send({ ...wire, headers: { ...wire.headers, authorization } }), /not signed/)
    const { 'x-sdk-date': _, ...headers } = wire.headers
    expectRefused(await server.send({ ...wire, headers }), /x-sdk-date is missing/)
    const today = { ...wire.headers, 'x-sdk-date': 'today' }
    expectRefused(await server.send({ ...wire, headers: today }), /15 minutes/)
  })

  test('host need not be signed', async () => {
    const { host: _, ...headers } = account().headers
    expect((await server.send(sign({ ...account(), headers }))).status).toBe(200)
  })

  test('a query of every kind of character', async () => {
    const query = { id: 'ä b+c&d=e/f?g%h~*', name: '镜像 😀' }
    expect(await server.call('ListImages', { params: { region: 'ap-southeast-3' }, query })).toMatchObject({
      status: 200,
    })
  })
})
