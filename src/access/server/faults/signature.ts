/** Mistakes in telling which calls are KooGallery's. */
import { invalidParameter, succeeded } from '../../../model/access/result-codes.ts'
import { type BodyMisreading, bodyMisreadings, type Misreading, misreadings } from '../../misreadings.ts'
import type { Fault, Faults } from '../fault.ts'

const misread = Object.entries<Misreading>(misreadings).map(([name, misreading]): [string, Fault] => [
  name,
  {
    does: misreading.does,
    fails: ['signature-accepted'],
    behaviour: {
      signature: misreading.signature,
      comparesCase: misreading.comparesCase === true,
      ...(misreading.timestamp === undefined ? {} : { timestampUnit: misreading.timestamp }),
    },
  },
])

/** The case that speaks of each. */
const bodyCase = {
  'raw-body': 'body-order',
  'nulls-signed': 'null-values',
  'known-fields-signed': 'extra-fields',
  'ascii-payload': 'non-ascii',
  'latin-1-payload': 'non-ascii',
  'us-ascii-payload': 'non-ascii',
  'read-as-latin-1': 'non-ascii',
} as const satisfies Readonly<Record<keyof typeof bodyMisreadings, string>>

const bodyMisread = Object.entries(bodyCase).map(([name, id]): [string, Fault] => {
  const { does, signature }: BodyMisreading = bodyMisreadings[name as keyof typeof bodyMisreadings]
  return [name, { does, fails: [id], behaviour: { signature } }]
})

export const signatureFaults: Faults = {
  ...Object.fromEntries([...misread, ...bodyMisread]),
  'signature-unchecked': {
    does: 'accepts any signature',
    fails: ['signature-refused'],
    behaviour: { checksSignature: () => false },
  },
  'signature-unchecked-later': {
    does: 'looks at the signature of newInstance only',
    fails: ['signature-refused'],
    behaviour: { checksSignature: (activity) => activity === 'newInstance' },
  },
  'unsigned-accepted': {
    does: 'accepts calls without a signature',
    fails: ['signature-missing'],
    behaviour: { unsigned: undefined },
  },
  'unsigned-invalid': {
    does: `answers ${invalidParameter} where the signature is missing`,
    fails: ['signature-missing'],
    behaviour: { unsigned: invalidParameter },
  },
  'case-compared': {
    does: 'takes signatures in small letters only',
    fails: ['signature-case'],
    behaviour: { comparesCase: true },
  },
  'signature-remembered': {
    does: 'takes a signature that was right once for right, whatever the body says',
    fails: ['body-tampered'],
    behaviour: { remembersSignatures: true },
  },
  'timestamp-not-needed': {
    does: 'accepts calls without a timestamp',
    fails: ['timestamp-missing'],
    behaviour: { needsTimestamp: false },
  },
  'nonce-not-needed': {
    does: 'accepts calls without a nonce',
    fails: ['nonce-missing'],
    behaviour: { needsNonce: false },
  },
  'age-unchecked': {
    does: 'accepts calls of any age',
    fails: ['timestamp-stale'],
    behaviour: { checksAge: false },
  },
  'short-life': {
    does: 'refuses calls that are older than ten seconds',
    fails: ['timestamp-on-its-way'],
    behaviour: { timestampLife: 10_000 },
  },
  'nonce-unchecked': {
    does: 'accepts the same call again and again',
    fails: ['nonce-replayed'],
    behaviour: { checksNonce: false },
  },
  'extra-fields-refused': {
    does: 'refuses parameters it does not know',
    fails: ['extra-fields'],
    behaviour: { toleratesExtras: false },
  },
  'unknown-activity-done': {
    does: 'answers an unknown activity with success',
    fails: ['unknown-activity'],
    behaviour: { unknownActivity: succeeded },
  },
  'old-tls': {
    does: 'also speaks TLS 1.0 and 1.1 (with a certificate)',
    fails: ['tls-old'],
    behaviour: {},
    oldTls: true,
  },
}
