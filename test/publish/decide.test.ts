/** What is decided for a product, by what the marketplace has. */
import { describe, expect, test } from '@jest/globals'
import type { ProductState, RemoteProduct, RemoteRelease } from '../../src/model/release.ts'
import { decide } from '../../src/publish/decide.ts'

const mine = { key: 'harbor-crm', method: 'saas', version: 'V2.0', contentDigest: 'b'.repeat(64) } as const

function product(state: ProductState, more: Partial<RemoteProduct> = {}): RemoteProduct {
  return {
    id: 'p',
    key: 'harbor-crm',
    name: 'Harbor CRM',
    method: 'saas',
    state,
    version: 'V1.0',
    releases: 1,
    revision: 1,
    newest: { id: '1', version: 'V1.0', contentDigest: 'a'.repeat(64), state },
    removedSpecifications: [],
    ...more,
  }
}

function release(id: string, version: string, state: ProductState, digest = 'a'): RemoteRelease {
  const contentDigest = digest.repeat(64)
  return {
    ...{ id, productId: 'p', key: 'harbor-crm', version, state, complaints: [] },
    ...{ contentDigest, createdDigest: contentDigest },
  }
}

const keep = { resubmit: false, overwrite: false }

describe('a product the marketplace', () => {
  test('does not have is created', () => {
    expect(decide(mine, undefined, [], keep)).toEqual({ do: 'create' })
  })

  test('sells in an older version is released anew', () => {
    expect(decide(mine, product('on-sale'), [release('1', 'V1.0', 'on-sale')], keep)).toEqual({
      do: 'release',
      replaces: 'V1.0',
      after: '1',
    })
  })

  test.each([
    ['on-sale', 'nothing'],
    ['in-review', 'await'],
    ['withdrawn', 'resubmit'],
    ['draft', 'resubmit'],
    ['rejected', 'mend'],
  ] as const)('has %s with the same content: %s', (state, decided) => {
    expect(decide(mine, product(state), [release('2', 'V2.0', state, 'b')], keep)).toEqual({
      do: decided,
      releaseId: '2',
    })
  })

  test('rejected with the same content is handed in again on request', () => {
    const releases = [release('2', 'V2.0', 'rejected', 'b')]
    expect(decide(mine, product('rejected'), releases, { ...keep, resubmit: true })).toEqual({
      do: 'resubmit',
      releaseId: '2',
    })
  })

  test.each(['rejected', 'withdrawn', 'draft'] as const)('has %s with other content gets a new release', (state) => {
    const decided = decide(mine, product(state), [release('2', 'V2.0', state)], keep)
    expect(decided).toEqual({ do: 'release', after: '2' })
  })

  test.each([
    [
      'sells in this version with other content',
      product('on-sale'),
      [release('2', 'V2.0', 'on-sale')],
      'other content',
    ],
    [
      'reviews in this version with other content',
      product('in-review'),
      [release('2', 'V2.0', 'in-review')],
      'in review with other',
    ],
    ['reviews in another version', product('in-review'), [release('3', 'V3.0', 'in-review')], 'V3.0 is in review'],
    [
      'reviews in another version while this one was withdrawn',
      product('in-review'),
      [release('3', 'V3.0', 'in-review'), release('2', 'V2.0', 'withdrawn', 'b')],
      'V3.0 is in review',
    ],
    [
      'sold in this version before',
      product('on-sale', { version: 'V3.0' }),
      [release('3', 'V3.0', 'on-sale'), release('2', 'V2.0', 'discontinued', 'b')],
      'before V3.0 took its place',
    ],
    ['discontinued', product('discontinued'), [release('2', 'V2.0', 'discontinued', 'b')], 'final'],
    ['has with another delivery method', product('on-sale', { method: 'license' }), [], 'delivery method license'],
  ] as const)('%s is refused', (_, remote, releases, why) => {
    expect(decide(mine, remote, releases, keep)).toMatchObject({ do: 'refuse', why: expect.stringContaining(why) })
  })
})
