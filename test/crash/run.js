/** The crash test by hand: `npm run crash -- --runs 300 --seed 1 --jobs 2`, on what `npm run build` has built. */
import { parseArgs } from 'node:util'
import { crash, reportOf } from './crash.js'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
  },
})
const [runs, seed, jobs] = [Number(values.runs), Number(values.seed), Number(values.jobs)]
const report = await crash({ runs, seed, jobs, told: (text) => process.stderr.write(text) })
process.stdout.write(reportOf(report))
process.exitCode = report.wrong.length > 0 ? 1 : 0
