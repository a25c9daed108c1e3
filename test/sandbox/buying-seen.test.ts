/** Buying and what comes of it in a real browser: legible everywhere, by keyboard, and nothing a seller answers runs. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'
import { type Market, onSale, openMarket } from './production.ts'

const attack = `"><script>window.hurt=1</script><img src=x onerror="window.hurt=1">`

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let market: Market
  let isHostile = false
  beforeAll(async () => {
    browser = await launchBrowser()
    market = await openMarket({
      behaviour: { sign: ({ key, body }) => (isHostile ? ['body-sign', key + body.length] : undefined) },
      answer: (right) => async (request) => {
        if (!isHostile) return right(request)
        const appInfo = { frontEndUrl: 'javascript:window.hurt=1', userName: attack, password: attack, memo: attack }
        const info = [{ instanceId: attack, appInfo }]
        const body = JSON.stringify({ resultCode: '000000', resultMsg: attack, instanceId: attack, info })
        return { status: 200, headers: [['Content-Type', attack.replaceAll('"', "'")]], body }
      },
    })
    const picture = await readFile(new URL('../../examples/saas/logo.png', import.meta.url))
    await onSale(market.server, picture)
  })
  afterAll(async () => {
    await browser.close()
    await market.close()
  })
  const at = (path: string) => `${market.sandbox.url}${path}`

  test('is done without a script, by keyboard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(at('/products/harbor-crm'))
    await page.getByLabel('Period').first().selectOption({ label: '1 year · $590.00 a year' })
    await page.getByRole('button', { name: 'Buy Team' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/orders\/CS/)
    expect(await page.textContent('h1')).toBe('Your order')
    await page.getByText('Show it').click()
    expect(await page.textContent('main')).toContain('change-me-2026')
    await page.getByRole('link', { name: 'The seller’s side, in the console' }).click()
    await page.getByRole('button', { name: 'Renew' }).click()
    expect(await page.textContent('main')).toContain('refreshInstance: 000000 (success)')
    await context.close()
  })

  test('the product', () => looksFinished(browser, at('/products/harbor-crm'), 'sandbox-buy'))
  test('the order of the buyer', async () => {
    const order = await market.browser().buy(0)
    await looksFinished(browser, at(order), 'sandbox-order')
  })
  test('an instance, with what is wrong with an answer', () =>
    looksFinished(browser, at('/console/instances/1?call=3'), 'sandbox-instance'))
  test('the instances', () => looksFinished(browser, at('/console/instances'), 'sandbox-instances'))
  test('the calls', () => looksFinished(browser, at('/console/calls'), 'sandbox-calls'))
  test('a call', () => looksFinished(browser, at('/console/calls/1'), 'sandbox-call'))
  test('the seller information', () => looksFinished(browser, at('/console/seller'), 'sandbox-seller'))

  test('nothing that a seller answers is run or fetched', async () => {
    isHostile = true
    const order = await market.browser().buy(2)
    const context = await browser.newContext()
    const { requests, complaints } = watch(context)
    const instances = await market.browser().get('/console/instances')
    const [instance = ''] = /\/console\/instances\/\d+/.exec(instances.html) ?? []
    const [call = ''] = /\/console\/calls\/\d+/.exec((await market.browser().get('/console/calls')).html) ?? []
    for (const path of [order, instance, call, '/console/calls', '/console/instances', '/console/orders']) {
      const page = await context.newPage()
      await page.goto(at(path))
      expect(await page.evaluate('window.hurt')).toBeUndefined()
      expect(await page.locator('main script, main [onerror], main [href^="javascript:"]').count()).toBe(0)
    }
    expect(complaints).toEqual([])
    expect(requests.filter((each) => !each.startsWith(`${market.sandbox.url}/`) && !each.startsWith('data:'))).toEqual(
      [],
    )
    await context.close()
  })
})
