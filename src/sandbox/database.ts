/** The sandbox's SQLite file: opened, brought to the schema of this koo, and spoken to in transactions. */
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { Failure } from '../model/failure.ts'

export type Cell = string | number | null

export interface Database {
  /** Returns the number of rows changed. */
  run(sql: string, ...cells: readonly Cell[]): number
  /** Every column named in the SQL is the caller's promise of the row type. */
  get<Row>(sql: string, ...cells: readonly Cell[]): Row | undefined
  all<Row>(sql: string, ...cells: readonly Cell[]): readonly Row[]
  /** All or nothing, and alone among all processes that use the file. The work is synchronous, so it cannot be held open. */
  transaction<T>(work: () => T): T
  close(): void
}

/** How long a transaction waits for another process's. */
const patience = 5000

/** Each brings the tables to the next version; what has been released is never changed. */
const migrations = [
  `
  CREATE TABLE account (
    account_id TEXT PRIMARY KEY, name TEXT NOT NULL, access_key TEXT NOT NULL, secret_key TEXT NOT NULL
  ) STRICT;
  CREATE TABLE products (
    product_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, method TEXT NOT NULL, discontinued INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE releases (
    number INTEGER PRIMARY KEY AUTOINCREMENT, release_id TEXT NOT NULL UNIQUE,
    product_id TEXT NOT NULL REFERENCES products, name TEXT NOT NULL, version TEXT NOT NULL,
    content_digest TEXT NOT NULL, manifest TEXT NOT NULL, files TEXT NOT NULL, state TEXT NOT NULL,
    complaints TEXT NOT NULL, created_at INTEGER NOT NULL, submitted_at INTEGER, reviewed_at INTEGER,
    review_by TEXT, review_due INTEGER
  ) STRICT;
  CREATE INDEX releases_of_product ON releases (product_id, number);
  CREATE INDEX reviews_due ON releases (review_due) WHERE review_due IS NOT NULL;
  CREATE TABLE client_tokens (
    token TEXT PRIMARY KEY, request_digest TEXT NOT NULL, release_id TEXT NOT NULL
  ) STRICT;
  CREATE TABLE uploads (
    upload_id TEXT PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL, UNIQUE (sha256, bytes)
  ) STRICT;
  CREATE TABLE parts (
    upload_id TEXT NOT NULL REFERENCES uploads, part_number INTEGER NOT NULL, bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL, PRIMARY KEY (upload_id, part_number)
  ) STRICT;
  CREATE TABLE seen_signatures (signature TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT;
  CREATE INDEX signatures_by_time ON seen_signatures (seen_at);
`,
  `
  ALTER TABLE products ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE products ADD COLUMN removed_specifications TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE releases ADD COLUMN created_digest TEXT NOT NULL DEFAULT '';
  ALTER TABLE releases ADD COLUMN created_manifest TEXT;
  ALTER TABLE releases ADD COLUMN edited_at INTEGER;
  UPDATE releases SET created_digest = content_digest;
`,
  // Parts used to be files of their own; an upload that was open then begins again.
  `
  ALTER TABLE uploads ADD COLUMN writes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE uploads ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
  DELETE FROM parts WHERE upload_id IN (SELECT upload_id FROM uploads WHERE state = 'open');
  UPDATE uploads SET touched_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
`,
  // What happened before there was a history is what columns tell of it: only the last of several times, and not by whom.
  `
  ALTER TABLE account ADD COLUMN console_password TEXT;
  CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, product_id TEXT NOT NULL REFERENCES products, release_id TEXT,
    what TEXT NOT NULL, happened_at INTEGER, done_by TEXT, details TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX events_of_product ON events (product_id, number);
  INSERT INTO events (product_id, release_id, what, happened_at, details)
  SELECT product_id, release_id, what, happened_at, details FROM (
    SELECT product_id, release_id, number, 0 AS step, 'created' AS what, created_at AS happened_at, '{}' AS details
      FROM releases
    UNION ALL SELECT product_id, release_id, number, 1, 'submitted', submitted_at, '{}'
      FROM releases WHERE submitted_at IS NOT NULL
    UNION ALL SELECT product_id, release_id, number, 2, 'rejected', reviewed_at, json_object('complaints', json(complaints))
      FROM releases WHERE reviewed_at IS NOT NULL AND state = 'rejected'
    UNION ALL SELECT product_id, release_id, number, 2, 'approved', reviewed_at, '{}'
      FROM releases WHERE reviewed_at IS NOT NULL AND state <> 'rejected'
    UNION ALL SELECT product_id, release_id, number, 3, 'withdrawn', NULL, '{}' FROM releases WHERE state = 'withdrawn'
    UNION ALL SELECT product_id, release_id, number, 4, 'edited', edited_at, '{}'
      FROM releases WHERE edited_at IS NOT NULL
    UNION ALL SELECT product_id, NULL, 9223372036854775807, 5, 'discontinued', updated_at, '{}'
      FROM products WHERE discontinued = 1
  ) ORDER BY COALESCE(happened_at, 9223372036854775807), number, step;
`,
  // What was bought on the storefront, and the calls to the seller's production interface that came of it.
  `
  CREATE TABLE instances (
    number INTEGER PRIMARY KEY AUTOINCREMENT, product_id TEXT NOT NULL, product_key TEXT NOT NULL,
    product_name TEXT NOT NULL, specification TEXT NOT NULL, charging TEXT NOT NULL, is_trial INTEGER NOT NULL,
    period_type TEXT, period_number INTEGER, instance_id TEXT, status TEXT NOT NULL, expires_at INTEGER, access TEXT,
    bought_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX instances_by_id ON instances (instance_id) WHERE instance_id IS NOT NULL;
  CREATE TABLE orders (
    number INTEGER PRIMARY KEY AUTOINCREMENT, order_id TEXT NOT NULL UNIQUE, order_line_id TEXT NOT NULL,
    instance INTEGER NOT NULL REFERENCES instances, deed TEXT NOT NULL, order_type TEXT NOT NULL,
    specification TEXT NOT NULL, period_type TEXT, period_number INTEGER, expires_at INTEGER, state TEXT NOT NULL,
    trouble TEXT, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX orders_of_instance ON orders (instance, number);
  CREATE TABLE calls (
    number INTEGER PRIMARY KEY AUTOINCREMENT, instance INTEGER NOT NULL REFERENCES instances, order_id TEXT,
    activity TEXT NOT NULL, made_at INTEGER NOT NULL, milliseconds INTEGER NOT NULL, status INTEGER, code TEXT,
    findings TEXT NOT NULL, exchange TEXT NOT NULL
  ) STRICT;
  CREATE INDEX calls_of_instance ON calls (instance, number);
  CREATE TABLE usage_records (
    number INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, received_at INTEGER NOT NULL, record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX usage_of_instance ON usage_records (instance_id, number);
`,
]

export async function openDatabase(folder: string): Promise<Database> {
  const path = join(folder, 'marketplace.db')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Made before SQLite would make it readable for others; its journals take the mode of the file.
    await (await open(path, 'a', 0o600)).close()
  } catch (error) {
    throw unusable(folder, 'cannot be written', error)
  }
  const sqlite = new Sqlite(path, { timeout: patience })
  try {
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = NORMAL')
    sqlite.transaction(() => migrate(sqlite, folder)).immediate()
  } catch (error) {
    sqlite.close()
    throw error instanceof Failure ? error : unusable(path, 'is damaged or not a sandbox’s', error)
  }
  return overSqlite(sqlite)
}

function unusable(path: string, why: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Failure({
    code: 'sandbox-data',
    exit: 'usage',
    message: `The sandbox data ${path} ${why}: ${reason}`,
    hint: 'Give another folder with --data or KOO_DATA, or remove this one.',
    cause,
  })
}

function migrate(sqlite: Sqlite.Database, folder: string): void {
  const { user_version: found } = sqlite.prepare('PRAGMA user_version').get() as { user_version: number }
  if (found > migrations.length) {
    throw new Failure({
      code: 'sandbox-data-newer',
      exit: 'usage',
      message: `The sandbox data in ${folder} were written by a newer koo.`,
      hint: 'Update koo, or use another data folder.',
    })
  }
  for (const migration of migrations.slice(found)) sqlite.exec(migration)
  sqlite.exec(`PRAGMA user_version = ${migrations.length}`)
}

function overSqlite(sqlite: Sqlite.Database): Database {
  const prepared = new Map<string, Sqlite.Statement>()
  const statement = (sql: string): Sqlite.Statement => {
    const known = prepared.get(sql)
    if (known) return known
    const made = sqlite.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  return {
    run: (sql, ...cells) => statement(sql).run(...cells).changes,
    get: <Row>(sql: string, ...cells: readonly Cell[]) => statement(sql).get(...cells) as Row | undefined,
    all: <Row>(sql: string, ...cells: readonly Cell[]) => statement(sql).all(...cells) as readonly Row[],
    transaction: (work) => sqlite.transaction(work).immediate(),
    close: () => {
      prepared.clear()
      sqlite.close()
    },
  }
}
