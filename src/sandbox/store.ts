/** Keeps what the marketplace knows: products with their releases, client tokens, used signatures and the account. */
import type { Credentials, Randomness } from '../ports.ts'
import type { Database } from './database.ts'
import { type Actor, eventsBetween, type HistoryEvent } from './history.ts'
import type { Product, Release, Review } from './market.ts'

/** What becomes of a product, and by whom. */
export interface Change {
  /** Left out where it is new. */
  readonly before?: Product | undefined
  readonly after: Product
  readonly by: Actor
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly credentials: Credentials
}

export interface Store {
  readonly account: Account
  productByKey(key: string): Product | undefined
  productById(id: string): Product | undefined
  productOfRelease(releaseId: string): Product | undefined
  /** By key, those after the key. */
  products(limit: number, after: string): readonly Product[]
  /** How many there are that are not discontinued. */
  productCount(): number
  /** Products with a review that fell due. */
  dueProducts(now: number): readonly Product[]
  /** With what it adds to the history. */
  save(change: Change): void
  /** Oldest first. */
  history(productId: string): readonly HistoryEvent[]
  /** What a client token was used for. */
  tokenUse(token: string): { readonly requestDigest: string; readonly releaseId: string } | undefined
  saveTokenUse(token: string, requestDigest: string, releaseId: string): void
  /** The password of the pages that is kept where none is given; the first call makes it. */
  keptPassword(): string
  /** False where the signature was used before; those last seen before `forget` are forgotten. */
  useSignature(signature: string, now: number, forget: number): boolean
}

interface ProductRow {
  readonly product_id: string
  readonly key: string
  readonly method: string
  readonly discontinued: number
  readonly created_at: number
  readonly updated_at: number
  readonly revision: number
  readonly removed_specifications: string
}

interface ReleaseRow {
  readonly release_id: string
  readonly name: string
  readonly version: string
  readonly content_digest: string
  readonly manifest: string
  readonly files: string
  readonly state: Release['state']
  readonly complaints: string
  readonly created_at: number
  readonly submitted_at: number | null
  readonly reviewed_at: number | null
  readonly review_by: Review['by'] | null
  readonly review_due: number | null
  readonly created_digest: string
  readonly created_manifest: string | null
  readonly edited_at: number | null
}

interface EventRow {
  readonly release_id: string | null
  readonly what: HistoryEvent['what']
  readonly happened_at: number | null
  readonly done_by: Actor | null
  readonly details: string
}

export function openStore(database: Database, randomness: Randomness): Store {
  const product = (row: ProductRow | undefined): Product | undefined =>
    row && {
      id: row.product_id,
      key: row.key,
      method: row.method,
      discontinued: row.discontinued === 1,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      revision: row.revision,
      removedSpecifications: JSON.parse(row.removed_specifications) as Product['removedSpecifications'],
      releases: database
        .all<ReleaseRow>('SELECT * FROM releases WHERE product_id = ? ORDER BY number DESC', row.product_id)
        .map(releaseOf),
    }
  const products = (rows: readonly ProductRow[]) => rows.flatMap((row) => product(row) ?? [])

  return {
    account: accountOf(database, randomness),
    productByKey: (key) => product(database.get('SELECT * FROM products WHERE key = ?', key)),
    productById: (id) => product(database.get('SELECT * FROM products WHERE product_id = ?', id)),
    productOfRelease: (id) =>
      product(
        database.get('SELECT products.* FROM products JOIN releases USING (product_id) WHERE release_id = ?', id),
      ),
    products: (limit, after) =>
      products(database.all('SELECT * FROM products WHERE key > ? ORDER BY key LIMIT ?', after, limit)),
    productCount: () =>
      database.get<{ count: number }>('SELECT COUNT(*) AS count FROM products WHERE discontinued = 0')?.count ?? 0,
    dueProducts: (now) =>
      products(
        database.all(
          'SELECT * FROM products WHERE product_id IN (SELECT product_id FROM releases WHERE review_due <= ?)',
          now,
        ),
      ),
    save: (change) => {
      save(database, change.after)
      saveEvents(database, change)
    },
    history: (productId) =>
      database
        .all<EventRow>('SELECT * FROM events WHERE product_id = ? ORDER BY number', productId)
        .map(({ release_id: releaseId, what, happened_at: at, done_by: by, details }) => ({
          what,
          ...(releaseId === null ? {} : { releaseId }),
          ...(at === null ? {} : { at }),
          ...(by === null ? {} : { by }),
          ...(JSON.parse(details) as Pick<HistoryEvent, 'complaints' | 'changed'>),
        })),
    keptPassword: () =>
      database.transaction(() => {
        database.run('UPDATE account SET console_password = ? WHERE console_password IS NULL', randomness.hex(16))
        return database.get<{ password: string }>('SELECT console_password AS password FROM account')?.password ?? ''
      }),
    tokenUse: (token) =>
      database.get(
        'SELECT request_digest AS requestDigest, release_id AS releaseId FROM client_tokens WHERE token = ?',
        token,
      ),
    saveTokenUse: (...cells) => {
      database.run('INSERT INTO client_tokens (token, request_digest, release_id) VALUES (?, ?, ?)', ...cells)
    },
    useSignature: (signature, now, forget) => {
      database.run('DELETE FROM seen_signatures WHERE seen_at < ?', forget)
      return (
        database.run('INSERT OR IGNORE INTO seen_signatures (signature, seen_at) VALUES (?, ?)', signature, now) > 0
      )
    },
  }
}

/** The one account, made with its key pair when the data folder is first used. */
function accountOf(database: Database, randomness: Randomness): Account {
  const row = database.transaction(() => {
    database.run(
      `INSERT INTO account (account_id, name, access_key, secret_key)
       SELECT ?, 'sandbox', ?, ? WHERE NOT EXISTS (SELECT 1 FROM account)`,
      randomness.hex(16),
      `KOO${randomness.hex(8).toUpperCase()}`,
      randomness.hex(20),
    )
    return database.get<{ account_id: string; name: string; access_key: string; secret_key: string }>(
      'SELECT * FROM account',
    )
  })
  if (!row) throw new TypeError('The account was not kept.')
  return { id: row.account_id, name: row.name, credentials: { accessKey: row.access_key, secretKey: row.secret_key } }
}

function releaseOf(row: ReleaseRow): Release {
  const review = reviewOf(row)
  return {
    id: row.release_id,
    name: row.name,
    version: row.version,
    contentDigest: row.content_digest,
    createdDigest: row.created_digest,
    manifest: JSON.parse(row.manifest) as Release['manifest'],
    files: JSON.parse(row.files) as Release['files'],
    state: row.state,
    complaints: JSON.parse(row.complaints) as Release['complaints'],
    createdAt: row.created_at,
    ...(row.submitted_at === null ? {} : { submittedAt: row.submitted_at }),
    ...(row.reviewed_at === null ? {} : { reviewedAt: row.reviewed_at }),
    ...(review ? { review } : {}),
    ...(row.edited_at === null || row.created_manifest === null
      ? {}
      : {
          edited: { at: row.edited_at, createdManifest: JSON.parse(row.created_manifest) as Release['manifest'] },
        }),
  }
}

function reviewOf(row: ReleaseRow): Review | undefined {
  if (row.review_by === null) return undefined
  return row.review_by === 'person' ? { by: 'person' } : { by: row.review_by, due: row.review_due ?? 0 }
}

function save(database: Database, product: Product): void {
  database.run(
    `INSERT INTO products (product_id, key, method, discontinued, created_at, updated_at, revision,
       removed_specifications) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (product_id) DO UPDATE SET discontinued = excluded.discontinued, updated_at = excluded.updated_at,
       revision = excluded.revision, removed_specifications = excluded.removed_specifications`,
    product.id,
    product.key,
    product.method,
    product.discontinued ? 1 : 0,
    product.createdAt,
    product.updatedAt,
    product.revision,
    JSON.stringify(product.removedSpecifications),
  )
  // Oldest first, so that numbers grow with age.
  for (const release of [...product.releases].reverse()) saveRelease(database, product.id, release)
}

function saveEvents(database: Database, change: Change): void {
  for (const { what, releaseId = null, at = null, by = null, ...details } of eventsBetween(change)) {
    database.run(
      'INSERT INTO events (product_id, release_id, what, happened_at, done_by, details) VALUES (?, ?, ?, ?, ?, ?)',
      ...[change.after.id, releaseId, what, at, by, JSON.stringify(details)],
    )
  }
}

/** What a release brought along changes by an edit only, which is rare; the rest is updated each time. */
function saveRelease(database: Database, productId: string, release: Release): void {
  const changing = [
    release.state,
    JSON.stringify(release.complaints),
    release.submittedAt ?? null,
    release.reviewedAt ?? null,
    release.review?.by ?? null,
    release.review && release.review.by !== 'person' ? release.review.due : null,
  ] as const
  const updated = database.run(
    `UPDATE releases SET state = ?, complaints = ?, submitted_at = ?, reviewed_at = ?, review_by = ?, review_due = ?
     WHERE release_id = ?`,
    ...changing,
    release.id,
  )
  if (updated > 0) {
    if (release.edited !== undefined) saveEdit(database, release, release.edited)
    return
  }
  database.run(
    `INSERT INTO releases (state, complaints, submitted_at, reviewed_at, review_by, review_due, release_id, product_id,
       name, version, content_digest, manifest, files, created_at, created_digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...changing,
    release.id,
    productId,
    release.name,
    release.version,
    release.contentDigest,
    JSON.stringify(release.manifest),
    JSON.stringify(release.files),
    release.createdAt,
    release.createdDigest,
  )
}

function saveEdit(database: Database, release: Release, edited: NonNullable<Release['edited']>): void {
  database.run(
    `UPDATE releases SET name = ?, content_digest = ?, manifest = ?, files = ?, edited_at = ?, created_manifest = ?
     WHERE release_id = ?`,
    release.name,
    release.contentDigest,
    JSON.stringify(release.manifest),
    JSON.stringify(release.files),
    edited.at,
    JSON.stringify(edited.createdManifest),
    release.id,
  )
}
