/** Files on their way into the marketplace: parts in a folder, made into one file named by the hash of its content. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type FileFact, headBytes } from '../model/file-fact.ts'
import type { Randomness } from '../ports.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
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
  receive(id: string, number: number, body: Uint8Array): Promise<Part>
  complete(id: string): Promise<Upload>
  /** The bytes of a complete upload. */
  content(sha256: string): Readable
  /** What the rules may know of a complete upload. */
  fact(file: Pick<Upload, 'sha256' | 'bytes'>): Promise<FileFact>
}

export async function openUploads(database: Database, folder: string, randomness: Randomness): Promise<Uploads> {
  const blobs = join(folder, 'blobs')
  const partsOf = (upload: Upload) => join(folder, 'parts', upload.id)
  // The hash in the name ties a row to its bytes, whichever of two senders comes last.
  const partPath = (upload: Upload, part: Part) => join(partsOf(upload), `${part.number}-${part.sha256}`)
  // Retried, because another client's part may arrive in the folder while it is removed.
  const removeParts = (upload: Upload) => rm(partsOf(upload), { recursive: true, force: true, maxRetries: 5 })
  await mkdir(blobs, { recursive: true, mode: 0o700 })

  const find = (id: string): Upload | undefined => {
    const row = database.get<Omit<Upload, 'parts'>>(
      'SELECT upload_id AS id, name, bytes, sha256, state FROM uploads WHERE upload_id = ?',
      id,
    )
    if (!row) return undefined
    const parts = database.all<Part>(
      'SELECT part_number AS number, bytes, sha256 FROM parts WHERE upload_id = ? ORDER BY part_number',
      id,
    )
    return { ...row, parts }
  }
  const get = (id: string): Upload => {
    const upload = find(id)
    if (!upload) throw notFound('upload', id)
    return upload
  }

  const keep = async (upload: Upload, part: Part, body: Uint8Array): Promise<void> => {
    const path = partPath(upload, part)
    await mkdir(partsOf(upload), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${randomness.hex(4)}`
    await writeFile(temporary, body, { mode: 0o600 })
    await rename(temporary, path)
    database.run(
      `INSERT OR REPLACE INTO parts (upload_id, part_number, bytes, sha256)
       SELECT upload_id, ?, ?, ? FROM uploads WHERE upload_id = ? AND state = 'open'`,
      part.number,
      part.bytes,
      part.sha256,
      upload.id,
    )
    const before = upload.parts.find((each) => each.number === part.number)
    if (before && before.sha256 !== part.sha256) await rm(partPath(upload, before), { force: true })
  }

  /** Joins the parts into one file; returns the hash of what was written. */
  const assemble = async (upload: Upload, path: string): Promise<string> => {
    const hash = createHash('sha256')
    const source = async function* () {
      for (const part of upload.parts) {
        for await (const chunk of createReadStream(partPath(upload, part)) as AsyncIterable<Buffer>) {
          hash.update(chunk)
          yield chunk
        }
      }
    }
    await pipeline(source, createWriteStream(path, { mode: 0o600, flush: true }))
    return hash.digest('hex')
  }

  return {
    find,
    announce: ({ name, bytes, sha256 }) =>
      database.transaction(() => {
        const known = database.get<{ id: string }>(
          'SELECT upload_id AS id FROM uploads WHERE sha256 = ? AND bytes = ?',
          sha256,
          bytes,
        )
        if (known) return { upload: get(known.id), isNew: false }
        const id = randomness.uuid()
        const cells = [id, name, bytes, sha256]
        database.run(
          "INSERT INTO uploads (upload_id, name, bytes, sha256, state) VALUES (?, ?, ?, ?, 'open')",
          ...cells,
        )
        return { upload: get(id), isNew: true }
      }),

    receive: async (id, number, body) => {
      const upload = get(id)
      const part = { number, bytes: body.length, sha256: sha256Hex(body) }
      const size = Math.min(partSize, upload.bytes - (number - 1) * partSize)
      if (size <= 0) throw new Refusal('KOO.01400004', `The upload has no part ${number}.`)
      if (part.bytes !== size) {
        throw new Refusal('KOO.01400004', `Part ${number} has ${part.bytes} bytes; it should have ${size}.`)
      }
      if (upload.state === 'open') {
        try {
          await keep(upload, part, body)
        } catch (error) {
          if (get(id).state === 'open') throw error
        }
      }
      // It may be complete by now: two clients that send the same file share its upload.
      const now = get(id)
      if (now.state === 'open') return part
      await removeParts(now)
      if (now.parts[number - 1]?.sha256 === part.sha256) return part
      throw new Refusal('KOO.01409004', 'The upload is complete, with other bytes in this part.')
    },

    complete: async (id) => {
      const upload = get(id)
      if (upload.state === 'complete') return upload
      const wanted = Math.ceil(upload.bytes / partSize)
      if (upload.parts.length < wanted) {
        throw new Refusal('KOO.01400005', `${upload.parts.length} of ${wanted} parts are there.`)
      }
      const temporary = join(blobs, `${upload.id}.${randomness.hex(4)}`)
      try {
        const found = await assemble(upload, temporary)
        if (found !== upload.sha256) {
          throw new Refusal('KOO.01400005', `The parts make a file of SHA-256 ${found}, not ${upload.sha256}.`)
        }
        await rename(temporary, join(blobs, upload.sha256))
      } catch (error) {
        await rm(temporary, { force: true })
        // Another request, perhaps of another process, completed it meanwhile and removed the parts.
        const now = get(id)
        if (now.state === 'complete') return now
        throw error
      }
      database.run("UPDATE uploads SET state = 'complete' WHERE upload_id = ?", id)
      await removeParts(upload)
      return get(id)
    },

    content: (sha256) => createReadStream(join(blobs, sha256), { highWaterMark: 1024 * 1024 }),

    fact: async (upload) => {
      const file = await open(join(blobs, upload.sha256))
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
        return { is: 'file', bytes: upload.bytes, head: buffer.subarray(0, bytesRead) }
      } finally {
        await file.close()
      }
    },
  }
}
