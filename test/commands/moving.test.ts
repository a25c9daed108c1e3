/** `koo status`, `koo withdraw` and `koo discontinue`: what they say, and what becomes of a reply that is lost. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
// Loaded once, before two imports at the same time ask for it.
import 'undici'
import { followed } from '../../src/commands/follow.ts'
import { settle } from '../../src/commands/settle.ts'
import { Failure } from '../../src/model/failure.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { ProductState, RemoteRelease } from '../../src/model/release.ts'
import { root } from '../e2e/koo.ts'
import { type Market, openMarket } from '../publish/market.ts'
import { runKoo } from './in-process.ts'

type Status = Extract<Outcome, { readonly is: 'status' }>

const consulting = join(root, 'examples/consulting')
const key = 'ledgerfield-cost-consulting'

let data: string
let market: Market
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'koo-moving-'))
})
afterEach(async () => {
  await market.close()
  await rm(data, { recursive: true, force: true })
})

const koo = (...argv: readonly string[]) =>
  runKoo({ folder: consulting, environment: { ...market.environment, KOO_DATA: data } }, ...argv)

describe('in review', () => {
  beforeEach(async () => {
    market = await openMarket('manual')
    expect((await koo('publish', '--no-wait')).code).toBe(0)
  })

  test('is shown with its wait, also as JSON', async () => {
    expect(await koo('status')).toMatchObject({ code: 0, stdout: expect.stringMatching(/in review.*waiting \d+ s/) })
    const [product] = JSON.parse((await koo('status', key, '--json')).stdout).products
    expect(product).toMatchObject({ on_sale: null, newest: { state: 'in-review' }, releases: [{ edited: false }] })
    expect(product.releases[0].waiting_seconds).toBeGreaterThanOrEqual(0)
  })

  test('is watched until the time is up', async () => {
    const { code, stdout, stderr } = await koo('status', key, '--watch', '--wait-timeout', '100ms')
    expect({ code, stdout }).toMatchObject({ code: 7, stdout: expect.stringContaining(`koo status ${key} --watch`) })
    expect(stderr).toMatch(/: in review\n$/)
    expect((await koo('status', '--wait-timeout', '1s')).code).toBe(2)
    expect((await koo('status', '--watch', '--interval', '10ms')).code).toBe(2)
  })

  test('is watched until it is rejected, which is exit code 1', async () => {
    const [{ id = '' } = {}] = await market.marketplace.releases((await market.marketplace.product(key))?.id ?? '')
    const watching = koo('status', '--watch', '--interval', '1s')
    await market.marketplace.review(id, {
      decision: 'reject',
      complaints: [{ path: '/product/overview', code: 'unclear', message: 'Say what it costs.' }],
    })
    const { code, stdout, stderr } = await watching
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('Say what it costs.') })
    expect(stderr).toContain('rejected')
    expect(await koo('status')).toMatchObject({ code: 1, stdout: expect.stringMatching(/koo\.yaml:\d+:\d+/) })
  })

  test('is withdrawn, and withdrawn again is no error', async () => {
    for (const _ of [1, 2]) {
      expect(await koo('withdraw', key)).toMatchObject({ code: 0, stdout: expect.stringContaining('withdrawn') })
    }
  })
})

test('on sale, it cannot be withdrawn; it is discontinued by its key, twice', async () => {
  market = await openMarket()
  expect((await koo('publish')).code).toBe(0)
  expect((await koo('withdraw', key)).code).toBe(4)
  expect((await koo('discontinue', key)).code).toBe(2)
  expect((await koo('discontinue', key, '--yes-discontinue', 'other')).code).toBe(2)
  for (const _ of [1, 2]) expect((await koo('discontinue', key, '--yes-discontinue', key)).code).toBe(0)
})

describe('a reply that is lost', () => {
  beforeEach(async () => {
    market = await openMarket('manual')
  })
  const lost = new Failure({ code: 'marketplace-unreachable', exit: 'marketplace', message: 'Gone.' })
  const isDone = (found: string): boolean => found === 'done'

  test('is made up for by reading back', async () => {
    expect(
      await settle(
        () => Promise.reject(lost),
        async () => 'done',
        isDone,
      ),
    ).toBe('done')
  })

  test('is told where nothing happened, or that cannot be read', async () => {
    await expect(
      settle(
        () => Promise.reject(lost),
        async () => 'open',
        isDone,
      ),
    ).rejects.toBe(lost)
    await expect(
      settle(
        () => Promise.reject(lost),
        () => Promise.reject(new Error('x')),
        isDone,
      ),
    ).rejects.toBe(lost)
  })
})

test('a watch asks ever less often, once a look for hundreds, and everything only of what moved', async () => {
  market = await openMarket('manual')
  let now = 0
  const pauses: number[] = []
  const releases = Array.from({ length: 200 }, (_, index): RemoteRelease => {
    const ids = { id: `r${index}`, productId: `p${index}`, key: `k${index}`, version: 'V1.0' }
    return { ...ids, contentDigest: 'a', createdDigest: 'a', state: 'in-review', complaints: [] }
  })
  const stateOf = (): ProductState => (now > 600_000 ? 'on-sale' : 'in-review')
  const looked: (number | undefined)[] = []
  let asked = 0
  const look = async (keys?: ReadonlySet<string>): Promise<Status> => {
    looked.push(keys?.size)
    const products = releases
      .filter((each) => keys?.has(each.key) ?? true)
      .map((each) => {
        const state = stateOf()
        const newest = { id: each.id, version: each.version, contentDigest: 'a', state }
        const product = {
          id: each.productId,
          key: each.key,
          name: each.key,
          method: 'saas',
          state,
          version: 'V1.0',
        } as const
        return {
          product: { ...product, releases: 1, revision: 1, newest, removedSpecifications: [] },
          releases: [{ ...each, state }],
        }
      })
    return { is: 'status', marketplace: 'm', products, missing: [], unpublished: [], diagnostics: [], at: now }
  }
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds)
      now += milliseconds
    },
  }
  const world = { clock, stop: new AbortController().signal, emit: () => {} }
  const byId = async (ids: readonly string[]) => {
    asked += 1
    return releases.filter(({ id }) => ids.includes(id)).map((each) => ({ ...each, state: stateOf() }))
  }
  const status = await followed(world, look, byId, {})
  expect(status.products.every(({ product }) => product.state === 'on-sale')).toBe(true)
  expect(looked).toEqual([undefined, 200])
  expect(asked).toBe(pauses.length)
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
  expect([pauses[0], pauses.at(-1)]).toEqual([2000, 60_000])
})

describe('trouble while watching', () => {
  const failed = new Failure({ code: 'marketplace-failed', exit: 'marketplace', message: 'It failed.' })
  const release = {
    ...{ id: 'r', productId: 'p', key: 'k', version: 'V1.0', contentDigest: 'a', createdDigest: 'a', complaints: [] },
  }
  /** Watches a release whose review ends after a number of looks, of which some fail. */
  async function watched(looks: readonly ('fails' | ProductState)[]): Promise<Status> {
    market = await openMarket()
    const left = [...looks]
    let state: ProductState = 'in-review'
    const status = { is: 'status', marketplace: 'm', missing: [], unpublished: [], diagnostics: [], at: 0 } as const
    const newest = () => ({ id: release.id, version: release.version, contentDigest: 'a', state })
    const product = () => ({
      ...({ id: 'p', key: 'k', name: 'k', method: 'saas', state, version: 'V1.0', releases: 1, revision: 1 } as const),
      ...{ newest: newest(), removedSpecifications: [] },
    })
    const look = async (): Promise<Status> => ({
      ...status,
      products: [{ product: product(), releases: [{ ...release, state }] }],
    })
    const byId = async () => {
      const next = left.shift() ?? 'on-sale'
      if (next === 'fails') throw failed
      state = next
      return [{ ...release, state }]
    }
    const clock = { now: () => 0, sleep: async () => {} }
    return followed({ clock, stop: new AbortController().signal, emit: () => {} }, look, byId, {})
  }
  const fails = (times: number) => Array<'fails'>(times).fill('fails')

  test('that passes does not end it', async () => {
    const status = await watched([...fails(4), 'in-review', ...fails(4), 'on-sale'])
    expect(status.products[0]?.product.state).toBe('on-sale')
  })

  test('that stays does', async () => {
    await expect(watched(fails(5))).rejects.toBe(failed)
  })
})
