/** A product rejected by hand in the sandbox's console, seen again in the seller's own terminal and file. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { describeWithBrowser, launchBrowser, watch } from '../browser.ts'
import { ended, openShop, type Shop, startSandbox } from './koo.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

describeWithBrowser('in a browser', () => {
  test('complaints placed on fields reach koo.yaml, and what is approved is in the storefront', async () => {
    const sandbox = await startSandbox(shop, '--review', 'manual')
    const koo = (...argv: readonly string[]) => shop.kooWith(sandbox.environment, ...argv)
    const sent = await koo('publish', 'examples/saas', 'examples/consulting', '--no-wait', '--yes')
    expect({ code: sent.code, stderr: sent.stderr }).toMatchObject({ code: 0 })
    const browser = await launchBrowser()
    try {
      // Without JavaScript: the forms need none.
      const context = await browser.newContext({ javaScriptEnabled: false })
      const { complaints: said } = watch(context)
      const page = await context.newPage()
      await page.goto(`${sandbox.url}/console`)
      await page.click('a:has-text("Tideline CRM V3.2")')
      const complain = async (path: string, text: string) => {
        const field = page.locator('.field', { has: page.locator(`code:text-is("${path}")`) })
        await field.locator('summary').click()
        await field.locator('textarea').fill(text)
      }
      await complain('/product/name', 'This is not the name on the software copyright certificate.')
      await complain('/specifications/1/price', 'Say what this price includes.')
      await page.click('button:text-is("Reject")')
      await page.waitForSelector('text=The seller sees the 2 complaints')

      const status = await koo('status', 'examples/saas')
      expect(status.code).toBe(1)
      const lines = (await readFile(join(shop.folder, 'examples/saas/koo.yaml'), 'utf8')).split('\n')
      const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1
      expect(status.stdout).toContain(`examples/saas/koo.yaml:${lineOf('name: Tideline CRM')}:`)
      expect(status.stdout).toContain('This is not the name on the software copyright certificate.')
      expect(status.stdout).toContain(`examples/saas/koo.yaml:${lineOf('price: 229')}:`)
      expect(status.stdout).toContain('Say what this price includes.')

      await page.goto(`${sandbox.url}/console`)
      await page.click('a:has-text("Ledgerfield")')
      await page.click('button:text-is("Approve")')
      await page.waitForSelector('text=is on sale in the storefront')
      await page.goto(sandbox.url)
      expect(await page.locator('.product-card h2').allTextContents()).toEqual(['Ledgerfield Cloud Cost Consulting'])
      await page.click('.product-card h2 a')
      expect(await page.textContent('h1')).toContain('Ledgerfield')

      await page.goto(`${sandbox.url}/console/products/ledgerfield-cost-consulting`)
      await page.click('a:has-text("Discontinue…")')
      await page.click('button:text-is("Discontinue for good")')
      await page.waitForSelector('text=Nobody can buy the product any more')
      expect(await page.locator('.history-head strong').allTextContents()).toEqual([
        ...['Discontinued', 'Approved, and on sale', 'Submitted for review', 'Created'],
      ])
      expect(said).toEqual([])
    } finally {
      await browser.close()
      await sandbox.kill()
    }
    expect((await shop.koo('list', '--json')).code).toBe(0)
  })
})

test('the pages are named, and for other machines they have a password', async () => {
  const sandbox = await startSandbox(shop, '--host', '127.0.0.1')
  expect(sandbox).toMatchObject({
    console: `${sandbox.url}/console`,
    password: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect((await fetch(`${sandbox.url}/console`)).status).toBe(401)
  await sandbox.kill()
  const child = shop.start({ KOO_SANDBOX_PASSWORD: 'a password of mine' }, 'sandbox', '--port', '0')
  const text = await new Promise<string>((resolve) => child.stdout?.once('data', (chunk) => resolve(String(chunk))))
  child.kill()
  await ended(child)
  expect(text).toMatch(/Storefront http:\/\/127\.0\.0\.1:\d+\/ · Console http:\/\/127\.0\.0\.1:\d+\/console/)
  expect(text).not.toContain('a password of mine')
  const short = await shop.kooWith({ KOO_SANDBOX_PASSWORD: 'short' }, 'sandbox', '--port', '0')
  expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('KOO_SANDBOX_PASSWORD')])
  const nowhere = await shop.koo('sandbox', '--port', '0', '--host', '192.0.2.1')
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('no address of this machine')])
})
