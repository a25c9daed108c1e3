/** `koo withdraw`: take a release back before its review ends. */
import { Failure, usage } from '../model/failure.ts'
import { command } from './command.ts'
import { marketplaceOptions, withMarket } from './market.ts'

export const withdraw = command({
  name: 'withdraw',
  summary: 'take a release back while it is in review',
  arguments: '<key-or-path>',
  options: { ...marketplaceOptions, yes: { flag: '--yes', about: 'do not ask for confirmation' } },
  examples: ['koo withdraw harbor-crm'],
  async run({ arguments: [name = ''], options }, world) {
    const { productNamed } = await import('./named.ts')
    return withMarket(world, options, async (market) => {
      const product = await productNamed(world, market, name)
      const { key } = product
      const releases = await market.marketplace.releases(product.id)
      const reviewed = releases.find(({ state }) => state === 'in-review')
      if (reviewed === undefined) {
        const message = `${key} has no release in review; ${product.version} is ${product.state}.`
        throw new Failure({ code: 'not-in-review', exit: 'conflict', message })
      }
      if (!options.yes && !market.local) {
        if (!world.terminal.asks) throw usage('missing-flag', 'Withdrawing needs a confirmation.', 'Add --yes.')
        const message = `Withdraw ${reviewed.version} of ${key} from review?`
        if (!(await (await world.prompter()).confirm({ message }))) return { is: 'declined' }
      }
      const { version, state } = await market.marketplace.withdraw(reviewed.id, world.randomness.uuid())
      const { rowOf } = await import('../model/delivery-methods.ts')
      const row = rowOf(product.method)
      const note = `Seller Console offers this for some delivery methods only, and ${row.title} is not among them.`
      return { is: 'moved', key, version, state, ...(row.withdrawable ? {} : { note }) }
    })
  },
})
