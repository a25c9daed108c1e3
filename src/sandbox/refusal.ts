/** What the sandbox throws to refuse a request; the server makes the contract's error body of it. */
import { type MarketplaceErrorCode, marketplaceErrors } from '../model/marketplace-error.ts'
import type { Complaint } from '../model/release.ts'

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

export function notFound(what: 'product' | 'release' | 'upload' | 'file', id: string): Refusal {
  return new Refusal('KOO.01404001', `There is no ${what} ${id}.`)
}
