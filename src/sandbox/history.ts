/** What happened to a product: told by comparing it before and after a change, so that no way of changing it is forgotten. */
import type { Complaint } from '../model/release.ts'
import { changesBetween } from '../publish/changes.ts'
import type { Release } from './market.ts'
import type { Change } from './store.ts'

/**
 * Who did it: a request over the API, a person at the console's pages, the reviewer the sandbox was started with, or
 * the colleague whom a fault sends.
 */
export type Actor = 'api' | 'console' | 'reviewer' | 'colleague'

export interface HistoryEvent {
  readonly what:
    | 'created'
    | 'submitted'
    | 'approved'
    | 'rejected'
    | 'withdrawn'
    | 'edited'
    /** A newer release took its place. */
    | 'replaced'
    /** The whole product. */
    | 'discontinued'
  /** Left out for what happened to the product as a whole. */
  readonly releaseId?: string
  /** Milliseconds since 1970; left out where it was before there was a history, and nothing tells. */
  readonly at?: number
  /** Left out where it was before there was a history. */
  readonly by?: Actor
  /** Of a rejection. */
  readonly complaints?: readonly Complaint[]
  /** Of an edit: JSON Pointers of the fields that changed. */
  readonly changed?: readonly string[]
}

/** In the order in which they happened. */
export function eventsBetween({ before, after, by }: Change): readonly HistoryEvent[] {
  const known = new Map(before?.releases.map((each) => [each.id, each]))
  const now = after.updatedAt
  const ended = before?.discontinued !== true && after.discontinued
  const ofReleases = [...after.releases].reverse().flatMap((release) => {
    const earlier = known.get(release.id)
    if (earlier === release) return []
    return ofRelease(earlier, release, now)
      .filter(({ what }) => what !== 'replaced' || !ended)
      .map((event) => ({ releaseId: release.id, ...event, by }))
  })
  return ended ? [...ofReleases, { what: 'discontinued', at: now, by }] : ofReleases
}

function ofRelease(before: Release | undefined, after: Release, now: number): readonly HistoryEvent[] {
  const created = before === undefined ? [{ what: 'created', at: after.createdAt } as const] : []
  const edited =
    before !== undefined && after.edited !== undefined && after.edited.at !== before.edited?.at
      ? [edit(before, after, after.edited.at)]
      : []
  const moved = before?.state === after.state ? undefined : moves[after.state]?.(after, now)
  return [...created, ...edited, ...(moved === undefined ? [] : [moved])]
}

/** What coming to a state is called, and when it was; a draft is what a release begins as. */
const moves: Partial<Record<Release['state'], (release: Release, now: number) => HistoryEvent>> = {
  'in-review': ({ submittedAt }, now) => ({ what: 'submitted', at: submittedAt ?? now }),
  'on-sale': ({ reviewedAt }, now) => ({ what: 'approved', at: reviewedAt ?? now }),
  rejected: ({ reviewedAt, complaints }, now) => ({ what: 'rejected', at: reviewedAt ?? now, complaints }),
  withdrawn: (_, at) => ({ what: 'withdrawn', at }),
  discontinued: (_, at) => ({ what: 'replaced', at }),
}

function edit(before: Release, after: Release, at: number): HistoryEvent {
  return { what: 'edited', at, changed: changesBetween(before.manifest, after.manifest).map(({ path }) => path) }
}
