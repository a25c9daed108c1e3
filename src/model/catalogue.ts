/** What a report of a whole catalogue tells: every product, its newest release, and what needs a person. */
import type { RemoteProduct, RemoteRelease } from './release.ts'

/** Why a product needs a person, the most pressing first. */
export const needs = {
  rejected: 'the review rejected it',
  overdue: 'in review for longer than a review is said to take',
  unsubmitted: 'saved or taken back, and not handed in',
  edited: 'changed on the marketplace since it was sent',
} as const
export type Need = keyof typeof needs

export interface CatalogueEntry {
  readonly product: RemoteProduct
  /** Its newest release; left out where the marketplace does not show it. */
  readonly newest?: RemoteRelease
  /** In the order of the table; none of what is discontinued. */
  readonly needs: readonly Need[]
}

export interface Catalogue {
  /** Name of the account. */
  readonly account: string
  /** When this was so, in milliseconds since 1970. */
  readonly at: number
  /** As the marketplace lists them. */
  readonly entries: readonly CatalogueEntry[]
  /** Files the report is written to, as shown. */
  readonly files: readonly string[]
}

/** KooGallery reviews within so many working days (`pages.release`). */
export const reviewWorkingDays = 3

/** Milliseconds a review has lasted, or lasted until it ended; undefined where nobody tells. */
export function reviewTime({ submittedAt, reviewedAt }: RemoteRelease): number | undefined {
  if (submittedAt === undefined || reviewedAt === undefined || reviewedAt < submittedAt) return undefined
  return reviewedAt - submittedAt
}

/** When a product that is in review was handed in; undefined where it is in none, or nobody tells. */
export function waitingSince({ product, newest }: CatalogueEntry): number | undefined {
  return product.state !== 'discontinued' && newest?.state === 'in-review' ? newest.submittedAt : undefined
}
