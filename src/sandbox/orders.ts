/** Orders of the storefront and the instances they are about, as values, and how an order is told to the seller. */
import type { Charging } from '../model/access/charging.ts'
import { type ChargingMode, lineOf, mockOrderOf, type OrderType } from '../model/access/mock-orders.ts'
import type { Schemas } from './views.ts'

/** What is paid for at once. */
export interface OrderPeriod {
  readonly type: 'year' | 'month' | 'day'
  readonly number: number
}

/** `opening`: the seller has not said that it is there. */
export type InstanceStatus = 'opening' | 'active' | 'frozen' | 'released'

/** What a buyer bought, whatever becomes of it. */
export interface Instance {
  /** The sandbox's own, by age. */
  readonly number: number
  readonly productId: string
  readonly productKey: string
  readonly productName: string
  readonly specification: string
  readonly charging: Charging
  readonly isTrial: boolean
  /** What the first paid order is for; left out where it is not paid by time. */
  readonly period?: OrderPeriod
  /** The seller's; left out until it names one. */
  readonly instanceId?: string
  readonly status: InstanceStatus
  readonly expiresAt?: number
  /** What the buyer signs in with, as the seller told it. */
  readonly access?: Access
  readonly boughtAt: number
}

/** The texts of `appInfo`. */
export type Access = Readonly<Partial<Record<'frontEndUrl' | 'adminUrl' | 'userName' | 'password' | 'memo', string>>>

export type OrderState = 'processing' | 'succeeded' | 'failed'

export interface Order {
  readonly orderId: string
  readonly orderLineId: string
  /** Number of its instance. */
  readonly instance: number
  /** What the seller is called for: the name of a deed. */
  readonly deed: string
  readonly orderType: OrderType
  readonly specification: string
  readonly period?: OrderPeriod
  /** When the instance ends once the order has succeeded. */
  readonly expiresAt?: number
  readonly state: OrderState
  /** What is wrong, or what is worth knowing although it succeeded, in a sentence. */
  readonly trouble?: string
  readonly createdAt: number
}

/** The end of a period; a month that is too short ends with its last day. */
export function after(time: number, { type, number }: OrderPeriod): number {
  const date = new Date(time)
  if (type === 'day') return date.setUTCDate(date.getUTCDate() + number)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + number * (type === 'year' ? 12 : 1))
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, last))
}

export function periodOf(months: number): OrderPeriod {
  return months % 12 === 0 ? { type: 'year', number: months / 12 } : { type: 'month', number: months }
}

/** yyyyMMddHHmmss in UTC. */
export function compactTime(time: number): string {
  return new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)
}

const modes: Readonly<Record<Charging, ChargingMode>> = {
  period: 'PERIOD',
  'one-time': 'ONE_TIME',
  'pay-per-use': 'ON_DEMAND',
}

/** The one buyer there is. */
const buyerInfo = {
  customerId: 'koo0000000000000000000000sandbox',
  customerName: 'sandbox-buyer',
  userId: 'koo000000000000000000000000buyer',
  userName: 'buyer',
  email: 'buyer@example.com',
  mobilePhone: '',
}

export function orderInfo(order: Order, instance: Instance): Schemas['OrderInfo'] {
  const { orderId, orderLineId, orderType, createdAt, period, expiresAt, specification } = order
  return {
    orderId,
    orderType,
    createTime: compactTime(createdAt),
    orderLine: [
      {
        orderLineId,
        chargingMode: modes[instance.charging],
        ...(period === undefined ? {} : { periodType: period.type, periodNumber: period.number }),
        ...(expiresAt === undefined ? {} : { expireTime: compactTime(expiresAt) }),
        productInfo: [productInfo(instance, specification)],
        extendParams: [],
      },
    ],
    buyerInfo,
  }
}

/** What is bought, as orders and the check of a change name it. */
export function productInfo(
  { productId, productName }: Pick<Instance, 'productId' | 'productName'>,
  specification: string,
): Schemas['OrderedProduct'] {
  return { productId, skuCode: specification, productName }
}

/** An order of KooGallery's for trying the order query, or one that koo tests with; undefined where the id is of none. */
export function mockOrderInfo(orderId: string, now: number): Schemas['OrderInfo'] | undefined {
  const mock = mockOrderOf(orderId)
  if (mock === undefined) return undefined
  const { orderType, chargingMode, periodType: type } = mock
  const period = type === undefined ? undefined : { type, number: type === 'day' ? 7 : 1 }
  return {
    orderId,
    orderType,
    createTime: compactTime(now),
    orderLine: [
      {
        orderLineId: lineOf(orderId),
        chargingMode,
        ...(period === undefined
          ? {}
          : {
              periodType: period.type,
              periodNumber: period.number,
              expireTime: compactTime(after(now, period)),
            }),
        productInfo: [productInfo({ productId: 'koo-mock-product', productName: 'Mock product' }, 'koo-mock-sku')],
        extendParams: [],
      },
    ],
    buyerInfo,
  }
}
