/** Publishes, is killed at a random moment, and publishes again: is there one product and one release of each? */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chances } from './chance.js'
import { startSandbox } from './sandbox.js'
import { koo, machine, openShop, sha256 } from './shop.js'

/** Codes a run may end with before it is done: the marketplace failed, or it was killed. */
const mayEnd = [5, 130, 137]
const mostAttempts = 12
const patience = 120_000

/**
 * @param {{ runs: number, seed: number, jobs?: number, told?: (text: string) => void }} options
 */
export async function crash({ runs, seed, jobs = 1, told = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'koo-crash-'))
  try {
    const shop = join(folder, 'shop')
    const products = openShop(shop)
    const bundle = await bundleHash(folder, shop)
    const usual = await usualDuration({ folder, shop, products, seed })
    told(`An undisturbed run under the same faults takes ${seconds(usual)}.\n`)
    const results = []
    let next = 1
    const worker = async () => {
      while (next <= runs) {
        const number = next++
        const own = join(folder, String(number))
        mkdirSync(own)
        const result = await run({
          folder: own,
          shared: folder,
          shop,
          products,
          bundle,
          usual,
          seed: seed * 100_000 + number,
        })
        results.push(result)
        for (const each of result.wrong) told(`Run ${number}: ${each}\n`)
        if (results.length % 25 === 0) told(`${results.length} of ${runs} runs\n`)
        rmSync(own, { recursive: true, force: true, maxRetries: 3 })
      }
    }
    await Promise.all(Array.from({ length: jobs }, worker))
    return summary(results, usual)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function bundleHash(folder, shop) {
  const { environment } = machine(join(folder, 'packing'), folder)
  const out = join(folder, 'bundle')
  const child = spawn(process.execPath, [koo, 'pack', 'license', '--out', out], {
    cwd: shop,
    env: environment,
    stdio: 'ignore',
  })
  await once(child, 'exit')
  const name = readdirSync(out).find((each) => each.endsWith('.tar.gz'))
  const found = sha256(join(out, name))
  rmSync(out, { recursive: true })
  return found
}

/** Milliseconds, of the faster of two. */
async function usualDuration({ folder, shop, products, seed }) {
  const times = []
  for (const round of [1, 2]) {
    const own = join(folder, `usual-${round}`)
    const { environment } = machine(own, folder)
    const sandbox = await startSandbox(own, environment, seed + round)
    const start = performance.now()
    await publish(shop, products, { ...environment, ...sandbox.environment }).ended
    times.push(performance.now() - start)
    await sandbox.kill()
  }
  return Math.min(...times)
}

function publish(shop, products, environment) {
  const argv = ['publish', ...products, '--yes', '--json']
  const child = spawn(process.execPath, [koo, ...argv], {
    cwd: shop,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-2000)
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => (signal === 'SIGKILL' ? 137 : code))
  return { child, ended, said: () => said }
}

async function run({ folder, shared, shop, products: all, bundle, usual, seed }) {
  const chance = chances(seed)
  const products = all.slice(0, 1 + Math.floor(chance.upTo(all.length)))
  const { home, environment, fresh } = machine(folder, shared)
  const sandbox = await startSandbox(folder, environment, seed)
  const result = { seed, wrong: [], phases: [], codes: [], sandboxKills: 0, torn: 0, machines: 0, recovery: 0 }
  try {
    const kills = 1 + (chance.happens(0.4) ? 1 : 0) + (chance.happens(0.2) ? 1 : 0)
    let since
    for (let attempt = 1; result.codes.at(-1) !== 0; attempt++) {
      if (attempt > mostAttempts) throw new Error(`not done after ${mostAttempts} attempts`)
      const running = publish(shop, products, { ...environment, ...sandbox.environment })
      const timer = setTimeout(() => running.child.kill('SIGABRT'), patience)
      if (attempt <= kills) await killed({ running, chance, sandbox, usual, products, result })
      const code = await running.ended
      clearTimeout(timer)
      result.codes.push(code)
      since ??= performance.now()
      if (code === 0) break
      if (!mayEnd.includes(code)) throw new Error(`it ended with ${code}: ${running.said()}`)
      if (chance.happens(0.2)) {
        result.sandboxKills += 1
        await sandbox.again()
      }
      if (chance.happens(0.25)) result.torn += tear(home, chance)
      if (chance.happens(0.15)) {
        result.machines += 1
        fresh()
      }
    }
    result.recovery = performance.now() - since
    result.wrong.push(...wrongWith({ sandbox, products, bundle }))
  } catch (error) {
    result.wrong.push(`seed ${seed}: ${error.message}`)
  } finally {
    await sandbox.kill()
  }
  Object.assign(result, counted(sandbox.requests()))
  if (result.doubled > 0)
    result.wrong.push(`seed ${seed}: ${result.doubled} parts were sent again after they were confirmed`)
  return result
}

/** Waits for the moment, which is any, the beginning of the uploads, or the request that makes the release. */
async function killed({ running, chance, sandbox, usual, products, result }) {
  const before = sandbox.requests().length
  const since = () => sandbox.requests().slice(before)
  const moment = chance.one(['any', 'any', 'upload', 'create'])
  let over = false
  running.ended.then(() => {
    over = true
  })
  if (moment === 'any') await Promise.race([pause(chance.upTo(usual * 1.1)), running.ended])
  else {
    const awaited = moment === 'upload' ? 'CreateUpload' : 'CompleteUpload'
    while (!over && !since().some(({ operation }) => operation === awaited)) await pause(3)
    if (!over) await pause(chance.upTo(moment === 'upload' ? usual / 6 : usual / 10))
  }
  const phase = over ? 'ended' : phaseOf(since(), products.length)
  if (!over && chance.happens(0.15)) {
    result.sandboxKills += 1
    await sandbox.kill()
    running.child.kill('SIGKILL')
    await sandbox.again()
  } else running.child.kill('SIGKILL')
  result.phases.push(phase)
}

/** How far it had come, by what the sandbox had answered. */
function phaseOf(requests, count) {
  const done = (operation) => requests.filter((each) => each.operation === operation && each.status < 300).length
  if (requests.length === 0) return 'starting'
  if (done('CreateRelease') >= count) return 'reviewing'
  if (requests.some(({ operation }) => operation === 'CompleteUpload')) return 'completing and creating'
  if (requests.some(({ operation }) => operation === 'CreateUpload')) return 'uploading'
  return 'planning'
}

/** As a power cut leaves it: a journal that ends anywhere. Gives the number of journals torn. */
function tear(home, chance) {
  if (!existsSync(home)) return 0
  const journals = readdirSync(home, { recursive: true }).filter((name) => name.endsWith('.jsonl'))
  for (const name of journals) {
    const path = join(home, name)
    truncateSync(path, Math.floor(chance.upTo(statSync(path).size)))
  }
  return journals.length
}

function wrongWith({ sandbox, products, bundle }) {
  const releases = sandbox.releases()
  const wrong = []
  if (new Set(releases.map(({ product }) => product)).size !== products.length || releases.length !== products.length) {
    wrong.push(`${releases.length} releases of ${products.length} products: ${JSON.stringify(releases)}`)
  }
  for (const { key, state, files } of releases) {
    if (state !== 'on-sale') wrong.push(`${key} is ${state}`)
    for (const { path, sha256: said } of files) {
      if (sha256(sandbox.blob(said)) !== said) wrong.push(`${path} of ${key} has other bytes than it should`)
    }
  }
  if (!releases.some(({ files }) => files.some(({ sha256: said }) => said === bundle)))
    wrong.push('the bundle is another')
  return wrong
}

/** A part is confirmed where its sender was told; sent afterwards, it is sent in vain. */
function counted(requests) {
  const confirmed = new Set()
  const seen = new Set()
  const counts = { requests: requests.length, faults: 0, parts: 0, repeated: 0, doubled: 0 }
  for (const { operation, url, status, faults } of requests) {
    counts.faults += faults.filter((name) => name !== 'latency').length
    if (operation !== 'UploadPart') continue
    counts.parts += 1
    if (confirmed.has(url)) counts.doubled += 1
    if (seen.has(url)) counts.repeated += 1
    seen.add(url)
    if (status === 200) confirmed.add(url)
  }
  return counts
}

function summary(results, usual) {
  const sum = (of) => results.reduce((total, each) => total + of(each), 0)
  const tally = (lists) => {
    const counts = {}
    for (const each of lists.flat()) counts[each] = (counts[each] ?? 0) + 1
    return counts
  }
  return {
    runs: results.length,
    usual,
    kills: tally(results.map(({ phases }) => phases)),
    codes: tally(results.map(({ codes }) => codes)),
    sandboxKills: sum((each) => each.sandboxKills),
    torn: sum((each) => each.torn),
    machines: sum((each) => each.machines),
    requests: sum((each) => each.requests),
    faults: sum((each) => each.faults),
    parts: sum((each) => each.parts),
    repeated: sum((each) => each.repeated),
    doubled: sum((each) => each.doubled),
    longest: Math.max(...results.map(({ recovery }) => recovery)),
    wrong: results.flatMap(({ wrong }) => wrong),
  }
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`
const listed = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')

/** The report as text. */
export function reportOf(report) {
  const { codes, kills } = report
  const exits = Object.entries(codes).map(([code, count]) => `${count} × ${code}`)
  return [
    `Crash test: ${report.runs} runs, ${report.wrong.length} wrong`,
    `  killed while        ${listed(kills)}`,
    `  also                ${report.sandboxKills} sandboxes killed, ${report.torn} journals torn, ${report.machines} times on another machine`,
    `  exit codes          ${exits.join(', ')}`,
    `  requests            ${report.requests}, ${report.faults} of them struck by faults`,
    `  parts               ${report.parts} sent, ${report.repeated} of them again, ${report.doubled} after they were confirmed`,
    `  longest recovery    ${seconds(report.longest)} (an undisturbed run: ${seconds(report.usual)})`,
    ...report.wrong.map((each) => `  wrong: ${each}`),
    '',
  ].join('\n')
}
