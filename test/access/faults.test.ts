/** Against the reference server everything passes, and with each fault exactly the cases fail that speak of it. */
import { expect, test } from '@jest/globals'
import { faults } from '../../src/access/server/faults.ts'
import { type Suite, suites } from '../../src/model/access/report.ts'
import { outcomes } from './trial.ts'

test.each(Object.keys(suites) as readonly Suite[])(
  'everything of the suite %s passes against the reference server',
  async (suite) => {
    const { failed, blocked, passed } = await outcomes({ suite })
    expect({ failed, blocked }).toEqual({ failed: [], blocked: [] })
    expect(passed.length).toBeGreaterThan(5)
  },
)

/** Those of TLS are tried where there are certificates. */
const plain = Object.entries(faults).filter(([, { oldTls }]) => oldTls !== true)

test.each(plain)('with the fault %s exactly the cases fail that speak of it', async (_, fault) => {
  const { failed } = await outcomes({ suite: fault.suite ?? 'v2', behaviour: fault.behaviour })
  expect([...failed].sort()).toEqual([...fault.fails].sort())
})
