/** `koo access order`: asks KooGallery's order query, as a seller's production interface does. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'
import { openApiName, sellerApiOptions, withSellerApi } from './seller-api.ts'

const mostId = 64

export const accessOrder = command({
  name: 'order',
  summary: 'show an order as KooGallery tells it to a seller’s server',
  about:
    'Asks the documented order query of KooGallery’s open API with the seller’s access key. KOO_OPEN_API names it, such as https://mkt-intl.myhuaweicloud.com; else it is asked at the marketplace, else in the local sandbox, which answers for the mock orders. What is known of the buyer is shown as it comes.',
  arguments: '[id]',
  options: {
    line: { flag: '--line <id>', about: 'only this line of the order' },
    mock: { flag: '--mock', about: 'list the mock orders there are to try it with' },
    ...sellerApiOptions,
  },
  examples: [
    'koo access order --mock',
    'koo access order MOCKPERIODYEARNEW',
    'koo access order CS2211181819B4LVS --line CS2211181819B4LVS-000001 --json',
  ],
  async run({ arguments: [orderId], options }, world) {
    const lineId = options.line
    if (options.mock) {
      if (orderId !== undefined || lineId !== undefined) {
        throw usage('contradiction', '--mock lists the mock orders, and asks for none.')
      }
      const { mockOrders } = await import('../model/access/mock-orders.ts')
      return { is: 'mock-orders', orders: mockOrders }
    }
    if (orderId === undefined) throw usage('no-order', 'Say which order.', '--mock lists some to try.')
    for (const [what, id] of [
      ['The id of the order', orderId],
      ['--line', lineId ?? '-'],
    ] as const) {
      if (id.trim() === '' || id.length > mostId) {
        throw usage('bad-order', `${what} has 1 to ${mostId} characters.`)
      }
    }
    const query = { orderId, ...(lineId === undefined ? {} : { lineId }) }
    const found = await withSellerApi(world, options, (api) => api.order(query))
    return { is: 'order-shown', openApi: openApiName(world, options), orderId, found }
  },
})
