/** Hundreds of calls at the same time: koo makes none of them wait for another. */
import { expect, test } from '@jest/globals'
import type { ServerOptions } from '../../src/ports.ts'
import { hasty, reportOf } from './trial.ts'

const many = 200

test('two hundred orders are asked for at the same time, and take no longer than the server does', async () => {
  let inFlight = 0
  let most = 0
  const open: (() => void)[] = []
  // The first call is the one that has to be accepted before; each of the others is answered once all of them are there.
  let calls = 0
  const before =
    (answer: ServerOptions['answer']): ServerOptions['answer'] =>
    async (request) => {
      calls += 1
      if (calls === 1) return answer(request)
      inFlight += 1
      most = Math.max(most, inFlight)
      if (inFlight === many) for (const go of open) go()
      else await Promise.race([new Promise<void>((resolve) => open.push(resolve)), hasty.sleep(4_500)])
      inFlight -= 1
      return answer(request)
    }
  const { cases } = await reportOf({ only: ['concurrency'], concurrency: many, before })
  expect(most).toBe(many)
  expect(cases).toMatchObject([{ id: 'concurrency', outcome: 'passed' }])
})

test('of hundreds of calls a report shows the first and the last', async () => {
  const { cases } = await reportOf({ only: ['concurrency'], concurrency: many })
  expect(cases[0]?.exchanges).toHaveLength(30)
})
