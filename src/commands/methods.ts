/** `koo methods`: the table of the delivery methods. */
import { deliveryMethods } from '../model/delivery-methods.ts'
import { command } from './command.ts'

export const methods = command({
  name: 'methods',
  summary: 'print the six delivery methods: category, location, billing, deliverable',
  options: {},
  examples: ['koo methods', 'koo methods --json'],
  run: async () => ({ is: 'methods', methods: deliveryMethods }),
})
