/** Bundles of any entries, written as koo would, for the tests of what must not be unpacked. */
import { createHash } from 'node:crypto'
import { type BundleEntry, type BundleFormat, bundleListFormat, listName } from '../../src/model/bundle.ts'
import { archives } from '../../src/pack/archives.ts'
import { listText } from '../../src/pack/list.ts'
import type { Step } from '../../src/pack/steps.ts'

const time = 315_532_800
const text = Buffer.from('echo hello\n')
const sha256 = createHash('sha256').update(text).digest('hex')
export const file = (path: string, mode = 0o644): BundleEntry => ({ path, bytes: text.length, mode, sha256 })
export const link = (path: string, target: string): BundleEntry => ({ path, link: target })

/** A bundle as koo would write it, of any entries, with a list that tells the truth. */
export async function crafted(format: BundleFormat, entries: readonly BundleEntry[]) {
  const head = {
    format: bundleListFormat,
    koo: '1',
    key: 'k',
    name: 'K',
    version: 'V1.0',
    method: 'license',
    time,
  } as const
  const list = Buffer.from(listText(head, entries))
  const steps = async function* (): AsyncGenerator<Step> {
    for (const entry of entries) {
      const { path } = entry
      if ('link' in entry) yield { is: 'entry', entry: { is: 'link', path, target: entry.link } }
      else if ('folder' in entry) yield { is: 'entry', entry: { is: 'folder', path } }
      else {
        yield { is: 'entry', entry: { is: 'file', path, bytes: entry.bytes, mode: entry.mode } }
        yield { is: 'bytes', bytes: text }
      }
    }
    yield { is: 'entry', entry: { is: 'file', path: listName, bytes: list.length, mode: 0o644 } }
    yield { is: 'bytes', bytes: list }
  }
  const parts: Uint8Array[] = []
  for await (const some of archives[format](steps(), { time, width: 2, content: () => {} })) {
    parts.push(...some.map((part) => Buffer.from(part)))
  }
  const hash = createHash('sha256')
  for (const entry of entries) hash.update(`${JSON.stringify(entry)}\n`)
  return { bytes: Buffer.concat(parts), filesSha256: hash.digest('hex') }
}
