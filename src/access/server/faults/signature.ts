/** Mistakes in telling which calls are KooGallery's. */
import { misreadings } from '../../misreadings.ts'
import type { Fault, Faults } from '../fault.ts'

const misread = Object.entries(misreadings).map(([name, misreading]): [string, Fault] => [
  name,
  {
    does: misreading.does,
    fails: ['signature-accepted'],
    behaviour: {
      signature: misreading.signature,
      ...('timestamp' in misreading ? { timestampUnit: misreading.timestamp } : {}),
    },
  },
])

export const signatureFaults: Faults = {
  ...Object.fromEntries(misread),
  'signature-unchecked': {
    does: 'accepts any signature',
    fails: ['signature-refused'],
    behaviour: { checksSignature: false },
  },
}
