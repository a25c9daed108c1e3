/** Times whole processes: medians of interleaved runs, so that what else the machine does falls on all of them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Without NODE_EXTRA_CA_CERTS, which costs every Node 20 process 30 ms and more, and with caches of our own. */
export function environment(home) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env
  return { ...rest, XDG_CACHE_HOME: home }
}

/** Milliseconds of each command, by its name. `argv` goes to node, `shell` to sh; `status` is the code it ends with. */
export function medians(commands, { env, cwd, runs }) {
  const times = new Map(Object.keys(commands).map((name) => [name, []]))
  // The first round fills the caches and does not count.
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, { argv, shell, status = 0, every = 1 }] of Object.entries(commands)) {
      if (round > 0 && round % every !== 0) continue
      const start = process.hrtime.bigint()
      const [program, given] = shell === undefined ? [process.execPath, argv] : ['sh', ['-c', shell]]
      const result = spawnSync(program, given, { env, cwd, stdio: 'ignore' })
      if (result.status !== status) throw new Error(`${name} ended with ${result.status}`)
      if (round > 0) times.get(name).push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  return new Map([...times].map(([name, list]) => [name, list.sort((a, b) => a - b)[Math.floor(list.length / 2)]]))
}

/** Peak memory of a command in MiB, in a run of its own. */
export function peak({ argv }, { env, cwd }) {
  const folder = mkdtempSync(join(tmpdir(), 'koo-peak-'))
  const file = join(folder, 'peak')
  const NODE_OPTIONS = `--require ${join(import.meta.dirname, 'peak.cjs')}`
  spawnSync(process.execPath, argv, { env: { ...env, NODE_OPTIONS, PEAK_FILE: file }, cwd, stdio: 'ignore' })
  const kib = Number(readFileSync(file, 'utf8'))
  rmSync(folder, { recursive: true })
  return kib / 1024
}

export function row(name, milliseconds, ...more) {
  return `  ${name.padEnd(42)} ${milliseconds.toFixed(1).padStart(8)} ms  ${more.join('  ')}\n`
}
