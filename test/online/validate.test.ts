/** `koo validate --online`, end to end: real processes, a real web server, a real sandbox. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { edit, openShop, type Run, type Shop, startSandbox } from '../e2e/koo.ts'
import { closedPort, type Web, web } from './web.ts'

let shop: Shop
let site: Web
beforeAll(async () => {
  site = await web({ '/here': 200, '/gone': 404 })
})
afterAll(() => site.close())
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const consulting = 'examples/consulting/koo.yaml'
const image = 'examples/image/koo.yaml'
const license = 'examples/license/koo.yaml'
const assetId = '0b1e494e2660441a957313163095fe5c'

const link = (address: string) => edit(join(shop.folder, consulting), /^ {2}link: .*$/m, `  link: ${address}`)
const asset = (version: string) =>
  edit(join(shop.folder, license), /^ {2}method: .*$/m, `$&\n  asset:\n    id: ${assetId}\n    version: ${version}`)

interface Validated {
  readonly summary: { readonly files: number; readonly errors: number; readonly warnings: number }
  readonly diagnostics: readonly { readonly code: string; readonly file: string; readonly path: string }[]
  readonly unreached?: readonly { readonly file: string; readonly what: string; readonly why: string }[]
}
const json = (run: Run) => JSON.parse(run.stdout) as Validated

describe('links', () => {
  test('need no marketplace and no credentials', async () => {
    await link(`${site.url}/here`)
    const run = await shop.koo('validate', consulting, '--online')
    expect(run).toMatchObject({ code: 0, stdout: '1 manifest: no findings\n' })
    expect(run.stderr).toBe(`ledgerfield-cost-consulting: looking at ${site.url}/here\n`)
  })

  test('that are broken are findings, exit code 1', async () => {
    await link(`${site.url}/gone`)
    expect((await shop.koo('validate', consulting)).code).toBe(0)
    const run = await shop.koo('validate', consulting, '--online')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('Link: the address answers with status 404. [link-broken]')
  })

  test('that nobody answers for are told apart, exit code 5', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/consulting`
    await link(url)
    const run = await shop.koo('validate', consulting, '--online')
    expect(run.code).toBe(5)
    expect(run.stdout).toBe(
      [
        'Not looked at, so nothing is known of it:',
        `  ${consulting} ${url}: the connection is refused.`,
        '',
        '1 manifest: no findings, 1 not looked at',
        '',
      ].join('\n'),
    )
    const answer = json(await shop.koo('validate', consulting, '--online', '--json'))
    expect(answer.unreached).toEqual([{ file: consulting, what: url, why: 'the connection is refused' }])
  })

  test('are not looked at in a manifest with errors, nor without the flag', async () => {
    await link(`${site.url}/untouched`)
    expect(json(await shop.koo('validate', consulting, '--json'))).not.toHaveProperty('unreached')
    await edit(join(shop.folder, consulting), /^ {2}version: .*$/m, '  version: one')
    const run = await shop.koo('validate', consulting, '--online', '--json')
    expect([run.code, json(run).unreached]).toEqual([1, []])
    expect(site.seen.map(({ url }) => url)).not.toContain('/untouched')
  })

  test('of a manifest on standard input', async () => {
    await link(`${site.url}/gone`)
    const text = await readFile(join(shop.folder, consulting), 'utf8')
    const run = await shop.kooReading(text, 'validate', '--stdin', '--stdin-name', consulting, '--online', '--json')
    expect(json(run).diagnostics).toMatchObject([{ code: 'link-broken', file: consulting, path: '/delivery/link' }])
  })
})

describe('images and assets', () => {
  test('of a marketplace: unusable ones are findings, and warnings where it does not say', async () => {
    const [images, assets] = [join(shop.folder, 'images.json'), join(shop.folder, 'assets.json')]
    const [first, second] = ['6f1c0e9a-3b47-4d25-9c8e-5a70d1b2e4f6', 'b8d42a57-90ce-4f13-a6b1-27e3c95f08d4']
    const listed = [
      { region: 'ap-southeast-3', id: first, __system__cmkid: 'key' },
      { region: 'la-south-2', id: second, __system_support_market: null },
    ]
    await writeFile(images, JSON.stringify(listed))
    await writeFile(assets, JSON.stringify([{ asset_id: assetId }]))
    await asset('V1.2')
    const { url, environment, kill } = await startSandbox(shop, '--images', images, '--assets', assets)
    const { KOO_MARKETPLACE: _, ...keys } = environment
    const run = await shop.kooWith(keys, 'validate', image, license, '--online', '--marketplace', url, '--json')
    expect(run.code).toBe(1)
    expect(json(run).diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['image-unusable', '/delivery/images/0/id'],
      ['image-uncertain', '/delivery/images/1/id'],
      ['asset-missing', '/delivery/asset/version'],
    ])
    const services = { KOO_IMS_ENDPOINT: `${url}/ims/{region}`, ...keys }
    const alone = json(await shop.kooWith(services, 'validate', image, license, '--online', '--json'))
    expect(alone.diagnostics.map(({ code }) => code)).toEqual(['image-unusable', 'image-uncertain'])
    expect(alone.unreached).toMatchObject([{ file: license, why: 'No open API is configured; set KOO_OPEN_API.' }])
    await kill()
  })

  test('of nothing configured: the sandbox stands in, and koo says so', async () => {
    await asset('V1.0')
    const run = await shop.koo('validate', image, license, '--online')
    expect(run).toMatchObject({ code: 0, stdout: '2 manifests: no findings\n' })
    expect(run.stderr.match(/No marketplace is configured/g)).toHaveLength(1)
  })

  test('without credentials are not looked at, and the links are', async () => {
    await link(`${site.url}/gone`)
    const marketplace = `http://127.0.0.1:${await closedPort()}`
    const run = await shop.koo('validate', consulting, image, '--online', '--marketplace', marketplace, '--json')
    expect([run.code, json(run).diagnostics.map(({ code }) => code)]).toEqual([1, ['link-broken']])
    expect(json(run).unreached).toHaveLength(2)
    expect(json(run).unreached?.[0]?.why).toMatch(/^There are no credentials.*HUAWEICLOUD_SDK_AK/)
  })

  test.each([
    [['--marketplace', 'https://market.example'], {}, '--marketplace is for --online.'],
    [['--online'], { KOO_OPEN_API: 'mkt' }, '`mkt` is not the address of an open API (KOO_OPEN_API).'],
    [
      ['--online'],
      { KOO_IMS_ENDPOINT: 'http://ims.{region}.example' },
      'http://ims.ap-southeast-3.example is not encrypted.',
    ],
  ])('%j with %j is wrong usage', async (flags, environment, said) => {
    const run = await shop.kooWith(environment as Record<string, string>, 'validate', image, ...flags)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(said)
  })
})
