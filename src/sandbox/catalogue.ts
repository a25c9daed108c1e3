/** Products as lists show them: read without their manifests, so that thousands are no trouble. */
import type { ProductState } from '../model/release.ts'
import type { Database } from './database.ts'
import type { Actor, HistoryEvent } from './history.ts'

/** A product by the release that gives it its name, version and state. */
export interface Listing {
  readonly key: string
  readonly method: string
  readonly name: string
  readonly version: string
  readonly state: ProductState
  readonly updatedAt: number
  readonly overview: string
  readonly isPublic: boolean
}

export interface Waiting {
  readonly releaseId: string
  readonly key: string
  readonly name: string
  readonly version: string
  readonly method: string
  readonly since: number
  /** When the verdict falls by itself; left out where a person gives it. */
  readonly due?: number
}

/** Something that happened, with the product it happened to. */
export interface Latest extends Pick<HistoryEvent, 'what' | 'at' | 'by'> {
  readonly key: string
  readonly version?: string
}

export interface Catalogue {
  /** By key. */
  listings(): readonly Listing[]
  /** The longest wait first. */
  queue(): readonly Waiting[]
  /** Newest first. */
  latest(limit: number): readonly Latest[]
}

interface ListingRow extends Omit<Listing, 'isPublic' | 'overview'> {
  readonly overview: string | null
  readonly shown: number | null
}

const listingsSql = `
  SELECT key, method, name, version, CASE WHEN discontinued THEN 'discontinued' ELSE state END AS state,
    updated_at AS updatedAt, json_extract(manifest, '$.product.overview') AS overview,
    json_extract(manifest, '$.product.public') AS shown
  FROM products JOIN releases ON release_id = (
    SELECT release_id FROM releases AS own WHERE own.product_id = products.product_id
    ORDER BY own.state = 'on-sale' DESC, own.number DESC LIMIT 1)
  ORDER BY key`

const queueSql = `
  SELECT release_id AS releaseId, key, name, version, method, submitted_at AS since, review_due AS due
  FROM releases JOIN products USING (product_id) WHERE state = 'in-review' ORDER BY submitted_at, number`

const latestSql = `
  SELECT key, version, what, happened_at AS at, done_by AS by
  FROM events JOIN products USING (product_id) LEFT JOIN releases USING (release_id)
  ORDER BY events.number DESC LIMIT ?`

export function openCatalogue(database: Database): Catalogue {
  return {
    listings: () =>
      database.all<ListingRow>(listingsSql).map(({ overview, shown, ...row }) => ({
        ...row,
        overview: String(overview ?? ''),
        isPublic: shown !== 0,
      })),
    queue: () =>
      database
        .all<Omit<Waiting, 'due'> & { readonly due: number | null }>(queueSql)
        .map(({ due, ...row }) => ({ ...row, ...(due === null ? {} : { due }) })),
    latest: (limit) =>
      database
        .all<{
          readonly key: string
          readonly version: string | null
          readonly what: Latest['what']
          readonly at: number | null
          readonly by: Actor | null
        }>(latestSql, limit)
        .map(({ key, version, what, at, by }) => ({
          key,
          what,
          ...(version === null ? {} : { version }),
          ...(at === null ? {} : { at }),
          ...(by === null ? {} : { by }),
        })),
  }
}
