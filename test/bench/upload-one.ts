/** One upload in a process of its own, for the benches, which give it all it needs as JSON: to a bucket, or to a sandbox. */
import { randomBytes, randomUUID } from 'node:crypto'
import { httpMarketplace } from '../../src/adapters/http-marketplace.ts'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { partPool } from '../../src/adapters/parts.ts'
import { s3Store } from '../../src/adapters/s3-store.ts'
import { signedHttp } from '../../src/adapters/signed-http.ts'

const { address, url, credentials, path, sha256, parallel } = JSON.parse(process.argv[2] ?? '{}')
const stop = new AbortController().signal
const pool = partPool(parallel)
const world = {
  clock: { now: () => Date.now(), sleep: (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time)) },
  randomness: { uuid: () => randomUUID(), hex: (bytes: number) => randomBytes(bytes).toString('hex') },
  stop,
}
const source = await nodeFiles('/', () => randomUUID()).source(path)
const file = { name: 'bundle.tar.gz', sha256, ...source }
if (url === undefined) {
  const store = s3Store({ address, credentials, environment: {}, pool, ...world })
  await store.put(file, { stop, progress: () => {} })
  await store.close()
} else {
  const http = signedHttp({ who: 'The sandbox', base: new URL(url), credentials, ...world })
  const marketplace = httpMarketplace(http, url, pool)
  await marketplace.upload(file, { stop, progress: () => {} })
  await marketplace.close()
}
await source.close()
