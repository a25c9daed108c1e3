/** The pages in a real browser: they are legible everywhere, and what sellers and clients write does nothing there. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContext } from 'playwright-core'
import { request } from 'undici'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'
import { dataFolder, randomness, type Server, signed, wireOf } from './harness.ts'
import { approve, manifest, newRelease, uploaded, type Wanted } from './shop.ts'

const attack = `"><script>window.hurt=1</script><img src=x onerror="window.hurt=1"><svg onload=window.hurt=1>'\${7*7}`

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let sandbox: Awaited<ReturnType<typeof startSandbox>>
  let server: Server
  let waiting: string
  beforeAll(async () => {
    browser = await launchBrowser()
    folder = await dataFolder()
    const clock = { now: () => Date.now(), sleep: async () => {} }
    const options = { review: 'manual', reviewDelay: 0, randomness, clock, port: 0, pages: {} } as const
    sandbox = await startSandbox({ ...options, data: folder.path })
    server = {
      credentials: sandbox.credentials,
      async send({ url, ...wire }) {
        const reply = await request(`${sandbox.url}${url}`, wire)
        const bytes = Buffer.from(await reply.body.arrayBuffer())
        return { status: reply.statusCode, headers: reply.headers, body: JSON.parse(bytes.toString()), bytes }
      },
      call: async (id, asked) =>
        (await server.send(signed(wireOf(id, asked ?? {}), sandbox.credentials, clock.now()))) as never,
      close: () => sandbox.close(),
    }
    for (const [key, name] of [
      ['tideline-crm', 'Tideline CRM'],
      ['harbour-books', 'Harbour Books'],
      ['quarry-watch', 'Quarry Watch for very long names of products that nobody wants to read'],
    ] as const) {
      await approve(server, await shown({ key, name }))
    }
    waiting = await shown({ key: 'tideline-crm', name: 'Tideline CRM', version: 'V1.1', overview: 'Calmer.' })
    await shown({ key: 'mill-race', name: 'Millrace Broker' })
    const wrong = { ...sandbox.credentials, secretKey: 'wrong' }
    await server.send(signed(wireOf('ShowAccount', { headers: { 'user-agent': attack } }), wrong, clock.now()))
    await server.send({ method: 'GET', url: '/v1/products/%3Cscript%3E?q=<script>window.hurt=1</script>', headers: {} })
  })
  afterAll(async () => {
    await browser.close()
    await sandbox.close()
    await folder.remove()
  })
  /** With a logo that a browser can draw. */
  const shown = async (wanted: Wanted): Promise<string> => {
    const picture = await readFile(new URL('../../examples/saas/logo.png', import.meta.url))
    const upload_id = await uploaded(server, picture)
    const files = [{ path: 'logo.png', sha256: sha256Hex(picture), bytes: picture.length, upload_id }]
    const json = { ...(await newRelease(server, wanted)), files }
    return (await server.call('CreateRelease', { headers: { 'x-client-token': randomUUID() }, json })).body.release_id
  }
  const at = (path: string) => `${sandbox.url}${path}`
  const visit = async (context: BrowserContext, path: string) => {
    const page = await context.newPage()
    await page.goto(at(path))
    return page
  }

  test('the storefront', () => looksFinished(browser, at('/'), 'sandbox-storefront'))
  test('the console', () => looksFinished(browser, at('/console'), 'sandbox-console'))
  test('the list of products', () => looksFinished(browser, at('/console/products'), 'sandbox-products'))
  test('a product with its history', () =>
    looksFinished(browser, at('/console/products/tideline-crm'), 'sandbox-product'))
  test('a release under review, with a complaint being written', () =>
    looksFinished(browser, at(`/console/releases/${waiting}`), 'sandbox-release', async (page) => {
      const name = page.locator('.field', { hasText: '/product/name' })
      await name.locator('summary').click()
      await name.locator('textarea').fill('This is not the name on the software copyright certificate.')
    }))
  test('the requests', () => looksFinished(browser, at('/console/requests'), 'sandbox-requests'))
  test('a request with a wrong signature', () =>
    looksFinished(browser, at('/console/requests?show=failed'), 'sandbox-request', async (page) => {
      await page.click('a:has-text("ShowAccount")')
    }))

  test('nothing that others wrote is run or fetched', async () => {
    const release = await newRelease(server)
    const own = manifest({ key: 'harmful', name: `Harm ${attack}`, overview: attack })
    const harmful = {
      ...own,
      product: { ...own.product, description: `${attack}\n[x](javascript:window.hurt=1)`, highlights: [attack] },
      support: { ...own.support, hours: attack, afterSales: attack },
      specifications: [{ ...own.specifications[0], name: attack, description: attack }],
    }
    const json = { ...release, key: 'harmful', manifest: harmful, content_digest: sha256Hex(attack) }
    const { body } = await server.call('CreateRelease', { headers: { 'x-client-token': randomUUID() }, json })
    const complaints = [
      { path: `/product/${attack}`, code: attack, message: attack },
      { path: '/product/name', code: 'x', message: attack },
    ]
    const params = { release_id: body.release_id }
    await server.call('ReviewRelease', { params, json: { decision: 'reject', complaints } })
    const seen = async (paths: readonly string[]) => {
      const context = await browser.newContext()
      const { requests, complaints: said } = watch(context)
      for (const path of paths) {
        const page = await visit(context, path)
        expect(await page.evaluate('window.hurt')).toBeUndefined()
        expect(
          await page.locator('main script, main [onerror], main [onload], main [href^="javascript:"]').count(),
        ).toBe(0)
      }
      expect(said).toEqual([])
      expect(requests.filter((each) => !each.startsWith(`${sandbox.url}/`) && !each.startsWith('data:'))).toEqual([])
      await context.close()
    }
    const requestsPage = await (await request(at('/console/requests?show=failed'))).body.text()
    const ids = [...requestsPage.matchAll(/\/console\/requests\/[0-9a-f]+/g)].map(([path]) => path)
    expect(ids.length).toBeGreaterThan(1)
    await seen([
      ...['/console', '/console/products', '/console/products/harmful', '/console/requests', ...ids],
      ...[`/console/releases/${body.release_id}`, '/console/products/harmful/discontinue'],
    ])
    await server.call('SubmitRelease', { params })
    await approve(server, body.release_id)
    await seen(['/', `/?q=${encodeURIComponent(attack)}&method=${encodeURIComponent(attack)}`, '/products/harmful'])
  })

  test('a form of another site does nothing', async () => {
    const context = await browser.newContext()
    await visit(context, `/console/releases/${waiting}`)
    const page = await context.newPage()
    await page.route('http://elsewhere.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${at(`/console/releases/${waiting}/review`)}"><input name="decision" value="approve"><button>Win</button></form>`,
      }),
    )
    await page.goto('http://elsewhere.example/')
    await page.click('button')
    await page.waitForSelector('h1')
    expect(await page.textContent('h1')).toBe('A form of another site')
    expect((await server.call('ShowRelease', { params: { release_id: waiting } })).body.state).toBe('in-review')
    await context.close()
  })
})
