/** Publishing from a terminal to a sandbox in another process: the question, the progress, the wait, Ctrl-C. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type Environment,
  keys,
  type Place,
  place,
  run,
  type Sandbox,
  type Screen,
  sandbox,
  terminal,
} from './terminal.ts'

let here: Place
let market: Sandbox
const opened: Screen[] = []

beforeEach(async () => {
  here = await place()
})
afterEach(async () => {
  for (const each of opened.splice(0)) each.close()
  await market.close()
  await here.remove()
})

/** A sandbox, and a product that is ready to be published to it. */
async function shop(method: string, ...flags: readonly string[]): Promise<void> {
  market = await sandbox(here, ...flags)
  expect((await run(here, ['init', 'shop', '--method', method, '--yes'])).code).toBe(0)
}

function onTerminal(...args: readonly string[]): Screen {
  const screen = terminal(here, [...args, '--marketplace', market.url], { env: market.environment })
  opened.push(screen)
  return screen
}

async function json(args: readonly string[], env: Environment = market.environment): Promise<unknown> {
  const { code, stdout, stderr } = await run(here, [...args, '--marketplace', market.url, '--json'], env)
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

async function state(): Promise<string | undefined> {
  const { products } = (await json(['list'])) as { readonly products: readonly { readonly state: string }[] }
  return products[0]?.state
}

/** No spinner is left, the cursor is back, and every cell holds something that can be read. */
function tidy(screen: Screen): void {
  expect(screen.cursorVisible()).toBe(true)
  expect(screen.text().replaceAll('\n', '')).not.toMatch(/[\u2800-\u28ff]|\p{Cc}/u)
  expect(screen.text()).not.toMatch(/\bat .*\.[cjt]s:\d/)
  expect(screen.text()).not.toMatch(/uploading|packing/)
}

test('`n` sends nothing', async () => {
  await shop('consulting')
  const screen = onTerminal('publish', 'shop')
  await screen.see(`? Publish 1 product to ${market.url}?`)
  expect(screen.text()).toContain('shop V1.0 (consulting): create')
  expect(screen.text()).toContain('upload logo.png')
  expect(screen.text()).toContain(`Plan for ${market.url}: 1 product to send.`)
  screen.type('n', keys.enter)
  expect(await screen.ended()).toBe(130)
  expect(screen.text()).toContain('Nothing was sent.')
  tidy(screen)
  expect(await json(['list'])).toMatchObject({ products: [] })
})

test('Ctrl-C at the question sends nothing', async () => {
  await shop('consulting')
  const screen = onTerminal('publish', 'shop')
  await screen.see('? Publish 1 product')
  screen.type(keys.ctrlC)
  expect(await screen.ended()).toBe(130)
  tidy(screen)
  expect(await json(['list'])).toMatchObject({ products: [] })
})

test('`y` publishes', async () => {
  await shop('license', '--review-delay', '1s')
  const screen = onTerminal('publish', 'shop')
  await screen.see('? Publish 1 product')
  screen.type('y', keys.enter)
  await screen.see(/[\u2800-\u28ff] shop: in review/)
  expect(screen.cursorVisible()).toBe(false)
  expect(await screen.ended()).toBe(0)
  expect(screen.text()).toMatch(/shop +V1\.0 +license +on sale/)
  expect(screen.raw()).toMatch(/shop: uploading \S+ \d+ %/)
  tidy(screen)
  expect(await state()).toBe('on-sale')
  const again = onTerminal('publish', 'shop')
  expect(await again.ended()).toBe(0)
  expect(again.text()).toContain('nothing to do')
  expect(again.text()).not.toContain('?')
})

test('--yes does not ask, --quiet shows no progress', async () => {
  await shop('consulting')
  const screen = onTerminal('publish', 'shop', '--yes', '--quiet')
  expect(await screen.ended()).toBe(0)
  expect(screen.raw()).not.toMatch(/[\u2800-\u28ff]/)
  expect(screen.text()).not.toContain('?')
})

test('Ctrl-C while the review goes on, and the way on', async () => {
  await shop('consulting', '--review', 'manual')
  const first = onTerminal('publish', 'shop', '--yes')
  await first.see('shop: in review')
  first.type(keys.ctrlC)
  expect(await first.ended()).toBe(130)
  expect(first.text()).toContain('Stopped waiting; publishing again waits again.')
  expect(first.text().replaceAll('\n', '')).toMatch(/koo status shop --marketplace \S+ --watch/)
  tidy(first)
  expect(await state()).toBe('in-review')

  const second = onTerminal('publish', 'shop')
  await json(['sandbox', 'review', 'shop', '--approve'])
  expect(await second.ended()).toBe(0)
  expect(second.text()).toMatch(/shop +V1\.0 +consulting +on sale/)
  tidy(second)

  const third = onTerminal('publish', 'shop')
  expect(await third.ended()).toBe(0)
  expect(third.text()).toContain('on sale, nothing to do')
})

test('a second run says what it waits for', async () => {
  await shop('consulting', '--review', 'manual')
  await json(['publish', 'shop', '--no-wait'])
  const screen = onTerminal('publish', 'shop')
  await screen.see(/[\u2800-\u28ff] shop: .*review/)
  await json(['sandbox', 'review', 'shop', '--approve'])
  expect(await screen.ended()).toBe(0)
  tidy(screen)
})

test('what a reviewer complains of is shown in the manifest', async () => {
  await shop('consulting', '--review', 'reject')
  const screen = onTerminal('publish', 'shop', '--yes')
  expect(await screen.ended()).toBe(1)
  const caret = screen.rows().findIndex((row) => /^ +\| +\^+$/.test(row))
  expect(screen.rows()[caret - 1]).toMatch(/^> +\d+ \| {3}name: Shop$/)
  tidy(screen)
})

test('discontinuing wants the key typed', async () => {
  await shop('consulting')
  await json(['publish', 'shop', '--yes'])
  const screen = onTerminal('discontinue', 'shop')
  await screen.see('Type shop to discontinue it:')
  screen.type('shp', keys.enter)
  await screen.see('> Type shop, or stop with Ctrl-C.')
  expect(await state()).toBe('on-sale')
  screen.type(keys.clearLine, 'shop', keys.enter)
  expect(await screen.ended()).toBe(0)
  expect(screen.text()).toContain('shop V1.0 is discontinued.')
  tidy(screen)
  expect(await state()).toBe('discontinued')
})

test('discontinuing is stopped by Ctrl-C', async () => {
  await shop('consulting')
  await json(['publish', 'shop', '--yes'])
  const screen = onTerminal('discontinue', 'shop')
  await screen.see('Type shop to discontinue it:')
  screen.type('shop', keys.ctrlC)
  expect(await screen.ended()).toBe(130)
  tidy(screen)
  expect(await state()).toBe('on-sale')
})

test('Ctrl-C stops the sandbox', async () => {
  await shop('consulting')
  const screen = terminal(here, ['sandbox', '--port', '0'])
  opened.push(screen)
  await screen.see(/✔ The sandbox listens at http:\/\/127\.0\.0\.1:\d+/)
  screen.type(keys.ctrlC)
  expect(await screen.ended()).toBe(0)
  tidy(screen)
})
