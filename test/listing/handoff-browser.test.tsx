/** Pages of a hand-over in a real browser, from the disk: they ask for nothing, copy exactly, and remember ticks. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { parse } from 'yaml'
import { handoffPage } from '../../src/listing/handoff/page.tsx'
import type { Manifest } from '../../src/model/manifest.ts'
import { describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'
import { runKoo } from '../commands/in-process.ts'
import { edit, root } from '../e2e/koo.ts'
import { fullManifest } from './full-manifest.ts'
import { handedOver } from './handed-over.ts'

const keys = [
  'ledgerfield-cost-consulting',
  'corvane-iot-gateway',
  'millrace-broker',
  'plumbline-fim',
  'northpane-db-migration',
  'tideline-crm',
]

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let folder: string
  const address = (...path: readonly string[]) => pathToFileURL(join(folder, 'handoff', ...path)).href
  const crm = () => join(folder, 'examples/saas/koo.yaml')
  const handOff = async () => {
    const run = await runKoo(
      { folder, environment: { KOO_DATA: join(folder, 'data') } },
      'handoff',
      'examples',
      '--scan',
      'off',
    )
    expect(run).toMatchObject({ code: 0 })
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'koo-handoff-page-'))
    await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    await handOff()
    await mkdir(join(folder, 'handoff/full'))
    await writeFile(join(folder, 'handoff/full/index.html'), handoffPage(handedOver(fullManifest('license'))))
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test.each(keys)('%s opens from the disk without a request', async (key) => {
    const context = await browser.newContext({ offline: true })
    const { requests, complaints } = watch(context)
    const page = await context.newPage()
    await page.goto(address(key, 'index.html'))
    expect(await page.locator('[data-progress-all]').textContent()).toMatch(/^0 of \d+ done$/)
    // Its links to files lead somewhere.
    for (const href of await page
      .locator('a[href^="files/"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')))) {
      await readFile(join(folder, 'handoff', key, decodeURIComponent(href ?? '')))
    }
    expect([requests, complaints]).toEqual([[address(key, 'index.html')], []])
    await context.close()
  })

  test('a copy button puts exactly the value on the clipboard', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(address('tideline-crm', 'index.html'))
    const { product } = parse(await readFile(crm(), 'utf8')) as Manifest
    const copied = async (path: string) => {
      await field(page, path).getByRole('button').click()
      await field(page, path).getByText('Copied').waitFor()
      return page.evaluate('navigator.clipboard.readText()')
    }
    expect(await copied('/product/description')).toBe(product.description)
    expect(await copied('/product/name')).toBe('Tideline CRM')
    expect(await copied('/specifications/0/price')).toBe('59')
    await context.close()
  })

  test('ticks survive a reload, and go where a value changes', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(address('tideline-crm', 'index.html'))
    for (const path of ['/product/name', '/product/overview']) await tick(page, path).check()
    const progress = page.locator('[data-step="details"] [data-progress]')
    await page.reload()
    expect(await progress.textContent()).toBe('2 of 10')
    expect(await tick(page, '/product/name').isChecked()).toBe(true)
    await edit(crm(), 'name: Tideline CRM', 'name: Tideline Sales')
    await handOff()
    await page.reload()
    expect(await tick(page, '/product/name').isChecked()).toBe(false)
    expect(await tick(page, '/product/overview').isChecked()).toBe(true)
    expect(await progress.textContent()).toBe('1 of 10')
    // Another product has ticks of its own.
    await page.goto(address('millrace-broker', 'index.html'))
    expect(await tick(page, '/product/overview').isChecked()).toBe(false)
    await page.goto(address('tideline-crm', 'index.html'))
    await page.getByRole('button', { name: 'Clear all ticks' }).click()
    await page.reload()
    expect(await progress.textContent()).toBe('0 of 10')
    await context.close()
  })

  test('without JavaScript there are no buttons that do nothing', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(address('tideline-crm', 'index.html'))
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.locator('button').count()).toBeGreaterThan(10)
    await context.close()
  })

  test('where storage is forbidden, boxes tick all the same', async () => {
    const context = await browser.newContext()
    const { complaints } = watch(context)
    const page = await context.newPage()
    await page.addInitScript(
      `Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })`,
    )
    await page.goto(address('tideline-crm', 'index.html'))
    await tick(page, '/product/name').check()
    expect(await page.locator('[data-step="details"] [data-progress]').textContent()).toBe('1 of 10')
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    ['handoff-saas', ['tideline-crm', 'index.html']],
    // With every field, and every kind of table.
    ['handoff-full', ['full', 'index.html']],
    ['handoff-overview', ['index.html']],
  ])(
    '%s looks finished',
    async (name, path) => {
      await looksFinished(browser, address(...path), name)
    },
    60_000,
  )
})

function tick(page: Page, path: string) {
  return page.locator(`[data-tick="${path}"]`)
}

function field(page: Page, path: string) {
  return page.locator('.handoff-field', { has: tick(page, path) })
}
