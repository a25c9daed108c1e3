/** An order, as KooGallery's order query tells it to sellers. */
import type { ChargingMode, OrderType } from './mock-orders.ts'

/** Texts are as they came; what is left out was not there, or was something else. */
export interface OrderFacts {
  readonly orderId: string
  /** Perhaps one koo does not know. */
  readonly orderType?: OrderType | string
  /** In milliseconds since 1970. */
  readonly createdAt?: number
  readonly lines: readonly OrderLine[]
  /** As KooGallery names it: ids, names, addresses. */
  readonly buyer: Readonly<Record<string, string>>
}

export interface OrderLine {
  readonly lineId?: string
  readonly chargingMode?: ChargingMode | string
  readonly period?: { readonly type: string; readonly number?: number }
  readonly expiresAt?: number
  readonly products: readonly {
    readonly productId?: string
    readonly name?: string
    readonly sku?: string
  }[]
}

export type ShownOrder =
  | {
      readonly is: 'order'
      readonly order: OrderFacts
      /** The whole answer. */
      readonly raw: unknown
    }
  /** There is none of that id for this seller, or the id is wrong: the open API has one code for both. */
  | { readonly is: 'none'; readonly code: string; readonly message: string }

export const orderTypeWords: Readonly<Record<OrderType, string>> = {
  NEW: 'a new order',
  TRIAL: 'a trial',
  TRIAL_TO_FORMAL: 'a trial that becomes a paid order',
  UNSUBSCRIBE: 'an unsubscription',
  RENEW: 'a renewal',
  CHANGE: 'a change of what was bought',
}

export const chargingModeWords: Readonly<Record<ChargingMode, string>> = {
  PERIOD: 'by period',
  ONE_TIME: 'once',
  ON_DEMAND: 'by usage',
  ON_DEMAND_PKG: 'a package of usage',
}
