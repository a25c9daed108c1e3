/** Mistakes in what is done with instances. */
import type { Faults } from '../fault.ts'

export const instanceFaults: Faults = {
  'duplicate-instance': {
    does: 'makes another instance where an order line is repeated',
    fails: ['new-instance-repeated'],
    behaviour: { remembersLines: false },
  },
}
