/** A store that fails as it is told: what is sent again, when, and what is said; a real server on this machine. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { partPool } from '../../src/adapters/parts.ts'
import { s3Store } from '../../src/adapters/s3-store.ts'
import type { ObjectStore, UploadSource } from '../../src/ports.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { closed, listening } from './failing-server.ts'

type Fault = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let port: number
let stores: ObjectStore[]
/** How the next requests fail, one after the other. */
let faults: Fault[]
let asked: string[]
let pauses: number[]
/** Uploads at once now, and the most there were. */
let uploading: number
let most: number

/** Keeps objects put as a whole, and answers in due form. */
beforeEach(async () => {
  const objects = new Map<string, { readonly etag: string; readonly bytes: number; readonly sha256: string }>()
  const keep = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    uploading += 1
    most = Math.max(most, uploading)
    const hash = createHash('md5')
    let bytes = 0
    for await (const chunk of request) {
      hash.update(chunk)
      bytes += chunk.length
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
    uploading -= 1
    const etag = `"${hash.digest('hex')}"`
    objects.set(path, { etag, bytes, sha256: String(request.headers['x-amz-meta-koo-sha256']) })
    response.setHeader('etag', etag).end()
  }
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    asked.push(`${request.method} ${path}`)
    const fault = faults.shift()
    if (fault !== undefined) return fault(request.resume(), response)
    if (request.method === 'PUT') return void keep(request, response, path)
    const found = objects.get(path)
    if (found === undefined) return void response.writeHead(404).end()
    response.setHeader('content-length', found.bytes).setHeader('etag', found.etag)
    response.setHeader('x-amz-meta-koo-sha256', found.sha256).end()
  })
  port = await listening(server)
  stores = []
  faults = []
  asked = []
  pauses = []
  uploading = 0
  most = 0
})
afterEach(async () => {
  for (const each of stores) await each.close()
  await closed(server)
})

function store(endpoint = `http://127.0.0.1:${port}`, environment: Readonly<Record<string, string>> = {}): ObjectStore {
  const made = s3Store({
    address: { bucket: 'quill-ledger', region: 'cn-north-4', prefix: 'koo/', pathStyle: true, endpoint },
    credentials: { accessKey: 'AK', secretKey: 'the-secret-key' },
    clock: { now: () => Date.now(), sleep: async (time) => void pauses.push(time) },
    randomness: { uuid: () => '', hex: () => 'ffff' },
    environment,
    stop: new AbortController().signal,
    pool: partPool(),
  })
  stores.push(made)
  return made
}

function fileOf(content: Buffer): UploadSource {
  return {
    ...{ name: 'quill-ledger.tar.gz', bytes: content.length, sha256: sha256Hex(content) },
    read: async (start, into) => into.set(content.subarray(start, start + into.length)),
  }
}

const small = fileOf(Buffer.from('ledger'))
const put = (file = small, to = store()) =>
  to.put(file, { stop: new AbortController().signal, progress: () => {} }).catch((error: unknown) => error)

const answering =
  (status: number, headers: Readonly<Record<string, string>>, code = 'SlowDown'): Fault =>
  (_, response) =>
    response.writeHead(status, headers).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`)

test('the pause a store asks for is kept, told by its own clock', async () => {
  const date = 'Tue, 24 Nov 2026 10:00:00 GMT'
  faults.push(answering(503, { 'retry-after': '7' }))
  faults.push(answering(503, { 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT', date }))
  expect(await put()).toMatchObject({ bucket: 'quill-ledger' })
  expect(pauses).toEqual([7000, 30_000])
})

test('a store that asks for a pause nobody would wait for is not asked again', async () => {
  faults.push(answering(503, { 'retry-after': '600' }))
  expect(await put()).toMatchObject({
    exit: 'marketplace',
    message: expect.stringMatching(/quill-ledger.* 600 seconds/),
  })
  expect([asked.length, pauses]).toEqual([1, []])
})

test('what may pass is tried ten times, with pauses that double; a refusal once', async () => {
  faults.push(...Array(10).fill(answering(500, {}, 'InternalError')))
  expect(await put()).toMatchObject({ code: 'bucket-failed' })
  expect(pauses).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000])
  asked.length = 0
  faults.push(answering(403, {}, 'AccessDenied'), answering(403, {}, 'AccessDenied'))
  expect(await put()).toMatchObject({ code: 'not-allowed' })
  expect(asked.map((each) => each.split(' ')[0])).toEqual(['HEAD', 'GET'])
})

test('a proxy is used as for the marketplace: its address may lack the scheme, and what it says is told', async () => {
  const tunnels: string[] = []
  const proxy = createServer().on('connect', (request, socket) => {
    tunnels.push(`${request.url}`)
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
  })
  const environment = { HTTPS_PROXY: `127.0.0.1:${await listening(proxy)}` }
  const refused = await put(small, store('https://obs.example.com', environment))
  await closed(proxy)
  expect(refused).toMatchObject({
    exit: 'marketplace',
    message: expect.stringMatching(/quill-ledger.*proxy.*HTTP 407/),
  })
  expect(tunnels).toEqual(['obs.example.com:443'])
  expect(() => store('https://obs.example.com', { HTTPS_PROXY: 'ftp://seller:tulip-7@x' })).toThrow('HTTPS_PROXY')
})

test('many small files at once share the few places there are', async () => {
  const to = store()
  const files = Array.from({ length: 40 }, () => fileOf(randomBytes(100_000)))
  const ends = await Promise.all(files.map((file) => put(file, to)))
  expect(ends).toEqual(files.map(({ sha256 }) => expect.objectContaining({ key: expect.stringContaining(sha256) })))
  expect(most).toBe(4)
})
