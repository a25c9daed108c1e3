/** The product page in a real browser: the calculator works, nothing hostile runs, and it looks finished. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { VNode } from 'preact'
import type { ListedProduct } from '../../src/listing/listed.ts'
import { ProductPage } from '../../src/listing/product-page.tsx'
import { deliveryMethodIds, rowOf } from '../../src/model/delivery-methods.ts'
import { htmlOf } from '../../src/web/page.tsx'
import { axeViolations, describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'
import { fullProduct, fullRemarks } from './full-product.ts'
import { heavyTexts, hostileTexts } from './hostile-markdown.ts'
import { drawnPicture, example } from './listed-from-disk.ts'

function pageOf(body: VNode): string {
  return htmlOf({
    title: 'A product',
    styles: ['product'],
    scripts: ['calculator'],
    body: (
      <main id="main" class="wide">
        {body}
      </main>
    ),
  })
}

const traded = deliveryMethodIds.find((id) => rowOf(id).billing.length > 1) ?? ''
const untraded = deliveryMethodIds.find((id) => rowOf(id).billing.length === 0) ?? ''

const hostile: ListedProduct = {
  manifest: {
    ...fullProduct.manifest,
    product: {
      ...fullProduct.manifest.product,
      name: '</h1><script>window.ran=1</script>',
      description: hostileTexts.join('\n\n'),
      cases: hostileTexts.slice(-3).map((text) => ({ title: '"><img src=x onerror=window.ran=1>', text })),
    },
  },
  files: new Map([...fullProduct.files, ['logo.png', drawnPicture('wide', 9000, 9000)]]),
}

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await launchBrowser()
    folder = await mkdtemp(join(tmpdir(), 'koo-product-'))
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  async function written(name: string, body: VNode): Promise<string> {
    const path = join(folder, `${name}.html`)
    await writeFile(path, pageOf(body))
    return pathToFileURL(path).href
  }

  async function opened(name: string, body: VNode, javaScriptEnabled = true) {
    const address = await written(name, body)
    const context = await browser.newContext({ javaScriptEnabled })
    const { requests, complaints } = watch(context)
    const page = await context.newPage()
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(address)
    return { page, requests, complaints, dialogs, address, close: () => context.close() }
  }

  const result = async (page: Page, within = '.product') =>
    (await page.locator(`${within} .calculator-result`).innerText()).split(/\n+/).map((line) => line.trim())

  test('clicks choose specification, period, values and quantity', async () => {
    const { page, complaints, close } = await opened('calculator', <ProductPage product={fullProduct} />)
    // Those of other specifications are hidden, so that no role finds them.
    const radio = (name: string) => page.getByRole('radio', { name, exact: true })
    expect(await result(page)).toEqual(['$59.00 a month'])
    await radio('1 year').check()
    expect(await result(page)).toEqual(['$590.00 a year', '$118.00 less than 12 single months'])
    await radio('3 years').check()
    expect(await result(page)).toEqual(['$1,500.00 for 3 years', '$624.00 less than 36 single months'])

    await radio('Desk for life').check()
    expect(await result(page)).toEqual(['$1,999.50 once'])

    await radio('Team').check()
    expect(await result(page)).toEqual([
      '$21.75 a month',
      '5 × $4.35 a month',
      'Each costs $4.35 a month where 5 to 50 are bought',
    ])
    await page.getByLabel('Users', { exact: true }).fill('50')
    expect((await result(page))[0]).toBe('$217.50 a month')
    await page.getByLabel('Users: more').click()
    expect((await result(page)).slice(0, 2)).toEqual(['$214.50 a month', '55 × $3.90 a month'])
    await page.getByLabel('Users', { exact: true }).fill('7')
    expect(await result(page)).toEqual(['Quantities go up by 5 from 5: choose 5 or 10.'])
    expect(await page.getByLabel('Users', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Users: less').click()
    expect((await result(page))[0]).toBe('$21.75 a month')
    expect(await page.getByLabel('Users', { exact: true }).getAttribute('aria-invalid')).toBe('false')

    await radio('Enterprise').check()
    expect(await result(page)).toEqual(['$900.00 a month'])
    await radio('Dublin').check()
    expect(await result(page)).toEqual(['$950.00 a month'])
    await radio('1 year').check()
    expect(await result(page)).toEqual(['$11,400.00 a year', '$950.00 a month × 12'])
    await radio('Gold').check()
    expect(await result(page)).toEqual(['No price yet'])

    await radio('By the hour').check()
    expect(await result(page)).toEqual(['$50.40 for 720 hours', '$0.07 an hour × 720 hours'])
    expect(complaints).toEqual([])
    await close()
  })

  test('the keyboard alone does the same, and the total is announced', async () => {
    const { page, close } = await opened('keyboard', <ProductPage product={fullProduct} />)
    await page.getByLabel('Desk', { exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // 15 of the first tier, for a year.
    expect((await result(page)).slice(0, 2)).toEqual(['$783.00 a year', '15 × $4.35 a month × 12'])
    expect(await page.getByRole('status').innerText()).toBe('$783.00 a year')
    await close()
  })

  test('a linear price, and two products side by side that do not disturb each other', async () => {
    const specifications = [{ name: 'One', billing: 'buyout' as const, price: 289.1, quantity: { from: 1, to: 50 } }]
    const linear: ListedProduct = { manifest: { product: { name: 'Gateway' }, specifications }, files: new Map() }
    const { page, close } = await opened(
      'two',
      <div class="two">
        <ProductPage product={linear} idPrefix="a-" level={2} />
        <ProductPage product={fullProduct} idPrefix="b-" level={2} remarks={fullRemarks} />
      </div>,
    )
    await page.locator('.product:first-child').getByLabel('Quantity', { exact: true }).fill('3')
    expect(await result(page, '.product:first-child')).toEqual(['$867.30 once', '3 × $289.10'])
    expect(await result(page, '.product:last-child')).toEqual(['$59.00 a month'])
    expect(await axeViolations(page)).toEqual([
      'page-has-heading-one: Page should contain a level-one heading at html: Fix all of the following:\n  Page must have a level-one heading',
    ])
    await close()
  })

  test('without scripts the tables say the prices, and no calculator pretends to', async () => {
    const { page, close } = await opened('still', <ProductPage product={fullProduct} />, false)
    expect(await page.locator('.calculator').isVisible()).toBe(false)
    expect(await page.locator('.specification').first().innerText()).toContain('$590.00')
    await close()
  })

  test('a link of the summary leads to its remark', async () => {
    const { page, close } = await opened('remarks', <ProductPage product={fullProduct} remarks={fullRemarks} />)
    await page.getByRole('link', { name: 'This SKU has no price.' }).click()
    expect(await page.locator(':target').innerText()).toContain('This SKU has no price.')
    await close()
  })

  test('nothing a description says runs, loads or takes over', async () => {
    const { page, requests, complaints, dialogs, address, close } = await opened(
      'hostile',
      <ProductPage product={hostile} />,
    )
    // What looks like a link and is none is clicked, too.
    await page.evaluate(`for (const each of document.querySelectorAll('.no-link')) each.click()`)
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect({ dialogs, complaints, requests }).toEqual({ dialogs: [], complaints: [], requests: [address] })
    expect(await page.locator('h1').count()).toBe(1)
    await close()
  })

  test('nor does it break the page', async () => {
    await looksFinished(browser, await written('hostile-look', <ProductPage product={hostile} />), 'product-hostile')
    // axe has much to read.
  }, 240_000)

  test('far too much of everything is a page all the same', async () => {
    const cases = Object.entries(heavyTexts).map(([title, text]) => ({ title, text: text.slice(0, 20_000) }))
    const { page, complaints, close } = await opened(
      'heavy',
      <ProductPage product={{ manifest: { product: { name: 'Heavy', cases } }, files: new Map() }} />,
    )
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    await close()
  })

  test('it looks finished with everything on it', async () => {
    await looksFinished(
      browser,
      await written('full', <ProductPage product={fullProduct} remarks={fullRemarks} />),
      'product-full',
    )
  })

  test('it looks finished for a real product', async () => {
    const product = await example(traded)
    await looksFinished(browser, await written('example', <ProductPage product={product} />), 'product-example')
  })

  test('it looks finished for one that is not traded', async () => {
    const product = await example(untraded)
    await looksFinished(browser, await written('untraded', <ProductPage product={product} />), 'product-not-traded')
  })

  test('it looks finished for none at all', async () => {
    const product: ListedProduct = { manifest: {}, files: new Map() }
    await looksFinished(browser, await written('none', <ProductPage product={product} />), 'product-empty')
  })
})
