/**
 * The calls about license authorization codes, which KooGallery makes of its own and buyers activate (China site).
 * Source: the pages named. Sellers may do without each of them.
 */
import { type Activity, type ActivityField, statuses } from './activities.ts'
import { chargingNames } from './charging.ts'

const needed = (most: number): ActivityField => ({ most, needed: true })
const optional = (most: number): ActivityField => ({ most, needed: false })
const testFlag = optional(2)

export const licenseScenes = {
  RENEWAL: 'the buyer renews',
  UNSUBSCRIBE_RENEWAL_PERIOD: 'a renewal that has not begun is unsubscribed from',
} as const
export type LicenseScene = keyof typeof licenseScenes

export const licenseActivities = {
  refreshLicenseCode: {
    source: 'licenseCodeRefresh',
    fields: {
      scene: { most: 64, needed: true, values: Object.keys(licenseScenes) },
      orderId: needed(64),
      orderLineId: needed(64),
      license: needed(64),
      productId: optional(64),
      expireTime: { most: 20, needed: true, form: 'time' },
      testFlag,
    },
    charging: chargingNames,
    optional: true,
  },
  updateLicenseCodeStatus: {
    source: 'licenseCodeStatus',
    fields: { license: needed(64), status: { most: 32, needed: true, values: statuses }, testFlag },
    charging: chargingNames,
    optional: true,
  },
  releaseLicenseCode: {
    source: 'licenseCodeRelease',
    fields: { license: needed(64), orderId: optional(64), orderLineId: optional(64), testFlag },
    charging: chargingNames,
    optional: true,
  },
} as const satisfies Readonly<Record<string, Activity>>
