/** Shards divide the products: each is in exactly one. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isInShard } from '../../src/publish/shard.ts'

test('each product is in one shard of any number', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (key, of) => {
      const shards = Array.from({ length: of }, (_, index) => index + 1).filter((number) =>
        isInShard({ number, of }, key),
      )
      expect(shards).toHaveLength(1)
    }),
  )
})

test('on any machine it is the same one, and they are of about the same size', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `harbor-${index}`)
  const sizes = [1, 2, 3, 4, 5].map((number) => keys.filter((key) => isInShard({ number, of: 5 }, key)).length)
  expect(Math.min(...sizes)).toBeGreaterThan(150)
  // Other machines of a run have worked this out before.
  expect(isInShard({ number: 4, of: 5 }, 'harbor-crm')).toBe(true)
})
