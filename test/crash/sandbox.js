/** A sandbox process that goes wrong by a seed, can be killed and comes back at the same address with the same data. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { koo } from './shop.js'

/** What goes wrong in every run. JSON, which is YAML. */
const faults = [
  { fault: 'latency', min: 0, max: 15 },
  { fault: 'rate', requests: 150, burst: 30 },
  { fault: 'fail-before', probability: 0.04, status: 503 },
  { fault: 'fail-after', probability: 0.03 },
  { fault: 'lose-reply', probability: 0.03 },
  { fault: 'lose-reply', operations: ['CreateRelease'], probability: 0.2 },
  { fault: 'cut', probability: 0.02 },
  { fault: 'cut', operations: ['UploadPart'], probability: 0.05, where: 'body' },
  { fault: 'truncate', probability: 0.02 },
  { fault: 'stale', operations: ['ListProducts', 'ShowRelease', 'ListReleases'], probability: 0.05, writes: 1 },
  { fault: 'reviews', min: 0, max: 150 },
]

export async function startSandbox(folder, environment, seed) {
  const data = join(folder, 'market')
  const log = join(folder, 'requests.ndjson')
  const file = join(folder, 'faults.json')
  writeFileSync(file, JSON.stringify({ faults }))
  let child
  const start = async (port, more) => {
    const argv = ['sandbox', '--port', port, '--json', '--data', data, '--log', log]
    const faulty = ['--faults', file, '--seed', String(seed + more)]
    child = spawn(process.execPath, [koo, ...argv, ...faulty], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let text = ''
    for await (const chunk of child.stdout) {
      text += chunk
      if (text.includes('\n')) return JSON.parse(text)
    }
    throw new Error(`the sandbox ended with ${child.exitCode} before it listened`)
  }
  const kill = async (signal = 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const { url, access_key, secret_key } = await start('0', 0)
  let lives = 0
  return {
    environment: { KOO_MARKETPLACE: url, HUAWEICLOUD_SDK_AK: access_key, HUAWEICLOUD_SDK_SK: secret_key },
    kill,
    async again() {
      await kill()
      lives += 1
      await start(new URL(url).port, 1000 * lives)
    },
    requests: () => readLines(log),
    /** What is on the marketplace, read from its files rather than asked of it. */
    releases() {
      const database = new Sqlite(join(data, 'marketplace.db'))
      const sql =
        'SELECT key, state, files, products.product_id AS product FROM releases JOIN products USING (product_id)'
      const rows = database.prepare(sql).all()
      database.close()
      return rows.map(({ files, ...row }) => ({ ...row, files: JSON.parse(files) }))
    },
    blob: (sha256) => join(data, 'blobs', sha256),
  }
}

/** Whole lines only: the last may be just being written. */
function readLines(file) {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}
