/** `koo list`, and its report of the whole catalogue: which requests it takes, and where the page goes. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import 'undici'
import { example, type Market, openMarket, withOverview, withVersion } from '../publish/market.ts'
import { runKoo } from './in-process.ts'

const complaint = { path: '/product/name', code: 'name', message: 'Not the registered <name>.' }

let folder: string
let market: Market
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-list-'))
  market = await openMarket('manual')
  const { files, marketplace } = market
  const sold = await market.sold(await example(files, 'consulting'))
  await marketplace.review(sold.id, { decision: 'approve' })
  const rejected = await market.sold(await example(files, 'hardware'))
  await marketplace.review(rejected.id, { decision: 'reject', complaints: [complaint] })
  await market.sold(await example(files, 'saas'))
  const taken = await market.sold(await example(files, 'professional-service'))
  await marketplace.withdraw(taken.id, '0'.repeat(32))
  const newer = await market.sold(await example(files, 'consulting', withVersion('V9.9')))
  await market.edited(newer, withOverview('What a colleague typed into the console.'))
})
afterAll(async () => {
  await market.close()
  await rm(folder, { recursive: true, force: true })
})

const koo = (...argv: readonly string[]) =>
  runKoo({ folder, environment: { ...market.environment, KOO_DATA: join(folder, 'data') } }, ...argv)

/** The text of the page's table, a line for each product. */
function rowsOf(html: string): readonly string[] {
  return [...html.matchAll(/<tr data-is="[^"]*">(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
  )
}

/** What was asked of the marketplace, without its queries. */
async function requestsOf(...argv: readonly string[]): Promise<readonly string[]> {
  const { stderr } = await koo(...argv, '--debug')
  return [...stderr.matchAll(/GET \S*?(\/v1\/[\w/]+)/g)].map(([, path = '']) => path)
}

test('more than the listing is asked for only where a report is wanted', async () => {
  expect(await requestsOf('list')).toEqual(['/v1/products'])
  expect(await requestsOf('list', '--html')).toEqual(['/v1/products', '/v1/account', '/v1/releases'])
})

test('text and JSON are what they are without a report', async () => {
  const { code, stdout } = await koo('list')
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Product +Version +Method +State/) })
  expect(stdout).not.toContain('hand')
  expect(Object.keys(JSON.parse((await koo('list', '--json')).stdout))).toEqual(['format', 'marketplace', 'products'])
})

test('--html prints the page: each product with its newest release', async () => {
  const { code, stdout, stderr } = await koo('list', '--html')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^<!doctype html>/)
  const rows = rowsOf(stdout)
  expect(rows).toHaveLength(4)
  expect(rows.find((row) => row.includes('ledgerfield-cost-consulting'))).toMatch(
    /on sale .* V9\.9 in review 2 .*waiting/,
  )
  expect(rows.filter((row) => / (rejected|withdrawn) /.test(row))).toHaveLength(2)
  expect(stdout).toContain('Not the registered &lt;name>.')
  expect(stdout).toContain(`On <bdi>${market.environment.KOO_MARKETPLACE}</bdi>`)
})

test('--format html is the same', async () => {
  const [short, long] = [await koo('list', '--html'), await koo('list', '--format', 'html')]
  const withoutTime = (html: string) => html.replace(/\d\d:\d\d(:\S+)?|\d+ s\b/g, '')
  expect(withoutTime(long.stdout)).toBe(withoutTime(short.stdout))
})

test('--html FILE writes it there, and the usual text says so', async () => {
  const { code, stdout } = await koo('list', '--html', 'out/catalogue.html')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Product +Version/)
  expect(stdout).toMatch(/✔ Wrote out\/catalogue\.html: 3 of 4 products need a hand\.\n$/)
  expect(await readdir(join(folder, 'out'))).toEqual(['catalogue.html'])
  expect(rowsOf(await readFile(join(folder, 'out/catalogue.html'), 'utf8'))).toHaveLength(4)
})

test('beside JSON, which names what needs a hand', async () => {
  const { code, stdout } = await koo('list', '--html', 'beside.html', '--json')
  expect(code).toBe(0)
  const { products, reports, needs_a_hand: needy } = JSON.parse(stdout)
  expect(products).toHaveLength(4)
  expect(reports).toEqual(['beside.html'])
  expect(needy.map(({ why }: { readonly why: readonly string[] }) => why.join()).sort()).toEqual([
    'edited',
    'rejected',
    'unsubmitted',
  ])
})

test('- is standard output, as without a file', async () => {
  const withoutTime = (html: string) => html.replace(/\d\d:\d\d(:\S+)?|\d+ s\b/g, '')
  const { stdout } = await koo('list', '--html')
  for (const argv of [
    ['--html', '-'],
    ['--format', 'html', '--output', '-'],
  ]) {
    const { code, stdout: given } = await koo('list', ...argv)
    expect([code, withoutTime(given)]).toEqual([0, withoutTime(stdout)])
  }
  expect(await readdir(folder)).not.toContain('-')
})

test('--format html --output FILE prints nothing', async () => {
  expect(await koo('list', '--format', 'html', '--output', 'quiet.html')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await koo('list', '--html', '--output', 'short.html')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect((await readdir(folder)).filter((name) => name.endsWith('.html')).sort()).toEqual(
    expect.arrayContaining(['quiet.html', 'short.html']),
  )
})

test.each([
  [['--html', '-', '--json'], /html and json cannot both go to standard output/],
  [['--html', '-', '--output', 'x.html'], /--output x.html belongs to no format/],
  [['--html', '--json'], /html and json cannot both go to standard output/],
  [['--html', '--format', 'text'], /html and text cannot both go to standard output/],
  [['--html='], /--html has an empty value/],
  [['--format', 'sarif'], /--format takes text, json or html/],
])('%j contradicts itself', async (argv, message) => {
  expect(await koo('list', ...argv)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
})

test('commands without a page have no --html', async () => {
  expect(await koo('status', '--html')).toMatchObject({ code: 2, stderr: expect.stringContaining('--html') })
})
