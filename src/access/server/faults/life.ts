/** Mistakes in what becomes of instances once they are made. */
import { invalidParameter, type ResultCode, succeeded, unknownInstance } from '../../../model/access/result-codes.ts'
import { payloadOf, signCall } from '../../../signing/production.ts'
import { type Behaviour, right } from '../behaviour.ts'
import type { Fault, Faults } from '../fault.ts'
import { type LifeBehaviour, type LifeCall, rightLife } from '../life.ts'

const internal: ResultCode = '000005'
const lives = ['life-period', 'life-one-time', 'life-pay-per-use']
const frozenLives = ['life-period', 'life-pay-per-use']

export const lifeFaults: Faults = {
  'no-renewal': refuses('refuses renewals', inScene('RENEWAL'), invalidParameter, 'refresh-renewal', 'life-period'),
  'no-trial-to-formal': refuses(
    'does not know the scene TRIAL_TO_FORMAL',
    inScene('TRIAL_TO_FORMAL'),
    invalidParameter,
    'refresh-trial-to-formal',
    'life-period',
  ),
  'no-unsubscription-of-renewal': refuses(
    'does not know the scene UNSUBSCRIBE_RENEWAL_PERIOD',
    inScene('UNSUBSCRIBE_RENEWAL_PERIOD'),
    invalidParameter,
    'refresh-unsubscribe-renewal',
    'life-period',
  ),
  'no-renewal-change': refuses(
    'does not know the scene RENEWAL_CHANGE, which is newer',
    inScene('RENEWAL_CHANGE'),
    invalidParameter,
    'refresh-renewal-change',
  ),
  'renewed-once': refuses(
    'refuses a renewal that is repeated',
    repeated('refreshInstance'),
    internal,
    'refresh-repeated',
  ),
  'frozen-not-renewed': refuses(
    'refuses to renew what is frozen',
    ({ activity, is }) => activity === 'refreshInstance' && is === 'frozen',
    internal,
    'refresh-frozen',
  ),
  'product-demanded': refuses(
    'demands productId, which is optional',
    ({ activity, body }) => activity === 'refreshInstance' && body.productId === undefined,
    invalidParameter,
    'refresh-without-product',
  ),
  'fourteen-digits': refuses(
    'refuses an expireTime with milliseconds',
    ({ body: { expireTime } }) => typeof expireTime === 'string' && expireTime.length > 14,
    invalidParameter,
    'refresh-time-milliseconds',
  ),
  'unknown-renewed': refuses(
    'renews instances that were never made',
    unknown('refreshInstance'),
    succeeded,
    'refresh-unknown',
  ),
  'refresh-fields-unchecked': misses('refreshInstance', ['orderLineId'], 'refresh-fields'),
  'scene-unchecked': anyValue('refreshInstance', 'takes any scene', 'refresh-scene-unknown'),
  'no-freeze': refuses('refuses FREEZE', to('FREEZE'), invalidParameter, 'status-freeze', ...frozenLives),
  'no-unfreeze': refuses('refuses UNFREEZE', to('UNFREEZE'), invalidParameter, 'status-unfreeze', ...frozenLives),
  'frozen-once': refuses(
    'refuses to freeze what is frozen',
    (call) => to('FREEZE')(call) && call.is === 'frozen',
    internal,
    'status-repeated',
  ),
  'frozen-hidden': alters('does not tell of what is frozen', { hidesFrozen: true }, 'status-frozen-told'),
  'unknown-frozen': refuses(
    'freezes instances that were never made',
    unknown('updateInstanceStatus'),
    succeeded,
    'status-unknown',
  ),
  'status-fields-unchecked': misses('updateInstanceStatus', ['status'], 'status-fields'),
  'status-unchecked': anyValue('updateInstanceStatus', 'takes any status', 'status-value-unknown'),
  'late-freeze': refuses(
    'fails where an instance is frozen after its release',
    ({ activity, is }) => activity === 'updateInstanceStatus' && is === 'released',
    internal,
    'status-after-release',
  ),
  'no-release': refuses('fails to release instances', of('releaseInstance'), internal, 'release', ...lives),
  'release-order-demanded': refuses(
    'demands an order for a release, which is optional',
    ({ activity, body }) => activity === 'releaseInstance' && body.orderId === undefined,
    invalidParameter,
    'release-without-order',
  ),
  'released-once': refuses(
    'answers that there is no such instance where a release is repeated',
    ({ activity, is }) => activity === 'releaseInstance' && is === 'released',
    unknownInstance,
    'release-repeated',
    ...lives,
  ),
  'order-released': alters('releases all instances of the order', { releases: 'order' }, 'release-others'),
  'unknown-released': refuses(
    'releases instances that were never made',
    unknown('releaseInstance'),
    succeeded,
    'release-unknown',
  ),
  'release-fields-unchecked': misses('releaseInstance', ['instanceId'], 'release-fields'),
  'released-renewed': refuses(
    'renews instances that were released',
    ({ activity, is }) => activity === 'refreshInstance' && is === 'released',
    succeeded,
    'release-then-refresh',
  ),
  'released-forgotten': alters(
    'forgets the order line of an instance that is released',
    { remembersReleased: false },
    'release-then-new-instance',
  ),
  'no-upgrade': refuses('fails to upgrade instances', of('upgradeInstance'), internal, 'upgrade', 'life-period'),
  'upgraded-otherwise': alters(
    'gives an instance that is upgraded another id',
    { keepsId: false },
    'upgrade',
    'life-period',
  ),
  'upgraded-once': refuses(
    'refuses an upgrade that is repeated',
    repeated('upgradeInstance'),
    internal,
    'upgrade-repeated',
  ),
  'unknown-upgraded': refuses(
    'upgrades instances that were never made',
    unknown('upgradeInstance'),
    succeeded,
    'upgrade-unknown',
  ),
  'upgrade-fields-unchecked': misses('upgradeInstance', ['orderId'], 'upgrade-fields'),
  'change-check-lost': refuses(
    'finds no instance to change',
    of('changeInstanceCheck'),
    unknownInstance,
    'change-check',
  ),
  'change-check-unknown': refuses(
    'lets instances be changed that were never made',
    unknown('changeInstanceCheck'),
    succeeded,
    'change-check-unknown',
  ),
  'change-check-fields-unchecked': misses('changeInstanceCheck', ['productInfo'], 'change-check-fields'),
  'nested-keys-sorted': {
    does: 'sorts the keys of objects within the body too',
    fails: ['change-check-nested'],
    behaviour: { signature: (key, call) => signCall(key, { ...call, body: sortedWithin(call.body) }).signature },
  },
  'usage-untold': {
    does: 'does not tell of usage',
    fails: ['usage-told'],
    behaviour: {
      answer: ({ info, ...rest }) => (Array.isArray(info) ? { ...rest, info: info.map(withoutUsage) } : rest),
    },
  },
}

type Which = (call: LifeCall) => boolean

function of(activity: string): Which {
  return (call) => call.activity === activity
}

function inScene(scene: string): Which {
  return ({ activity, body }) => activity === 'refreshInstance' && body.scene === scene
}

function to(status: string): Which {
  return ({ activity, body }) => activity === 'updateInstanceStatus' && body.status === status
}

function repeated(activity: string): Which {
  return (call) => call.activity === activity && call.isRepeated
}

function unknown(activity: string): Which {
  return (call) => call.activity === activity && call.is === 'unknown'
}

/** Answers some calls with a code that is not theirs. */
function refuses(does: string, which: Which, code: ResultCode, ...fails: readonly string[]): Fault {
  return alters(does, { instead: (call) => (which(call) ? code : undefined) }, ...fails)
}

function alters(does: string, life: Partial<LifeBehaviour>, ...fails: readonly string[]): Fault {
  return { does, fails, behaviour: { life: { ...rightLife, ...life } } }
}

/** Does not notice that fields are left out. */
function misses(activity: string, names: readonly string[], ...fails: readonly string[]): Fault {
  const behaviour: Partial<Behaviour> = {
    misses: (called, field) => (called === activity && names.includes(field) ? false : right.misses(called, field)),
    life: {
      ...rightLife,
      instead: ({ activity: called, body }) =>
        called === activity && names.some((name) => body[name] === undefined) ? succeeded : undefined,
    },
  }
  return { does: `does not miss ${names.join(' and ')} in ${activity}`, fails, behaviour }
}

function anyValue(activity: string, does: string, ...fails: readonly string[]): Fault {
  return { does, fails, behaviour: { checksValues: (called) => called !== activity } }
}

function sortedWithin(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, sorted(value)]))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return JSON.parse(payloadOf(sortedWithin(value as Readonly<Record<string, unknown>>)))
}

function withoutUsage(info: unknown): unknown {
  if (typeof info !== 'object' || info === null) return info
  const { usageInfo: _, ...rest } = info as Readonly<Record<string, unknown>>
  return rest
}
