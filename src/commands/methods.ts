/** `koo methods`: the table of the delivery methods. */
import { command } from './command.ts'

export const methods = command({
  name: 'methods',
  summary: 'print the delivery methods: category, location, billing, deliverable',
  options: {},
  examples: ['koo methods', 'koo methods --json'],
  async run() {
    const { deliveryMethods } = await import('../model/delivery-methods.ts')
    return { is: 'methods', methods: deliveryMethods }
  },
})
