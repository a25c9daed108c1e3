/** What a release sells that can be bought here: its specifications, as an order takes them. */
import { partly } from '../listing/partly.ts'
import { type Period, periodsOf, quote } from '../listing/prices.ts'
import { type Charging, chargingOf } from '../model/access/charging.ts'
import type { Release } from './market.ts'

export interface Sale {
  readonly index: number
  readonly name: string
  readonly charging: Charging
  /** None where it is not paid by time. */
  readonly periods: readonly Period[]
  /** What the least of it costs, with a period each or alone; left out where the manifest does not say. */
  readonly prices: readonly string[]
  readonly trialDays?: number
}

export function salesOf({ manifest }: Pick<Release, 'manifest'>): readonly Sale[] {
  return (partly(manifest).specifications ?? []).flatMap((each, index): readonly Sale[] => {
    const { name, billing, trial } = each ?? {}
    if (each === undefined || name === undefined || billing === undefined) return []
    const periods = periodsOf(each)
    const choices = periods.length === 0 ? [{}] : periods.map(({ months }) => ({ period: String(months) }))
    const prices = choices.flatMap((choice) => {
      const quoted = quote(each, choice)
      return quoted.is === 'total' ? [`${quoted.total} ${quoted.per}`] : []
    })
    const days = trial?.days
    return [
      {
        ...{ index, name, charging: chargingOf[billing], periods, prices },
        ...(Number.isSafeInteger(days) && days !== undefined && days > 0 ? { trialDays: days } : {}),
      },
    ]
  })
}

/** Names of specifications that one may be changed for: those paid in the same way. */
export function targetsOf(
  release: Release | undefined,
  { specification, charging }: { readonly specification: string; readonly charging: Charging },
): readonly string[] {
  if (release === undefined) return []
  return salesOf(release).flatMap((each) =>
    each.charging === charging && each.name !== specification ? [each.name] : [],
  )
}
