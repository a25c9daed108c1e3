/** KooGallery's open API for sellers' servers: the order query, and the usage push with its signature. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { lineOf, mockOrders } from '../../src/model/access/mock-orders.ts'
import { hmac, usageSign } from '../../src/signing/production.ts'
import { type Asked, dataFolder, FakeClock, type Server, serve, transports } from './harness.ts'
import { key, type Market, onSale, openMarket } from './production.ts'

describe.each(transports)('orders, %s', (transport) => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let server: Server
  beforeEach(async () => {
    folder = await dataFolder()
    server = await serve(transport, { data: folder.path, clock: new FakeClock() })
  })
  afterEach(async () => {
    await server.close()
    await folder.remove()
  })

  test('the mock orders of the documentation', async () => {
    for (const [orderId, { orderType, chargingMode }] of Object.entries(mockOrders)) {
      for (const query of [{ orderId }, { orderId, orderLineId: lineOf(orderId) }]) {
        const { status, body } = await server.call('ShowOrder', { query })
        expect({ orderId, status, code: body.resultCode }).toEqual({ orderId, status: 200, code: 'MKT.0000' })
        expect(body.orderInfo).toMatchObject({ orderId, orderType, orderLine: [{ chargingMode }] })
      }
    }
    const { body } = await server.call('ShowOrder', { query: { orderId: 'MOCKPERIODYEARNEW-0A1B2C3D4E5F' } })
    expect(body.orderInfo.orderLine).toMatchObject([
      { orderLineId: 'MOCKPERIODYEARNEW-0A1B2C3D4E5F-000001', expireTime: '20271122093000', periodType: 'year' },
    ])
  })

  test('no such order or line, and what follows no contract, in the form of this call', async () => {
    const queries: readonly NonNullable<Asked['query']>[] = [
      { orderId: 'CS1' },
      { orderId: 'MOCKPERIODYEARNEW', orderLineId: 'MOCKPERIODYEARNEW-000002' },
      { orderId: 'constructor' },
      { orderId: 'x'.repeat(65) },
      {},
    ]
    for (const query of queries) {
      const { status, body } = await server.call('ShowOrder', { query })
      expect({ query, status, body }).toEqual({
        query,
        status: 400,
        body: { resultCode: 'MKT.0101', resultMsg: expect.any(String) },
      })
    }
  })

  test('without a key nothing can be pushed', async () => {
    const { status, body } = await server.call('PushUsage', pushed([recordOf('x')]))
    expect([status, body.error_code]).toEqual([400, 'MKT.0101'])
  })
})

const recordOf = (instance_id: string, more: object = {}) => ({
  instance_id,
  record_time: '20261122T093000Z',
  begin_time: '20261122T080000Z',
  end_time: '20261122T090000Z',
  usage_value: 12.5,
  ...more,
})

let drawn = 0
const pushed = (usage_records: readonly object[], headers: Readonly<Record<string, string>> = {}): Asked => {
  const json = { usage_records }
  const ts = headers.ts ?? String(Date.now())
  const nonce = headers.nonce ?? `nonce-${++drawn}`
  return { json, headers: { ts, nonce, signature: usageSign(key, { body: json, nonce, timestamp: ts }), ...headers } }
}

describe('usage', () => {
  let market: Market
  let id: string
  beforeEach(async () => {
    market = await openMarket()
    await onSale(market.server)
    await market.browser().buy(2)
    id = market.bodies()[0]?.businessId ?? ''
  })
  afterEach(() => market.close())
  const push = async (asked: Asked) => {
    const { status, body } = await market.server.call('PushUsage', asked)
    return { status, ...body }
  }
  const kept = async () => (await market.browser().get('/console/usage')).text.split(id).length - 1

  test('is kept and shown', async () => {
    expect(await push(pushed([recordOf(id), recordOf(id, { usage_value: 0 })]))).toEqual({
      status: 200,
      error_code: 'MKT.0000',
      error_msg: 'Success',
    })
    expect(await kept()).toBe(2)
    expect((await market.browser().get('/console/instances/1')).text).toContain('12.5')
  })

  test('takes a thousand records and no more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => recordOf(id))
    expect(await push(pushed(many(1000)))).toMatchObject({ status: 200 })
    expect(await push(pushed(many(1001)))).toMatchObject({ status: 400, error_code: 'MKT.0101' })
    expect(await push(pushed([]))).toMatchObject({ status: 400, error_code: 'MKT.0101' })
  })

  test('is signed over the bytes as they are sent', async () => {
    const ts = String(Date.now())
    const text = `{"usage_records":[${JSON.stringify(recordOf(id)).replace('12.5', '12.50')}]}`
    const signature = hmac(key, `ts=${ts}&nonce=n&body=${text}`, 'base64')
    const asked = { bytes: Buffer.from(text), headers: { ts, nonce: 'n', signature } }
    expect(await push(asked)).toMatchObject({ status: 200 })
  })

  test('is refused with a wrong signature, an old time or a nonce that was used', async () => {
    const refusal = { status: 400, error_code: 'MKT.0102', error_msg: expect.any(String) }
    expect(await push(pushed([recordOf(id)], { signature: hmac('x', 'x', 'base64') }))).toEqual(refusal)
    for (const off of [-61_000, 61_000]) {
      expect(await push(pushed([recordOf(id)], { ts: String(Date.now() + off) }))).toEqual(refusal)
    }
    const seconds = String(Math.floor(Date.now() / 1000))
    expect(await push(pushed([recordOf(id)], { ts: seconds }))).toEqual(refusal)
    const nonce = `again-${++drawn}`
    expect(await push(pushed([recordOf(id)], { nonce }))).toMatchObject({ status: 200 })
    expect(await push(pushed([recordOf(id)], { nonce }))).toEqual(refusal)
    expect(await kept()).toBe(1)
  })

  test('of an unknown instance is told record by record, and nothing is kept', async () => {
    const answer = await push(
      pushed([recordOf(id), recordOf('nobody'), recordOf(id, { end_time: '20261122T070000Z' })]),
    )
    expect(answer).toEqual({
      status: 400,
      error_code: 'MKT.9001',
      error_msg: 'There is no instance nobody.',
      abnormal_records: [
        { index: 1, instance_id: 'nobody', error_code: 'MKT.9001', error_msg: 'There is no instance nobody.' },
        { index: 2, instance_id: id, error_code: 'MKT.0101', error_msg: 'end_time is before begin_time.' },
      ],
    })
    expect(await kept()).toBe(0)
  })

  test('that follows no contract is refused in the form of this call', async () => {
    const wrong = [
      pushed([recordOf(id, { usage_value: 'much' })]),
      pushed([recordOf(id, { begin_time: '2026-11-22' })]),
      { json: {}, headers: { ts: '1', nonce: 'n', signature: 's' } },
      { json: { usage_records: [recordOf(id)] }, headers: { ts: '1' } },
      { bytes: Buffer.from('no json'), headers: { ts: '1', nonce: 'n', signature: 's' } },
    ]
    for (const asked of wrong) expect(await push(asked)).toMatchObject({ status: 400, error_code: 'MKT.0101' })
  })
})
