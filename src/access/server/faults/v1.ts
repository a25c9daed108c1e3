/** Mistakes of sellers who have version 1.0 of the interface. */
import { createHash } from 'node:crypto'
import { invalidParameter, type ResultCode, succeeded, unknownInstance } from '../../../model/access/result-codes.ts'
import { aesEncrypt, encryptCredential, encryptionKey } from '../../../signing/production-v1.ts'
import type { BodyMisreading } from '../../misreadings.ts'
import { type QueryMisreadingName, queryMisreadings, tokenMisreadings } from '../../misreadings-v1.ts'
import type { Fault, Faults } from '../fault.ts'
import type { LifeCall } from '../life.ts'
import { rightV1, type V1Behaviour } from '../v1.ts'

const internal: ResultCode = '000005'
const lives = ['life-period', 'life-one-time', 'life-pay-per-use']

/** The case that speaks of each. */
const queryCase: Readonly<Record<QueryMisreadingName, string>> = {
  'params-unsorted': 'token-order',
  'values-encoded': 'token-values',
  'plus-kept': 'token-values',
  'values-latin-1': 'token-values',
  'params-known-only': 'extra-fields',
}

const misread = [
  ...Object.entries<BodyMisreading>(tokenMisreadings).map(
    ([name, each]) => [name, each, 'signature-accepted'] as const,
  ),
  ...Object.entries(queryCase).map(
    ([name, id]) => [name, queryMisreadings[name as QueryMisreadingName] as BodyMisreading, id] as const,
  ),
].map(([name, { does, signature }, id]): readonly [string, Fault] => [
  `v1-${name}`,
  alters(does, { token: signature }, id),
])

export const v1Faults: Faults = {
  ...Object.fromEntries(misread),
  'v1-token-of-itself': alters(
    'hashes authToken along with the other parameters',
    { token: (key, call, query) => rightV1.token(key, { ...call, body: { ...call.body, zToken: query } }, query) },
    'signature-accepted',
  ),
  'v1-token-unchecked': alters('accepts any authToken', { checksToken: () => false }, 'signature-refused'),
  'v1-token-unchecked-later': alters(
    'looks at the authToken of newInstance only',
    { checksToken: (activity) => activity === 'newInstance' },
    'signature-refused',
  ),
  'v1-unsigned-accepted': alters('accepts calls without an authToken', { unsigned: undefined }, 'signature-missing'),
  'v1-token-decoded-twice': alters(
    'decodes authToken twice, so that its plus becomes a blank',
    { readToken: (token) => token.replaceAll('+', ' ') },
    'token-plus',
  ),
  'v1-timestamp-not-needed': alters(
    'accepts calls without a timeStamp',
    { needsTimeStamp: false },
    'timestamp-missing',
  ),
  'v1-age-unchecked': alters('accepts calls of any age', { checksAge: false }, 'timestamp-stale'),
  'v1-extra-fields-refused': alters('refuses parameters it does not know', { toleratesExtras: false }, 'extra-fields'),

  'v1-duplicate-instance': alters(
    'makes another instance where an order is repeated',
    { purchaseOf: () => undefined },
    'new-instance-repeated',
  ),
  'v1-one-instance-per-customer': alters(
    'makes one instance for all orders of a customer',
    { purchaseOf: ({ customerId, productId }) => `${customerId}/${productId}` },
    'new-instance-orders',
  ),
  'v1-one-instance-per-order': alters(
    'makes one instance for all products of an order',
    { purchaseOf: ({ orderId }) => String(orderId) },
    'new-instance-products',
  ),
  'v1-buyer-refused': refuses(
    'refuses an encrypted e-mail address',
    ({ activity, body }) => activity === 'newInstance' && body.email !== undefined,
    '000102',
    'new-instance-buyer',
  ),
  'v1-customer-not-needed': misses('newInstance', 'customerId', 'new-instance-fields'),
  'v1-no-instance-id': answers(
    'makes an instance and does not give its id',
    ({ instanceId: _, ...answer }) => answer,
    'new-instance',
  ),

  'v1-no-info': answers('leaves info out of its answers', ({ info: _, ...answer }) => answer, 'query-instance'),
  'v1-query-first-only': alters('tells of the first of several instances only', { tellsMany: false }, 'query-many'),
  'v1-invented-instance': alters('tells of instances that were never made', { notThere: undefined }, 'query-unknown'),
  'v1-query-id-not-needed': misses('queryInstance', 'instanceId', 'query-fields'),
  'v1-usage-untold': alters('does not tell of usage', { tellsUsage: false }, 'usage-told'),

  'v1-no-renewal': refuses('fails to renew', plainRenewal, internal, 'refresh', 'life-period'),
  'v1-renewed-once': refuses(
    'refuses a renewal that is repeated',
    repeated('refreshInstance'),
    internal,
    'refresh-repeated',
  ),
  'v1-unknown-renewed': refuses(
    'renews instances that were never made',
    unknown('refreshInstance'),
    succeeded,
    'refresh-unknown',
  ),
  'v1-refresh-fields-unchecked': misses('refreshInstance', 'expireTime', 'refresh-fields'),
  'v1-no-trial-to-formal': refuses(
    'does not know trialToFormal',
    ({ body }) => body.trialToFormal !== undefined,
    invalidParameter,
    'refresh-trial-to-formal',
    'life-period',
  ),
  'v1-product-demanded': refuses(
    'demands productId for a renewal, which is optional',
    ({ activity, body }) => activity === 'refreshInstance' && body.productId === undefined,
    invalidParameter,
    'refresh-without-product',
  ),
  'v1-expired-not-renewed': refuses(
    'refuses to renew what has expired',
    ({ activity, is }) => activity === 'refreshInstance' && is === 'frozen',
    internal,
    'refresh-expired',
  ),
  'v1-no-expiry': refuses('fails to let instances expire', of('expireInstance'), internal, 'expire', 'life-period'),
  'v1-expired-once': refuses(
    'refuses an expiry that is repeated',
    repeated('expireInstance'),
    internal,
    'expire-repeated',
  ),
  'v1-unknown-expired': refuses(
    'lets instances expire that were never made',
    unknown('expireInstance'),
    succeeded,
    'expire-unknown',
  ),
  'v1-expire-fields-unchecked': misses('expireInstance', 'instanceId', 'expire-fields'),
  'v1-no-freeze': refuses('refuses FREEZE', to('FREEZE'), invalidParameter, 'status-freeze', 'life-pay-per-use'),
  'v1-frozen-once': refuses(
    'refuses to freeze what is frozen',
    (call) => to('FREEZE')(call) && call.isRepeated,
    internal,
    'status-freeze-repeated',
  ),
  'v1-unknown-frozen': refuses(
    'freezes instances that were never made',
    unknown('instanceStatus'),
    succeeded,
    'status-freeze-unknown',
  ),
  'v1-status-fields-unchecked': misses('instanceStatus', 'instanceStatus', 'status-freeze-fields'),
  'v1-unfreeze-awaited': refuses(
    'waits for UNFREEZE, which is of version 2.0, instead of NORMAL',
    to('NORMAL'),
    invalidParameter,
    'status-normal',
    'life-pay-per-use',
  ),
  'v1-status-unchecked': alters(
    'takes any instanceStatus',
    { checksValues: (activity) => activity !== 'instanceStatus' },
    'status-value-unknown',
  ),
  'v1-no-release': refuses('fails to release instances', of('releaseInstance'), internal, 'release', ...lives),
  'v1-released-once': refuses(
    'answers that there is no such instance where a release is repeated',
    ({ activity, is }) => activity === 'releaseInstance' && is === 'released',
    unknownInstance,
    'release-repeated',
    'life-one-time',
  ),
  'v1-unknown-released': refuses(
    'releases instances that were never made',
    unknown('releaseInstance'),
    succeeded,
    'release-unknown',
  ),
  'v1-release-fields-unchecked': misses('releaseInstance', 'instanceId', 'release-fields'),
  'v1-no-upgrade': refuses('fails to upgrade instances', of('upgrade'), internal, 'upgrade'),
  'v1-upgraded-once': refuses('refuses an upgrade that is repeated', repeated('upgrade'), internal, 'upgrade-repeated'),
  'v1-unknown-upgraded': refuses(
    'upgrades instances that were never made',
    unknown('upgrade'),
    succeeded,
    'upgrade-unknown',
  ),
  'v1-upgrade-fields-unchecked': misses('upgrade', 'skuCode', 'upgrade-fields'),

  'v1-credentials-plain': encrypts('gives userName and password as they are', (plain) => plain),
  'v1-key-itself': encrypts('encrypts with the shared key itself', (plain, key, iv) => {
    return `${iv}${aesEncrypt(plain, Buffer.from(key).subarray(0, 32), Buffer.from(iv)).toString('base64')}`
  }),
  'v1-key-hashed': encrypts('encrypts with the SHA-256 of the shared key', (plain, key, iv) => {
    const hashed = createHash('sha256').update(key).digest()
    return `${iv}${aesEncrypt(plain, hashed, Buffer.from(iv)).toString('base64')}`
  }),
  'v1-ecb': encrypts('encrypts in the mode ECB', (plain, key, iv) => {
    return `${iv}${aesEncrypt(plain, encryptionKey(key, 256), null).toString('base64')}`
  }),
  'v1-no-vector': encrypts('leaves the vector out', (plain, key) =>
    aesEncrypt(plain, encryptionKey(key, 256), new Uint8Array(16)).toString('base64'),
  ),
  'v1-vector-in-base64': encrypts('writes the vector in base64 as well', (plain, key, iv) => {
    const encrypted = aesEncrypt(plain, encryptionKey(key, 256), Buffer.from(iv))
    return Buffer.concat([Buffer.from(iv), encrypted]).toString('base64')
  }),
  'v1-credentials-hex': encrypts('writes what is encrypted in hex', (plain, key, iv) => {
    return `${iv}${aesEncrypt(plain, encryptionKey(key, 256), Buffer.from(iv)).toString('hex')}`
  }),
  'v1-encrypt-type-untold': encrypts('encrypts with AES-128, and says that it is AES-256', (plain, key, iv) =>
    encryptCredential(plain, key, iv, 128),
  ),
  'v1-encrypt-type-number': answers(
    'gives encryptType as a number',
    (answer) => (answer.encryptType === undefined ? answer : { ...answer, encryptType: 1 }),
    'encrypt-type',
  ),
  'v1-password-long': alters(
    'gives passwords that have more than 128 characters once they are encrypted',
    { password: 'p'.repeat(90) },
    'app-info',
  ),
}

type Which = (call: LifeCall) => boolean

function of(activity: string): Which {
  return (call) => call.activity === activity
}

function plainRenewal({ activity, body }: LifeCall): boolean {
  return activity === 'refreshInstance' && body.trialToFormal === undefined
}

function to(status: string): Which {
  return ({ activity, body }) => activity === 'instanceStatus' && body.instanceStatus === status
}

function repeated(activity: string): Which {
  return (call) => call.activity === activity && call.isRepeated
}

function unknown(activity: string): Which {
  return (call) => call.activity === activity && call.is === 'unknown'
}

function refuses(does: string, which: Which, code: ResultCode, ...fails: readonly string[]): Fault {
  return alters(does, { instead: (call) => (which(call) ? code : undefined) }, ...fails)
}

/** Does not notice that a field is left out. */
function misses(activity: string, name: string, ...fails: readonly string[]): Fault {
  const behaviour: Partial<V1Behaviour> = {
    misses: (called, field) => !(called === activity && field === name),
    instead: ({ activity: called, body }) => (called === activity && body[name] === undefined ? succeeded : undefined),
  }
  return alters(`does not miss ${name} in ${activity} of version 1.0`, behaviour, ...fails)
}

function encrypts(does: string, credential: V1Behaviour['credential']): Fault {
  return alters(does, { credential }, 'credentials-encrypted')
}

function alters(does: string, v1: Partial<V1Behaviour>, ...fails: readonly string[]): Fault {
  return { does, suite: 'v1', fails, behaviour: { v1: { ...rightV1, ...v1 } } }
}

function answers(does: string, answer: NonNullable<Fault['behaviour']['answer']>, ...fails: readonly string[]): Fault {
  return { does, suite: 'v1', fails, behaviour: { answer } }
}
