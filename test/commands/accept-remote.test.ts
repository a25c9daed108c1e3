/** `--accept-remote`: a colleague's edits land in the manifest here, with its comments, and nothing is lost afterwards. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { acceptRemote } from '../../src/commands/accept-remote.ts'
import { readProducts } from '../../src/commands/manifests.ts'
import type { Event } from '../../src/model/event.ts'
import { planProducts } from '../../src/publish/plan.ts'
import type { Product } from '../../src/publish/product.ts'
import { edit, root } from '../e2e/koo.ts'
import { clock, type Market, openMarket } from '../publish/market.ts'

let folder: string
let market: Market
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koo-accept-'))
  await cp(join(root, 'examples/consulting'), folder, { recursive: true })
  market = await openMarket()
})
afterEach(async () => {
  await market.close()
  await rm(folder, { recursive: true, force: true })
})

async function products(): Promise<readonly Product[]> {
  const read = await readProducts(
    nodeFiles(root, () => 'temporary'),
    [folder],
  )
  if (read.is !== 'sound') throw new Error('the example is not sound')
  return read.products
}

test('merges lists, and says what gave way where both sides changed something', async () => {
  const yaml = join(folder, 'koo.yaml')
  const [product] = await products()
  const release = await market.sold(product as Product)
  await market.edited(release, (manifest) => ({
    ...manifest,
    product: {
      ...manifest.product,
      highlights: [...manifest.product.highlights, 'Theirs'],
      overview: 'A colleague wrote this overview in the console.',
    },
  }))
  await edit(yaml, /version: V(\d+)\.(\d+)/, 'version: V9.0')
  await edit(yaml, /^( +)highlights:\n/m, '$1highlights:\n$1  - Mine\n')
  await edit(yaml, /^( +)overview: .*\n(\1 .*\n)*/m, '$1overview: Mine.\n')

  const files = nodeFiles(root, () => 'temporary')
  const memory = { baseline: async () => undefined, sent: () => new Set<string>() }
  const tools = { files, marketplace: market.marketplace, memory, clock, jobs: 1, stop: new AbortController().signal }
  const options = { resubmit: false, overwrite: false, allowRemovals: false }
  const events: string[] = []
  const emit = (event: Event) => void (event.is === 'notice' && events.push(event.text.replace(/^\S+ /, '')))
  await acceptRemote({ emit }, tools, await planProducts(tools, await products(), options))
  const [accepted] = await products()
  const highlights = accepted?.manifest.product.highlights
  expect([highlights?.at(0), highlights?.at(-1)]).toEqual(['Mine', 'Theirs'])
  expect(events.sort()).toEqual([
    '/product/highlights now has what was changed on the marketplace.',
    '/product/overview is now as on the marketplace. What was here gave way: "Mine."',
  ])
})

test('takes what was edited on the marketplace, and says so', async () => {
  const yaml = join(folder, 'koo.yaml')
  await edit(yaml, 'koo: 1', 'koo: 1 # the format')
  const [product] = await products()
  const release = await market.sold(product as Product)
  await market.edited(release, (manifest) => ({
    ...manifest,
    product: { ...manifest.product, overview: 'A colleague wrote this overview in the console.' },
  }))
  await edit(yaml, /version: V(\d+)\.(\d+)/, 'version: V9.0')

  const files = nodeFiles(root, () => 'temporary')
  const memory = { baseline: async () => undefined, sent: () => new Set<string>() }
  const tools = { files, marketplace: market.marketplace, memory, clock, jobs: 1, stop: new AbortController().signal }
  const options = { resubmit: false, overwrite: false, allowRemovals: false }
  const before = await planProducts(tools, await products(), options)
  expect(before).toMatchObject([{ decision: { do: 'refuse' }, lost: [{ path: '/product/overview' }] }])

  const events: Event[] = []
  const accepted = await acceptRemote({ emit: (event) => events.push(event) }, tools, before)
  expect(accepted).toMatchObject([{ changes: [{ path: '/product/overview' }] }])
  expect(events).toMatchObject([{ is: 'notice', text: expect.stringContaining('/product/overview') }])
  const text = await readFile(yaml, 'utf8')
  expect(text).toContain('A colleague wrote this overview in the console.')
  expect(text).toContain('koo: 1 # the format\n')
  expect(text).toContain('version: V9.0')
  expect(await planProducts(tools, await products(), options)).toMatchObject([
    { decision: { do: 'release' }, lost: [] },
  ])
})
