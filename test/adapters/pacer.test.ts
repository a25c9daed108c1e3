/** The pacer against servers with limits, on a clock of its own: how fast the work gets done, and how much is refused. */
import { setMaxListeners } from 'node:events'
import { describe, expect, test } from '@jest/globals'
import { type Pacer, pacer } from '../../src/adapters/pacer.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

interface Bucket {
  /** Requests a second. */
  readonly rate: number
  readonly burst: number
}

/** Says whether a request is let through now. */
function bucket(clock: VirtualClock, { rate, burst }: Bucket): () => boolean {
  let tokens = burst
  let at = clock.now()
  return () => {
    tokens = Math.min(burst, tokens + ((clock.now() - at) / 1000) * rate)
    at = clock.now()
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

/** The same numbers each time. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

const never = new AbortController().signal
setMaxListeners(0, never)

interface Shop {
  readonly clock: VirtualClock
  readonly pace: Pacer
  /** The moments in which requests were made. */
  readonly made: number[]
  refused: number
}

/** Jobs that do their share of the work one after another, each request until it is let through. */
async function work(shop: Shop, lets: (endpoint: string) => boolean, jobs: number, tasks: readonly string[]) {
  const { clock, pace } = shop
  const draw = chance(7)
  const left = [...tasks]
  const job = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      for (let attempt = 0; ; attempt += 1) {
        await pace.turn(task, never)
        shop.made.push(clock.now())
        const free = lets(task)
        await clock.sleep(5 + 5 * draw())
        if (free) {
          pace.answered(task)
          break
        }
        shop.refused += 1
        pace.throttled(task)
        await clock.sleep(draw() * Math.min(20_000, 200 * 2 ** attempt))
      }
    }
  }
  const start = clock.now()
  await clock.run(Promise.all(Array.from({ length: jobs }, job)))
  return { rate: tasks.length / ((clock.now() - start) / 1000), refused: shop.refused / shop.made.length }
}

function shop(): Shop {
  const clock = virtualClock()
  return { clock, pace: pacer(clock), made: [], refused: 0 }
}

const five = ['GET product', 'POST upload', 'PUT part', 'POST complete', 'POST release']
const cycle = (count: number, names: readonly string[]) =>
  Array.from({ length: count }, (_, index) => names[index % names.length] ?? '')

describe('eight jobs against a host that allows', () => {
  test.each([
    ['50 a second, 50 at once', { rate: 50, burst: 50 }, five],
    ['50 a second, 10 at once', { rate: 50, burst: 10 }, five],
    ['50 a second, one by one', { rate: 50, burst: 1 }, five],
    ['50 a second, for one endpoint', { rate: 50, burst: 50 }, ['POST release']],
    ['200 a second', { rate: 200, burst: 200 }, five],
    ['5 a second', { rate: 5, burst: 5 }, five],
  ])('%s get nearly all of it, with few refusals', async (_, limit, names) => {
    const one = shop()
    const lets = bucket(one.clock, limit)
    // A minute's work.
    const { rate, refused } = await work(one, lets, 8, cycle(limit.rate * 60, names))
    expect(rate).toBeGreaterThan(0.85 * limit.rate)
    expect(refused).toBeLessThan(0.1)
  })
})

test('an endpoint with a limit of its own does not slow the others', async () => {
  const one = shop()
  const slow = bucket(one.clock, { rate: 2, burst: 2 })
  const writes = work(one, (endpoint) => endpoint !== 'POST release' || slow(), 2, cycle(60, ['POST release']))
  const reads = shop()
  const start = one.clock.now()
  let read = 0
  const reading = (async () => {
    for (; read < 1000; read += 1) {
      await one.pace.turn('GET release', never)
      await one.clock.sleep(5)
      one.pace.answered('GET release')
    }
    return one.clock.now() - start
  })()
  expect(reads.refused).toBe(0)
  // 5 ms each: not one of them was held back.
  expect(await one.clock.run(reading)).toBeLessThan(6000)
  expect((await writes).rate).toBeGreaterThan(1.6)
})

test('many that wait for the end of a pause do not burst', async () => {
  const { clock, pace } = shop()
  for (let count = 0; count < 40; count += 1) pace.answered('GET product')
  pace.throttled('GET product', 5000)
  const start = clock.now()
  const gone: number[] = []
  const all = Array.from({ length: 100 }, async () => {
    await pace.turn('GET product', never)
    gone.push(clock.now() - start)
  })
  await clock.run(Promise.all(all))
  expect(gone[0]).toBe(5000)
  // 40 were answered in the last second, so 35 a second are asked.
  expect(gone.filter((at) => at < 6000).length).toBeLessThanOrEqual(37)
  expect(gone.at(-1)).toBeGreaterThan(5000 + (97 / 36) * 1000)
})

test('nobody is held back before the first refusal', async () => {
  const { clock, pace } = shop()
  const start = clock.now()
  await clock.run(Promise.all(Array.from({ length: 1000 }, () => pace.turn('GET product', never))))
  expect(clock.now()).toBe(start)
})

test('a stop ends the wait of everyone', async () => {
  const { clock, pace } = shop()
  const stop = new AbortController()
  pace.throttled('GET product', 60_000)
  const start = clock.now()
  const turns = Promise.allSettled(Array.from({ length: 3 }, () => pace.turn('GET product', stop.signal)))
  setImmediate(() => stop.abort())
  for (const turn of await turns) expect(turn).toMatchObject({ reason: { code: 'stopped' } })
  expect(clock.now()).toBe(start)
})
