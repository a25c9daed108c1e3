/**
 * `npm run bench [-- name]`: ratios to peers or to bare node in the same run, whole processes.
 * Never a test: machines differ, ratios drift.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, medians, row } from './measure.js'
import { packBench } from './pack.js'
import { publishBench } from './publish.js'
import { uploadBench } from './upload.js'
import { validateBench } from './validate.js'

const root = join(import.meta.dirname, '../..')
const koo = join(root, 'bin/koo.js')
const write = (text) => process.stdout.write(text)

function startUpBench(_, { env, home }) {
  const commands = {
    'node -e 0': { argv: ['-e', '0'] },
    'koo --version': { argv: [koo, '--version'] },
    'koo --help': { argv: [koo, '--help'] },
    'koo methods': { argv: [koo, 'methods'] },
    'koo validate examples (six)': { argv: [koo, 'validate', join(root, 'examples')] },
  }
  const times = medians(commands, { env, cwd: home, runs: 25 })
  const [bare = 1] = times.values()
  write(`Start-up, median of 25, Node ${process.version}\n`)
  for (const [name, time] of times) write(row(name, time, `${(time / bare).toFixed(2)} x bare node`))
}

const benches = {
  'start-up': startUpBench,
  validate: validateBench,
  pack: packBench,
  publish: publishBench,
  upload: uploadBench,
}

const home = mkdtempSync(join(tmpdir(), 'koo-bench-'))
try {
  const wanted = process.argv.slice(2)
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length === 0 || wanted.includes(name)) await bench(write, { env: environment(home), home })
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
