/** The marketplace a command speaks to. */
import { expect, test } from '@jest/globals'
import { withMarket } from '../../src/commands/market.ts'
import type { Marketplace, World } from '../../src/ports.ts'

test('is asked for its account once a command', async () => {
  let asked = 0
  const account = async () => {
    asked += 1
    return { id: 'northwind', name: 'Northwind' }
  }
  const marketplace = { account, close: async () => {} } as Partial<Marketplace> as Marketplace
  const world = {
    environment: { HUAWEICLOUD_SDK_AK: 'access', HUAWEICLOUD_SDK_SK: 'secret' },
    marketplace: async () => marketplace,
    images: async () => ({ find: async () => undefined }),
  } as Partial<World> as World
  const ids = await withMarket(world, { marketplace: 'https://market.example' }, async (market) => {
    return [(await market.marketplace.account()).id, (await market.marketplace.account()).id]
  })
  expect([ids, asked]).toEqual([['northwind', 'northwind'], 1])
})
