/** How the buyers of a SaaS product pay, in the words of KooGallery's access guide; it decides which calls a seller gets. */
import type { Billing } from '../delivery-methods.ts'

/** Named as in the guide. Source: SaaS access guide, which interfaces are needed. */
export const chargings = {
  period: 'yearly or monthly: the instance is renewed, expires and is released',
  'one-time': 'bought once: the instance is only released when the buyer unsubscribes',
  'pay-per-use': 'paid by usage: the instance reports it, is frozen in arrears and released',
} as const
export type Charging = keyof typeof chargings
export const chargingNames = Object.keys(chargings) as readonly Charging[]

/** What a specification's billing mode means to the production interface. */
export const chargingOf: Readonly<Record<Billing, Charging>> = {
  'yearly-monthly': 'period',
  buyout: 'one-time',
  'pay-per-use': 'pay-per-use',
}
