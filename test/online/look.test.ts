/** Looking at links, images and assets: real HTTP servers, and the sandbox as image service and asset center. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { httpAssets } from '../../src/adapters/http-assets.ts'
import { httpImages } from '../../src/adapters/http-images.ts'
import { httpLinks } from '../../src/adapters/http-links.ts'
import { signedHttp } from '../../src/adapters/signed-http.ts'
import { readSource } from '../../src/check/source.ts'
import type { Event } from '../../src/model/event.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import { lookOnline, type OnlineProduct } from '../../src/online/look.ts'
import type { OnlinePorts } from '../../src/online/look-ups.ts'
import type { Credentials } from '../../src/ports.ts'
import { imageDiagnostics } from '../../src/publish/images.ts'
import { assetsOf } from '../../src/sandbox/assets.ts'
import { imagesOf } from '../../src/sandbox/images.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { dataFolder, randomness } from '../sandbox/harness.ts'
import { closedPort, moved, type Web, web } from './web.ts'

const region = 'ap-southeast-3'
const clock = { now: () => Date.now(), sleep: async () => {} }
const stop = new AbortController().signal
const id = (number: number) => `33ad552d-1149-471c-8190-${String(number).padStart(12, '0')}`
const assetId = '0b1e494e2660441a957313163095fe5c'
const otherAsset = 'ffffffffffffffffffffffffffffffff'

/** What IMS may say of an image, and what follows. */
const rows: readonly (readonly [attributes: Readonly<Record<string, unknown>>, said: string | undefined])[] = [
  [{}, undefined],
  [{ status: 'saving' }, 'is not in a usable state: its status is saving, not active (IMG.0046)'],
  [
    { __imagetype: 'shared' },
    'is shared by somebody else; only a private image of your own can be released (IMG.0052)',
  ],
  [{ __imagetype: 'gold' }, 'is a gold image; only a private image of your own can be released (IMG.0047)'],
  [{ __productcode: 'OFFI1' }, 'is published already, as OFFI1, and an image is published once (IMG.0049)'],
  [{ __backup_id: 'b' }, 'was made from a backup; make it from a server’s system disk (IMG.0051)'],
  [{ __system__cmkid: 'k' }, 'is encrypted; copy it to an unencrypted one first (IMG.0098)'],
  [{ __whole_image: true }, 'is of a whole machine; only an image of the system disk can be released (IMG.0129)'],
  [{ __whole_image: 'true' }, 'is of a whole machine; only an image of the system disk can be released (IMG.0129)'],
  [{ virtual_env_type: 'DataImage' }, 'is of a data disk; a system disk is needed (IMG.0124)'],
  [{ virtual_env_type: 'IsoImage' }, 'is no system-disk image (virtual_env_type IsoImage, needed FusionCompute)'],
  [{ __image_size: String(128 * 1024 ** 3) }, undefined],
  [{ __image_size: String(129 * 1024 ** 3) }, 'has 129.0 GB; at most 128 GB can be released'],
  [{ __originalimagename: id(900) }, 'was made from a marketplace image of somebody else (IMG.0043)'],
  [{ __originalimagename: id(901) }, 'was made from an image shared by somebody else'],
  [{ __originalimagename: id(902) }, undefined],
  [{ __originalimagename: id(999) }, undefined],
  [
    { __system_support_market: false },
    'may not be released on the marketplace: __system_support_market is false (IMG.0082)',
  ],
  [
    { __system_support_market: null },
    'may or may not be released: the image service leaves __system_support_market out',
  ],
]

const parents = [
  { id: id(900), __imagetype: 'market', owner: 'somebody' },
  { id: id(901), __imagetype: 'shared', owner: 'somebody' },
  { id: id(902), __imagetype: 'gold', owner: 'huawei' },
]

let folder: Awaited<ReturnType<typeof dataFolder>>
let sandbox: Sandbox
let site: Web

beforeAll(async () => {
  folder = await dataFolder()
  const images = [...rows.map(([attributes], index) => ({ id: id(index), ...attributes })), ...parents]
  const assets = [
    { asset_id: assetId, version: 'V1.0' },
    { asset_id: assetId, version: 'V1.1', region },
    { asset_id: assetId, version: 'V1.1', region: 'la-south-2' },
    { asset_id: otherAsset, deployed_type: 'image' },
  ]
  sandbox = await startSandbox({
    port: 0,
    data: folder.path,
    review: 'auto',
    reviewDelay: 0,
    images: imagesOf(JSON.stringify(images.map((image) => ({ ...image, region })))) ?? [],
    assets: assetsOf(JSON.stringify({ data: assets })) ?? [],
    clock,
    randomness,
  })
  site = await web({
    '/page': 200,
    '/private': 403,
    '/gone': 410,
    '/moved': moved(301, '/gone'),
    '/slow': (_, response) => void setTimeout(() => response.writeHead(404).end(), 60),
  })
})
afterAll(async () => {
  await site.close()
  await sandbox.close()
  await folder.remove()
})

function ports({ url = sandbox.url, credentials = sandbox.credentials }: Given = {}): OnlinePorts {
  const open = (path: string) =>
    signedHttp({ who: 'The service', base: new URL(`${url}${path}`), credentials, clock, randomness, stop })
  return {
    links: async () => links,
    images: async () => httpImages((region) => open(`/ims/${region}`)),
    assets: async () => httpAssets(() => open('')),
  }
}
interface Given {
  readonly url?: string
  readonly credentials?: Credentials
}
const links = httpLinks({ stop, time: 2000 })

function product(delivery: readonly string[], key = 'harbor'): OnlineProduct {
  const text = ['product:', `  key: ${key}`, 'delivery:', ...delivery.map((line) => `  ${line}`), ''].join('\n')
  const file = `${key}/koo.yaml`
  const { value, place } = readSource(file, new TextEncoder().encode(text))
  return { file, manifest: value as Manifest, place }
}

const linked = (address: string, key?: string) => product(['method: consulting', `link: ${address}`], key)
const imaged = (...numbers: readonly number[]) =>
  product([
    'method: image',
    'images:',
    ...numbers.flatMap((number) => [`  - region: ${region}`, `    id: ${id(number)}`]),
  ])
const withAsset = (method: string, asset: string, ...version: readonly string[]) =>
  product([`method: ${method}`, 'asset:', `  id: ${asset}`, ...version.map((each) => `  version: ${each}`)])

const look = async (each: OnlineProduct, given?: Given) => {
  const { diagnostics, unreached } = await lookOnline(ports(given), [each])
  return { found: diagnostics.map(({ code, path, message }) => [code, path, message]), unreached }
}
const nothing = { found: [], unreached: [] }

describe('links', () => {
  test('a page that is there, or lets in only some, is fine', async () => {
    for (const path of ['/page', '/private']) expect(await look(linked(`${site.url}${path}`))).toEqual(nothing)
  })

  test('a page that answers with an error is a finding at its field', async () => {
    expect((await lookOnline(ports(), [linked(`${site.url}/gone`)])).diagnostics).toMatchObject([
      { file: 'harbor/koo.yaml', line: 5, path: '/delivery/link', code: 'link-broken', severity: 'error' },
    ])
    expect((await look(linked(`${site.url}/moved`))).found).toEqual([
      [
        'link-broken',
        '/delivery/link',
        `Link: the address redirects to ${site.url}/gone, which answers with status 410.`,
      ],
    ])
    expect((await look(linked('http://harbor.example:99999/'))).found).toEqual([
      ['link-broken', '/delivery/link', 'Link: no browser takes this for an address.'],
    ])
  })

  test('a page nobody answers for is no finding', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/`
    expect(await look(linked(url))).toEqual({
      found: [],
      unreached: [{ file: 'harbor/koo.yaml', what: url, why: 'the connection is refused' }],
    })
  })

  test('an interface may answer what it likes, but has to answer', async () => {
    const saas = (url: string) => product(['method: saas', `productionUrl: ${url}`])
    expect(await look(saas(`${site.url}/gone`))).toEqual(nothing)
    const url = `http://127.0.0.1:${await closedPort()}/`
    expect(await look(saas(url))).toMatchObject({ found: [], unreached: [{ what: url }] })
  })

  test('a placeholder is nobody’s page', async () => {
    expect(await look(linked('https://www.example.com/consulting'))).toEqual(nothing)
  })

  test('results come in the order of the products, not of the answers', async () => {
    const slow = linked(`${site.url}/slow`, 'one')
    const fast = linked(`${site.url}/gone`, 'two')
    const events: Event[] = []
    const { diagnostics } = await lookOnline(ports(), [slow, fast], (event) => events.push(event))
    expect(diagnostics.map(({ file }) => file)).toEqual(['one/koo.yaml', 'two/koo.yaml'])
    expect(events.filter(({ is }) => is === 'settled')).toEqual([
      { is: 'settled', key: 'two' },
      { is: 'settled', key: 'one' },
    ])
  })
})

describe('images', () => {
  test.each(rows.map(([attributes, said], index) => [JSON.stringify(attributes), said, index] as const))(
    '%s: %s',
    async (_, said, index) => {
      const { found, unreached } = await look(imaged(index))
      const code = said?.startsWith('may or') ? 'image-uncertain' : 'image-unusable'
      const finding = [code, '/delivery/images/0/id', `The image ${id(index)} ${said}.`]
      expect([found, unreached]).toEqual([said === undefined ? [] : [finding], []])
    },
  )

  test('one that is not there', async () => {
    expect((await look(imaged(0, 500))).found).toEqual([
      ['image-unusable', '/delivery/images/1/id', `The image ${id(500)} is not in ${region} (IMG.0027).`],
    ])
  })

  test('publishing says the same of them, a doubt as a warning', async () => {
    const images = await ports().images()
    const all = imaged(...rows.keys())
    const found = await imageDiagnostics(images, { ...all, folder: '.' })
    expect(found).toEqual((await lookOnline(ports(), [all])).diagnostics)
    expect(found.filter(({ severity }) => severity === 'warning')).toMatchObject([{ code: 'image-uncertain' }])
  })

  test('a product code is no obstacle to one that is an asset, which has been published as such', async () => {
    const images = await ports().images()
    const published = rows.findIndex(([fields]) => '__productcode' in fields)
    const all = imaged(published)
    const { delivery } = all.manifest
    const asset = { ...all, manifest: { ...all.manifest, delivery: { ...delivery, asset: { id: assetId } } } }
    expect(await imageDiagnostics(images, { ...all, folder: '.' })).toMatchObject([{ code: 'image-unusable' }])
    expect(await imageDiagnostics(images, { ...asset, folder: '.' })).toEqual([])
  })
})

describe('assets', () => {
  test.each([
    ['license', assetId, []],
    ['license', assetId, ['V1.1']],
    ['image', otherAsset, []],
  ])('%s %s %s is there', async (method, asset, version) => {
    expect(await look(withAsset(method, asset, ...version))).toEqual(nothing)
  })

  test('one that is not there, one of another type, and one of another version', async () => {
    const missing = `The asset center has no released asset ${otherAsset} of type software_package.`
    expect((await look(withAsset('license', otherAsset, 'V1.0'))).found).toEqual([
      ['asset-missing', '/delivery/asset/id', missing],
    ])
    expect((await look(withAsset('image', assetId))).found).toEqual([
      [
        'asset-missing',
        '/delivery/asset/id',
        missing.replace(otherAsset, assetId).replace('software_package', 'image'),
      ],
    ])
    const version = `The asset ${assetId} is not there in version V2.0, but in V1.0, V1.1.`
    expect((await look(withAsset('license', assetId, 'V2.0'))).found).toEqual([
      ['asset-missing', '/delivery/asset/version', version],
    ])
  })

  test.each([
    ['a refusal with status 200', { error_code: '92020001', error_msg: 'Unauthorized' }, 'Unauthorized (92020001)'],
    ['an answer that is no JSON', 'Welcome', 'Welcome (200)'],
  ])('%s is not taken for an answer', async (_, body, said) => {
    const service = await web({
      [`/api/mkp-openapi-public/v1/asset/deployed-object?asset_id=${assetId}&deployed_type=software_package`]: (
        _request,
        response,
      ) => response.end(typeof body === 'string' ? body : JSON.stringify(body)),
    })
    try {
      const why = `The open API does not answer the look-up: ${said}`
      const what = `asset ${assetId}`
      const { found, unreached } = await look(withAsset('license', assetId), { url: service.url })
      expect([found, unreached]).toEqual([[], [{ file: 'harbor/koo.yaml', what, why }]])
    } finally {
      await service.close()
    }
  })
})

describe('services that cannot be asked', () => {
  test('a network that fails stops no other look', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`
    const products = [imaged(1, 2), linked(`${site.url}/gone`, 'tide'), withAsset('license', assetId)]
    const { diagnostics, unreached } = await lookOnline(ports({ url }), products)
    expect(diagnostics.map(({ code }) => code)).toEqual(['link-broken'])
    expect(unreached.map(({ what }) => what)).toEqual([
      `image ${id(1)} in ${region}`,
      `image ${id(2)} in ${region}`,
      `asset ${assetId}`,
    ])
    expect(unreached[0]?.why).toBe(`The service at ${url} does not answer (ECONNREFUSED).`)
  })

  test('refused credentials say what to do, and no secret', async () => {
    const credentials = { ...sandbox.credentials, secretKey: 'not-the-secret-key' }
    const { found, unreached } = await look(imaged(0), { credentials })
    expect(found).toEqual([])
    expect(unreached[0]?.why).toMatch(/refuses the credentials.*Check the access key/)
    expect(JSON.stringify(unreached)).not.toContain('not-the-secret-key')
  })

  test('credentials that are not there are the same', async () => {
    const missing = new Failure({ code: 'no-credentials', exit: 'credentials', message: 'None.', hint: 'Set them.' })
    const unready: OnlinePorts = { ...ports(), images: () => Promise.reject(missing) }
    expect((await lookOnline(unready, [imaged(0)])).unreached).toMatchObject([{ why: 'None. Set them.' }])
  })

  test('Ctrl-C, wrong usage and bugs end it all', async () => {
    const usage = new Failure({ code: 'marketplace-url', exit: 'usage', message: 'No address.' })
    for (const error of [usage, new TypeError('a bug')]) {
      const unready: OnlinePorts = { ...ports(), images: () => Promise.reject(error) }
      await expect(lookOnline(unready, [imaged(0)])).rejects.toBe(error)
    }
  })
})
