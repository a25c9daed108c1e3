/** Faults: their file, which of them strike, and what a client sees of each. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readFaults } from '../../src/sandbox/fault-file.ts'
import { decisions, type Faults } from '../../src/sandbox/faults.ts'
import type { RequestLine } from '../../src/sandbox/request-log.ts'
import { dataFolder, FakeClock, type Server, serve, signed, wireOf } from './harness.ts'
import { approve, newRelease, released, uploaded } from './shop.ts'

const read = (yaml: string, file = 'faults.yaml') => readFaults(file, Buffer.from(yaml))

describe('the file', () => {
  test('what it leaves out is filled in', () => {
    expect(read('faults:\n  - { fault: latency, max: 200 }\n  - { fault: rate, requests: 50 }\n')).toEqual([
      { fault: 'latency', min: 0, max: 200 },
      { fault: 'rate', requests: 50, burst: 1, per: 'server', answer: 'throttled' },
    ])
    const json = '{ "faults": [{ "fault": "cut", "operations": "all", "every": 7 }, { "fault": "reviews" }] }'
    expect(read(json, 'faults.json')).toEqual([
      { fault: 'cut', where: 'start', every: 7 },
      { fault: 'reviews', min: 0, max: 0, rejected: 0 },
    ])
  })

  test.each([
    ['- { fault: latency, max: 1 }\n', '1:1: There is no list `faults` at its top.'],
    ['faults: []\nseed: 3\n', '2:1: There is no key `seed`; there are faults.'],
    ['faults:\n  - latency\n', '2:5: A fault is a mapping such as `{ fault: latency, max: 200 }`.'],
    ['faults:\n  - max: 1\n', '2:5: This needs `fault`, one of latency, rate,'],
    ['faults:\n  - fault: latancy\n', '2:12: There is no fault `latancy`; did you mean `latency`?'],
    ['faults:\n  - fault: latency\n', '2:5: This needs `max`.'],
    ['faults:\n  - fault: hang\n    probabilty: 1\n', '3:5: There is no key `probabilty`; did you mean `probability`?'],
    ['faults:\n  - fault: hang\n    probability: 2\n', '3:18: `probability` must be <= 1.'],
    ['faults:\n  - fault: hang\n    every: 0\n', '3:12: `every` must be >= 1.'],
    [
      'faults:\n  - fault: hang\n    operations:\n      - ShowAccount\n      - CreateRelase\n',
      '5:9: There is no `operations` of `CreateRelase`; did you mean `CreateRelease`?',
    ],
    ['faults:\n  - fault: cut\n    where: end\n', '3:12: There is no `where` of `end`; there are start, body.'],
    ['faults:\n  - { fault: hang, every: 2, first: 3 }\n', '2:5: Give one of `every` and `first`.'],
    ['faults:\n  - { fault: latency, min: 9, max: 3 }\n', '2:5: `min` is more than `max`.'],
    ['faults:\n  - { fault: stale }\n', '2:5: Give either `milliseconds` or `writes`.'],
    ['faults: [\n', '1:9: This bracket is not closed'],
  ])('%j', (yaml, message) => {
    expect(() => read(yaml)).toThrow(
      expect.objectContaining({
        code: 'bad-faults',
        exit: 'usage',
        message: expect.stringContaining(`faults.yaml:${message}`),
      }),
    )
  })

  test('the example of the README is one', async () => {
    const readme = await readFile(new URL('../../src/sandbox/README.md', import.meta.url), 'utf8')
    const [, example = ''] = /```yaml\n(faults:[\s\S]*?)```/.exec(readme) ?? []
    expect(read(example).length).toBeGreaterThan(5)
  })
})

describe('decisions', () => {
  const strikes = (yaml: string, seed: number, times = 12) => {
    const made = decisions(read(yaml), seed)
    return Array.from({ length: times }, () => made.request('ShowAccount', 0).length)
  }

  test('every, first and operations', () => {
    expect(strikes('faults: [{ fault: hang, every: 3 }]', 1, 7)).toEqual([0, 0, 1, 0, 0, 1, 0])
    expect(strikes('faults: [{ fault: hang, first: 2 }]', 1, 4)).toEqual([1, 1, 0, 0])
    expect(strikes('faults: [{ fault: hang }]', 1, 2)).toEqual([1, 1])
    expect(strikes('faults: [{ fault: hang, operations: [ShowUpload] }]', 1, 2)).toEqual([0, 0])
  })

  test('the same seed strikes the same requests, another one others, at any time', () => {
    const yaml = 'faults: [{ fault: hang, probability: 0.5 }, { fault: cut, probability: 0.5 }]'
    fc.assert(
      fc.property(
        fc.integer({ min: 0 }),
        fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 40 }),
        (seed, times) => {
          const [one, two] = [decisions(read(yaml), seed), decisions(read(yaml), seed)]
          for (const now of times) expect(one.request('ListProducts', now)).toEqual(two.request('ListProducts', 0))
        },
      ),
      { numRuns: 50 },
    )
    expect(strikes(yaml, 1, 40)).not.toEqual(strikes(yaml, 2, 40))
    expect(strikes(yaml, 1, 4000).filter((count) => count > 0).length / 4000).toBeCloseTo(0.75, 1)
  })

  test('a rate lets its burst through, and then its requests a second, for the server or each operation', () => {
    const rate = 'fault: rate, requests: 10, burst: 2'
    const shared = decisions(read(`faults: [{ ${rate} }]`), 0)
    const passed = (at: number, made = shared) => made.request('ShowAccount', at).length === 0
    expect([passed(0), passed(0), passed(0), passed(99), passed(100), passed(100)]).toEqual([
      ...[true, true, false, false, true, false],
    ])
    expect(shared.request('ListProducts', 100)).toMatchObject([{ wait: 100 }])
    const each = decisions(read(`faults: [{ ${rate}, per: operation }]`), 0)
    expect([passed(0, each), passed(0, each), passed(0, each)]).toEqual([true, true, false])
    expect(each.request('ListProducts', 0)).toEqual([])
  })

  test('reviews take their time, and some are rejected', () => {
    const made = decisions(read('faults: [{ fault: reviews, min: 10, max: 20, rejected: 0.5 }]'), 4)
    const reviews = Array.from({ length: 100 }, () => made.review(1000))
    expect(new Set(reviews.map((each) => each?.by))).toEqual(new Set(['approval', 'rejection']))
    for (const each of reviews) expect(each?.due).toBeGreaterThanOrEqual(1010)
    for (const each of reviews) expect(each?.due).toBeLessThanOrEqual(1020)
  })
})

describe('over HTTP', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let clock: FakeClock
  let server: Server

  beforeEach(async () => {
    folder = await dataFolder()
    clock = new FakeClock()
  })
  afterEach(async () => {
    await server.close()
    await folder.remove()
  })
  const open = async (faults: string, options: Partial<Parameters<typeof serve>[1]> = {}) => {
    const given: Faults = read(`faults:\n  - ${faults}\n`)
    server = await serve('over HTTP', { data: folder.path, clock, faults: given, log: log(), ...options })
  }
  const log = () => join(folder.path, 'requests.ndjson')
  const logged = async () =>
    (await readFile(log(), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RequestLine)
  /** Without holding the answer to the contract. */
  const ask = (...[id, asked = {}]: Parameters<Server['call']>) =>
    server.send(signed(wireOf(id, asked), server.credentials, clock.now()))
  const keys = async () => (await server.call('ListProducts')).body.products.map(({ key }) => key)
  const create = async () =>
    server.call('CreateRelease', {
      headers: { 'x-client-token': 'a-token-of-the-client' },
      json: await newRelease(server),
    })

  test('a failure before the effect, and one after it', async () => {
    await open('{ fault: fail-before, operations: [CreateRelease], first: 1, status: 503, retry-after: 2 }')
    const failed = await create()
    expect(failed).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: { error_code: 'KOO.01503001' } })
    expect(await keys()).toEqual([])
    await server.close()
    await open('{ fault: fail-after, operations: [CreateRelease], first: 1 }')
    expect(await create()).toMatchObject({ status: 500, body: { error_code: 'KOO.01500001' } })
    expect(await keys()).toEqual(['database-care'])
    expect((await create()).status).toBe(200)
  })

  test('a gateway’s own page', async () => {
    await open('{ fault: fail-before, status: 502 }')
    const { status, bytes } = await ask('ShowAccount')
    expect([status, bytes.toString()]).toEqual([502, expect.stringContaining('Bad Gateway')])
  })

  test('a lost reply: the effect is there, the answer is not', async () => {
    await open('{ fault: lose-reply, operations: [CreateRelease], first: 1 }')
    await expect(create()).rejects.toThrow()
    expect(await keys()).toEqual(['database-care'])
    expect((await create()).status).toBe(200)
    const of = (await logged()).filter(({ operation }) => operation === 'CreateRelease')
    expect(of).toMatchObject([
      { status: 0, faults: ['lose-reply'] },
      { status: 200, faults: [] },
    ])
  })

  test.each(['start', 'body'])('a connection cut at the %s: no effect', async (where) => {
    await open(`{ fault: cut, operations: [CreateRelease], first: 1, where: ${where} }`)
    await expect(create()).rejects.toThrow()
    expect(await keys()).toEqual([])
    expect((await create()).status).toBe(201)
  })

  test('an answer cut in the middle', async () => {
    await open('{ fault: truncate, operations: [CreateRelease], first: 1 }')
    await expect(create()).rejects.toThrow()
    expect(await keys()).toEqual(['database-care'])
  })

  test('a server that never answers, and closes all the same', async () => {
    await open('{ fault: hang, operations: [ShowAccount] }')
    const hung = ask('ShowAccount').then(
      () => 'answered',
      () => 'closed',
    )
    expect(await keys()).toEqual([])
    await server.close()
    expect(await hung).toBe('closed')
    await open('{ fault: hang, first: 1 }')
  })

  test.each([
    ['throttled', 429, 'APIGW.0308'],
    ['koogallery', 406, 'MKT.0250'],
    ['slow-down', 503, '<Code>SlowDown</Code>'],
  ])('too many requests, as %s', async (answer, status, said) => {
    await open(`{ fault: rate, requests: 10, burst: 2, answer: ${answer}, retry-after: 1 }`)
    for (const _ of ['one', 'two']) expect((await ask('ShowAccount')).status).toBe(200)
    const refused = await ask('ShowAccount')
    expect(refused).toMatchObject({ status, headers: { 'retry-after': '1' } })
    expect(refused.bytes.toString()).toContain(said)
    clock.pass(100)
    expect((await ask('ShowAccount')).status).toBe(200)
  })

  test('latency waits for the time drawn', async () => {
    const slept: number[] = []
    const sleepy = Object.assign(new FakeClock(), { sleep: async (time: number) => void slept.push(time) })
    await open('{ fault: latency, min: 20, max: 40 }', { clock: sleepy })
    for (let count = 0; count < 5; count++) await server.call('ShowAccount')
    expect(slept).toHaveLength(5)
    for (const time of slept) expect(time >= 20 && time <= 40).toBe(true)
  })

  test('stale reads show what was before some changes', async () => {
    await open('{ fault: stale, operations: [ListProducts, ShowRelease, ListReleases], writes: 1 }')
    const { body } = await released(server)
    const params = { release_id: body.release_id }
    expect(await keys()).toEqual([])
    expect((await server.call('ShowRelease', { params })).status).toBe(404)
    await approve(server, body.release_id)
    expect((await server.call('ShowRelease', { params })).body.state).toBe('in-review')
    expect(
      (await server.call('ListReleases', { query: { release_ids: body.release_id } })).body.releases,
    ).toMatchObject([{ state: 'in-review' }])
    expect((await server.call('ShowReleaseContent', { params })).status).toBe(200)
  })

  test('stale reads show what was some time ago', async () => {
    await open('{ fault: stale, milliseconds: 500 }')
    await released(server)
    clock.pass(499)
    expect(await keys()).toEqual([])
    clock.pass(1)
    expect(await keys()).toEqual(['database-care'])
  })

  test('a clock that is wrong says so, and refuses what is signed by another', async () => {
    await open('{ fault: skew, seconds: -3600 }')
    const refused = await ask('ShowAccount')
    expect(refused).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
    const theirs = Date.parse(String(refused.headers.date))
    expect(theirs).toBe(clock.now() - 3_600_000)
    const again = signed(wireOf('ShowAccount', {}), server.credentials, theirs)
    expect((await server.send(again)).status).toBe(200)
  })

  test('reviews that reject', async () => {
    await open('{ fault: reviews, min: 1000, max: 1000, rejected: 1 }', { review: 'auto' })
    const { body } = await released(server)
    const state = async () => (await server.call('ShowRelease', { params: { release_id: body.release_id } })).body.state
    clock.pass(999)
    expect(await state()).toBe('in-review')
    clock.pass(1)
    expect(await state()).toBe('rejected')
  })

  test('a colleague edits what goes on sale', async () => {
    await open('{ fault: edits, probability: 1 }')
    const { body } = await released(server)
    await approve(server, body.release_id)
    const params = { release_id: body.release_id }
    const { body: shown } = await server.call('ShowRelease', { params })
    expect(shown.content_digest).not.toBe(shown.created_digest)
    const { body: content } = await server.call('ShowReleaseContent', { params })
    expect(content.manifest).toMatchObject({ product: { overview: expect.stringContaining('Edited by a colleague') } })
    expect(content.created_manifest).not.toEqual(content.manifest)
  })

  test('an account without a right, and with a quota', async () => {
    await open('{ fault: account, without: [edit, discontinue], products: 1 }')
    const { body: account } = await server.call('ShowAccount')
    expect(account).toMatchObject({ rights: ['publish', 'review'], quota: { products: { used: 0, limit: 1 } } })
    const { body } = await released(server)
    const refused = { status: 403, body: { error_code: 'KOO.01403001' } }
    expect(await server.call('DiscontinueProduct', { params: { product_id: body.product_id } })).toMatchObject(refused)
    const second = await released(server, { key: 'cache-care' })
    expect(second).toMatchObject({ status: 403, body: { error_code: 'KOO.01403002' } })
    expect((await server.call('ShowAccount')).body.quota?.products).toEqual({ used: 1, limit: 1 })
    await approve(server, body.release_id)
    expect((await released(server, { version: 'V2.0' })).status).toBe(201)
    await server.close()
    await open('{ fault: account, without: [publish] }')
    await expect(uploaded(server, Buffer.from('new'), 'eula.txt')).rejects.toThrow('The account may not publish.')
  })

  test('each request is in the log once, with what became of it', async () => {
    await open('{ fault: fail-before, operations: [ListProducts], every: 2 }')
    await ask('ListProducts')
    await ask('ListProducts')
    await server.call('ShowRelease', { params: { release_id: 'none' } })
    const lines = await logged()
    expect(lines.map(({ operation, status, faults }) => [operation, status, faults])).toEqual([
      ['ListProducts', 200, []],
      ['ListProducts', 500, ['fail-before']],
      ['ShowRelease', 404, []],
    ])
    expect(lines[2]).toMatchObject({ method: 'GET', url: '/v1/releases/none', bytes: 0 })
  })
})
