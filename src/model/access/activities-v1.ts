/**
 * The calls of version 1.0 of the production interface: GET, with parameters in the address.
 *
 * Source: the pages named. Some rows of the table of newInstance were not to be had: what is not known to be needed
 * stands here as optional, and nothing is held against a server over it.
 */
import type { Activity, ActivityField } from './activities.ts'
import { chargingNames } from './charging.ts'

const needed = (most: number): ActivityField => ({ most, needed: true })
const optional = (most: number): ActivityField => ({ most, needed: false })
const testFlag = optional(2)

export const statusesV1 = ['FREEZE', 'NORMAL'] as const

export const activitiesV1 = {
  newInstance: {
    source: 'saasV1NewInstance',
    fields: {
      customerId: needed(100),
      // The China site says that it is needed, the international one that it is not.
      customerName: optional(64),
      userId: optional(64),
      userName: optional(64),
      // Encrypted as the answers are.
      mobilePhone: optional(256),
      email: optional(256),
      businessId: needed(64),
      orderId: needed(64),
      orderLineId: optional(64),
      skuCode: optional(64),
      productId: optional(64),
      trialFlag: optional(2),
      expireTime: { most: 20, needed: false, form: 'time' },
      chargingMode: optional(2),
      amount: optional(4),
      periodType: optional(10),
      periodNumber: optional(2),
      orderAmount: optional(20),
      testFlag,
    },
    charging: chargingNames,
  },
  queryInstance: {
    source: 'saasV1QueryInstance',
    // 64 characters in the table, and up to 100 ids in its sentence.
    fields: { instanceId: needed(6_500), testFlag },
    charging: ['pay-per-use'],
  },
  refreshInstance: {
    source: 'saasV1RefreshInstance',
    fields: {
      orderId: needed(64),
      instanceId: needed(64),
      productId: optional(64),
      expireTime: { most: 20, needed: true, form: 'time' },
      trialToFormal: optional(2),
      periodType: optional(10),
      periodNumber: optional(2),
      orderAmount: optional(20),
      testFlag,
    },
    charging: ['period'],
  },
  expireInstance: {
    source: 'saasV1ExpireInstance',
    fields: { instanceId: needed(64), testFlag },
    charging: ['period'],
  },
  instanceStatus: {
    source: 'saasV1InstanceStatus',
    fields: { instanceId: needed(64), instanceStatus: { most: 32, needed: true, values: statusesV1 }, testFlag },
    charging: ['pay-per-use'],
  },
  releaseInstance: {
    source: 'saasV1ReleaseInstance',
    // Of orderId the table says that it is needed, and the example of the page does without.
    fields: { instanceId: needed(64), orderId: optional(64), orderAmount: optional(20), testFlag },
    charging: chargingNames,
  },
  upgrade: {
    source: 'saasV1Upgrade',
    fields: { instanceId: needed(64), orderId: needed(64), skuCode: needed(64), productId: optional(64), testFlag },
    charging: ['period'],
    optional: true,
  },
} as const satisfies Readonly<Record<string, Activity>>
