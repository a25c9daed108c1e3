/** Mistakes in answers are the same mistakes in every suite. */
import { expect, test } from '@jest/globals'
import { answerFaults } from '../../src/access/server/faults/answers.ts'
import { suiteNamed } from '../../src/access/suites.ts'
import { outcomes } from './trial.ts'

/** Those of how long an answer takes are slow, and the same code; names that are not encrypted are two mistakes here. */
const others = ['slow-answer', 'slow-body', 'long-user-name', 'long-password']
const quick = Object.entries(answerFaults).filter(([name]) => !others.includes(name))

for (const suite of ['v1', 'license-code'] as const) {
  const { cases } = await suiteNamed(suite)
  const ids = cases.map(({ id }) => id)
  const concerned = quick.filter(([, { fails }]) => fails.every((id) => ids.includes(id)))
  test(`${suite} has most of them`, () => {
    expect(concerned.length).toBeGreaterThan(20)
  })
  test.each(concerned)(`${suite}: %s`, async (_, { fails, behaviour }) => {
    const { failed } = await outcomes({ suite, behaviour })
    expect([...failed].sort()).toEqual([...fails].sort())
  })
}
