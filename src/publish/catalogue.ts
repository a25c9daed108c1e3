/** Which products of a whole catalogue need a person, and why. */
import { type CatalogueEntry, type Need, needs, reviewWorkingDays, waitingSince } from '../model/catalogue.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'

const day = 86_400_000
/** As people count: bulk-2 comes before bulk-10. */
const natural = new Intl.Collator('en', { numeric: true })

/** By key. @param newest the newest release of each product, as far as the marketplace shows it. */
export function catalogueEntries(
  products: readonly RemoteProduct[],
  newest: readonly RemoteRelease[],
  at: number,
): readonly CatalogueEntry[] {
  const byId = new Map(newest.map((each) => [each.id, each]))
  const sorted = [...products].sort((one, other) => natural.compare(one.key, other.key))
  return sorted.map((product) => {
    const release = byId.get(product.newest.id)
    const entry = { product, ...(release === undefined ? {} : { newest: release }), needs: [] }
    return { ...entry, needs: needsOf(entry, at) }
  })
}

function needsOf(entry: CatalogueEntry, at: number): readonly Need[] {
  const { product, newest } = entry
  if (product.state === 'discontinued') return []
  const state = newest?.state ?? product.newest.state
  const since = waitingSince(entry)
  const holds: Readonly<Record<Need, boolean>> = {
    rejected: state === 'rejected',
    overdue: since !== undefined && workingTime(since, at) > reviewWorkingDays * day,
    unsubmitted: state === 'draft' || state === 'withdrawn',
    edited: newest !== undefined && newest.contentDigest !== newest.createdDigest,
  }
  return (Object.keys(needs) as Need[]).filter((need) => holds[need])
}

/** Milliseconds between two times that fall on Mondays to Fridays, by UTC; public holidays are not known here. */
export function workingTime(from: number, until: number): number {
  if (until <= from) return 0
  const weekdays = (time: number) => {
    // 1970 began with a Thursday; weeks are counted from the Monday before.
    const monday = time + 3 * day
    const week = Math.floor(monday / (7 * day))
    return week * 5 * day + Math.min(monday - week * 7 * day, 5 * day)
  }
  return weekdays(until) - weekdays(from)
}
