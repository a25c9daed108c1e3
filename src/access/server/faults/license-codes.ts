/** Mistakes in what is done about license authorization codes. */
import { licenseActivities } from '../../../model/access/license-codes.ts'
import { type ResultCode, succeeded } from '../../../model/access/result-codes.ts'
import { misreadings } from '../../misreadings.ts'
import type { Fault, Faults } from '../fault.ts'
import { type LicenseBehaviour, type LicenseCall, rightLicenses } from '../license-codes.ts'

const internal: ResultCode = '000005'
const { refreshLicenseCode, updateLicenseCodeStatus, releaseLicenseCode } = licenseActivities

const isAbout = (activity: string): boolean => Object.hasOwn(licenseActivities, activity)

export const licenseCodeFaults: Faults = {
  'license-no-inner-hash': {
    does: misreadings['no-inner-hash'].does,
    suite: 'license-code',
    fails: ['signature-accepted'],
    behaviour: { signature: misreadings['no-inner-hash'].signature },
  },
  'license-signature-unchecked': {
    does: 'accepts any signature of calls about license codes',
    suite: 'license-code',
    fails: ['signature-refused'],
    behaviour: { checksSignature: (activity) => !isAbout(activity) },
  },
  'license-unsigned-accepted': {
    does: 'accepts calls about license codes without a signature',
    suite: 'license-code',
    fails: ['signature-missing'],
    behaviour: { unsigned: undefined },
  },
  'license-age-unchecked': {
    does: 'accepts calls about license codes of any age',
    suite: 'license-code',
    fails: ['timestamp-stale'],
    behaviour: { checksAge: false },
  },
  'license-no-renewal': refuses('fails to renew codes', inScene('RENEWAL'), internal, 'license-refresh'),
  'license-renewed-once': refuses(
    'refuses the renewal of a code that is repeated',
    repeated('refreshLicenseCode'),
    internal,
    'license-refresh-repeated',
  ),
  'license-unknown-renewed': refuses(
    'renews codes nobody was given',
    unknown('refreshLicenseCode'),
    succeeded,
    'license-refresh-unknown',
  ),
  'license-refresh-fields-unchecked': misses('refreshLicenseCode', refreshLicenseCode.fields, 'license-refresh-fields'),
  'license-no-unsubscription': refuses(
    'does not know the scene UNSUBSCRIBE_RENEWAL_PERIOD of codes',
    inScene('UNSUBSCRIBE_RENEWAL_PERIOD'),
    internal,
    'license-unsubscribe-renewal',
  ),
  'license-no-freeze': refuses('fails to freeze codes', to('FREEZE'), internal, 'license-freeze'),
  'license-frozen-once': refuses(
    'refuses to freeze a code that is frozen',
    (call) => to('FREEZE')(call) && call.isFrozen,
    internal,
    'license-freeze-repeated',
  ),
  'license-unknown-frozen': refuses(
    'freezes codes nobody was given',
    unknown('updateLicenseCodeStatus'),
    succeeded,
    'license-freeze-unknown',
  ),
  'license-status-fields-unchecked': misses(
    'updateLicenseCodeStatus',
    updateLicenseCodeStatus.fields,
    'license-freeze-fields',
  ),
  'license-no-unfreeze': refuses('fails to thaw codes', to('UNFREEZE'), internal, 'license-unfreeze'),
  'license-status-unchecked': alters(
    'takes any status of a code',
    { checksValues: () => false },
    'license-status-unknown',
  ),
  'license-no-release': refuses(
    'fails to release codes',
    ({ activity, isKnown }) => activity === 'releaseLicenseCode' && isKnown,
    internal,
    'license-release',
  ),
  'license-released-once': refuses(
    'refuses the release of a code that is repeated',
    repeated('releaseLicenseCode'),
    internal,
    'license-release-repeated',
  ),
  'license-unknown-released': refuses(
    'releases codes nobody was given',
    unknown('releaseLicenseCode'),
    succeeded,
    'license-release-unknown',
  ),
  'license-release-fields-unchecked': misses('releaseLicenseCode', releaseLicenseCode.fields, 'license-release-fields'),
}

type Which = (call: LicenseCall) => boolean

function inScene(scene: string): Which {
  return ({ body, isKnown }) => isKnown && body.scene === scene
}

function to(status: string): Which {
  return ({ body, isKnown }) => isKnown && body.status === status
}

function repeated(activity: string): Which {
  return (call) => call.activity === activity && call.isRepeated
}

function unknown(activity: string): Which {
  return (call) => call.activity === activity && !call.isKnown
}

function refuses(does: string, which: Which, code: ResultCode, ...fails: readonly string[]): Fault {
  return alters(does, { instead: (call) => (which(call) ? code : undefined) }, ...fails)
}

/** Does not notice what is left out. */
function misses(
  activity: string,
  fields: Readonly<Record<string, { readonly needed: boolean }>>,
  ...fails: readonly string[]
): Fault {
  const needed = Object.entries(fields).flatMap(([name, field]) => (field.needed ? [name] : []))
  const behaviour: Partial<LicenseBehaviour> = {
    misses: (called) => called !== activity,
    instead: ({ activity: called, body }) =>
      called === activity && needed.some((name) => body[name] === undefined) ? succeeded : undefined,
  }
  return alters(`does not miss what is left out of ${activity}`, behaviour, ...fails)
}

function alters(does: string, licenses: Partial<LicenseBehaviour>, ...fails: readonly string[]): Fault {
  return { does, suite: 'license-code', fails, behaviour: { licenses: { ...rightLicenses, ...licenses } } }
}
