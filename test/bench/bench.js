/**
 * `npm run bench [name]`: figures as ratios to bare node in the same run, whole processes, medians of interleaved runs.
 * Never a test: machines differ, ratios drift.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const koo = join(root, 'bin/koo.js')
const runs = 25

const benches = {
  'start-up': {
    'node -e 0': ['-e', '0'],
    'koo --version': [koo, '--version'],
    'koo --help': [koo, '--help'],
    'koo methods': [koo, 'methods'],
    'koo validate examples/saas': [koo, 'validate', join(root, 'examples/saas')],
    'koo validate examples (six)': [koo, 'validate', join(root, 'examples')],
  },
}

/** Without NODE_EXTRA_CA_CERTS, which costs every Node 20 process 30 ms and more, and with a cache of our own. */
function environment(home) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env
  return { ...rest, XDG_CACHE_HOME: home }
}

function measure(commands, env) {
  const times = new Map(Object.keys(commands).map((name) => [name, []]))
  // The first round fills the caches and does not count.
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, argv] of Object.entries(commands)) {
      const start = process.hrtime.bigint()
      const { status } = spawnSync(process.execPath, argv, { env, stdio: 'ignore' })
      if (status !== 0) throw new Error(`${name} ended with ${status}`)
      if (round > 0) times.get(name).push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  return new Map([...times].map(([name, list]) => [name, list.sort((a, b) => a - b)[Math.floor(list.length / 2)]]))
}

const home = mkdtempSync(join(tmpdir(), 'koo-bench-'))
try {
  const wanted = process.argv.slice(2)
  for (const [name, commands] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const medians = measure(commands, environment(home))
    const [base = 1] = medians.values()
    process.stdout.write(`${name}: median of ${runs}, Node ${process.version}\n`)
    for (const [command, median] of medians) {
      process.stdout.write(
        `  ${command.padEnd(30)} ${median.toFixed(1).padStart(7)} ms  ${(median / base).toFixed(2)} x\n`,
      )
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
