/**
 * The orders KooGallery's order query answers for sellers who try it out, and the orders of koo's own tests.
 * Source: SaaS access guide, order query: ids and the kind of order; a line is the id and `-000001`.
 */
import type { Charging } from './charging.ts'

export const orderTypes = ['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'UNSUBSCRIBE', 'RENEW', 'CHANGE'] as const
export type OrderType = (typeof orderTypes)[number]
export type ChargingMode = 'ON_DEMAND' | 'ONE_TIME' | 'PERIOD' | 'ON_DEMAND_PKG'

export interface MockOrder {
  readonly orderType: OrderType
  readonly chargingMode: ChargingMode
  readonly periodType?: 'year' | 'month' | 'day'
  readonly about: string
}

export const mockOrders = {
  MOCKPERIODYEARNEW: { orderType: 'NEW', chargingMode: 'PERIOD', periodType: 'year', about: 'a new order for a year' },
  MOCKONETIMENEW: { orderType: 'NEW', chargingMode: 'ONE_TIME', about: 'a new order, paid once' },
  MOCKONDEMAND: { orderType: 'NEW', chargingMode: 'ON_DEMAND', about: 'a new order, paid by usage' },
  MOCKONDEMANDPKG: { orderType: 'NEW', chargingMode: 'ON_DEMAND_PKG', about: 'a package of usage' },
  MOCKPERIODDAYTRIAL: { orderType: 'TRIAL', chargingMode: 'PERIOD', periodType: 'day', about: 'a trial of some days' },
  MOCKMONTYTRIALTOFORMAL: {
    orderType: 'TRIAL_TO_FORMAL',
    chargingMode: 'PERIOD',
    periodType: 'month',
    about: 'a trial that becomes an order for a month',
  },
  MOCKMONTYUNSUBSCRIBE: {
    orderType: 'UNSUBSCRIBE',
    chargingMode: 'PERIOD',
    periodType: 'month',
    about: 'an order for a month, unsubscribed from',
  },
  MOCKMONTYRENEW: { orderType: 'RENEW', chargingMode: 'PERIOD', periodType: 'month', about: 'a renewal for a month' },
  MOCKMONTYCHANGE: {
    orderType: 'CHANGE',
    chargingMode: 'PERIOD',
    periodType: 'month',
    about: 'a change of what was bought for months',
  },
} as const satisfies Readonly<Record<string, MockOrder>>
export type MockOrderName = keyof typeof mockOrders

export const newOrderOf: Readonly<Record<Charging, MockOrderName>> = {
  period: 'MOCKPERIODYEARNEW',
  'one-time': 'MOCKONETIMENEW',
  'pay-per-use': 'MOCKONDEMAND',
}

/** The line of an order; the first, where no number is given. */
export function lineOf(orderId: string, number = 1): string {
  return `${orderId}-${String(number).padStart(6, '0')}`
}

/**
 * What kind of order an id speaks of: that of KooGallery's mock orders, and of those koo tests with, which are such an id,
 * a hyphen and more, so that each is another order and the sandbox's order query can still answer for it.
 */
export function mockOrderOf(orderId: string): MockOrder | undefined {
  const name = /^[A-Z]+(?=-|$)/.exec(orderId)?.[0] ?? ''
  return Object.hasOwn(mockOrders, name) ? mockOrders[name as MockOrderName] : undefined
}
