/** The frame of all pages, in a real browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { Icon } from '../../src/web/icons.tsx'
import { htmlOf } from '../../src/web/page.tsx'
import { Badge, Facts, Notice, Scrolled, Section, Top } from '../../src/web/parts.tsx'
import { describeWithBrowser, launchBrowser, looksFinished, watch } from '../browser.ts'

const sample = htmlOf({
  title: 'A <page> & its parts',
  scripts: ['copy'],
  body: (
    <>
      <Top name="koo" home="#main" links={[{ title: 'Here', href: '#main', isHere: true }]} />
      <main id="main" class="wide">
        <h1>Parts</h1>
        <Section id="tones" title="Tones">
          {(['good', 'warning', 'bad', 'info', 'plain'] as const).map((tone) => (
            <Notice key={tone} tone={tone} title={`A notice that is ${tone}`}>
              <p>
                With <code>code</code>, <a href="#main">the way to the top</a> and <Badge tone={tone}>{tone}</Badge>.
              </p>
            </Notice>
          ))}
          <button type="button" data-copy="copied text">
            <Icon name="copy" />
            <span data-told="">Copy</span>
          </button>
        </Section>
        <Section id="facts" title="Facts">
          <Facts rows={[['Name', '<script>alert(1)</script>']]} />
          <Scrolled label="A wide table">
            <table>
              <thead>
                <tr>
                  <th>{'wide'.repeat(100)}</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <td class="number">1</td>
                </tr>
              </tbody>
            </table>
          </Scrolled>
        </Section>
      </main>
    </>
  ),
})

test('what a manifest says is text, in the body and in the head', () => {
  expect(sample).toContain('<title>A &lt;page> &amp; its parts</title>')
  expect(sample).toContain('&lt;script>alert(1)')
})

test('a style or script the build has not made is a mistake', () => {
  expect(() => htmlOf({ title: 'x', body: null, scripts: ['nothing'] })).toThrow('nothing')
})

describeWithBrowser('in a browser', () => {
  let browser: Browser
  let folder: string
  let address: string
  beforeAll(async () => {
    browser = await launchBrowser()
    folder = await mkdtemp(join(tmpdir(), 'koo-page-'))
    await writeFile(join(folder, 'page.html'), sample)
    address = pathToFileURL(join(folder, 'page.html')).href
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  test('its parts are legible and reachable in both widths and schemes', async () => {
    await looksFinished(browser, address, 'parts')
  })

  test('its own style and script run under its policy, and others do not', async () => {
    const context = await browser.newContext()
    const { requests, complaints } = watch(context)
    const page = await context.newPage()
    await page.goto(address)
    expect(complaints).toEqual([])
    await page.click('button')
    await page.waitForSelector('text=Copied')
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png">')`)
    await page.evaluate(
      `{ const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.body.append(s) }`,
    )
    expect(await page.evaluate('window.bad')).toBeUndefined()
    expect(requests).toEqual([address])
    expect(complaints.length).toBeGreaterThan(0)
    await context.close()
  })
})
