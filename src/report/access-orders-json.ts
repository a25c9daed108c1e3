/** What KooGallery's open API tells of orders and makes of usage records, as JSON. */
import type { OrderFacts } from '../model/access/order.ts'
import type { UsageRequest } from '../model/access/usage.ts'
import type { Outcome } from '../model/outcome.ts'

type Of<K extends Outcome['is']> = Extract<Outcome, { readonly is: K }>

export function orderShownOf({ openApi, orderId, found }: Of<'order-shown'>) {
  const base = { open_api: openApi, order_id: orderId }
  if (found.is === 'none') return { ...base, order: null, code: found.code, message: found.message }
  return { ...base, order: orderOf(found.order), raw: found.raw }
}

function orderOf({ orderId, orderType, createdAt, lines, buyer }: OrderFacts) {
  return {
    order_id: orderId,
    order_type: orderType ?? null,
    created_at: timeOf(createdAt),
    lines: lines.map(({ lineId, chargingMode, period, expiresAt, products }) => ({
      line_id: lineId ?? null,
      charging_mode: chargingMode ?? null,
      period: period === undefined ? null : { type: period.type, number: period.number ?? null },
      expires_at: timeOf(expiresAt),
      products: products.map(({ productId, name, sku }) => ({
        product_id: productId ?? null,
        name: name ?? null,
        sku: sku ?? null,
      })),
    })),
    buyer,
  }
}

function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}

export function mockOrdersOf({ orders }: Of<'mock-orders'>) {
  return Object.entries(orders).map(([id, { orderType, chargingMode, periodType, about }]) => ({
    ...{ order_id: id, order_type: orderType, charging_mode: chargingMode, period_type: periodType ?? null, about },
  }))
}

export function usagePushedOf({ push }: Of<'usage-pushed'>) {
  const { file, openApi, records, dryRun, problems, requests } = push
  return { file, open_api: openApi, records, dry_run: dryRun, problems, requests: requests.map(requestOf) }
}

function requestOf({ first, count, bytes, body, outcome, code, message, abnormal }: UsageRequest) {
  return {
    ...{ first, count, bytes },
    ...(body === undefined ? {} : { body: JSON.parse(body) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    abnormal: abnormal.map(({ index, instanceId, code: why, message: words, raw }) => ({
      ...(index === undefined ? {} : { index }),
      ...(instanceId === undefined ? {} : { instance_id: instanceId }),
      ...(why === undefined ? {} : { code: why }),
      ...(words === undefined ? {} : { message: words }),
      raw,
    })),
  }
}
