/** The report of a whole catalogue: what it says, and how it works in a real browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { catalogueHtml } from '../../src/report/formats/catalogue.tsx'
import { describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'
import { at, catalogueOf, sampleCatalogue, sampleProduct } from './sample-catalogue.ts'

const day = 86_400_000

/** The text of a part of the page, from one mark to the next. */
function between(html: string, start: string, end: string): string {
  const from = html.indexOf(start)
  expect(from).toBeGreaterThan(0)
  return html
    .slice(from, html.indexOf(end, from))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

const few = catalogueOf([
  sampleProduct(0, 'on-sale', { newest: { submittedAt: at - 20 * day, reviewedAt: at - 18 * day } }),
  sampleProduct(1, 'rejected', { newest: { submittedAt: at - 9 * day, reviewedAt: at - 8 * day } }),
  sampleProduct(2, 'in-review', {
    product: { state: 'on-sale', version: 'V1.0' },
    newest: { submittedAt: at - 6 * day },
  }),
  sampleProduct(3, 'draft'),
  sampleProduct(4, 'on-sale', {
    newest: { createdDigest: 'other', submittedAt: at - 30 * day, reviewedAt: at - 24 * day },
  }),
  sampleProduct(5, 'discontinued', { newest: { createdDigest: 'other', reviewedAt: 0 } }),
])

describe('what it says', () => {
  const html = catalogueHtml('https://market.example.com', few)

  test('whose it is, where, and when', () => {
    const head = between(html, '<main', '</header>')
    expect(head).toContain('Catalogue of Harbor Software Ltd')
    expect(head).toContain('On https://market.example.com , as of 25 Nov 2026, 14:03 UTC')
  })

  test('key figures', () => {
    expect(between(html, '<dl class="figures"', '</dl>').trim()).toBe(
      'Products 6 On sale 3 In review 1 Rejected 1 Need a hand 4 Longest wait 6 days 0 h',
    )
  })

  test('what needs a hand, each with why and the command that helps', () => {
    const text = between(html, 'id="needs"', 'id="by-method"')
    expect(text).toMatch(
      /Rejected 1 .*The overview does not say what the buyer gets\. at \/product\/overview , and 1 more complaint/,
    )
    expect(text).toMatch(
      /In review for more than three working days 1 .*Handed in on 19 Nov 2026, waiting for 6 days 0 h/,
    )
    expect(text).toMatch(/Not handed in 1 .*draft/)
    expect(text).toMatch(/Edited on the marketplace 1 /)
    const commands = [...html.matchAll(/data-copy="([^"]*)"/g)].map(([, command]) =>
      command?.replace(/[a-z-]+-000/, 'KEY'),
    )
    expect(commands).toEqual(['koo status KEY1', 'koo status KEY2 --watch', 'koo pull KEY4'])
  })

  test('bars have their numbers as text, too', () => {
    expect(html).toMatch(/aria-label="[^"]+: [^"]*1 rejected/)
    expect(between(html, 'id="review-times"', 'id="products"')).toMatch(
      /Median 2 days 0 h over the last review of 3 products; the longest took 6 days 0 h/,
    )
    expect(html).toContain('aria-label="5 to 10 days: 1 approved, 1 waiting now"')
    expect(html).toContain('aria-label="under 1 hour: none"')
  })

  test('each product with the version on sale and the newest', () => {
    const row = between(html, '<tr data-is="on-sale in-review attention"', '</tr>')
    expect(row).toMatch(/on sale V1\.0 V3\.2 in review .* 19 Nov 2026 waiting 6 days 0 h – /)
  })
})

test('of no products it says how to begin', () => {
  const html = catalogueHtml('sandbox', catalogueOf([]))
  expect(html).toContain('There are no products yet.')
  expect(html).not.toContain('<table')
})

test('where nothing needs a hand, it says so', () => {
  expect(catalogueHtml('sandbox', catalogueOf([sampleProduct(1, 'on-sale')]))).toContain('Nothing needs a hand.')
})

test('without any review there is nothing to draw of them', () => {
  const html = catalogueHtml('sandbox', catalogueOf([sampleProduct(1, 'draft')]))
  expect(html).toContain('No review has begun yet.')
})

test('a long complaint is shortened', () => {
  const complaints = [{ path: '', code: 'x', message: `${'𠀀'.repeat(299)}ab` }]
  const html = catalogueHtml('sandbox', catalogueOf([sampleProduct(1, 'rejected', { newest: { complaints } })]))
  expect(html).toContain(`${'𠀀'.repeat(299)}a…`)
})

test('names, keys, versions and complaints are text, whatever they hold', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  const complaints = [{ path: `/${evil}`, code: 'x', message: evil }]
  const hostile = sampleProduct(1, 'rejected', {
    product: { name: evil, key: evil, version: evil },
    newest: { complaints, version: evil },
  })
  const html = catalogueHtml(evil, { ...catalogueOf([hostile]), account: evil })
  expect(html).not.toMatch(/<script>alert|<img/)
  expect(html.match(/&lt;script>alert/g)?.length).toBeGreaterThan(6)
  // What is copied into a shell stays one word.
  expect(html).toContain(`data-copy="koo status '&quot;>&lt;script>`)
})

test('with 5,000 products it stays below 600 bytes for each', () => {
  const html = catalogueHtml('sandbox', sampleCatalogue(5000))
  expect(html.match(/<tr data-is/g)).toHaveLength(5000)
  expect(html.length).toBeLessThan(3_000_000)
})

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let folder: string
  let context: BrowserContext
  let page: Page
  let seen: ReturnType<typeof watch>
  const address = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href
  beforeAll(async () => {
    browser = await launchBrowser()
    folder = await mkdtemp(join(tmpdir(), 'koo-catalogue-'))
    await writeFile(join(folder, 'some.html'), catalogueHtml('https://market.example.com', sampleCatalogue(64)))
    await writeFile(join(folder, 'large.html'), catalogueHtml('sandbox', sampleCatalogue(5000)))
    await writeFile(join(folder, 'empty.html'), catalogueHtml('sandbox', catalogueOf([])))
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    seen = watch(context)
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  const names = () => page.locator('.products tbody th bdi').allTextContents()
  const status = () => page.locator('.filters [role=status]').textContent()
  const sortedBy = () =>
    page
      .locator('th[aria-sort]')
      .evaluateAll((heads) =>
        heads.map((head) => `${head.getAttribute('data-column')} ${head.getAttribute('aria-sort')}`),
      )

  test('it looks finished, filled and empty', async () => {
    await looksFinished(browser, address('some'), 'catalogue')
    await looksFinished(browser, address('empty'), 'catalogue-empty')
  }, 180_000)

  test('it is sorted by clicks and by the keyboard', async () => {
    await page.goto(address('some'))
    const asListed = await names()
    await page.click('th[data-column=product] button')
    const sorted = await names()
    expect(sorted).toEqual([...asListed].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
    expect(await sortedBy()).toEqual(['product ascending'])
    await page.keyboard.press('Enter')
    expect(await names()).toEqual(sorted.reverse())
    expect(await sortedBy()).toEqual(['product descending'])
    await page.keyboard.press('Space')
    expect(await names()).toEqual(asListed)
    expect(await sortedBy()).toEqual([])
  })

  test('numbers and times are sorted as such, and nothing comes last', async () => {
    await page.click('th[data-column=submitted] button')
    await page.keyboard.press('Enter')
    const cells = await page
      .locator('.products tbody td:nth-child(7)')
      .evaluateAll((all) => all.map((cell) => cell.getAttribute('data-v')))
    const times = cells.flatMap((value) => (value === null ? [] : [Number(value)]))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(cells.slice(times.length).every((value) => value === null)).toBe(true)
    expect(cells.length).toBeGreaterThan(times.length)
  })

  test('what is looked for and chosen is counted, and kept in the address', async () => {
    await page.fill('#find', 'harbor')
    await page.click('[data-tag=in-review]')
    await page.click('[data-tag=rejected]')
    const found = await names()
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((name) => name.startsWith('Harbor'))).toBe(true)
    expect(await status()).toBe(`${found.length} of 64 products`)
    const shared = page.url()
    expect(shared).toMatch(/#find=harbor&is=in-review,rejected&sort=submitted&down=1$/)
    await page.goto('about:blank')
    await page.goto(shared)
    expect(await names()).toEqual(found)
    expect(await page.getAttribute('[data-tag=rejected]', 'aria-pressed')).toBe('true')
    expect(await page.inputValue('#find')).toBe('harbor')
  })

  test('a key figure leads to its products', async () => {
    await page.click('.figures a[data-filter="is=attention"]')
    const figure = await page.textContent('.figures a[data-filter="is=attention"]')
    expect(await status()).toBe(`${figure} of 64 products`)
  })

  test('5,000 products are a few at first, and all where they are wanted', async () => {
    await page.goto(address('large'))
    expect(await status()).toBe('5,000 of 5,000 products, the first 200 of them shown')
    expect(await names()).toHaveLength(200)
    await page.fill('#find', '4999')
    expect(await names()).toEqual([expect.stringMatching(/ 4999$/)])
    await page.fill('#find', '')
    await page.click('text=Show all 5,000')
    expect(await names()).toHaveLength(5000)
  })

  test('without a script it is a plain table', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(address('some'))
    expect(await still.locator('.products tbody tr').count()).toBe(64)
    expect(await still.locator('.filters').isVisible()).toBe(false)
    expect(await still.locator('thead button').count()).toBe(0)
    await plain.close()
  })

  test('all that without a request or a complaint of the browser', () => {
    const pages = ['about:blank', address('some'), address('large')]
    expect(seen.requests.length).toBeGreaterThan(1)
    expect(seen.requests.filter((url) => !pages.includes(url.replace(/#.*/, '')))).toEqual([])
    expect(seen.complaints).toEqual([])
  })
})
