/** Archives as others make them, well or badly, and a product that names one of them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import type { Files } from '../../src/ports.ts'

export interface Yard {
  readonly folder: string
  readonly files: Files
  close(): Promise<void>
}

/** A folder for archives. */
export async function openYard(): Promise<Yard> {
  const folder = await mkdtemp(join(tmpdir(), 'koo-ready-'))
  return { folder, files: nodeFiles(folder, () => 'temporary'), close: () => rm(folder, { recursive: true }) }
}

export type TarEntry = Partial<Header> & { readonly name: string; readonly text?: string }

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack()
  for (const { text = '', ...header } of entries) tar.entry({ mtime: new Date(0), ...header }, text)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export interface ZipEntry {
  readonly name: string | Buffer
  readonly text?: string | Buffer
  /** The type and permissions Unix knows. */
  readonly mode?: number
  /** The number of the system it says it was made on. */
  readonly system?: number
  readonly method?: number
  readonly flags?: number
  /** What is said in the place of the truth. */
  readonly said?: { readonly crc32?: number; readonly bytes?: number; readonly localName?: string }
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text = '', mode = 0o100644, system = 3, method = 8, flags = 0, said = {} } of entries) {
    const bytes = Buffer.from(text)
    const content = method === 8 ? deflateRawSync(bytes) : bytes
    const [raw, localRaw] = [Buffer.from(name), Buffer.from(said.localName ?? name)]
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(said.crc32 ?? crc32(bytes), 10)
    fields.writeUInt32LE(content.length, 14)
    fields.writeUInt32LE(said.bytes ?? bytes.length, 18)
    fields.writeUInt16LE(localRaw.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, localRaw, content])
    fields.writeUInt16LE(raw.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode * 0x10000) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, system]), fields, rest, raw)
    parts.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06', 'latin1'), end])
}

/** Makes a copied example name an archive in the place of its files. */
export async function nameArchive(manifest: string, archive: string, more = ''): Promise<void> {
  const text = await readFile(manifest, 'utf8')
  const named = text.replace(
    / {2}package:\n[\s\S]*? {2}authorization:/,
    `  package:\n    archive: ${archive}\n${more}  authorization:`,
  )
  await writeFile(manifest, named)
}
