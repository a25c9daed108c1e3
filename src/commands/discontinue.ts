/** `koo discontinue`: remove a product for good. */
import { usage } from '../model/failure.ts'
import { refuseWithoutRight } from '../publish/rights.ts'
import { command } from './command.ts'
import { marketplaceOptions, refuseByHand, withMarket } from './market.ts'
import { settle } from './settle.ts'

export const discontinue = command({
  name: 'discontinue',
  summary: 'remove a product for good; it cannot be restored',
  about: 'A terminal asks for the product key to be typed; a script repeats it as --yes-discontinue KEY.',
  arguments: '<key-or-path>',
  options: {
    ...marketplaceOptions,
    yesDiscontinue: { flag: '--yes-discontinue <key>', about: 'the key once more, instead of typing it' },
  },
  examples: ['koo discontinue harbor-crm --yes-discontinue harbor-crm'],
  async run({ arguments: [name = ''], options }, world) {
    await refuseByHand(world, options, 'remove products')
    const { productNamed } = await import('./named.ts')
    return withMarket(world, options, async (market) => {
      const product = await productNamed(world, market, name)
      const { key, version } = product
      if (product.state === 'discontinued') return { is: 'moved', key, version, state: product.state }
      refuseWithoutRight(await market.marketplace.account(), 'discontinue')
      if (options.yesDiscontinue === undefined && !world.terminal.asks) {
        throw usage('missing-flag', 'This is final and needs a confirmation.', `Add --yes-discontinue ${key}.`)
      }
      const typed = options.yesDiscontinue ?? (await askForKey(await world.prompter(), key))
      if (typed !== key) throw usage('wrong-key', `\`${typed}\` is not \`${key}\`; nothing was discontinued.`)
      const { state } = await settle(
        () => market.marketplace.discontinue(product.id),
        () => market.marketplace.product(key),
        (found) => found.state === 'discontinued',
      )
      return { is: 'moved', key, version, state }
    })
  },
})

function askForKey(prompter: import('../ports.ts').Prompter, key: string): Promise<string> {
  return prompter.input({
    message: `This cannot be undone. Type ${key} to discontinue it:`,
    complaint: (answer) => (answer === key ? undefined : `Type ${key}, or stop with Ctrl-C.`),
  })
}
