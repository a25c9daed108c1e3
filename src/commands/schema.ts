/** `koo schema`: the JSON Schema of a manifest. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'

export const schema = command({
  name: 'schema',
  summary: 'print the JSON Schema of a manifest, for all delivery methods or one',
  arguments: '[method]',
  options: {},
  examples: ['koo schema > manifest.schema.json', 'koo schema license'],
  async run({ arguments: [method] }) {
    const { deliveryMethodIds, isDeliveryMethod } = await import('../model/delivery-methods.ts')
    const { manifestSchema, methodSchema } = await import('../model/schema.ts')
    if (method === undefined) return { is: 'schema', schema: manifestSchema() }
    if (isDeliveryMethod(method)) return { is: 'schema', schema: methodSchema(method) }
    throw usage(
      'unknown-method',
      `There is no delivery method ${method}.`,
      `Possible: ${deliveryMethodIds.join(', ')}.`,
    )
  },
})
