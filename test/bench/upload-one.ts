/** One upload by koo's adapter, in a process of its own, for `upload.js`, which gives it all it needs as JSON. */
import { randomBytes, randomUUID } from 'node:crypto'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { partPool } from '../../src/adapters/parts.ts'
import { s3Store } from '../../src/adapters/s3-store.ts'

const { address, credentials, path, sha256, parallel } = JSON.parse(process.argv[2] ?? '{}')
const stop = new AbortController().signal
const source = await nodeFiles('/', () => randomUUID()).source(path)
const store = s3Store({
  ...{ address, credentials, environment: {}, stop, pool: partPool(parallel) },
  clock: { now: () => Date.now(), sleep: (time) => new Promise((resolve) => setTimeout(resolve, time)) },
  randomness: { uuid: () => randomUUID(), hex: (bytes) => randomBytes(bytes).toString('hex') },
})
await store.put({ name: 'bundle.tar.gz', sha256, ...source }, { stop, progress: () => {} })
await store.close()
await source.close()
