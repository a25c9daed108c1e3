/** A product's whole life over HTTP: bought on the storefront, called for real, renewed, frozen and released. */
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import Sqlite from 'libsql'
import { signed, wireOf } from './harness.ts'
import { clock, key, type Market, onSale, openMarket, type Wanted } from './production.ts'

let market: Market
afterEach(() => market.close())

async function open(wanted: Wanted = {}) {
  market = await openMarket(wanted)
  await onSale(market.server)
  return market.browser()
}

const answerOf = (body: unknown, status = 200) => ({
  status,
  headers: [['Content-Type', 'application/json']] as const,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('a life', () => {
  test('is bought, with what to sign in with, and nobody else is called', async () => {
    const { get, buy } = await open()
    const before = await get('/products/harbor-crm')
    expect(before.text).toContain(`newInstance to http://localhost:${market.port}/produce and nowhere else`)
    const order = await buy(0, { months: '12', kind: 'order' })
    const { text, html } = await get(order)
    expect(text).toContain('Succeeded')
    expect(text).toContain('1 year')
    expect(html).toMatch(/<a href="https:\/\/app\.example\.com\/[^"]+" rel="noopener noreferrer nofollow"/)
    expect(html).toMatch(/<details><summary>Show it<\/summary><code[^>]*>change-me-2026</)
    const [opened, queried] = market.bodies()
    expect(opened).toEqual({
      activity: 'newInstance',
      orderId: order.slice('/orders/'.length),
      orderLineId: `${order.slice('/orders/'.length)}-000001`,
      businessId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(queried).toEqual({ activity: 'queryInstance', instanceId: opened?.businessId })
    expect([...market.called]).toEqual([`localhost:${market.port}`])
    // Shown to the buyer alone.
    for (const path of ['/console/instances/1', '/console/calls/1', '/console/calls/2', '/console/instances']) {
      const page = await get(path)
      expect(page.status).toBe(200)
      expect(page.html).not.toContain('change-me-2026')
      expect(page.html).not.toContain(key)
    }
    expect((await get('/console/calls/2')).text).toContain('"password": "***"')
  })

  test('is renewed, taken back, frozen, unfrozen, checked, upgraded and released', async () => {
    const { get, buy, perform } = await open()
    await buy(0, { months: '1', kind: 'order' })
    const untilOf = async () => /Until (\d{4}-\d\d-\d\d)/.exec((await get('/console/instances/1')).text)?.[1]
    const first = await untilOf()
    expect((await perform(1, 'renew')).text).toContain('refreshInstance: 000000 (success)')
    expect(Date.parse((await untilOf()) ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
    await perform(1, 'unrenew')
    await perform(1, 'freeze')
    expect((await get('/console/instances/1')).text).toContain('Frozen')
    await perform(1, 'unfreeze')
    expect((await perform(1, 'check', { target: 'Business' })).text).toContain('changeInstanceCheck: 000000')
    expect((await perform(1, 'upgrade', { target: 'Business' })).text).toContain('Harbor CRM · Business')
    const done = await perform(1, 'release')
    expect(done.text).toContain('Released')
    expect(done.text).toContain('Nothing can be done with it')
    const { instanceId = '' } = market.bodies()[1] ?? {}
    const said = market.bodies().slice(2)
    expect(said.map(({ activity, scene, status }) => [activity, scene ?? status])).toEqual([
      ['refreshInstance', 'RENEWAL'],
      ['refreshInstance', 'UNSUBSCRIBE_RENEWAL_PERIOD'],
      ['updateInstanceStatus', 'FREEZE'],
      ['updateInstanceStatus', 'UNFREEZE'],
      ['changeInstanceCheck', undefined],
      ['upgradeInstance', undefined],
      ['releaseInstance', undefined],
    ])
    expect(said.every((each) => each.instanceId === instanceId)).toBe(true)
    expect(said[0]).toMatchObject({ expireTime: expect.stringMatching(/^\d{14}$/), orderId: expect.any(String) })
    expect(said[4]?.productInfo).toMatchObject({ skuCode: 'Business' })
    expect((await get('/console/orders')).text).toContain('UNSUBSCRIBE')
  })

  test('begins as a trial and becomes a paid order', async () => {
    const { get, buy, perform } = await open()
    await buy(0, { kind: 'trial' })
    expect((await get('/console/instances/1')).text).toContain('a trial for now')
    await perform(1, 'formal')
    expect(market.bodies().at(-1)).toMatchObject({ scene: 'TRIAL_TO_FORMAL' })
    expect((await get('/console/instances/1')).text).not.toContain('a trial for now')
  })

  test('of what is paid once is not renewed or frozen', async () => {
    const { get, buy, forms } = await open()
    const order = await buy(2)
    expect((await get(order)).text).not.toContain('Until')
    const { html } = await get('/console/instances/1')
    expect(forms(html, /perform$/).map(({ deed }) => deed)).toEqual(['query', 'release'])
  })
})

describe('the seller’s server', () => {
  test('may take its time and be asked', async () => {
    const { get, buy, until, forms } = await open({ creationTime: 150 })
    const order = await buy()
    const waiting = await get(order)
    expect(waiting.text).toContain('The seller is making it')
    expect(waiting.headers.refresh).toBe('3')
    expect(forms((await get('/console/instances/1')).html, /perform$/)).toEqual([])
    const made = await until(order, 'Succeeded')
    expect(made.html).toContain('https://app.example.com/')
    expect(made.headers.refresh).toBeUndefined()
    const queries = market.bodies().filter(({ activity }) => activity === 'queryInstance')
    expect(queries.length).toBeGreaterThan(1)
  })

  test('may never be done', async () => {
    const { buy, until } = await open({ creationTime: 1e9, polls: 3 })
    const page = await until(await buy(), 'Failed')
    expect(page.text).toContain('says that it is making the instance')
  })

  test('fails, and the same order is sent again with another businessId', async () => {
    let isBroken = true
    const { get, buy, restart } = await open({
      answer: (right) => async (request) => (isBroken ? answerOf('<h1>Oops</h1>', 500) : right(request)),
    })
    const order = await buy()
    const failed = await get(order)
    expect(failed.text).toContain('answered newInstance with HTTP status 500')
    expect(failed.text).toContain('every hour for three hours')
    expect((await get('/console/calls/1')).text).toContain('answer-status')
    isBroken = false
    expect((await restart(order)).text).toContain('Succeeded')
    const [one, two] = market.bodies()
    expect(two).toEqual({ ...one, businessId: expect.any(String) })
    expect(two?.businessId).not.toBe(one?.businessId)
  })

  test('gives one instance for an order, however often it is sent', async () => {
    let isLost = true
    const { get, buy, restart } = await open({
      answer: (right) => async (request) => {
        const answer = await right(request)
        return isLost ? { ...answer, cut: true } : answer
      },
    })
    const order = await buy()
    expect((await get(order)).text).toContain('could not be called')
    isLost = false
    expect((await restart(order)).text).toContain('Succeeded')
    const [first] = market.bodies()
    expect((await get('/console/instances/1')).text).toContain(String(first?.businessId))
  })

  test('is not there', async () => {
    const { get, buy, restart } = await open({
      seller: { interfaces: new Map([['harbor-crm', 'http://127.0.0.1:9/']]) },
    })
    const order = await buy()
    expect((await get(order)).text).toContain('The seller’s server could not be called')
    expect((await restart(order)).text).toContain('Failed')
    expect((await get('/console/calls')).text).toContain('no answer')
  })

  test('does not answer in time', async () => {
    const { get, buy } = await open({ answerTime: 100, behaviour: { delay: () => 400 } })
    expect((await get(await buy())).text).toContain('did not answer newInstance within 0.1 seconds')
    expect((await get('/console/calls/1')).text).toContain('answer-time')
  })

  test('signs nothing, which is told with how to find out more', async () => {
    const { get, buy } = await open({ behaviour: { sign: () => undefined } })
    expect((await get(await buy())).text).toContain('Succeeded')
    const { text } = await get('/console/calls/1')
    expect(text).toContain('body-sign')
    expect(text).toContain('has no header Body-Sign')
    expect(text).toContain('koo access test URL')
    expect((await get('/console/calls')).text).toContain('wrong')
  })

  test('refuses a change, and the order can be sent again', async () => {
    let isFull = false
    const { buy, perform, restart, get } = await open({
      answer: (right) => async (request) =>
        isFull ? answerOf({ resultCode: '000005', resultMsg: 'Closed on Sundays' }) : right(request),
    })
    await buy()
    isFull = true
    const refused = await perform(1, 'renew')
    expect(refused.text).toContain('refreshInstance: 000005')
    expect(refused.text).toContain('Closed on Sundays')
    const until = /Until (\S+)/.exec(refused.text)?.[1]
    isFull = false
    await restart('/console/instances/1')
    const { text } = await get('/console/instances/1')
    expect(/Until (\S+)/.exec(text)?.[1]).not.toBe(until)
    const [first, again] = market.bodies().slice(-2)
    expect(again).toEqual(first)
  })

  test('asks for the order while it is called for it', async () => {
    const asked: unknown[] = []
    const { get, buy } = await open({
      answer: (right) => async (request) => {
        const { activity, orderId, orderLineId } = JSON.parse(new TextDecoder().decode(request.body))
        if (activity === 'newInstance') {
          const { body } = await market.server.call('ShowOrder', { query: { orderId, orderLineId } })
          asked.push(body.orderInfo)
        }
        return right(request)
      },
    })
    const order = await buy(0, { months: '12' })
    expect((await get(order)).text).toContain('Succeeded')
    expect(asked).toMatchObject([
      {
        orderType: 'NEW',
        orderLine: [
          {
            chargingMode: 'PERIOD',
            periodType: 'year',
            periodNumber: 1,
            productInfo: [{ skuCode: 'Team', productName: 'Harbor CRM' }],
          },
        ],
        buyerInfo: { userName: 'buyer' },
      },
    ])
  })
})

describe('hostile or hurried', () => {
  const script = `"><script>window.hurt=1</script>`
  test('what a seller answers is text', async () => {
    const { get, buy } = await open({
      answer: () => async (request) => {
        const { activity } = JSON.parse(new TextDecoder().decode(request.body))
        if (activity === 'newInstance') return answerOf({ resultCode: '000000', resultMsg: script, instanceId: script })
        const appInfo = { frontEndUrl: 'javascript:alert(1)', adminUrl: 'data:text/html,x', userName: script, memo: 7 }
        return answerOf({ resultCode: '000000', resultMsg: script, info: [{ instanceId: script, appInfo }] })
      },
    })
    const order = await buy()
    for (const path of [order, '/console/instances/1', '/console/instances', '/console/calls/1', '/console/calls/2']) {
      const { status, html } = await get(path)
      expect(status).toBe(200)
      expect(html).not.toContain('<script>window')
      expect(html).not.toMatch(/href="(javascript|data:text)/)
    }
    expect((await get(order)).html).toContain('javascript:alert(1)')
  })

  test.each([
    ['an endless text', 'x'.repeat(3_000_000)],
    ['an endless code', JSON.stringify({ resultCode: 'x'.repeat(1_000_000), resultMsg: 'y'.repeat(1_000_000) })],
    ['more than is read', 'x'.repeat(5_000_000)],
    ['no object', '[]'],
    ['an id that is too long', JSON.stringify({ resultCode: '000000', instanceId: 'x'.repeat(65) })],
    ['no id', JSON.stringify({ resultCode: '000000' })],
  ])('%s fails the order, and is cut', async (_, body) => {
    const { get, buy } = await open({ answer: () => async () => answerOf(body) })
    expect((await get(await buy())).text).toContain('The order failed')
    for (const path of ['/console/instances/1', '/console/calls', '/console/calls/1']) {
      expect((await get(path)).html.length).toBeLessThan(150_000)
    }
  })

  test('a form that is sent twice buys once', async () => {
    const { get, post, forms } = await open()
    const [{ action = '', ...form } = {}] = forms((await get('/products/harbor-crm')).html, /buy$/)
    const [one, two] = await Promise.all([post(action, form), post(action, form)])
    expect(one.location).toBe(two.location)
    expect((await get('/console/instances')).html.match(/\/console\/instances\/\d/g)).toHaveLength(1)
    expect(market.bodies().filter(({ activity }) => activity === 'newInstance')).toHaveLength(1)
  })

  test('thirty purchases at once are thirty instances', async () => {
    const { get, post, forms } = await open()
    const [{ action = '', ...form } = {}] = forms((await get('/products/harbor-crm')).html, /buy$/)
    const pages = await Promise.all(
      Array.from({ length: 30 }, (_, index) => post(action, { ...form, once: index.toString(16).padStart(16, '0') })),
    )
    expect(new Set(pages.map(({ location }) => location)).size).toBe(30)
    const ids = market.bodies().flatMap(({ activity, businessId }) => (activity === 'newInstance' ? [businessId] : []))
    expect(new Set(ids).size).toBe(30)
    expect((await get('/console/orders')).html.match(/class="badge good"/g)).toHaveLength(30)
  })

  test('two deeds at once: one is refused', async () => {
    const { buy, perform } = await open({ behaviour: { delay: () => 100 } })
    await buy()
    const pages = await Promise.all([perform(1, 'renew'), perform(1, 'release')])
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('a form without its token, of an older release or of nothing on sale buys nothing', async () => {
    const { get, post, forms } = await open()
    const [{ action = '', ...form } = {}] = forms((await get('/products/harbor-crm')).html, /buy$/)
    expect((await post(action, { ...form, token: 'x' })).status).toBe(403)
    expect((await post(action, { ...form, specification: '9' })).status).toBe(409)
    expect((await post(action, { ...form, once: '../x' })).status).toBe(409)
    expect((await post('/products/none/buy', form)).status).toBe(404)
    await onSale(market.server, undefined, 'V1.1')
    expect((await post(action, form)).status).toBe(409)
    expect(market.bodies()).toEqual([])
  })

  test('without a way to call there is nothing to buy', async () => {
    const { get } = await open({ seller: { server: undefined } as unknown as NonNullable<Wanted['seller']> })
    expect((await get('/products/harbor-crm')).html).not.toContain('id="buy"')
  })

  test('a sandbox that ends does not wait for a seller, and goes on when it starts again', async () => {
    const { buy } = await open({ creationTime: 400 })
    const order = await buy()
    const { port } = market
    const { data } = market
    const before = clock.now()
    await market.sandbox.close()
    expect(clock.now() - before).toBeLessThan(1_500)
    const again = await openMarket({
      data,
      seller: { interfaces: new Map([['harbor-crm', `http://localhost:${port}/produce`]]) },
    })
    await again.browser().until(order, 'Succeeded')
    await again.close()
  })

  test('a call that hangs ends with the sandbox, and can be made again', async () => {
    const { buy } = await open({ answer: () => () => new Promise(() => {}) })
    const sent = buy().catch((error: unknown) => String(error))
    while (market.bodies().length === 0) await clock.sleep(10)
    const before = clock.now()
    await market.sandbox.close()
    expect(clock.now() - before).toBeLessThan(1_500)
    expect(await sent).toContain('503')
    const again = await openMarket({ data: market.data })
    const { get, restart } = again.browser()
    const { orderId } = market.bodies()[0] ?? {}
    expect((await get(`/orders/${orderId}`)).text).toContain('The sandbox ended before')
    expect((await restart(`/orders/${orderId}`)).text).toContain('Succeeded')
    await again.close()
  })
})

test('data of a koo that sold nothing are brought up to date', async () => {
  await open()
  await market.sandbox.close()
  const database = new Sqlite(join(market.data, 'marketplace.db'))
  database.exec('DROP TABLE usage_records; DROP TABLE calls; DROP TABLE orders; DROP TABLE instances')
  database.exec('PRAGMA user_version = 4')
  database.close()
  const again = await openMarket({ data: market.data })
  const { buy, get } = again.browser()
  expect((await get(await buy())).text).toContain('Succeeded')
  await again.close()
})

test('the key stands on the page of seller information, the secret key does not', async () => {
  const { get } = await open()
  const { html } = await get('/console/seller')
  expect(html).toContain(key)
  expect(html).not.toContain(market.server.credentials.secretKey)
  expect(html).toContain('/api/mkp-openapi-public/global/v1/isv/usage-data')
})

test('an unsigned order query is the gateway’s to refuse', async () => {
  await open()
  const wire = wireOf('ShowOrder', { query: { orderId: 'MOCKPERIODYEARNEW' } })
  expect(await market.server.send(wire)).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
  const wrong = signed(wire, { ...market.server.credentials, secretKey: 'x' }, clock.now())
  expect(await market.server.send(wrong)).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } })
})
