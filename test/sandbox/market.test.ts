/** The rules of the marketplace, without HTTP and without a store. */
import { describe, expect, test } from '@jest/globals'
import { type ProductState, productStates } from '../../src/model/release.ts'
import {
  create,
  discontinue,
  judgeRelease,
  liveRelease,
  type NewRelease,
  type Product,
  productState,
  settle,
  submit,
  withdraw,
} from '../../src/sandbox/market.ts'
import { manifest } from './shop.ts'

const person = { by: 'person' } as const
const approve = { decision: 'approve' } as const
const complaints = [{ path: '/product/name', code: 'review-complaint', message: 'Not the name of the certificate.' }]
const reject = { decision: 'reject', complaints } as const

function brought(id: string, change: Partial<NewRelease> = {}): NewRelease {
  return {
    id,
    productId: 'product',
    key: 'database-care',
    method: 'professional-service',
    name: 'Database Care',
    version: 'V1.0',
    contentDigest: 'one',
    manifest: manifest(),
    files: [],
    ...change,
  }
}

/** A product whose only release, `first`, is in the state. */
function productIn(state: ProductState): Product {
  const draft = create(undefined, brought('first'), 0)
  const waiting = submit(draft, 'first', person, 1)
  switch (state) {
    case 'draft':
      return draft
    case 'in-review':
      return waiting
    case 'rejected':
      return judgeRelease(waiting, 'first', reject, 2)
    case 'on-sale':
      return judgeRelease(waiting, 'first', approve, 2)
    case 'withdrawn':
      return withdraw(waiting, 'first', 2)
    case 'discontinued':
      return discontinue(judgeRelease(waiting, 'first', approve, 2), 3)
  }
}

const states = Object.keys(productStates) as readonly ProductState[]

type Outcome = ProductState | `KOO.${string}`
/** What each deed makes of a release, by the state it is in. */
const table: Readonly<
  Record<string, { do: (product: Product) => Product; makes: Readonly<Record<ProductState, Outcome>> }>
> = {
  submit: {
    do: (product) => submit(product, 'first', person, 9),
    makes: {
      draft: 'in-review',
      'in-review': 'KOO.01409004',
      rejected: 'in-review',
      'on-sale': 'KOO.01409004',
      withdrawn: 'in-review',
      discontinued: 'KOO.01409002',
    },
  },
  withdraw: {
    do: (product) => withdraw(product, 'first', 9),
    makes: {
      draft: 'KOO.01409004',
      'in-review': 'withdrawn',
      rejected: 'KOO.01409004',
      'on-sale': 'KOO.01409004',
      withdrawn: 'KOO.01409004',
      discontinued: 'KOO.01409004',
    },
  },
  approve: {
    do: (product) => judgeRelease(product, 'first', approve, 9),
    makes: {
      draft: 'KOO.01409004',
      'in-review': 'on-sale',
      rejected: 'KOO.01409004',
      'on-sale': 'KOO.01409004',
      withdrawn: 'KOO.01409004',
      discontinued: 'KOO.01409004',
    },
  },
  reject: {
    do: (product) => judgeRelease(product, 'first', reject, 9),
    makes: {
      draft: 'KOO.01409004',
      'in-review': 'rejected',
      rejected: 'KOO.01409004',
      'on-sale': 'KOO.01409004',
      withdrawn: 'KOO.01409004',
      discontinued: 'KOO.01409004',
    },
  },
  discontinue: {
    do: (product) => discontinue(product, 9),
    makes: {
      draft: 'discontinued',
      'in-review': 'discontinued',
      rejected: 'discontinued',
      'on-sale': 'discontinued',
      withdrawn: 'discontinued',
      discontinued: 'discontinued',
    },
  },
  'release the same version with other content': {
    do: (product) => create(product, brought('second', { contentDigest: 'two' }), 9),
    makes: {
      draft: 'draft',
      'in-review': 'KOO.01409001',
      rejected: 'draft',
      'on-sale': 'KOO.01409001',
      withdrawn: 'draft',
      discontinued: 'KOO.01409002',
    },
  },
  'release the next version': {
    do: (product) => submit(create(product, brought('second', { version: 'V1.1' }), 9), 'second', person, 9),
    makes: {
      draft: 'in-review',
      'in-review': 'KOO.01409005',
      rejected: 'in-review',
      'on-sale': 'on-sale',
      withdrawn: 'in-review',
      discontinued: 'KOO.01409002',
    },
  },
  'release with another delivery method': {
    do: (product) => create(product, brought('second', { version: 'V1.1', method: 'hardware' }), 9),
    makes: {
      draft: 'KOO.01409006',
      'in-review': 'KOO.01409006',
      rejected: 'KOO.01409006',
      'on-sale': 'KOO.01409006',
      withdrawn: 'KOO.01409006',
      discontinued: 'KOO.01409002',
    },
  },
}

describe.each(Object.entries(table))('%s', (_name, deed) => {
  test.each(states)('a product that is %s', (state) => {
    const before = productIn(state)
    expect(outcome(() => deed.do(before))).toBe(deed.makes[state])
    expect(before).toEqual(productIn(state))
  })
})

function outcome(deed: () => Product): Outcome {
  try {
    return productState(deed())
  } catch (error) {
    return (error as { readonly code: Outcome }).code
  }
}

test('a newer release on sale takes the place of the older one, for good', () => {
  const both = create(productIn('on-sale'), brought('second', { version: 'V1.1' }), 3)
  const product = judgeRelease(submit(both, 'second', person, 4), 'second', approve, 5)
  expect(product.releases.map((each) => [each.version, each.state])).toEqual([
    ['V1.1', 'on-sale'],
    ['V1.0', 'discontinued'],
  ])
  expect(outcome(() => create(product, brought('third'), 6))).toBe('KOO.01409001')
})

test('submitting again clears the complaints', () => {
  const rejected = productIn('rejected')
  expect(rejected.releases[0]).toMatchObject({ complaints, reviewedAt: 2 })
  const [again] = submit(rejected, 'first', person, 5).releases
  expect(again).toMatchObject({ state: 'in-review', complaints: [], submittedAt: 5 })
  expect(again).not.toHaveProperty('reviewedAt')
})

describe('time', () => {
  const waiting = (by: 'approval' | 'rejection') => submit(productIn('draft'), 'first', { by, due: 100 }, 1)

  test('a review is not over before it is due', () => {
    const product = waiting('approval')
    expect(settle(product, 99)).toBe(product)
  })
  test('an approval ends when it was due, however late anyone looks', () => {
    expect(settle(waiting('approval'), 9999).releases[0]).toMatchObject({ state: 'on-sale', reviewedAt: 100 })
  })
  test('a rejection names places the manifest has', () => {
    const [release] = settle(waiting('rejection'), 100).releases
    expect(release?.complaints.map((each) => each.path)).toEqual(['/product/name', '/specifications/0/price'])
  })
  test('a person takes as long as a person takes', () => {
    expect(productState(settle(productIn('in-review'), Number.MAX_SAFE_INTEGER))).toBe('in-review')
  })
  test('a withdrawn release is not reviewed any more', () => {
    expect(productState(settle(withdraw(waiting('approval'), 'first', 2), 9999))).toBe('withdrawn')
  })
})

test.each(states)('what is there already: a release that is %s', (state) => {
  const found = liveRelease(productIn(state), 'V1.0', 'one')?.id
  expect(found).toBe(state === 'in-review' || state === 'on-sale' ? 'first' : undefined)
})
