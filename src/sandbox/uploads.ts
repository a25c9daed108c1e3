/** Files sent to the marketplace in parts: each part lands at its place in one file, known by the hash of its content. */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, createReadStream, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type FileFact, headBytes } from '../model/file-fact.ts'
import type { Clock, Randomness } from '../ports.ts'
import type { Database } from './database.ts'
import { notFound, Refusal } from './refusal.ts'

export const partSize = 8 * 1024 * 1024

export interface Part {
  readonly number: number
  readonly bytes: number
  readonly sha256: string
}

export interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly state: 'open' | 'complete'
  /** By number. */
  readonly parts: readonly Part[]
}

export interface Uploads {
  find(id: string): Upload | undefined
  /** The upload of this content, and whether it is new. */
  announce(file: Pick<Upload, 'name' | 'bytes' | 'sha256'>): { readonly upload: Upload; readonly isNew: boolean }
  /** Keeps a part whose bytes are of the hash, which the caller has seen to. */
  receive(id: string, number: number, body: Uint8Array, sha256: string): Part
  complete(id: string): Promise<Upload>
  /** The bytes of a complete upload, from one of them on. */
  content(sha256: string, start?: number): Readable
  /** What the rules may know of a complete upload. */
  fact(file: Pick<Upload, 'sha256' | 'bytes'>): Promise<FileFact>
}

export interface UploadTools {
  readonly database: Database
  /** The data folder. */
  readonly folder: string
  readonly randomness: Randomness
  readonly clock: Clock
  /** Bytes of parts the marketplace has room for. */
  readonly room?: number | undefined
}

/** How long what nobody needs is kept. */
const keptFor = 7 * 24 * 3_600_000
const readSize = 1024 * 1024

export async function openUploads(tools: UploadTools): Promise<Uploads> {
  const { database, folder, randomness, clock, room } = tools
  const folders = { blobs: join(folder, 'blobs'), open: join(folder, 'open') }
  for (const each of Object.values(folders)) await mkdir(each, { recursive: true, mode: 0o700 })
  // Where earlier versions kept the parts.
  await rm(join(folder, 'parts'), { recursive: true, force: true })
  forgetUnneeded(database, folders, clock.now() - keptFor)
  const openPath = (id: string) => join(folders.open, id)
  const blobPath = (sha256: string) => join(folders.blobs, sha256)

  const rowOf = (id: string) =>
    database.get<Omit<Upload, 'parts'>>(
      'SELECT upload_id AS id, name, bytes, sha256, state FROM uploads WHERE upload_id = ?',
      id,
    )
  const find = (id: string): Upload | undefined => {
    const row = rowOf(id)
    return row && { ...row, parts: partsOf(database, id) }
  }
  const get = (id: string): Upload => {
    const upload = find(id)
    if (!upload) throw notFound('upload', id)
    return upload
  }

  /**
   * One attempt: undefined where a part was written meanwhile, so that what was hashed may not be what is there. Parts
   * are written in transactions, as the file is moved in one; no sender can write to it afterwards.
   */
  const attempt = async (id: string): Promise<Upload | undefined> => {
    const upload = get(id)
    if (upload.state === 'complete') return upload
    const wanted = Math.ceil(upload.bytes / partSize)
    if (upload.parts.length < wanted) {
      throw new Refusal('KOO.01400005', `${upload.parts.length} of ${wanted} parts are there.`)
    }
    const writes = writesOf(database, id)
    // There is one only where a process was killed between moving it and saying so.
    const moved = await hashOf(blobPath(upload.sha256), upload.bytes)
    const found = moved ?? (await hashOf(openPath(id), upload.bytes))
    if (found !== upload.sha256) {
      const wrong = await wrongParts(openPath(id), upload)
      if (writesOf(database, id) !== writes) return undefined
      forget(database, id, wrong)
      throw new Refusal('KOO.01400005', notAsAnnounced(upload, found, wrong))
    }
    return database.transaction(() => {
      const now = get(id)
      if (now.state === 'complete') return now
      if (writesOf(database, id) !== writes) return undefined
      if (moved === undefined) renameSync(openPath(id), blobPath(upload.sha256))
      database.run("UPDATE uploads SET state = 'complete', touched_at = ? WHERE upload_id = ?", clock.now(), id)
      rmSync(openPath(id), { force: true })
      return get(id)
    })
  }

  const completing = new Map<string, Promise<Upload>>()
  const complete = async (id: string): Promise<Upload> => {
    if (get(id).bytes === 0) closeSync(openSync(openPath(id), 'a', 0o600))
    for (;;) {
      const upload = await attempt(id)
      if (upload) return upload
    }
  }

  return {
    find,
    announce: ({ name, bytes, sha256 }) =>
      database.transaction(() => {
        const now = clock.now()
        const known = database.get<{ id: string }>(
          'SELECT upload_id AS id FROM uploads WHERE sha256 = ? AND bytes = ?',
          sha256,
          bytes,
        )
        if (known) {
          database.run('UPDATE uploads SET touched_at = ? WHERE upload_id = ?', now, known.id)
          return { upload: get(known.id), isNew: false }
        }
        const id = randomness.uuid()
        database.run(
          `INSERT INTO uploads (upload_id, name, bytes, sha256, touched_at, state) VALUES (?, ?, ?, ?, ?, 'open')`,
          ...[id, name, bytes, sha256, now],
        )
        return { upload: get(id), isNew: true }
      }),

    receive: (id, number, body, sha256) =>
      database.transaction(() => {
        const upload = rowOf(id)
        if (!upload) throw notFound('upload', id)
        const part = { number, bytes: body.length, sha256 }
        const size = Math.min(partSize, upload.bytes - (number - 1) * partSize)
        if (size <= 0) throw new Refusal('KOO.01400004', `The upload has no part ${number}.`)
        if (part.bytes !== size) {
          throw new Refusal('KOO.01400004', `Part ${number} has ${part.bytes} bytes; it should have ${size}.`)
        }
        if (hashOfPart(database, id, number) === sha256) return part
        if (upload.state === 'complete') {
          throw new Refusal('KOO.01409004', 'The upload is complete, with other bytes in this part.')
        }
        if (room !== undefined && usedRoom(database) + size > room) {
          throw new Refusal('KOO.01507001', `There is room for ${room} bytes, and no more.`)
        }
        writeAt(openPath(id), body, (number - 1) * partSize)
        const cells = [id, number, part.bytes, sha256]
        database.run(
          'INSERT OR REPLACE INTO parts (upload_id, part_number, bytes, sha256) VALUES (?, ?, ?, ?)',
          ...cells,
        )
        const now = clock.now()
        database.run('UPDATE uploads SET writes = writes + 1, touched_at = ? WHERE upload_id = ?', now, id)
        return part
      }),

    complete: (id) => {
      const running = completing.get(id) ?? complete(id).finally(() => completing.delete(id))
      completing.set(id, running)
      return running
    },

    content: (sha256, start = 0) => createReadStream(blobPath(sha256), { highWaterMark: readSize, start }),

    fact: async (upload) => {
      const file = await open(blobPath(upload.sha256))
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
        return { is: 'file', bytes: upload.bytes, head: buffer.subarray(0, bytesRead) }
      } finally {
        await file.close()
      }
    },
  }
}

function partsOf(database: Database, id: string): readonly Part[] {
  return database.all<Part>(
    'SELECT part_number AS number, bytes, sha256 FROM parts WHERE upload_id = ? ORDER BY part_number',
    id,
  )
}

function hashOfPart(database: Database, id: string, number: number): string | undefined {
  const sql = 'SELECT sha256 FROM parts WHERE upload_id = ? AND part_number = ?'
  return database.get<Pick<Part, 'sha256'>>(sql, id, number)?.sha256
}

/** How often a part was written; tells whether a file is still the one that was looked at. */
function writesOf(database: Database, id: string): number {
  return database.get<{ writes: number }>('SELECT writes FROM uploads WHERE upload_id = ?', id)?.writes ?? 0
}

function usedRoom(database: Database): number {
  return database.get<{ used: number | null }>('SELECT SUM(bytes) AS used FROM parts')?.used ?? 0
}

/** Drops parts whose bytes are not what was said of them, so that they are sent again. */
function forget(database: Database, id: string, parts: readonly Part[]): void {
  database.transaction(() => {
    for (const { number, sha256 } of parts) {
      database.run('DELETE FROM parts WHERE upload_id = ? AND part_number = ? AND sha256 = ?', id, number, sha256)
    }
  })
}

function notAsAnnounced({ sha256 }: Upload, found: string | undefined, wrong: readonly Part[]): string {
  if (wrong.length === 0) return `The parts make a file of SHA-256 ${found}, not ${sha256}.`
  return `The bytes of ${wrong.length} parts were damaged while they were kept; send them again.`
}

/** Synchronous, because it happens within a transaction: a few milliseconds for the largest part. */
function writeAt(path: string, body: Uint8Array, start: number): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600)
  try {
    for (let done = 0; done < body.length; ) done += writeSync(file, body, done, body.length - done, start + done)
  } finally {
    closeSync(file)
  }
}

/**
 * SHA-256 of a file, which is on the disk then; read in pieces, between which other requests are answered. Undefined
 * where there is none of this size.
 */
async function hashOf(path: string, bytes: number): Promise<string | undefined> {
  const hash = createHash('sha256')
  return (await feed(path, () => hash)) === bytes ? hash.digest('hex') : undefined
}

/** The parts of a file that are not of the hash they were received with. */
async function wrongParts(path: string, { parts }: Upload): Promise<readonly Part[]> {
  const hashes = parts.map(() => createHash('sha256'))
  await feed(path, (start) => hashes[Math.floor(start / partSize)])
  return parts.filter(({ sha256 }, index) => hashes[index]?.digest('hex') !== sha256)
}

/** Hands a file to the hash for each place in it, and gives its size. Pieces never go over two parts. */
async function feed(path: string, hashAt: (start: number) => Hash | undefined): Promise<number | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return undefined
  const kept = file.datasync()
  try {
    const buffer = Buffer.allocUnsafe(readSize)
    for (let start = 0; ; ) {
      const most = Math.min(readSize, partSize - (start % partSize))
      const { bytesRead } = await file.read(buffer, 0, most, start)
      if (bytesRead === 0) return start
      hashAt(start)?.update(buffer.subarray(0, bytesRead))
      start += bytesRead
    }
  } finally {
    await kept
    await file.close()
  }
}

/**
 * Drops uploads nobody has touched for long, unless a release has their content, and every file no upload knows. In a
 * transaction, so that no other process completes one meanwhile.
 */
function forgetUnneeded(
  database: Database,
  folders: { readonly blobs: string; readonly open: string },
  before: number,
): void {
  database.transaction(() => {
    const old = `SELECT upload_id FROM uploads WHERE touched_at < ? AND (state = 'open' OR sha256 NOT IN
      (SELECT json_extract(value, '$.sha256') FROM releases, json_each(releases.files)))`
    database.run(`DELETE FROM parts WHERE upload_id IN (${old})`, before)
    database.run(`DELETE FROM uploads WHERE upload_id IN (${old})`, before)
    const rows = database.all<{ id: string; sha256: string }>('SELECT upload_id AS id, sha256 FROM uploads')
    const [ids, hashes] = [new Set(rows.map(({ id }) => id)), new Set(rows.map(({ sha256 }) => sha256))]
    for (const [path, known] of [
      [folders.open, ids],
      [folders.blobs, hashes],
    ] as const) {
      for (const name of readdirSync(path)) if (!known.has(name)) rmSync(join(path, name), { recursive: true })
    }
  })
}
