/** `koo preview` as a process, and its pages in a real browser: from disk without a request, and live while a manifest is edited. */
import type { ChildProcess } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { describeWithBrowser, launchBrowser, watch } from '../browser.ts'
import { type Place, place, type Screen, terminal } from '../terminal/terminal.ts'
import { edit, openShop, root, type Shop } from './koo.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const manifest = () => join(shop.folder, 'examples/saas/koo.yaml')

/** The server, once it has told its address. */
async function serve(...argv: readonly string[]): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = shop.start({}, 'preview', '--json', ...argv)
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text)
    })
    child.once('exit', (code) => reject(new Error(`koo preview ended with ${code}: ${text}`)))
  })
  return { url: (JSON.parse(line) as { readonly url: string }).url, child }
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGINT')
  })
}

test('Ctrl-C ends it, also while a page asks, and a name elsewhere gets nothing', async () => {
  const { url, child } = await serve('examples/saas')
  const { port } = new URL(url)
  await new Promise((resolve) =>
    request(`${url}state`, resolve)
      .on('error', () => {})
      .end(),
  )
  const status = (host: string) =>
    new Promise((resolve) => {
      request({ host: '127.0.0.1', port, headers: { host } }, (response) => resolve(response.resume().statusCode)).end()
    })
  expect([await status(`127.0.0.1:${port}`), await status(`evil.example:${port}`)]).toEqual([200, 421])
  expect(await stop(child)).toBe(0)
})

describe('without a browser', () => {
  const text = async (url: string, path: string) => (await fetch(new URL(path, url))).text()
  /** Once the server tells of another state than that, as the script of a page would notice it. */
  async function changed(url: string, from: string): Promise<string> {
    for (;;) {
      const state = await text(url, '/state')
      if (state !== from) return state
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  test('products that come, go and come back are seen, and edits after any kind of save', async () => {
    const products = (...path: readonly string[]) => join(shop.folder, 'products', ...path)
    await cp(join(shop.folder, 'examples/saas'), products('saas'), { recursive: true })
    const { url, child } = await serve('products')
    const file = products('saas/koo.yaml')
    const original = await readFile(file, 'utf8')
    const renamedOver = async (name: string) => {
      await writeFile(`${file}.tmp`, original.replace('name: Tideline CRM', `name: ${name}`))
      await rename(`${file}.tmp`, file)
    }
    let state = await text(url, '/state')
    const steps: readonly (readonly [act: () => Promise<unknown>, shown: string])[] = [
      [() => renamedOver('Saved by vim'), '<h1>Saved by vim'],
      [() => edit(file, 'Saved by vim', 'In place'), '<h1>In place'],
      [() => cp(join(shop.folder, 'examples/license'), products('new'), { recursive: true }), '<h1>2 products'],
      [() => edit(products('new/koo.yaml'), /version: .*/, 'version: V9.9'), 'V9.9'],
      [() => rm(products('saas'), { recursive: true }), '<h1>Plumbline'],
      [() => rm(products(), { recursive: true }), '<h1>Nothing to show'],
      [() => cp(join(shop.folder, 'examples/saas'), products('saas'), { recursive: true }), '<h1>Tideline CRM'],
      [() => edit(file, 'name: Tideline CRM', 'name: Again'), '<h1>Again'],
    ]
    for (const [act, shown] of steps) {
      await act()
      // A step may be seen halfway, and then once more.
      for (let page = ''; !page.includes(shown); page = (await text(url, '/')).replace(/<h1[^>]*>/g, '<h1>')) {
        state = await changed(url, state)
      }
    }
    expect(await stop(child)).toBe(0)
  })
})

describe('the browser', () => {
  let here: Place
  let screen: Screen | undefined
  const log = () => join(here.folder, 'opened')
  beforeEach(async () => {
    here = await place()
    await cp(join(root, 'examples/saas'), join(here.folder, 'saas'), { recursive: true })
    await writeFile(
      join(here.folder, 'browser'),
      `#!/bin/sh\necho "$1" > "${log()}.part" && mv "${log()}.part" "${log()}"\n`,
    )
    await chmod(join(here.folder, 'browser'), 0o755)
  })
  afterEach(async () => {
    screen?.close()
    await here.remove()
  })

  const preview = (...argv: readonly string[]): Screen => {
    screen = terminal(here, ['preview', 'saas', ...argv], { env: { BROWSER: join(here.folder, 'browser') } })
    return screen
  }
  const address = (on: Screen) => /http:\/\/127\.0\.0\.1:\d+\//.exec(on.text())?.[0]

  test('is opened on a terminal', async () => {
    const on = preview()
    await on.see('Ctrl-C stops it')
    expect(await appeared(log())).toBe(`${address(on)}\n`)
    on.type('\x03')
    expect(await on.ended()).toBe(0)
  })

  test('is not opened where nobody wants that, and where nobody is', async () => {
    const on = preview('--no-open')
    await on.see('Ctrl-C stops it')
    on.type('\x03')
    expect(await on.ended()).toBe(0)
    const child = shop.start({ BROWSER: join(here.folder, 'browser') }, 'preview', 'examples/saas')
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    expect(await stop(child)).toBe(0)
    await expect(readFile(log())).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that is not there is told, and the preview goes on', async () => {
    screen = terminal(here, ['preview', 'saas'], { env: { BROWSER: 'no-such-program' } })
    await screen.see('The browser was not opened: there is no program no-such-program.')
    expect(address(screen)).toBeDefined()
  })

  /** What a file says, once it is there. */
  async function appeared(path: string): Promise<string> {
    for (;;) {
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text !== undefined) return text
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
})

describeWithBrowser('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  test('a page opens from disk, offline, without one request and without a complaint', async () => {
    await edit(
      manifest(),
      '## Languages',
      '![far](https://elsewhere.example/x.png) <img src="https://elsewhere.example/y.png">\n\n    ## Languages',
    )
    expect((await shop.koo('preview', 'examples/saas', '--out', 'page.html')).code).toBe(0)
    const folder = await mkdtemp(join(tmpdir(), 'koo-mailed-'))
    await cp(join(shop.folder, 'page.html'), join(folder, 'page.html'))
    const context = await browser.newContext({ offline: true })
    const { requests, complaints } = watch(context)
    const page = await context.newPage()
    const address = pathToFileURL(join(folder, 'page.html')).href
    await page.goto(address)
    expect(await page.textContent('h1')).toContain('Tideline CRM')
    await page.waitForLoadState('networkidle')
    expect(requests.filter((each) => !each.startsWith('data:'))).toEqual([address])
    expect(complaints).toEqual([])
    await context.close()
    await rm(folder, { recursive: true })
  })

  test('what is edited is drawn again, at the same place of the page, also what cannot be read', async () => {
    const { url, child } = await serve('examples/saas')
    const context = await browser.newContext({ viewport: { width: 600, height: 300 } })
    const { complaints } = watch(context)
    const page = await context.newPage()
    await page.goto(url)
    // So that there is something to scroll, however long the page is.
    const tall = `document.querySelector('main').insertAdjacentHTML('beforeend', '<br>'.repeat(200))`
    await page.evaluate(tall)
    await page.addInitScript(`addEventListener('DOMContentLoaded', () => { ${tall} }, { once: true })`)
    await page.evaluate('scrollTo({ top: 700, behavior: "instant" })')

    await edit(manifest(), 'name: Tideline CRM', 'name: Tideline Sales')
    await page.waitForSelector('h1:has-text("Tideline Sales")')
    await page.waitForFunction('scrollY === 700')

    await edit(manifest(), 'product:\n', 'product:\n  "key:\n')
    await page.waitForSelector('.code-frame mark')
    expect(await page.textContent('h2#trouble')).toContain('the page is as it was before')
    expect(await page.textContent('h1')).toContain('Tideline Sales')

    await edit(manifest(), '  "key:\n', '')
    await page.waitForSelector('.code-frame', { state: 'detached' })
    await rm(manifest())
    await page.waitForSelector('h1:has-text("Nothing to show")')
    await cp(join(root, 'examples/saas/koo.yaml'), manifest())
    await page.waitForSelector('h1:has-text("Tideline CRM")')
    // Nothing but what the browser says of the page that was not found.
    expect(complaints.filter((each) => !each.includes('404'))).toEqual([])
    expect(await stop(child)).toBe(0)
    await context.close()
  })

  test('many tabs are served; one that was hidden while something changed is drawn again when it is shown', async () => {
    const { url, child } = await serve('examples/saas')
    const context = await browser.newContext()
    const { complaints } = watch(context)
    const pages = []
    // More than a browser has connections.
    for (let tab = 0; tab < 8; tab += 1) {
      const page = await context.newPage()
      await page.goto(url)
      pages.push(page)
    }
    const [hidden, ...shown] = pages
    const hide = (value: boolean) =>
      hidden?.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${value} });
         document.dispatchEvent(new Event('visibilitychange'))`,
      )
    await hide(true)
    await edit(manifest(), 'name: Tideline CRM', 'name: Tideline Sales')
    for (const page of shown) await page.waitForSelector('h1:has-text("Tideline Sales")')
    expect(await hidden?.textContent('h1')).toBe('Tideline CRM')
    await hide(false)
    await hidden?.waitForSelector('h1:has-text("Tideline Sales")')
    expect(complaints).toEqual([])
    expect(await stop(child)).toBe(0)
    await context.close()
  })

  test('what was chosen in the calculator is still chosen when the page is drawn again', async () => {
    const { url, child } = await serve('examples/saas')
    const page = await browser.newPage()
    await page.goto(url)
    await page.getByRole('radio', { name: 'Business', exact: true }).check()
    await page.getByRole('radio', { name: '1 year', exact: true }).check()
    const total = await page.textContent('[data-total]')
    await edit(manifest(), 'name: Tideline CRM', 'name: Tideline Sales')
    await edit(manifest(), 'name: Team', 'name: Crew')
    await page.waitForSelector('h1:has-text("Tideline Sales")')
    await page.waitForSelector('label:has-text("Crew")')
    expect(await page.getByRole('radio', { name: 'Business', exact: true }).isChecked()).toBe(true)
    expect(await page.getByRole('radio', { name: '1 year', exact: true }).isChecked()).toBe(true)
    expect(await page.textContent('[data-total]')).toBe(total)
    await edit(manifest(), 'name: Business', 'name: Firm')
    await page.waitForSelector('label:has-text("Firm")')
    expect(await page.getByRole('radio', { name: 'Crew', exact: true }).isChecked()).toBe(true)
    expect(await stop(child)).toBe(0)
    await page.close()
  })

  test('a page goes on with the next server at its port', async () => {
    const first = await serve('examples/saas')
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(first.url)
    await stop(first.child)
    await page.waitForSelector('.connection:has-text("The preview was stopped")')
    await edit(manifest(), 'name: Tideline CRM', 'name: Tideline Sales')
    const second = await serve('examples/saas', '--port', new URL(first.url).port)
    await page.waitForSelector('h1:has-text("Tideline Sales")')
    expect(await page.textContent('.connection')).toBe('')
    expect(await stop(second.child)).toBe(0)
    await context.close()
  })

  test('what no page shows is no change, not even the data of a sandbox that is asked', async () => {
    const data = ['--compare', '--data', 'examples/saas/market']
    expect((await shop.koo('publish', 'examples/saas', '--data', 'examples/saas/market')).code).toBe(0)
    const { url, child } = await serve('examples/saas', ...data)
    const page = await browser.newPage()
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await page.goto(url)
    await writeFile(join(shop.folder, 'examples/saas/notes.txt'), 'nothing of a page')
    await page.waitForSelector('h1:has-text("what changes")')
    await edit(manifest(), 'name: Tideline CRM', 'name: Tideline Sales')
    await page.waitForSelector('h1:has-text("Tideline Sales: what changes")')
    await page.waitForLoadState()
    expect(loads).toBe(2)
    expect(await page.textContent('#changes ~ ul')).toContain('Product › Product name')
    expect(await stop(child)).toBe(0)
    await page.close()
  })

  test('several products are listed, and each has its page', async () => {
    const { url, child } = await serve('examples')
    const page = await browser.newPage()
    await page.goto(url)
    await page.click('text=Tideline CRM')
    await page.waitForSelector('h1:has-text("Tideline CRM")')
    expect(page.url()).toBe(`${url}tideline-crm/`)
    await page.click('text=All products')
    await page.waitForSelector('h1:has-text("6 products")')
    expect((await page.goto(`${url}nothing/`))?.status()).toBe(404)
    expect(await stop(child)).toBe(0)
    await page.close()
  })

  test('a marketplace that does not answer takes only the comparison', async () => {
    const child = shop.start(
      { HUAWEICLOUD_SDK_AK: 'AK', HUAWEICLOUD_SDK_SK: 'SK' },
      ...['preview', 'examples/saas', '--json', '--compare', '--marketplace', 'http://127.0.0.1:1'],
    )
    const line = await new Promise<Buffer>((resolve) => child.stdout?.once('data', resolve))
    const page = await browser.newPage()
    await page.goto((JSON.parse(line.toString()) as { readonly url: string }).url)
    expect(await page.textContent('h1')).toContain('Tideline CRM')
    expect(await page.textContent('.notice')).toContain('could not be compared')
    expect(await stop(child)).toBe(0)
    await page.close()
  })
})
