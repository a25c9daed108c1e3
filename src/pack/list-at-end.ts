/** Finds the list of contents at the end of a bundle whose reading stopped before. */
import { promisify } from 'node:util'
import { constants, inflateRaw } from 'node:zlib'
import { type BundleFormat, listName } from '../model/bundle.ts'
import type { Files } from '../ports.ts'
import { DamagedArchive, Reading } from './reading.ts'
import { TarReader } from './tar-reader.ts'

/** A list of half a million entries fits in it. */
const mostBytes = 32 * 1024 * 1024
/** What ends every block koo compresses. */
const blockEnd = Buffer.from([0x00, 0x00, 0xff, 0xff])
const mostTried = 200
/** Of all tries together: whoever writes many beginnings of lists makes nobody wait. */
const mostTriedBytes = 256 * 1024 * 1024
/** What a list is read in: a try that fails early costs no more. */
const portion = 64 * 1024
/** Enough to see how what was compressed begins. */
const triedBytes = 16 * 1024

const inflated = promisify(inflateRaw) as (
  bytes: Uint8Array,
  options: { readonly finishFlush: number; readonly maxOutputLength: number },
) => Promise<Buffer>

export async function listAtEnd(bundle: {
  readonly files: Files
  readonly path: string
  readonly bytes: number
  readonly format: BundleFormat
}): Promise<Buffer | undefined> {
  const { files, path, bytes, format } = bundle
  // A zip tells where each entry is, and is read on after one that is damaged.
  if (format === 'zip') return undefined
  const end = Buffer.from(await files.slice(path, Math.max(0, bytes - mostBytes), bytes))
  return format === 'tar' ? inTar(end) : inGzip(end)
}

function inTar(end: Buffer): Buffer | undefined {
  const name = Buffer.from(`${listName}\0`)
  let at = end.lastIndexOf(name)
  const budget = { left: mostTriedBytes }
  for (let tried = 0; at >= 0 && tried < mostTried && budget.left > 0; tried += 1) {
    const list = listIn(end.subarray(at), budget)
    if (list !== undefined) return list
    at = at === 0 ? -1 : end.lastIndexOf(name, at - 1)
  }
  return undefined
}

/** The list begins a block of its own, so decompression can begin there. */
async function inGzip(end: Buffer): Promise<Buffer | undefined> {
  let at = end.lastIndexOf(blockEnd)
  const budget = { left: mostTriedBytes }
  for (let tried = 0; at >= 0 && tried < mostTried && budget.left > 0; tried += 1) {
    const rest = end.subarray(at + blockEnd.length)
    const beginning = await inflatedFrom(rest.subarray(0, triedBytes))
    budget.left -= beginning?.length ?? triedBytes
    if (beginning?.subarray(0, listName.length).equals(Buffer.from(listName)) === true) {
      const text = await inflatedFrom(rest)
      budget.left -= text?.length ?? 4 * mostBytes
      const list = text === undefined ? undefined : listIn(text, budget)
      if (list !== undefined) return list
    }
    at = at === 0 ? -1 : end.lastIndexOf(blockEnd, at - 1)
  }
  return undefined
}

async function inflatedFrom(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    return await inflated(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4 * mostBytes })
  } catch {
    return undefined
  }
}

/** The content of the first entry, if that is the list; what follows is not read. */
function listIn(tar: Buffer, budget: { left: number }): Buffer | undefined {
  const reading = new Reading()
  const reader = new TarReader(reading)
  try {
    for (let at = 0; at < tar.length && budget.left > 0; at += portion) {
      const part = tar.subarray(at, at + portion)
      reader.feed(part)
      budget.left -= part.length
      if (reading.list !== undefined || reading.entries.length > 0) break
    }
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error
  }
  return reading.list
}
