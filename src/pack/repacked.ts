/** Reads a bundle that another program packed again: leniently, only to give what differs in it a name. */
import { createHash } from 'node:crypto'
import { type BundleEntry, listName } from '../model/bundle.ts'
import type { Files } from '../ports.ts'
import { longestList } from './reading.ts'
import { lookInto } from './ready.ts'
import type { ReadyEntry } from './ready-look.ts'

/** Undefined where nobody can read it to its end, or it holds no list. */
export async function repacked(
  files: Files,
  path: string,
  stop: AbortSignal,
): Promise<{ readonly entries: readonly BundleEntry[]; readonly list: Uint8Array } | undefined> {
  const digests = new Map<string, string>()
  const list: Uint8Array[] = []
  let listBytes = 0
  const { entries, damage } = await lookInto(files, path, {
    stop,
    inspect: (name) => {
      const hash = createHash('sha256')
      return {
        look(bytes) {
          hash.update(bytes)
          if (name !== listName) return
          listBytes += bytes.length
          if (listBytes <= longestList) list.push(Buffer.from(bytes))
        },
        end: () => void digests.set(name, hash.digest('hex')),
      }
    },
  })
  if (damage !== undefined || list.length === 0 || listBytes > longestList) return undefined
  const others = entries.filter(({ path: name }) => name !== listName)
  return { entries: withoutFull(others).map((entry) => bundleEntry(entry, digests)), list: Buffer.concat(list) }
}

/** Other programs list folders also where they are not empty. */
function withoutFull(entries: readonly ReadyEntry[]): readonly ReadyEntry[] {
  const full = new Set<string>()
  for (const { path } of entries) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) full.add(path.slice(0, slash))
  }
  return entries.filter(({ path, kind }) => kind !== 'folder' || !full.has(path))
}

function bundleEntry(
  { path, kind, bytes, mode, target }: ReadyEntry,
  digests: ReadonlyMap<string, string>,
): BundleEntry {
  if (kind === 'folder') return { path, folder: true }
  if (target !== undefined) return { path, link: target }
  return { path, bytes, mode: mode & 0o777, sha256: digests.get(path) ?? '' }
}
