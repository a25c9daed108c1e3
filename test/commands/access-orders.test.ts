/** `koo access order` and `koo access usage` against a real server that checks signatures. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import 'undici'
import { mockOrders } from '../../src/model/access/mock-orders.ts'
import { runKoo } from './in-process.ts'
import { accessKey, interconnectionKey, type OpenApi, openApi, type Reply, secretKey } from './open-api.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-orders-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let api: OpenApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const credentials = { HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey }

/** Neither of the two keys is ever seen. */
async function koo(environment: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const run = await runKoo(
    { folder, environment: { KOO_DATA: join(folder, 'data'), ...environment } },
    'access',
    ...argv,
  )
  for (const secret of [secretKey, interconnectionKey]) expect(run.stdout + run.stderr).not.toContain(secret)
  return run
}

/** Against a server that replies so. */
async function against(reply: (number: number) => Reply, ...argv: readonly string[]) {
  await api?.close()
  api = await openApi((_, number) => reply(number))
  const environment = { ...credentials, KOO_OPEN_API: api.url, KOO_INTERCONNECTION_KEY: interconnectionKey }
  const run = await koo(environment, ...argv, '--debug')
  return { ...run, asked: api.asked }
}

describe('order', () => {
  const orderInfo = {
    orderId: 'CS1',
    orderType: 'RENEW',
    createTime: '20261125080000',
    orderLine: [
      {
        orderLineId: 'CS1-000001',
        chargingMode: 'PERIOD',
        periodType: 'year',
        periodNumber: 2,
        expireTime: '20281125080000123',
        productInfo: [{ productId: 'p-1', productName: 'Harbor\u001b[31m', skuCode: 'sku-1', more: 1 }],
      },
    ],
    buyerInfo: { customerName: 'Acme', email: 'a@example.com', mobilePhone: '' },
    extendParams: [{ name: 'x', value: 'y' }],
  }
  const ok = { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo }

  test('is asked for by a signed GET, and shown', async () => {
    const { code, stdout, asked } = await against(() => [200, ok], 'order', 'CS1', '--line', 'CS1-000001')
    expect(code).toBe(0)
    expect(asked).toMatchObject([
      {
        ...{ method: 'GET', path: '/api/mkp-openapi-public/global/v1/order/query', isSigned: true, body: '' },
        query: { orderId: 'CS1', orderLineId: 'CS1-000001' },
      },
    ])
    expect(stdout).toBe(
      [
        'CS1: a renewal (RENEW)',
        '  created  2026-11-25 08:00:00 UTC',
        '',
        'CS1-000001',
        '  paid     by period (PERIOD)',
        '  period   2 years',
        '  expires  2028-11-25 08:00:00 UTC',
        '  product  Harbor [31m (p-1, sku-1)',
        '',
        'Buyer',
        '  customerName  Acme',
        '  email         a@example.com',
        '',
      ].join('\n'),
    )
  })

  test('as JSON, what koo understands and the answer as it came', async () => {
    const { stdout, asked } = await against(() => [200, ok], 'order', 'CS1', '--json')
    expect(asked[0]?.query).toEqual({ orderId: 'CS1' })
    expect(JSON.parse(stdout)).toMatchObject({
      order: {
        order_type: 'RENEW',
        created_at: '2026-11-25T08:00:00.000Z',
        lines: [{ line_id: 'CS1-000001', period: { type: 'year', number: 2 }, expires_at: '2028-11-25T08:00:00.000Z' }],
        buyer: { customerName: 'Acme', email: 'a@example.com' },
      },
      raw: ok,
    })
  })

  test.each(['CBC.0000', '92020000'])('%s is success, too, and what is not there is left out', async (resultCode) => {
    const bare = { resultCode, orderInfo: { orderType: 'SOMETHING', orderLine: [null, {}], buyerInfo: null } }
    const { code, stdout } = await against(() => [200, bare], 'order', 'CS1')
    expect([code, stdout]).toEqual([0, 'CS1: SOMETHING\n\nA line\n'])
  })

  test.each([
    [200, 'MKT.0101', 1, 'knows no order CS1'],
    [400, 'MKT.0101', 1, 'knows no order CS1'],
    [400, 'CBC.0100', 1, 'knows no order CS1'],
    [200, 'MKT.0150', 3, 'does not allow this'],
    [400, 'MKT.0151', 3, 'does not allow this'],
    [403, 'CBC.0150', 3, 'does not allow this'],
    [401, 'MKT.0151', 3, 'refuses the credentials'],
    [200, 'MKT.0250', 5, 'for their rate'],
    [200, 'MKT.0999', 5, 'as its documentation says'],
    [404, 'APIGW.0101', 5, 'KOO_OPEN_API'],
  ])('HTTP %d with %s exits %d', async (status, resultCode, exit, said) => {
    const { code, stdout, stderr, asked } = await against(
      () => [status, { resultCode, resultMsg: 'No.' }],
      ...['order', 'CS1'],
    )
    expect([code, asked.length]).toEqual([exit, 1])
    expect(stdout + stderr).toContain(said)
    expect(stdout + stderr).toContain(resultCode)
  })

  test('an order that is not there has a code in JSON', async () => {
    const { stdout } = await against(
      () => [400, { resultCode: 'MKT.0101', resultMsg: 'No.' }],
      'order',
      'CS1',
      '--json',
    )
    expect(JSON.parse(stdout)).toMatchObject({ order_id: 'CS1', order: null, code: 'MKT.0101', message: 'No.' })
  })

  test('too often (406, MKT.0250) is repeated', async () => {
    const often = { resultCode: 'MKT.0250', resultMsg: 'Too often.' }
    const { code, asked } = await against((number) => (number === 0 ? [406, often] : [200, ok]), 'order', 'CS1')
    expect([code, asked.length]).toEqual([0, 2])
  })

  test('the address of the marketplace serves where no open API is named', async () => {
    api = await openApi(() => [200, ok])
    const { code } = await koo({ ...credentials, KOO_MARKETPLACE: api.url }, 'order', 'CS1')
    expect([code, api.asked.length]).toEqual([0, 1])
  })

  test('without credentials nothing is asked', async () => {
    api = await openApi(() => [200, ok])
    expect(await koo({ KOO_OPEN_API: api.url }, 'order', 'CS1')).toMatchObject({ code: 3 })
    expect(await koo({ KOO_IMS_ENDPOINT: api.url }, 'order', 'CS1')).toMatchObject({ code: 5 })
    expect(api.asked).toEqual([])
  })

  test('--mock lists every mock order', async () => {
    const { code, stdout } = await koo({}, 'order', '--mock')
    expect(code).toBe(0)
    for (const [id, { about }] of Object.entries(mockOrders)) {
      expect(stdout).toMatch(new RegExp(`^${id} .*${about}$`, 'm'))
    }
    const { orders } = JSON.parse((await koo({}, 'order', '--mock', '--json')).stdout)
    expect(orders).toHaveLength(Object.keys(mockOrders).length)
  })

  test.each([[[]], [['CS1', '--mock']], [['x'.repeat(65)]], [['CS1', '--line', ' ']]])(
    '%j is wrong usage',
    async (argv) => {
      expect(await koo({}, 'order', ...argv)).toMatchObject({ code: 2, stdout: '' })
    },
  )
})

describe('usage', () => {
  const record = (index: number) => ({
    usage_value: 1.5,
    instance_id: `i-${index}`,
    record_time: '20261125T090000Z',
    begin_time: '20261125T080000Z',
    end_time: '20261125T090000Z',
  })
  const ok = [200, { error_code: 'MKT.0000', error_msg: 'Success' }] as const

  async function file(count: number, name = 'usage.json'): Promise<string> {
    await writeFile(join(folder, name), JSON.stringify(Array.from({ length: count }, (_, index) => record(index))))
    return name
  }

  test('is pushed in requests of a thousand, signed twice, each with a nonce of its own', async () => {
    const { code, stdout, asked } = await against(() => ok, 'usage', await file(2500))
    expect(code).toBe(0)
    expect(asked).toHaveLength(3)
    for (const each of asked) {
      expect(each).toMatchObject({ method: 'POST', path: '/api/mkp-openapi-public/global/v1/isv/usage-data' })
      expect([each.isSigned, each.isUsageSigned]).toEqual([true, true])
      expect(each.headers).toMatchObject({
        ts: expect.stringMatching(/^\d{13}$/),
        nonce: expect.stringMatching(/^\w{64}$/),
      })
    }
    expect(new Set(asked.map(({ headers }) => headers.nonce)).size).toBe(3)
    const sent = asked.flatMap(({ body }) => JSON.parse(body).usage_records)
    expect(sent).toEqual(Array.from({ length: 2500 }, (_, index) => record(index)))
    expect(stdout).toContain('records 2000 to 2499: KooGallery has taken it')
  })

  test('problems are told and nothing is sent', async () => {
    await writeFile(join(folder, 'bad.json'), JSON.stringify([record(0), { ...record(1), usage_value: '1' }]))
    const { code, stdout, asked } = await against(() => ok, 'usage', 'bad.json')
    expect([code, asked]).toEqual([1, []])
    expect(stdout).toContain('record 1, usage_value: is a text')
    const { stdout: json } = await against(() => ok, 'usage', 'bad.json', '--json')
    expect(JSON.parse(json)).toMatchObject({ problems: [{ index: 1, field: 'usage_value' }], requests: [] })
  })

  test('--dry-run needs no key, sends nothing and shows what would be sent', async () => {
    const { code, stdout } = await koo(
      { KOO_OPEN_API: 'https://api.example' },
      'usage',
      await file(1001),
      '--dry-run',
      '--json',
    )
    const shown = JSON.parse(stdout)
    expect([code, shown.open_api, shown.dry_run]).toEqual([0, 'https://api.example', true])
    expect(shown.requests.map((each: { first: number; count: number }) => [each.first, each.count])).toEqual([
      [0, 1000],
      [1000, 1],
    ])
    expect(shown.requests[1].body).toEqual({ usage_records: [record(1000)] })
    expect((await koo({}, 'usage', await file(2), '--dry-run')).stdout).toContain('1 request would be sent to sandbox')
  })

  test('abnormal records are told by their place in the file', async () => {
    const abnormal_records = [
      { index: 0, instance_id: 'i-1000', error_code: 'MKT.9001', error_msg: 'No such instance.' },
      { instance_id: 'i-1001' },
      'odd',
    ]
    const refused = [400, { error_code: 'MKT.9001', error_msg: 'Abnormal.', abnormal_records }] as const
    const run = await against((number) => (number === 0 ? ok : refused), 'usage', await file(1002), '--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout).requests).toMatchObject([
      { outcome: 'accepted' },
      {
        ...{ outcome: 'refused', code: 'MKT.9001' },
        abnormal: [{ index: 1000, code: 'MKT.9001' }, { index: 1001, instance_id: 'i-1001' }, { raw: 'odd' }],
      },
    ])
    const { stdout } = await against((number) => (number === 0 ? ok : refused), 'usage', await file(1002))
    expect(stdout).toContain('record 1000, i-1000: No such instance. (MKT.9001)')
  })

  test.each<readonly [string, Reply]>([
    ['the connection breaks', (response) => response.destroy()],
    ['the server fails', [500, { error_code: 'MKT.0999', error_msg: 'Failed.' }]],
    ['the answer is no JSON', [200, '<html>']],
    ['the answer has no code', [200, {}]],
  ])('where %s, the outcome is unknown: nothing is repeated, nothing more is sent', async (_, reply) => {
    const { code, stdout, asked } = await against((number) => (number === 1 ? reply : ok), 'usage', await file(3000))
    expect([code, asked.length]).toEqual([5, 2])
    expect(stdout).toContain('? records 1000 to 1999: it was sent, and nobody knows whether KooGallery has taken it.')
    expect(stdout).toContain('it may count twice')
    expect(stdout).toContain('What is left: koo access usage usage.json --from 2000')
  })

  test('--from takes up what is left', async () => {
    const { code, asked } = await against(() => ok, 'usage', await file(3000), '--from', '2000')
    expect([code, asked.length]).toEqual([0, 1])
    expect(JSON.parse(asked[0]?.body ?? '').usage_records[0].instance_id).toBe('i-2000')
  })

  test('what certainly was not taken and can be repeated, is', async () => {
    const often = [406, { error_code: 'MKT.0250', error_msg: 'Too often.' }] as const
    const { code, asked } = await against((number) => (number === 0 ? often : ok), 'usage', await file(1))
    expect([code, asked.length]).toEqual([0, 2])
  })

  test('refused credentials end the run: at once, or with what was taken before', async () => {
    const refused = [403, { error_code: 'MKT.0150', error_msg: 'No.' }] as const
    expect(await against(() => refused, 'usage', await file(2000))).toMatchObject({
      code: 3,
      stdout: '',
      asked: { length: 1 },
    })
    const later = await against((number) => (number === 0 ? ok : refused), 'usage', await file(3000))
    expect([later.code, later.asked.length]).toEqual([3, 2])
    expect(later.stdout).toContain('What is left: koo access usage usage.json --from 1000')
  })

  test('without a key nothing is sent, and the exit code is 3', async () => {
    api = await openApi(() => ok)
    const run = await koo({ ...credentials, KOO_OPEN_API: api.url }, 'usage', await file(1))
    expect([run.code, api.asked]).toEqual([3, []])
    expect(run.stderr).toContain('The key of the production interface is not known')
  })

  test.each([['missing.json'], ['empty.json'], ['text.json']])('%s is wrong usage', async (name) => {
    await writeFile(join(folder, 'empty.json'), '[]')
    await writeFile(join(folder, 'text.json'), '[{"a":}]')
    expect(await koo({}, 'usage', name)).toMatchObject({ code: 2, stdout: '' })
  })
})
