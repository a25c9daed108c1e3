/** `npm run bench -- upload`: 2 GB to OpenStack Swift, against rclone, and to a sandbox, against curl; the same parts, several at once. */
import { spawn, spawnSync } from 'node:child_process'
import { createCipheriv, createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { row } from './measure.js'

const root = join(import.meta.dirname, '../..')
const server = join(root, 'test/swift-server.py')
const megabyte = 1024 * 1024
const megabytes = 1907
const parallel = 4
const runs = 5
const sandboxRuns = 3

/** Bytes that do not compress; gives their digest. */
function makeFile(path) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16))
  const hash = createHash('sha256')
  const file = openSync(path, 'w')
  for (let part = 0; part < megabytes; part += 1) {
    const bytes = cipher.update(Buffer.alloc(megabyte))
    hash.update(bytes)
    writeSync(file, bytes)
  }
  closeSync(file)
  return hash.digest('hex')
}

function timed(program, args, options) {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(program, args, { ...options, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]

/** koo's part in it as a program. */
function bundled(folder, name) {
  const outfile = join(folder, `${name}.mjs`)
  buildSync({
    ...{ entryPoints: [join(import.meta.dirname, `${name}.ts`)], outfile, logLevel: 'warning' },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return outfile
}

function measure(write, { swift, path, sha256, cwd, env }) {
  const { endpoint, accessKey, secretKey, region } = swift
  const program = bundled(cwd, 'upload-one')
  // A configuration of the user's, or a bundle of certificates, is not for here.
  const { AWS_CA_BUNDLE: _, ...others } = env
  const options = { cwd, env: { ...others, RCLONE_CONFIG: '/dev/null' } }
  const s3 = ['--s3-provider', 'Other', '--s3-endpoint', endpoint, '--s3-region', region]
  const keys = ['--s3-access-key-id', accessKey, '--s3-secret-access-key', secretKey]
  const parts = ['--s3-upload-cutoff', '0', '--s3-chunk-size', '16M', '--s3-upload-concurrency', `${parallel}`]
  const rclone = (...args) => timed('rclone', [...args, ...s3, ...keys], options)
  const byRclone = (folder) =>
    // Without the digest of the whole, which koo has from packing.
    rclone(
      'copyto',
      path,
      `:s3:bench/${folder}/bundle.tar.gz`,
      ...parts,
      '--s3-disable-checksum',
      '--s3-no-check-bucket',
    )
  const peaks = []
  const byKoo = (folder) => {
    const address = { bucket: 'bench', region, endpoint, prefix: `${folder}/`, pathStyle: true }
    const given = JSON.stringify({ address, credentials: { accessKey, secretKey }, path, sha256, parallel })
    const file = join(cwd, 'peak')
    const watched = {
      ...options.env,
      NODE_OPTIONS: `--require ${join(import.meta.dirname, 'peak.cjs')}`,
      PEAK_FILE: file,
    }
    const time = timed(process.execPath, [program, given], { ...options, env: watched })
    peaks.push(Number(readFileSync(file, 'utf8')) / 1024)
    return time
  }
  const times = { rclone: [], koo: [] }
  rclone('mkdir', ':s3:bench')
  // The first round fills the caches and does not count.
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, upload] of Object.entries({ rclone: byRclone, koo: byKoo })) {
      const time = upload(`${name}-${round}`)
      if (round > 0) times[name].push(time)
      rclone('delete', `:s3:bench/${name}-${round}`)
      // What was written would else be written out during somebody else's turn.
      spawnSync('sync')
    }
  }
  const [peer, own] = [median(times.rclone), median(times.koo)]
  const rate = (time) => `${((megabytes * megabyte) / 1000 / time).toFixed(0)} MB/s`
  write(`2 GB to OpenStack Swift in parts of 16 MiB, ${parallel} at once, median of ${runs}, Node ${process.version}\n`)
  write(row('rclone copyto', peer, rate(peer)))
  const faster = `${(peer / own).toFixed(2)} x rclone's throughput`
  write(row('koo', own, rate(own), faster, `peak ${Math.max(...peaks).toFixed(0)} MiB`))
}

const partBytes = 8 * megabyte

/** The file in parts, because curl sends whole files only. */
function split(path, folder) {
  const file = openSync(path, 'r')
  const parts = []
  for (let start = 0; start < megabytes * megabyte; start += partBytes) {
    const bytes = Buffer.alloc(Math.min(partBytes, megabytes * megabyte - start))
    readSync(file, bytes, 0, bytes.length, start)
    parts.push(join(folder, `part-${start}`))
    writeFileSync(parts.at(-1), bytes)
  }
  closeSync(file)
  return parts
}

/** A sandbox of its own for each upload: what it has is not sent again. */
async function withSandbox({ cwd, env }, work) {
  const data = join(cwd, 'data')
  const sandbox = spawn(
    process.execPath,
    [join(root, 'bin/koo.js'), 'sandbox', '--port', '0', '--data', data, '--json'],
    { env },
  )
  const [line] = await once(sandbox.stdout, 'data')
  const { url, access_key: accessKey, secret_key: secretKey } = JSON.parse(line)
  const result = work({ url, credentials: { accessKey, secretKey } })
  sandbox.kill()
  await once(sandbox, 'exit')
  rmSync(data, { recursive: true })
  spawnSync('sync')
  return result
}

async function measureSandbox(write, { path, sha256, cwd, env }) {
  const [one, byCurl] = [bundled(cwd, 'upload-one'), bundled(cwd, 'parts-by-curl')]
  const parts = split(path, cwd)
  const place = { cwd, env }
  const peakFile = join(cwd, 'peak')
  const watched = { ...env, NODE_OPTIONS: `--require ${join(import.meta.dirname, 'peak.cjs')}`, PEAK_FILE: peakFile }
  const [times, peaks] = [{ curl: [], koo: [] }, []]
  for (let round = 0; round <= sandboxRuns; round += 1) {
    const curl = await withSandbox(place, (at) => {
      const given = JSON.stringify({ ...at, parts, bytes: megabytes * megabyte, sha256, parallel })
      const { status, stdout, stderr } = spawnSync(process.execPath, [byCurl, given], { env, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      return Number(stdout)
    })
    const koo = await withSandbox(place, (at) =>
      timed(process.execPath, [one, JSON.stringify({ ...at, path, sha256, parallel })], { env: watched }),
    )
    if (round === 0) continue
    times.curl.push(curl)
    times.koo.push(koo)
    peaks.push(Number(readFileSync(peakFile, 'utf8')) / 1024)
  }
  const [peer, own] = [median(times.curl), median(times.koo)]
  const rate = (time) => `${((megabytes * megabyte) / 1000 / time).toFixed(0)} MB/s`
  write(`2 GB to a sandbox in parts of 8 MiB, ${parallel} at once, median of ${sandboxRuns}\n`)
  write(row('curl, parts signed beforehand', peer, rate(peer)))
  write(
    row(
      'koo',
      own,
      rate(own),
      `${(peer / own).toFixed(2)} x curl's throughput`,
      `peak ${Math.max(...peaks).toFixed(0)} MiB`,
    ),
  )
}

async function measureSwift(write, given) {
  if (spawnSync(server, ['--installed']).status !== 0 || spawnSync('rclone', ['version']).status !== 0) {
    write('Swift or rclone is not installed: no uploads to a bucket measured.\n')
    return
  }
  const swift = spawn(server, [join(given.cwd, 'swift')], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const [line] = await once(swift.stdout, 'data')
    measure(write, { ...given, swift: JSON.parse(line) })
  } finally {
    swift.stdin.end()
    await once(swift, 'exit')
  }
}

export async function uploadBench(write, { env, home }) {
  const cwd = join(home, 'upload')
  mkdirSync(cwd)
  const path = join(cwd, 'bundle.tar.gz')
  const given = { path, sha256: makeFile(path), cwd, env }
  try {
    await measureSwift(write, given)
    await measureSandbox(write, given)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
