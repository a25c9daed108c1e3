/** `koo withdraw`: take a release back before its review ends. */
import { Failure, usage } from '../model/failure.ts'
import type { RemoteRelease } from '../model/release.ts'
import type { World } from '../ports.ts'
import { refuseWithoutRight } from '../publish/rights.ts'
import { command } from './command.ts'
import { type Market, marketplaceOptions, refuseByHand, withMarket } from './market.ts'
import { settle } from './settle.ts'

export const withdraw = command({
  name: 'withdraw',
  summary: 'take a release back while it is in review',
  arguments: '<key-or-path>',
  options: { ...marketplaceOptions, yes: { flag: '--yes', about: 'do not ask for confirmation' } },
  examples: ['koo withdraw harbor-crm'],
  async run({ arguments: [name = ''], options }, world) {
    await refuseByHand(world, options, 'withdraw applications')
    const { productNamed } = await import('./named.ts')
    return withMarket(world, options, async (market) => {
      const product = await productNamed(world, market, name)
      const { key } = product
      const releases = await market.marketplace.releases(product.id)
      const release = releases.find((each) => each.state === 'in-review') ?? releases[0]
      if (release === undefined || !['in-review', 'withdrawn'].includes(release.state)) {
        const message = `${key} has no release in review; ${product.version} is ${product.state}.`
        throw new Failure({ code: 'not-in-review', exit: 'conflict', message })
      }
      // An earlier run may have done it without learning so.
      const isDone = release.state === 'withdrawn'
      if (!isDone && !(await mayWithdraw(world, market, release, options.yes ?? false))) return { is: 'declined' }
      const { version, state } = isDone ? release : await withdrawn(world, market, release)
      const { rowOf } = await import('../model/delivery-methods.ts')
      const row = rowOf(product.method)
      const note = `Seller Console offers this for some delivery methods only, and ${row.title} is not among them.`
      return { is: 'moved', key, version, state, ...(row.withdrawable ? {} : { note }) }
    })
  },
})

async function mayWithdraw(world: World, market: Market, release: RemoteRelease, yes: boolean): Promise<boolean> {
  refuseWithoutRight(await market.marketplace.account(), 'publish', 'withdraw')
  if (yes || market.local) return true
  if (!world.terminal.asks) throw usage('missing-flag', 'Withdrawing needs a confirmation.', 'Add --yes.')
  const message = `Withdraw ${release.version} of ${release.key} from review?`
  return (await world.prompter()).confirm({ message })
}

/** One token for the request and its repeats. */
function withdrawn(world: World, { marketplace }: Market, { id }: RemoteRelease): Promise<RemoteRelease> {
  const token = world.randomness.uuid()
  return settle(
    () => marketplace.withdraw(id, token),
    () => marketplace.release(id),
    ({ state }) => state === 'withdrawn',
  )
}
