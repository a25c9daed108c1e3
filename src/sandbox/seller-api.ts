/** What KooGallery's open API answers to a seller's production interface: orders, and usage that is pushed. */
import { timingSafeEqual } from 'node:crypto'
import { timestampLife } from '../model/access/activities.ts'
import { hmac, usageSign } from '../signing/production.ts'
import { signatureLife } from './authentication.ts'
import type { OrderStore, UsageRecord } from './order-store.ts'
import { mockOrderInfo, orderInfo } from './orders.ts'
import { OpenApiRefusal } from './refusal.ts'
import type { Store } from './store.ts'
import type { Schemas } from './views.ts'

export const succeeded = 'MKT.0000'
const invalid = 'MKT.0101'
const badSignature = 'MKT.0102'
const unknownInstance = 'MKT.9001'

/** @throws {OpenApiRefusal} where there is no such order or line. */
export function showOrder(
  orders: OrderStore,
  { orderId, orderLineId }: { readonly orderId: string; readonly orderLineId?: string | undefined },
  now: number,
): Schemas['OrderAnswer'] {
  const info = infoOf(orders, orderId, now)
  if (info === undefined) throw orderRefusal(`There is no order ${orderId}.`)
  if (orderLineId !== undefined && !info.orderLine.some((line) => line.orderLineId === orderLineId)) {
    throw orderRefusal(`The order ${orderId} has no line ${orderLineId}.`)
  }
  return { resultCode: succeeded, resultMsg: 'Success', orderInfo: info }
}

function infoOf(orders: OrderStore, orderId: string, now: number): Schemas['OrderInfo'] | undefined {
  const order = orders.order(orderId)
  const instance = order && orders.instance(order.instance)
  return order === undefined || instance === undefined ? mockOrderInfo(orderId, now) : orderInfo(order, instance)
}

/** In the form of the order query. */
export function orderRefusal(resultMsg: string): OpenApiRefusal {
  return new OpenApiRefusal({ resultCode: invalid, resultMsg: resultMsg.slice(0, 1024) })
}

/** In the form of the usage push. */
export function usageRefusal(
  error_msg: string,
  error_code = invalid,
  abnormal_records?: Schemas['UsageRefusal']['abnormal_records'],
): OpenApiRefusal {
  return new OpenApiRefusal({ error_code, error_msg, ...(abnormal_records === undefined ? {} : { abnormal_records }) })
}

export interface UsagePush {
  readonly signature: string
  readonly ts: string
  readonly nonce: string
  readonly body: Schemas['UsageRecords']
  /** As it came. */
  readonly bytes: Uint8Array
}

/** @throws {OpenApiRefusal} and keeps nothing where anything is wrong. */
export function pushUsage(
  { orders, store, key }: { readonly orders: OrderStore; readonly store: Store; readonly key: string },
  { signature, ts, nonce, body, bytes }: UsagePush,
  now: number,
): Schemas['UsageAnswer'] {
  const wanted = [
    usageSign(key, { body, nonce, timestamp: ts }),
    // Numbers may be written otherwise than JavaScript writes them, such as 12.50.
    hmac(key, `ts=${ts}&nonce=${nonce}&body=${new TextDecoder().decode(bytes)}`, 'base64'),
  ]
  if (!wanted.some((each) => isSame(each, signature))) {
    throw usageRefusal('The signature of the body is wrong.', badSignature)
  }
  if (!(Math.abs(now - Number(ts)) <= timestampLife)) {
    throw usageRefusal('ts is more than a minute off.', badSignature)
  }
  if (!store.useSignature(`usage ${nonce}`, now, now - signatureLife)) {
    throw usageRefusal('The nonce was used before.', badSignature)
  }
  const abnormal = body.usage_records.flatMap((record, index) => {
    const trouble = troubleIn(orders, record)
    return trouble === undefined ? [] : [{ index, instance_id: record.instance_id, ...trouble }]
  })
  const [first] = abnormal
  if (first !== undefined) throw usageRefusal(first.error_msg, first.error_code, abnormal)
  orders.addUsage(body.usage_records, now)
  return { error_code: succeeded, error_msg: 'Success' }
}

function troubleIn(orders: OrderStore, { instance_id: id, begin_time: begin, end_time: end }: UsageRecord) {
  if (orders.instanceNamed(id) === undefined) {
    return { error_code: unknownInstance, error_msg: `There is no instance ${id}.` }
  }
  // Both have the same form, in which later times come later.
  return begin > end ? { error_code: invalid, error_msg: 'end_time is before begin_time.' } : undefined
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
