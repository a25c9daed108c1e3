/** The client against the real sandbox: uploads that go on where an earlier run stopped, and pages. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { httpMarketplace } from '../../src/adapters/http-marketplace.ts'
import { partPool } from '../../src/adapters/parts.ts'
import { type Call, type SignedHttp, signedHttp } from '../../src/adapters/signed-http.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Marketplace, UploadProgress, UploadSource } from '../../src/ports.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'

const partSize = 8 * 1024 * 1024
const clock = { now: () => Date.now(), sleep: async () => {} }
const randomness = { uuid: () => randomUUID(), hex: (bytes: number) => randomBytes(bytes).toString('hex') }

let data: string
let sandbox: Sandbox
let calls: Call[]
let http: SignedHttp
let marketplace: Marketplace
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'koo-client-'))
  sandbox = await startSandbox({ port: 0, data, review: 'auto', reviewDelay: 0, clock, randomness })
  const { url, credentials } = sandbox
  const stop = new AbortController().signal
  http = signedHttp({ who: 'The marketplace', base: new URL(url), credentials, clock, randomness, stop })
  calls = []
  const watched: SignedHttp = {
    ...http,
    call: (call) => {
      calls.push(call)
      return http.call(call)
    },
  }
  marketplace = httpMarketplace(watched, url, partPool(2))
})
afterEach(async () => {
  await http.close()
  await sandbox.close()
  await rm(data, { recursive: true, force: true })
})

const bytes = randomBytes(2 * partSize + 1000)
const file = {
  name: 'software.tar.gz',
  bytes: bytes.length,
  sha256: sha256Hex(bytes),
  read: reader(bytes),
}
const options = { stop: new AbortController().signal, progress: () => {} }
const sentParts = () => calls.filter(({ method }) => method === 'PUT').map(({ path }) => Number(path.split('/').at(-1)))

function reader(content: Uint8Array): UploadSource['read'] {
  return async (start, into) => into.set(content.subarray(start, start + into.length))
}

/** What an earlier run left on the marketplace. */
async function leave(number: number, body: Uint8Array): Promise<void> {
  const announced = { name: file.name, bytes: file.bytes, sha256: file.sha256 }
  const json = { type: 'application/json', bytes: Buffer.from(JSON.stringify(announced)) }
  const answer = await http.call({ method: 'POST', path: '/v1/uploads', body: json, repeatable: true })
  const { upload_id } = answer.json as { upload_id: string }
  const part = { type: 'application/octet-stream', bytes: body }
  await http.call({ method: 'PUT', path: `/v1/uploads/${upload_id}/parts/${number}`, body: part, repeatable: true })
}

test('a file goes in parts, and not again once it is there', async () => {
  const told: UploadProgress[] = []
  const progress = (step: UploadProgress) => void told.push(step)
  const first = await marketplace.upload(file, { ...options, progress })
  expect(sentParts()).toEqual([1, 2, 3])
  expect(told).toHaveLength(3)
  expect(told.at(-1)).toEqual({ sent: file.bytes, there: 0 })
  calls.length = 0
  expect(await marketplace.upload(file, { ...options, progress })).toEqual(first)
  expect(sentParts()).toEqual([])
  expect(told.at(-1)).toEqual({ sent: 0, there: file.bytes })
})

test('parts that are there are not sent again', async () => {
  await leave(2, bytes.subarray(partSize, 2 * partSize))
  const told: UploadProgress[] = []
  await marketplace.upload(file, { ...options, progress: (step) => void told.push(step) })
  expect(sentParts()).toEqual([1, 3])
  expect(told.at(-1)).toEqual({ sent: file.bytes - partSize, there: partSize })
})

test('a part with other bytes is sent again', async () => {
  await leave(1, Buffer.alloc(partSize, 'x'))
  await marketplace.upload(file, options)
  expect(sentParts()).toEqual([1, 2, 3])
})

test('a part the marketplace lost after it confirmed it is sent again', async () => {
  await leave(2, bytes.subarray(partSize, 2 * partSize))
  const [kept = ''] = await readdir(join(data, 'open'))
  const damaged = await open(join(data, 'open', kept), 'r+')
  await damaged.write('damage', partSize)
  await damaged.close()
  await marketplace.upload(file, options)
  expect(sentParts()).toEqual([1, 3, 2])
})

test('a file that is another than when it was planned is refused before it is complete', async () => {
  const other = Buffer.from(bytes)
  other[partSize + 5] = (other[partSize + 5] ?? 0) ^ 1
  const upload = marketplace.upload({ ...file, read: reader(other) }, options)
  await expect(upload).rejects.toMatchObject({ code: 'file-changed', exit: 'findings' })
  expect(sentParts()).toEqual([1, 2, 3])
  expect(calls.filter(({ path }) => path.endsWith('/complete'))).toEqual([])
  await marketplace.upload(file, options)
  expect(sentParts()).toEqual([1, 2, 3, 2])
})

test('a part that is refused stops the others', async () => {
  const refusing: SignedHttp = {
    ...http,
    call: async (call) => {
      calls.push(call)
      if (call.path.endsWith('/parts/2'))
        throw new Failure({ code: 'not-allowed', exit: 'credentials', message: 'No.' })
      return http.call(call)
    },
  }
  const upload = httpMarketplace(refusing, sandbox.url, partPool(2)).upload(file, options)
  await expect(upload).rejects.toMatchObject({ code: 'not-allowed' })
  expect(sentParts()).toEqual([1, 2])
})

test('stopped: the parts on their way end, no other is begun, and the next run sends the rest', async () => {
  const stop = new AbortController()
  const upload = marketplace.upload(file, { ...options, stop: stop.signal, progress: () => stop.abort() })
  await expect(upload).rejects.toMatchObject({ code: 'stopped' })
  expect(sentParts()).toEqual([1, 2])
  calls.length = 0
  await marketplace.upload(file, options)
  expect(sentParts()).toEqual([3])
})

test('more products than a page holds', async () => {
  const digest = (index: number) => sha256Hex(String(index))
  for (let index = 0; index < 205; index += 1) {
    const key = `advice-${index}`
    const manifest = {
      koo: 1,
      product: {
        key,
        name: `Advice ${index}`,
        version: 'V1.0',
        logo: 'logo.png',
        overview: 'Advice.',
        description: 'Advice.',
        highlights: ['Advice'],
      },
      support: { email: 'care@harbor.example' },
      delivery: { method: 'consulting', link: 'https://harbor.example/advice' },
    }
    const { uploadId, logo } = await uploadedLogo()
    const files = [{ path: 'logo.png', ...logo, uploadId }]
    const answer = await marketplace.createRelease(
      { key, contentDigest: digest(index), manifest, files, expectedRevision: 0 },
      digest(index).slice(0, 32),
    )
    expect(answer.is).toBe('release')
  }
  const keys = new Set<string>()
  for await (const product of marketplace.products()) keys.add(product.key)
  expect(keys.size).toBe(205)
})

async function uploadedLogo() {
  const { placeholderLogo } = await import('../../src/scaffold/placeholder-logo.ts')
  const png = placeholderLogo()
  const logo = { bytes: png.length, sha256: sha256Hex(png) }
  return { ...(await marketplace.upload({ name: 'logo.png', ...logo, read: reader(png) }, options)), logo }
}
