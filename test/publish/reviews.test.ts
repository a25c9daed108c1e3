/** Many releases are followed with few requests, ever more seldom. */
import { expect, test } from '@jest/globals'
import { Failure } from '../../src/model/failure.ts'
import type { RemoteProduct, RemoteRelease } from '../../src/model/release.ts'
import type { Clock, Marketplace } from '../../src/ports.ts'
import { reviews } from '../../src/publish/reviews.ts'

/** Time that passes only while somebody sleeps. */
function passing(): Clock {
  let now = 0
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds
      // Others get their turn.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

const release = (index: number, state: RemoteRelease['state']): RemoteRelease => ({
  ...{ id: `r${index}`, productId: `p${index}`, key: `harbor-${index}`, version: 'V1.0', state },
  ...{ contentDigest: 'd', createdDigest: 'd', complaints: [] },
})

/** A marketplace that ends the review of all at a time. */
function desk(clock: Clock, end: number, verdict: (index: number) => RemoteRelease['state'] = () => 'on-sale') {
  const rounds: { readonly at: number; requests: number }[] = []
  const indexOf = (word: string) => Number(word.replace(/\D+/g, ''))
  const now = (index: number) => release(index, clock.now() >= end ? verdict(index) : 'in-review')
  const requested = (number: number): void => {
    rounds.push({ at: clock.now(), requests: Math.ceil(number / 100) })
  }
  const marketplace = {
    releasesById: async (ids: readonly string[]) => {
      requested(ids.length)
      return ids.map((id) => now(indexOf(id)))
    },
    productsByKey: async (keys: readonly string[]) => new Map(keys.map((key) => [key, productOf(now(indexOf(key)))])),
  } as Pick<Marketplace, 'releasesById' | 'productsByKey'> as Marketplace
  return { marketplace, rounds }
}

function productOf({ id, key, version, contentDigest, state, productId }: RemoteRelease): RemoteProduct {
  return {
    ...{ id: productId, key, name: key, method: 'consulting', state, version, releases: 1, revision: 3 },
    ...{ newest: { id, version, contentDigest, state }, removedSpecifications: [] },
  }
}

const stop = new AbortController().signal
const hour = 3_600_000

test('200 releases take two requests a round, and the rounds come ever more seldom', async () => {
  const clock = passing()
  const { marketplace, rounds } = desk(clock, hour, (index) => (index % 2 === 0 ? 'on-sale' : 'rejected'))
  const { follow } = reviews({ marketplace, clock, stop }, { until: 'on-sale', atMost: 2 * hour })
  const seen = await Promise.all(Array.from({ length: 200 }, (_, index) => follow(release(index, 'in-review'))))
  expect(seen.filter((each) => each.release.state === 'on-sale' && each.product)).toHaveLength(100)
  expect(seen.filter((each) => each.release.state === 'rejected')).toHaveLength(100)
  expect(Math.max(...rounds.map(({ requests }) => requests))).toBeLessThanOrEqual(2)
  const gaps = rounds.slice(1).map(({ at }, index) => at - (rounds[index]?.at ?? 0))
  expect(gaps.at(0)).toBeLessThanOrEqual(200)
  expect(gaps.at(-1)).toBeGreaterThanOrEqual(30_000)
  expect(rounds.length).toBeLessThan(150)
})

test('releases that come one after the other soon share their requests', async () => {
  const clock = passing()
  const { marketplace, rounds } = desk(clock, hour)
  const { follow } = reviews({ marketplace, clock, stop }, { until: 'on-sale', atMost: 2 * hour })
  const following: Promise<unknown>[] = []
  for (let index = 0; index < 50; index += 1) {
    following.push(follow(release(index, 'in-review')))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(following)
  expect(rounds.length).toBeLessThan(400)
})

test('the wait ends', async () => {
  const clock = passing()
  const { marketplace } = desk(clock, hour)
  const { follow } = reviews({ marketplace, clock, stop }, { until: 'on-sale', atMost: 60_000 })
  expect(await follow(release(1, 'in-review'))).toEqual({ release: release(1, 'in-review') })
  expect(clock.now()).toBe(60_000)
})

test('with the verdict where only that is waited for, or at once where nothing is', async () => {
  const clock = passing()
  const { marketplace, rounds } = desk(clock, 5000)
  const until = (what: 'accepted' | 'reviewed') =>
    reviews({ marketplace, clock, stop }, { until: what, atMost: hour }).follow(release(1, 'in-review'))
  expect((await until('accepted')).product?.newest.id).toBe('r1')
  expect(rounds).toEqual([])
  expect((await until('reviewed')).release.state).toBe('on-sale')
})

test('a marketplace that fails now and then is asked again, one that goes on failing is told', async () => {
  const clock = passing()
  const { marketplace } = desk(clock, 5000)
  const failure = new Failure({ code: 'marketplace-failed', exit: 'marketplace', message: 'It failed.' })
  let left = 3
  const failing: Marketplace = {
    ...marketplace,
    releasesById: async (ids) => (left-- > 0 ? Promise.reject(failure) : marketplace.releasesById(ids)),
  }
  const wait = { until: 'on-sale', atMost: hour } as const
  expect(
    (await reviews({ marketplace: failing, clock, stop }, wait).follow(release(1, 'in-review'))).release.state,
  ).toBe('on-sale')
  left = 99
  expect((await reviews({ marketplace: failing, clock, stop }, wait).follow(release(1, 'in-review'))).trouble).toBe(
    failure,
  )
})
