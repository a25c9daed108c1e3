/** Uploads to a bucket of the seller's own: real files, and OpenStack Swift as the store. */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { partPool } from '../../src/adapters/parts.ts'
import { partSizeFor, s3Store } from '../../src/adapters/s3-store.ts'
import type { BucketAddress, Credentials, ObjectStore, UploadProgress, UploadSource } from '../../src/ports.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { describeWithSwift, type Swift, startSwift } from '../swift.ts'
import { type Meddling, type Relay, startRelay } from './relay.ts'

const mebibyte = 1024 * 1024
/** The smallest S3 allows. */
const partSize = 5 * mebibyte
const bucket = 'quill-ledger-packages'
const clock = { now: () => Date.now(), sleep: async () => {} }
const randomness = { uuid: () => randomUUID(), hex: (bytes: number) => randomBytes(bytes).toString('hex') }

test('the size of a part comes from the size of the file alone, and 10,000 are enough', () => {
  expect(partSizeFor(0)).toBe(16 * mebibyte)
  expect(partSizeFor(20e9)).toBe(16 * mebibyte)
  expect(partSizeFor(200e9)).toBe(20 * mebibyte)
  expect(200e9 / partSizeFor(200e9)).toBeLessThan(10_000)
})

describeWithSwift('against OpenStack Swift', () => {
  let home: string
  let swift: Swift
  let client: S3Client
  const warnings: string[] = []
  const open: { close(): Promise<void> }[] = []

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'koo-swift-'))
    swift = await startSwift(join(home, 'swift'))
    // First, because the SDK warns but once.
    process.on('warning', (warning) => warnings.push(String(warning)))
    store()
    client = new S3Client({
      endpoint: swift.endpoint,
      region: swift.region,
      forcePathStyle: true,
      credentials: { accessKeyId: swift.accessKey, secretAccessKey: swift.secretKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
  })
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close()
  })
  afterAll(async () => {
    client.destroy()
    await swift.stop()
    await rm(home, { recursive: true, force: true })
  })

  function store(
    more: Partial<BucketAddress> = {},
    { credentials = swift, environment = {} }: { credentials?: Credentials; environment?: Record<string, string> } = {},
  ): ObjectStore {
    const address = {
      bucket,
      region: swift.region,
      endpoint: swift.endpoint,
      prefix: 'koo/',
      pathStyle: true,
      ...more,
    }
    const stop = new AbortController().signal
    const made = s3Store({
      ...{ address, credentials, environment, clock, randomness, stop },
      pool: partPool(2),
      partSize: () => partSize,
    })
    open.push(made)
    return made
  }

  async function relayed(meddling: Meddling = {}): Promise<{ readonly relay: Relay; readonly store: ObjectStore }> {
    const relay = await startRelay(Number(new URL(swift.endpoint).port), meddling)
    open.push(relay)
    return { relay, store: store({ endpoint: `http://127.0.0.1:${relay.port}` }) }
  }

  /** A file of random bytes, opened as koo opens it. */
  async function fileOf(size: number, name = 'quill-ledger_V3-2.tar.gz') {
    const bytes = randomBytes(size)
    const path = join(home, randomUUID())
    await writeFile(path, bytes)
    const { read, close } = await nodeFiles(home, () => 'x').source(path)
    open.push({ close })
    const source: UploadSource = { name, bytes: size, sha256: sha256Hex(bytes), read }
    return { ...source, content: bytes, path, key: `koo/${source.sha256}/${name}` }
  }

  async function put(to: ObjectStore, file: UploadSource, stop = new AbortController()) {
    const told: UploadProgress[] = []
    const progress = (step: UploadProgress) => void told.push(step)
    const stored = await to.put(file, { stop: stop.signal, progress })
    return { stored, last: told.at(-1) }
  }

  async function digestOf(key: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of store().get({ bucket, region: swift.region, key })) hash.update(chunk)
    return hash.digest('hex')
  }

  /** Parts as a run that was killed leaves them. */
  async function leave(key: string, parts: Readonly<Record<number, Uint8Array>>): Promise<void> {
    const Metadata = { 'koo-sha256': key.split('/')[1] ?? '' }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, Metadata }))
    for (const [number, Body] of Object.entries(parts)) {
      const part = { Bucket: bucket, Key: key, UploadId, PartNumber: Number(number), Body }
      await client.send(new UploadPartCommand(part))
    }
  }

  async function openUploads(key: string): Promise<number> {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }))
    return Uploads.length
  }

  test.each([
    ['an empty file', 0],
    ['a small file', 70_000],
    ['a file of one part', partSize],
    ['a file of three parts', 2 * partSize + 12_345],
  ])('%s goes where its content belongs, and only once', async (_, size) => {
    const file = await fileOf(size)
    const first = await put(store(), file)
    expect(first.stored).toEqual({ bucket, region: swift.region, key: file.key })
    expect(first.last).toEqual({ sent: size, there: 0 })
    expect(await digestOf(file.key)).toBe(file.sha256)
    const { ContentLength, Metadata } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: file.key }))
    expect(ContentLength).toBe(size)
    expect(Metadata).toEqual({ 'koo-sha256': file.sha256, 'koo-bytes': String(size) })

    const { relay, store: again } = await relayed()
    expect(await put(again, file)).toEqual({ stored: first.stored, last: { sent: 0, there: size } })
    expect(relay.sent).toBeLessThan(2000)
    expect(await openUploads(file.key)).toBe(0)
  })

  test('a check leaves nothing, and where uploads cannot be given up one and the same', async () => {
    const place = 'koo/koo-check'
    const { store: far } = await relayed({
      up: (chunk) => (chunk.toString('latin1', 0, 7) === 'DELETE ' ? undefined : chunk),
    })
    for (const _ of [1, 2, 3]) await far.check()
    expect(await openUploads(place)).toBe(1)
    await Promise.all([store().check(), store().check(), store().check()])
    expect(await openUploads(place)).toBe(0)
    await store().check()
    expect(await openUploads(place)).toBe(0)
  })

  test('names of other scripts, and signs that mean something in addresses', async () => {
    const file = await fileOf(1000, 'docs/部署 指南 (v1) + 100%?#&.pdf')
    await put(store(), file)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('the bucket in the host name, as OBS wants it, through a proxy', async () => {
    const asked: string[] = []
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(`${request.url}`)
      const far = connect(Number(new URL(swift.endpoint).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        socket.pipe(far).pipe(socket)
      })
      far.on('error', () => socket.destroy())
      socket.on('error', () => far.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => new Promise((resolve) => proxy.close(() => resolve())) })
    const address = proxy.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const environment = { HTTP_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'intranet.example' }
    const far = store({ endpoint: `http://${swift.domain}`, pathStyle: false }, { environment })
    const file = await fileOf(partSize + 1)
    await far.check()
    await put(far, file)
    expect(await digestOf(file.key)).toBe(file.sha256)
    expect(new Set(asked)).toEqual(new Set([`${bucket}.${swift.domain}:80`]))
    asked.length = 0
    await store({}, { environment }).check()
    expect(asked).toEqual([])
  })

  test('stopped: what is on its way ends; the next run, perhaps of another machine, sends only the rest', async () => {
    const file = await fileOf(4 * partSize + 1000)
    const stop = new AbortController()
    const progress = () => stop.abort()
    const stopped = store().put(file, { stop: stop.signal, progress })
    await expect(stopped).rejects.toMatchObject({ code: 'stopped', exit: 'stopped' })
    const { relay, store: again } = await relayed()
    const { last } = await put(again, file)
    expect(last).toEqual({ sent: 2 * partSize + 1000, there: 2 * partSize })
    expect(relay.sent).toBeLessThan(2 * partSize + 50_000)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('of several uploads that were left the fullest is gone on with, wrong parts are replaced, the others end', async () => {
    const file = await fileOf(3 * partSize)
    const part = (number: number) => file.content.subarray((number - 1) * partSize, number * partSize)
    await leave(file.key, { 1: part(1) })
    await leave(file.key, { 1: randomBytes(partSize), 2: part(2), 3: part(3).subarray(0, 1000) })
    await leave(`${file.key}.other`, { 1: part(1), 2: part(2), 3: part(3) })
    const { last } = await put(store(), file)
    expect(last).toEqual({ sent: 2 * partSize, there: partSize })
    expect(await digestOf(file.key)).toBe(file.sha256)
    expect(await openUploads(file.key)).toBe(1)
  })

  test('what lies there with other content is replaced', async () => {
    const file = await fileOf(70_000)
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: file.key, Body: 'another content' }))
    await put(store(), file)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('two uploaders of one file at once', async () => {
    const file = await fileOf(4 * partSize)
    const ends = await Promise.all([put(store(), file), put(store(), file)])
    expect(ends.map(({ stored }) => stored.key)).toEqual([file.key, file.key])
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('a connection cut again and again', async () => {
    const file = await fileOf(4 * partSize)
    let left = 8
    const cutsOneIn = (chunks: number) => (chunk: Buffer) => {
      if (left === 0 || randomInt(chunks) > 0) return chunk
      left -= 1
      return undefined
    }
    const { store: far } = await relayed({ up: cutsOneIn(40), down: cutsOneIn(6) })
    await put(far, file)
    expect(left).toBeLessThan(8)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  /** Changes one byte in the middle of a part. */
  const damage = (times: number): NonNullable<Meddling['up']> => {
    let left = times
    return (chunk, before) => {
      if (left === 0 || before < mebibyte || chunk.length < 1000) return chunk
      left -= 1
      const damaged = Buffer.from(chunk)
      damaged[500] = (damaged[500] ?? 0) ^ 1
      return damaged
    }
  }

  test('a part damaged on its way is sent again', async () => {
    const file = await fileOf(2 * partSize)
    const { store: far, relay } = await relayed({ up: damage(1) })
    await put(far, file)
    expect(relay.sent).toBeGreaterThan(3 * partSize)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('damaged every time: a failure, and no object', async () => {
    const file = await fileOf(2 * partSize)
    const { store: far } = await relayed({ up: damage(Number.POSITIVE_INFINITY) })
    await expect(put(far, file)).rejects.toMatchObject({ code: 'upload-damaged', exit: 'marketplace' })
    await expect(client.send(new HeadObjectCommand({ Bucket: bucket, Key: file.key }))).rejects.toThrow()
  })

  test('a file that changes while it is sent', async () => {
    const file = await fileOf(3 * partSize)
    await truncate(file.path, 2 * partSize + 5)
    await expect(put(store(), file)).rejects.toMatchObject({ code: 'file-changed', exit: 'findings' })
  })

  test.each([
    ['a small file', 70_000],
    ['a file of several parts', 3 * partSize],
  ])('%s that is another than when it was planned is no object', async (_, size) => {
    const file = await fileOf(size)
    const other = await fileOf(size)
    await expect(put(store(), { ...file, read: other.read })).rejects.toMatchObject({ code: 'file-changed' })
    await expect(client.send(new HeadObjectCommand({ Bucket: bucket, Key: file.key }))).rejects.toThrow()
    await put(store(), file)
    expect(await digestOf(file.key)).toBe(file.sha256)
  })

  test('what is got goes on after a cut', async () => {
    const file = await fileOf(2 * partSize)
    await put(store(), file)
    let cuts = 0
    const down = (chunk: Buffer, before: number) => {
      if (before < mebibyte || cuts === 3) return chunk
      cuts += 1
      return undefined
    }
    const { store: far } = await relayed({ down })
    const hash = createHash('sha256')
    for await (const chunk of far.get({ bucket, region: swift.region, key: file.key })) hash.update(chunk)
    expect(hash.digest('hex')).toBe(file.sha256)
    expect(cuts).toBe(3)
  })

  const secretKey = 'not-the-secret-of-quill-ledger'
  test.each<[string, Partial<BucketAddress>, Partial<Credentials>, object]>([
    ['a wrong secret key', {}, { secretKey }, { code: 'credentials-refused', exit: 'credentials' }],
    ['an unknown access key', {}, { accessKey: 'test:nobody', secretKey }, { exit: 'credentials' }],
    ['a bucket that is not there', { bucket: 'quill-ledger-old' }, {}, { code: 'bucket-missing', exit: 'usage' }],
    ['another region', { region: 'cn-north-4' }, {}, { code: 'bucket-elsewhere', exit: 'usage' }],
    [
      'a store that is down',
      { endpoint: 'http://127.0.0.1:1' },
      {},
      { code: 'marketplace-unreachable', exit: 'marketplace' },
    ],
  ])('%s is told before anything is sent', async (_, address, keys, failure) => {
    const wrong = store(address, { credentials: { ...swift, ...keys } })
    const file = await fileOf(3 * partSize)
    for (const attempt of [() => wrong.check(), () => put(wrong, file)]) {
      const error: unknown = await attempt().catch((each: unknown) => each)
      expect(error).toMatchObject(failure)
      expect(error).toMatchObject({ message: expect.stringContaining(address.bucket ?? bucket) })
      expect(JSON.stringify([error, String(error)])).not.toContain(secretKey)
    }
    await store().check()
  })

  test('a clock that is wrong is told in seconds', async () => {
    const real = Date.now
    Date.now = () => real() - 3_600_000
    try {
      const failure = { exit: 'credentials', hint: expect.stringMatching(/clock is 3(599|600|601) seconds behind/) }
      await expect(store().check()).rejects.toMatchObject(failure)
    } finally {
      Date.now = real
    }
  })

  test('nothing of another program’s settings is read, and nobody is warned of what is not theirs to mend', async () => {
    const config = join(home, 'aws-config')
    await writeFile(config, '[default]\nendpoint_url = http://127.0.0.1:1\nregion = nowhere\nmax_attempts = many\n')
    const others = {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: config,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'other',
      AWS_SECRET_ACCESS_KEY: 'other',
      AWS_REGION: 'nowhere',
      AWS_MAX_ATTEMPTS: 'many',
      AWS_USE_FIPS_ENDPOINT: 'maybe',
      AWS_USE_DUALSTACK_ENDPOINT: 'maybe',
      AWS_S3_USE_ARN_REGION: 'maybe',
      AWS_S3_DISABLE_EXPRESS_SESSION_AUTH: 'maybe',
      AWS_REQUEST_CHECKSUM_CALCULATION: 'ALWAYS',
      AWS_RETRY_MODE: 'never',
      AWS_DEFAULTS_MODE: 'unknown',
    }
    Object.assign(process.env, others)
    try {
      await store().check()
    } finally {
      for (const name of Object.keys(others)) delete process.env[name]
    }
    expect(warnings).toEqual([])
  })
})
