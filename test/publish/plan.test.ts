/** Planning against a real sandbox: what others changed there, what is final or fixed, and how many requests it takes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Manifest } from '../../src/model/manifest.ts'
import type { ProductPlan } from '../../src/model/plan.ts'
import type { RemoteRelease } from '../../src/model/release.ts'
import type { Baseline } from '../../src/publish/memory.ts'
import { type PlanOptions, type PlanTools, planProducts } from '../../src/publish/plan.ts'
import type { Product } from '../../src/publish/product.ts'
import { clock, example, type Market, openMarket, withOverview, withVersion } from './market.ts'

const cautious: PlanOptions = { resubmit: false, overwrite: false, allowRemovals: false }
const nothing: PlanTools['memory'] = { baseline: async () => undefined, sent: () => new Set() }

let market: Market
beforeEach(async () => {
  market = await openMarket()
})
afterEach(() => market.close())

async function plans(
  products: readonly Product[],
  options: Partial<PlanOptions> = {},
  tools: Partial<PlanTools> = {},
): Promise<readonly ProductPlan[]> {
  const { files, marketplace } = market
  const stop = new AbortController().signal
  const all = { files, marketplace, memory: nothing, clock, jobs: 4, stop, ...tools }
  return planProducts(all, products, { ...cautious, ...options })
}

async function planOf(
  product: Product,
  options: Partial<PlanOptions> = {},
  tools: Partial<PlanTools> = {},
): Promise<ProductPlan> {
  const [plan] = await plans([product], options, tools)
  if (plan === undefined) throw new Error('There is no plan.')
  return plan
}

/** What koo remembers after it published a release. */
async function memoryOf(release: RemoteRelease): Promise<PlanTools['memory']> {
  const { manifest, files, contentDigest } = await market.marketplace.content(release.id)
  const { id: releaseId, key, productId, version } = release
  const baseline: Baseline = { key, productId, revision: 1, releaseId, version, contentDigest, manifest, files }
  return { baseline: async () => baseline, sent: () => new Set([contentDigest]) }
}

const saas = (change?: (manifest: Manifest) => Manifest) => example(market.files, 'saas', change)
const both =
  (...changes: readonly ((manifest: Manifest) => Manifest)[]) =>
  (manifest: Manifest): Manifest =>
    changes.reduce((made, change) => change(made), manifest)

/** The price of the first specification. */
const withPrice =
  (price: number) =>
  (manifest: Manifest): Manifest => {
    const [first, ...others] = manifest.specifications ?? []
    return first === undefined ? manifest : { ...manifest, specifications: [{ ...first, price }, ...others] }
  }
const withoutLast = (manifest: Manifest): Manifest => ({
  ...manifest,
  specifications: manifest.specifications?.slice(0, -1) ?? [],
})

describe('what a new release changes', () => {
  test('is told from what buyers see, by field', async () => {
    const sold = await market.sold(await saas())
    const plan = await planOf(await saas(both(withVersion('V3.3'), withPrice(61))))
    expect(plan).toMatchObject({
      decision: { do: 'release', replaces: 'V3.2', after: sold.id },
      changes: [
        { path: '/product/version', was: 'V3.2', becomes: 'V3.3' },
        { path: '/specifications/0/price', was: 59, becomes: 61, item: 'Team' },
      ],
      lost: [],
      notes: [],
    })
    expect(plan.revision).toBe((await market.marketplace.product('tideline-crm'))?.revision)
  })

  test('is told without asking for what is remembered', async () => {
    const memory = await memoryOf(await market.sold(await saas()))
    market.requests.length = 0
    const plan = await planOf(await saas(withVersion('V3.3')), {}, { memory })
    expect(plan.changes).toHaveLength(1)
    expect(market.requests.filter((each) => each.endsWith('/content'))).toEqual([])
  })

  test('of a new product is nothing, at revision 0', async () => {
    expect(await planOf(await saas())).toMatchObject({ decision: { do: 'create' }, revision: 0, changes: [] })
  })
})

test('a release on sale that is older than what koo last sent was changed by nobody', async () => {
  await market.sold(await saas(withOverview('From a colleague’s machine.')))
  const rejected = await market.sold(await saas(both(withVersion('V3.3'), withPrice(61))))
  // As it is once the newer one was rejected: the older one is on sale, and was never sent from here.
  const marketplace = {
    ...market.marketplace,
    releases: async (id: string) =>
      (await market.marketplace.releases(id)).map((each, index) => ({
        ...each,
        state: index === 0 ? ('rejected' as const) : ('on-sale' as const),
      })),
    productsByKey: async (keys: readonly string[]) =>
      new Map(
        [...(await market.marketplace.productsByKey(keys))].map(([key, each]) => [
          key,
          { ...each, newest: { ...each.newest, state: 'rejected' as const } },
        ]),
      ),
  }
  const memory = await memoryOf(rejected)
  const plan = await planOf(await saas(both(withVersion('V3.4'), withPrice(62))), {}, { memory, marketplace })
  expect(plan).toMatchObject({ lost: [], decision: { do: 'release' } })
})

describe('what a colleague changed on the marketplace', () => {
  const theirs = withOverview('Made for wholesale teams of up to 200 people.')

  test.each(['with what koo remembers', 'on a machine that remembers nothing'])('is refused, %s', async (how) => {
    const sold = await market.sold(await saas())
    const memory = how.startsWith('with') ? await memoryOf(sold) : nothing
    await market.edited(sold, theirs)
    const plan = await planOf(await saas(withVersion('V3.3')), {}, { memory })
    expect(plan.decision).toMatchObject({ do: 'refuse', why: expect.stringContaining('changed on the marketplace') })
    for (const word of ['koo diff', 'koo pull', '--accept-remote', '--overwrite']) {
      expect(plan.decision).toMatchObject({ hint: expect.stringContaining(word) })
    }
    const { product } = (await saas()).manifest
    expect(plan.lost).toEqual([
      {
        path: '/product/overview',
        was: product.overview,
        becomes: 'Made for wholesale teams of up to 200 people.',
        here: product.overview,
      },
    ])
  })

  test('is no reason where the same is here', async () => {
    await market.edited(await market.sold(await saas()), theirs)
    const plan = await planOf(await saas(both(theirs, withVersion('V3.3'))))
    expect(plan).toMatchObject({ decision: { do: 'release' }, lost: [] })
  })

  test('and all of it here, unversioned, is nothing to do', async () => {
    await market.edited(await market.sold(await saas()), theirs)
    expect((await planOf(await saas(theirs))).decision.do).toBe('nothing')
  })

  test('is undone with --overwrite: a new version, or in the same the content it was made with', async () => {
    const sold = await market.sold(await saas())
    await market.edited(sold, theirs)
    const next = await planOf(await saas(withVersion('V3.3')), { overwrite: true })
    expect(next).toMatchObject({ decision: { do: 'release', replaces: 'V3.2' }, lost: [{ path: '/product/overview' }] })
    expect((await planOf(await saas())).decision).toMatchObject({
      do: 'refuse',
      hint: expect.stringContaining('--overwrite'),
    })
    const again = await planOf(await saas(), { overwrite: true })
    expect(again.decision).toEqual({ do: 'release', replaces: 'V3.2', after: sold.id })
    // The marketplace takes it.
    expect(await market.sold(await saas())).toMatchObject({ state: 'on-sale', version: 'V3.2' })
    expect((await planOf(await saas())).decision.do).toBe('nothing')
  })

  test('is not taken for a version’s own content with --overwrite', async () => {
    await market.edited(await market.sold(await saas()), theirs)
    const plan = await planOf(await saas(withPrice(61)), { overwrite: true })
    expect(plan.decision).toMatchObject({ do: 'refuse', why: 'V3.2 is on sale with other content.' })
  })

  test('of a field that was sent after what is remembered is theirs, and what was sent is not', async () => {
    const memory = await memoryOf(await market.sold(await saas()))
    const second = await market.sold(await saas(both(withVersion('V3.3'), withPrice(61))))
    await market.edited(second, theirs)
    const sent = new Set([...memory.sent('tideline-crm'), second.contentDigest])
    const mine = await saas(both(withVersion('V3.4'), withPrice(63)))
    const plan = await planOf(mine, {}, { memory: { ...memory, sent: () => sent } })
    expect(plan.lost.map(({ path }) => path)).toEqual(['/product/overview'])
  })

  test('is told of a release in review too, beside the one on sale', async () => {
    await market.close()
    market = await openMarket('manual')
    const first = await market.sold(await saas())
    await market.marketplace.review(first.id, { decision: 'approve' })
    const second = await market.sold(await saas(withVersion('V3.3')))
    await market.edited(second, theirs)
    const plan = await planOf(await saas(withVersion('V3.4')))
    expect(plan).toMatchObject({
      decision: { do: 'refuse', why: expect.stringContaining('1 field') },
      lost: [{ path: '/product/overview' }],
    })
  })
})

describe('answers of different ages', () => {
  const theirs = withOverview('Made for wholesale teams of up to 200 people.')
  /** Gives what there was before a colleague's edit, the first few times. */
  async function aged(times: number, what: 'releases' | 'content'): Promise<PlanTools['marketplace']> {
    const { marketplace } = market
    const sold = await market.sold(await saas())
    const releases = await marketplace.releases(sold.productId)
    const content = await marketplace.content(sold.id)
    await market.edited(sold, theirs)
    let left = times
    const old = () => left-- > 0
    return {
      ...marketplace,
      releases: async (id) => (what === 'releases' && old() ? releases : marketplace.releases(id)),
      content: async (id) => (what === 'content' && old() ? content : marketplace.content(id)),
    }
  }

  test.each(['releases', 'content'] as const)('of %s are asked for again, and the edit is seen', async (what) => {
    const marketplace = await aged(2, what)
    const plan = await planOf(await saas(withVersion('V3.3')), {}, { marketplace })
    expect(plan).toMatchObject({ decision: { do: 'refuse' }, lost: [{ path: '/product/overview' }] })
  })

  test.each(['releases', 'content'] as const)('of %s that stay so are no ground to send on', async (what) => {
    const marketplace = await aged(99, what)
    const plan = await planOf(await saas(withVersion('V3.3')), {}, { marketplace })
    expect(plan.decision).toMatchObject({ do: 'refuse', why: expect.stringContaining('contradict each other') })
  })
})

test('the same version on sale with other bytes is refused', async () => {
  await market.sold(await saas())
  const plan = await planOf(await saas(withPrice(61)))
  expect(plan).toMatchObject({
    decision: { do: 'refuse', why: 'V3.2 is on sale with other content.' },
    changes: [{ path: '/specifications/0/price' }],
    lost: [],
  })
})

describe('what is final', () => {
  test('a specification taken from sale needs --allow-removals', async () => {
    await market.sold(await saas())
    const mine = await saas(both(withVersion('V3.3'), withoutLast))
    const note = { is: 'final', path: '/specifications/2', text: expect.stringContaining('Solo: removing it') }
    expect(await planOf(mine)).toMatchObject({
      decision: { do: 'refuse', hint: expect.stringContaining('--allow-removals') },
      notes: [note],
    })
    expect(await planOf(mine, { allowRemovals: true })).toMatchObject({ decision: { do: 'release' }, notes: [note] })
  })

  test('a name that was removed does not come back', async () => {
    await market.sold(await saas(withoutLast))
    const { marketplace } = market
    const removing: PlanTools['marketplace'] = {
      ...marketplace,
      productsByKey: async (keys) =>
        new Map(
          [...(await marketplace.productsByKey(keys))].map(([key, each]) => [
            key,
            { ...each, removedSpecifications: ['Solo'] },
          ]),
        ),
    }
    const plan = await planOf(await saas(withVersion('V3.3')), { allowRemovals: true }, { marketplace: removing })
    expect(plan.decision).toEqual({
      do: 'refuse',
      why: 'tideline-crm has a specification that was removed from sale, which is final: Solo.',
      hint: 'Give it another name.',
    })
  })
})

describe('what the first release fixed', () => {
  const supervised =
    (serviceSupervision: boolean) =>
    (manifest: Manifest): Manifest => ({ ...manifest, delivery: { ...manifest.delivery, serviceSupervision } })

  test('service supervision; left out and false are the same', async () => {
    await market.sold(await saas())
    expect(await planOf(await saas(both(withVersion('V3.3'), supervised(true))))).toMatchObject({
      decision: {
        do: 'refuse',
        why: 'tideline-crm was released, and cannot change /delivery/serviceSupervision any more.',
      },
      notes: [{ is: 'fixed', path: '/delivery/serviceSupervision' }],
    })
    expect((await planOf(await saas(both(withVersion('V3.3'), supervised(false))))).decision.do).toBe('release')
  })

  test('the price of a free image, and no other price', async () => {
    const image = (change: (manifest: Manifest) => Manifest) => example(market.files, 'image', change)
    const priced = (price: number) => (manifest: Manifest) => ({
      ...manifest,
      specifications: manifest.specifications?.map((each) => ({ ...each, price })) ?? [],
    })
    await market.sold(await image(priced(0)))
    const { decision, notes } = await planOf(await image(both(priced(3), withVersion('V4.1'))))
    expect(decision).toMatchObject({ do: 'refuse', why: expect.stringContaining('/specifications/0/price') })
    expect(notes.every(({ is }) => is === 'fixed')).toBe(true)
    await market.sold(await image(both(priced(0), withVersion('V4.2'))))
    expect((await planOf(await image(both(priced(0), withVersion('V4.3'))))).decision.do).toBe('release')
  })

  test('no price of software that is not free for good', async () => {
    await market.sold(await saas(withPrice(0)))
    expect((await planOf(await saas(both(withPrice(5), withVersion('V3.3'))))).decision.do).toBe('release')
  })

  test('the delivery method', async () => {
    const other = await example(market.files, 'consulting')
    await market.sold(other)
    const key = other.manifest.product.key
    const mine = await saas((manifest) => ({ ...manifest, product: { ...manifest.product, key } }))
    expect(await planOf(mine)).toMatchObject({
      decision: { do: 'refuse', why: expect.stringContaining('delivery method') },
      notes: [{ is: 'fixed', path: '/delivery/method' }],
      lost: [],
    })
  })
})

describe('before anything is read', () => {
  const unreadable = () => Promise.reject(new Error('not expected here'))

  test('an account without the right to publish is told', async () => {
    const account = async () => ({ id: 'a', name: 'northwind', rights: ['review'] })
    const files = { ...market.files, stream: unreadable as never }
    const run = plans([await saas()], {}, { files, marketplace: { ...market.marketplace, account } })
    await expect(run).rejects.toMatchObject({ code: 'not-allowed', exit: 'credentials' })
    expect(market.requests).toEqual([])
  })

  test('a quota that new products would exceed is told, in numbers', async () => {
    await market.sold(await saas())
    const account = async () => ({ id: 'a', name: 'northwind', products: { used: 10, limit: 10 } })
    const tools = { marketplace: { ...market.marketplace, account } }
    const run = plans([await saas(), await example(market.files, 'consulting')], {}, tools)
    await expect(run).rejects.toMatchObject({
      code: 'quota',
      exit: 'credentials',
      message: expect.stringMatching(/10 of at most 10 products, and 1 more/),
    })
    // A product that is there already takes no room.
    expect((await planOf(await saas(), {}, tools)).decision.do).toBe('nothing')
  })
})

describe('few requests', () => {
  test('250 unchanged products take 4', async () => {
    const one = await example(market.files, 'consulting')
    const many = Array.from({ length: 250 }, (_, index): Product => {
      const product = { ...one.manifest.product, key: `ledgerfield-${index}`, name: `Cost consulting ${index}` }
      return { ...one, manifest: { ...one.manifest, product } }
    })
    for (const each of many) await market.sold(each)
    market.requests.length = 0
    const found = await plans(many)
    expect(found.every(({ decision }) => decision.do === 'nothing')).toBe(true)
    expect(market.requests).toEqual(['GET /v1/account', ...Array(3).fill('GET /v1/products')])
  })

  test('a changed one takes two more', async () => {
    await market.sold(await saas())
    market.requests.length = 0
    await planOf(await saas(withVersion('V3.3')))
    expect(market.requests).toHaveLength(4)
  })

  test('stopped, it begins nothing more', async () => {
    const stop = new AbortController()
    stop.abort()
    const run = plans([await saas()], {}, { stop: stop.signal })
    await expect(run).rejects.toMatchObject({ code: 'stopped' })
  })
})
