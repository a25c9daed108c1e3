/** What the sandbox throws to refuse a request; the server makes the contract's error body of it. */
import { type MarketplaceErrorCode, marketplaceErrors } from '../model/marketplace-error.ts'
import type { Complaint } from '../model/release.ts'
import type { Schemas } from './views.ts'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: MarketplaceErrorCode
  readonly status: number
  readonly details: readonly Complaint[]

  constructor(code: MarketplaceErrorCode, message: string, details: readonly Complaint[] = []) {
    super(message)
    this.code = code
    this.status = marketplaceErrors[code].status
    this.details = details
  }
}

/** Refuses a call of KooGallery's open API, in the form that call has for it. */
export class OpenApiRefusal extends Error {
  override readonly name = 'OpenApiRefusal'
  readonly body: Schemas['OrderRefusal'] | Schemas['UsageRefusal']

  constructor(body: OpenApiRefusal['body']) {
    super('resultMsg' in body ? body.resultMsg : body.error_msg)
    this.body = body
  }
}

export function notFound(what: 'product' | 'release' | 'upload' | 'file' | 'order' | 'instance', id: string): Refusal {
  return new Refusal('KOO.01404001', `There is no ${what} ${id}.`)
}
