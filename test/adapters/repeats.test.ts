/** What is repeated, how often, and after which pauses. */
import { expect, test } from '@jest/globals'
import { nextOf, noPast, retryAfter } from '../../src/adapters/repeats.ts'
import type { Trouble } from '../../src/adapters/trouble.ts'

/** All pauses until a call is given up, in milliseconds. */
function pauses(trouble: Trouble, repeatable: boolean, jitter = 1): readonly number[] {
  const made: number[] = []
  let past = noPast
  for (;;) {
    const next = nextOf(trouble, { repeatable }, past, undefined, jitter)
    if (next.do === 'end') return made
    made.push(next.pause)
    past = next.past
  }
}

test('failures get six attempts, with pauses that double', () => {
  expect(pauses('failed', true)).toEqual([200, 400, 800, 1600, 3200])
  expect(pauses('lost', true, 0.5)).toEqual([100, 200, 400, 800, 1600])
})

test('throttled calls get five minutes, with pauses of at most 20 seconds', () => {
  const made = pauses('throttled', false)
  expect(Math.max(...made)).toBe(20_000)
  const sum = made.reduce((a, b) => a + b, 0)
  expect(sum).toBeGreaterThan(280_000)
  expect(sum).toBeLessThanOrEqual(300_000)
})

test.each(['lost', 'failed', 'refused', 'none'] as const)('%s is not repeated where that may do harm', (trouble) => {
  expect(pauses(trouble, false)).toEqual([])
})

test('what was never sent may always be sent again; what was refused never', () => {
  expect(pauses('lost-before-sent', false)).toHaveLength(5)
  expect(pauses('refused', true)).toEqual([])
})

test('the pause a server asks for is kept, and shared where it throttles', () => {
  const next = (trouble: Trouble, asked: number) => nextOf(trouble, { repeatable: true }, noPast, asked, 1)
  expect(next('failed', 7000)).toMatchObject({ do: 'repeat', pause: 7000, shared: false })
  expect(next('throttled', 7000)).toMatchObject({ do: 'repeat', pause: 7000, shared: true })
  expect(next('throttled', 120_001)).toEqual({ do: 'end', asked: 120_001 })
})

test('Retry-After has seconds or a date', () => {
  const now = Date.parse('Tue, 24 Nov 2026 10:00:00 GMT')
  expect(retryAfter('3', now)).toBe(3000)
  expect(retryAfter('Tue, 24 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
  for (const nothing of [undefined, '', '0', '-1', 'soon', 'Tue, 24 Nov 2026 09:00:00 GMT', ['3']]) {
    expect(retryAfter(nothing, now)).toBeUndefined()
  }
})
