/** `kill -9` at a random moment, under faults: the same command again ends with one product and one release each. */
import { expect, test } from '@jest/globals'
import { crash, reportOf } from '../crash/crash.js'

const runs = Number(process.env.KOO_CRASH_RUNS ?? 15)
const timeOfOne = 60_000

test(
  `${runs} runs, each killed at a random moment`,
  async () => {
    const report = await crash({ runs, seed: 1, jobs: 2 })
    process.stdout.write(reportOf(report))
    expect(report.wrong).toEqual([])
    expect(report.runs).toBe(runs)
    // Without kills and faults it would prove nothing.
    expect(Object.keys(report.kills).length).toBeGreaterThan(2)
    expect(report.faults).toBeGreaterThan(runs)
  },
  runs * timeOfOne,
)
