/** A server that answers something else than the contract is told so, whatever it answers; nothing crashes. */
import { describe, expect, test } from '@jest/globals'
import { httpMarketplace } from '../../src/adapters/http-marketplace.ts'
import type { SignedHttp } from '../../src/adapters/signed-http.ts'
import { printable } from '../../src/adapters/wire.ts'
import type { Marketplace } from '../../src/ports.ts'

const release = {
  release_id: 'r',
  product_id: 'p',
  key: 'harbor-crm',
  version: 'V1.0',
  content_digest: 'a'.repeat(64),
  created_digest: 'a'.repeat(64),
  state: 'in-review',
  complaints: [],
}
const content = { release_id: 'r', content_digest: 'a'.repeat(64), manifest: {} }
const file = { path: 'logo.png', sha256: 'a'.repeat(64), bytes: 1 }
const request = { key: 'harbor-crm', contentDigest: 'a'.repeat(64), manifest: {}, files: [], expectedRevision: 0 }

const oneByte: Parameters<Marketplace['upload']> = [
  { name: 'a', bytes: 1, sha256: 'x', read: async () => {} },
  { stop: new AbortController().signal, progress: () => {} },
]

function answering(json: unknown, status = 200): Marketplace {
  const http: SignedHttp = {
    call: async () => ({ status, json, text: '' }),
    stream: () => Promise.reject(new Error('Nothing is downloaded here.')),
    close: async () => {},
  }
  return httpMarketplace(http, 'http://market.example')
}

async function all(products: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of products) {
    // Reading is the point.
  }
}

describe('not a marketplace', () => {
  test.each<[string, unknown, (marketplace: Marketplace) => Promise<unknown>]>([
    ['an empty account', {}, (m) => m.account()],
    ['an empty page', {}, (m) => m.product('harbor-crm')],
    ['a page of nothing', { products: [null], page_info: {} }, (m) => m.product('harbor-crm')],
    ['pages without end', { products: [], page_info: { next_marker: 'same' } }, (m) => all(m.products())],
    ['a release without complaints', { ...release, complaints: null }, (m) => m.release('r')],
    ['a release in no known state', { ...release, state: 'frozen' }, (m) => m.release('r')],
    ['a release with a complaint that is none', { ...release, complaints: [null] }, (m) => m.release('r')],
    ['a file in no bucket', { ...content, files: [{ ...file, object: null }] }, (m) => m.content('r')],
    ['a file in a bucket without a name', { ...content, files: [{ ...file, object: {} }] }, (m) => m.content('r')],
    ['an empty release', {}, (m) => m.createRelease(request, 'token')],
    ['another release than asked for', { ...release, key: 'other' }, (m) => m.createRelease(request, 'token')],
    ['an empty upload', {}, (m) => m.upload(...oneByte)],
    ['parts without a size', { upload_id: 'u', state: 'open', part_size: 0, parts: [] }, (m) => m.upload(...oneByte)],
  ])('%s', async (_, json, ask) => {
    await expect(ask(answering(json))).rejects.toMatchObject({ code: 'not-a-marketplace', exit: 'marketplace' })
  })

  test('an address below the marketplace', async () => {
    const nothing = { error_code: 'APIGW.0101', error_msg: 'There is no such operation.', request_id: '1' }
    await expect(answering(nothing, 404).account()).rejects.toMatchObject({ code: 'not-a-marketplace' })
  })
})

test.each([[[null]], [['no']], [[{ path: '/product/name' }]]])(
  'a refusal with the details %j is none',
  async (details) => {
    const refusal = { error_code: 'KOO.01400002', error_msg: 'No.', details }
    const run = answering(refusal, 400).createRelease(request, 'token')
    await expect(run).rejects.toMatchObject({ code: 'not-a-marketplace' })
  },
)

test('a refusal may have no details', async () => {
  const refusal = { error_code: 'KOO.01400002', error_msg: 'No.', details: null }
  const answer = await answering(refusal, 400).createRelease(request, 'token')
  expect(answer).toEqual({ is: 'refused', complaints: [] })
})

test('what a terminal would obey is taken out of other people’s text', async () => {
  expect(printable('\u001b[31mred\u0007')).toBe('[31mred')
  const complaints = [{ path: '/product/name', code: 'x', message: '\u001b]0;title\u0007No.' }]
  const { complaints: shown } = await answering({ ...release, complaints }).release('r')
  expect(shown[0]?.message).toBe(']0;title No.')
})
