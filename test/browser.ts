/** A real browser for a suite, how pages are judged by axe, and the pictures that are kept of them. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect } from '@jest/globals'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const programs = [
  ...(process.env.KOO_BROWSER === undefined ? [] : [process.env.KOO_BROWSER]),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const program = programs.find((path) => existsSync(path))

/** `describe` where a Chromium is installed, else `describe.skip`, which the count of tests shows. */
export const describeWithBrowser = program === undefined ? describe.skip : describe

/** A browser of its own for a suite; close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  if (program === undefined) throw new Error('No Chromium is installed.')
  // A sandbox inside a container needs rights that root of a container does not have.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath: program,
    args: [...sandbox, '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
}

/** Desktop and phone. */
export const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const
/** Each width and each scheme once: what axe finds depends on the one or on the other. */
const looks = [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/** What axe finds wrong with the page as it stands, best practices included, a line each. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Evaluated as the browser's own tools do it, which the policy of the page does not concern.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
  const found: readonly Violation[] = await page.evaluate('axe.run().then(({ violations }) => violations)')
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

const folder = fileURLToPath(new URL('screenshots/', import.meta.url))

/**
 * Looks at a page in both widths and both schemes: axe finds nothing, nothing sticks out at the side, and a picture of each is
 * kept as `test/screenshots/NAME-WIDTH-SCHEME.png`. `prepare` brings the page into the state to be looked at,
 * once.
 */
export async function looksFinished(
  browser: Browser,
  address: string,
  name: string,
  prepare: (page: Page) => Promise<void> = async () => {},
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto(address)
  await prepare(page)
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize(widths[width])
    await page.emulateMedia({ colorScheme })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect({ name, width, overflow }).toMatchObject({ overflow: 0 })
    expect({ name, width, colorScheme, violations: await axeViolations(page) }).toMatchObject({ violations: [] })
    await page.screenshot({ path: `${folder}${name}-${width}-${colorScheme}.png`, fullPage: true })
  }
  await context.close()
}

/** Every request a page makes beyond itself, and everything it complains of, from now on. */
export function watch(context: BrowserContext): { readonly requests: string[]; readonly complaints: string[] } {
  const requests: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  // What the policy of a page stops is announced all the same.
  context.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') requests.splice(requests.indexOf(request.url()), 1)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return { requests, complaints }
}
