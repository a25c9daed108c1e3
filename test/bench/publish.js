/** `npm run bench -- publish`: many products into a sandbox of its own, one at a time and eight at once, few and many. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { row } from './measure.js'

const root = join(import.meta.dirname, '../..')
const koo = join(root, 'bin/koo.js')

function makeCatalogue(folder, count) {
  const manifest = readFileSync(join(root, 'examples/consulting/koo.yaml'), 'utf8')
  for (let index = 0; index < count; index += 1) {
    const product = join(folder, `advice-${index}`)
    mkdirSync(product, { recursive: true })
    cpSync(join(root, 'examples/consulting/logo.png'), join(product, 'logo.png'))
    const own = manifest
      .replace(/^( {2}key: ).*$/m, `$1ledgerfield-advice-${index}`)
      .replace(/^( {2}name: ).*$/m, `$1Ledgerfield Advice ${index}`)
    writeFileSync(join(product, 'koo.yaml'), own)
  }
  return folder
}

/** Runs the work with a sandbox that was never used before, in a process of its own. */
async function withSandbox({ env, home }, work) {
  const data = mkdtempSync(join(home, 'sandbox-'))
  const server = spawn(process.execPath, [koo, 'sandbox', '--port', '0', '--data', data, '--json'], { env })
  try {
    const line = await new Promise((resolve, reject) => {
      server.stdout.once('data', (chunk) => resolve(String(chunk)))
      server.once('exit', () => reject(new Error('the sandbox did not start')))
    })
    const { url, access_key, secret_key } = JSON.parse(line)
    return work({
      ...env,
      KOO_MARKETPLACE: url,
      KOO_DATA: join(data, 'publisher'),
      HUAWEICLOUD_SDK_AK: access_key,
      HUAWEICLOUD_SDK_SK: secret_key,
    })
  } finally {
    server.kill()
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(data, { recursive: true, force: true })
  }
}

function publish(folder, env, cwd, ...flags) {
  const peakFile = join(cwd, 'peak')
  const measured = {
    ...env,
    PEAK_FILE: peakFile,
    NODE_OPTIONS: `--require ${join(import.meta.dirname, 'peak.cjs')}`,
  }
  const start = process.hrtime.bigint()
  const argv = [koo, 'publish', folder, '--json', ...flags]
  const result = spawnSync(process.execPath, argv, { env: measured, cwd, maxBuffer: 2 ** 30, encoding: 'utf8' })
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  if (result.status !== 0) throw new Error(`koo publish ended with ${result.status}: ${result.stderr.slice(0, 500)}`)
  const requests = result.stderr.match(/^debug: /gm)?.length ?? 0
  return { milliseconds, requests, mebibytes: Number(readFileSync(peakFile, 'utf8')) / 1024 }
}

export async function publishBench(write, { env, home }) {
  const place = { env, home }
  const catalogues = new Map([100, 1000, 5000].map((count) => [count, makeCatalogue(join(home, `c${count}`), count)]))
  const folder = catalogues.get(1000)
  const times = { 1: [], 8: [] }
  for (let round = 0; round < 3; round += 1) {
    for (const jobs of [1, 8]) {
      times[jobs].push(
        (await withSandbox(place, (own) => publish(folder, own, home, '--jobs', `${jobs}`))).milliseconds,
      )
    }
  }
  const median = (list) => list.sort((a, b) => a - b)[1]
  const { requests } = await withSandbox(place, (own) => publish(folder, own, home, '--jobs', '8', '--debug'))
  write('1,000 consulting products into a new sandbox, median of 3\n')
  write(row('--jobs 1', median(times[1]), `${(requests / 1000).toFixed(2)} requests a product`))
  write(row('--jobs 8', median(times[8]), `${(median(times[1]) / median(times[8])).toFixed(2)} x as fast`))
  write('Cost of a product, --jobs 8, and running it again\n')
  for (const [count, catalogue] of catalogues) {
    await withSandbox(place, (own) => {
      const first = publish(catalogue, own, home, '--jobs', '8')
      const again = publish(catalogue, own, home, '--jobs', '8')
      const each = `${(first.milliseconds / count).toFixed(2)} ms a product`
      write(
        row(
          `${count} products`,
          first.milliseconds,
          each,
          `again ${again.milliseconds.toFixed(0)} ms`,
          `peak ${first.mebibytes.toFixed(0)} MiB`,
        ),
      )
    })
  }
}
