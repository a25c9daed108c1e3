/** The folder a pull downloads into: beside the product's own, where nothing packs it, and on the same disk, for moving. */
import { stagePrefix } from '../model/own-names.ts'
import type { Clock, Files, Randomness } from '../ports.ts'

const day = 24 * 60 * 60 * 1000

/** The folder may not be there yet; its name tells the day. */
export async function stageFor(
  files: Files,
  { clock, randomness }: { readonly clock: Clock; readonly randomness: Randomness },
  folder: string,
): Promise<string> {
  const name = `${stagePrefix}${Math.floor(clock.now() / day)}-${randomness.hex(4)}`
  const beside = files.join(folder, '..', name)
  if (!(await files.isFolder(folder))) return beside
  const inside = files.join(folder, name)
  try {
    await files.makeFolder(beside)
    // A container may have this folder alone from outside: only moving something shows that it is another disk.
    await files.rename(beside, inside)
    await files.rename(inside, beside)
    return beside
  } catch {
    await files.remove(beside).catch(() => {})
    return inside
  }
}

/** Removes what runs that were killed have left beside or in the folders of products, and is older than a day. */
export async function removeOldStages(
  files: Files,
  { clock }: { readonly clock: Clock },
  folders: readonly string[],
): Promise<void> {
  const yesterday = Math.floor(clock.now() / day) - 1
  for (const folder of new Set(folders.flatMap((each) => [files.join(each, '..'), files.join(each)]))) {
    if (!(await files.isFolder(folder))) continue
    // It is no matter of this run where something cannot be read or removed.
    for (const { path, kind } of await files.tree(folder, () => false).catch(() => [])) {
      if (kind !== 'folder' || dayOf(path) >= yesterday) continue
      await files.remove(files.join(folder, path)).catch(() => {})
    }
  }
}

function dayOf(name: string): number {
  const found = name.startsWith(stagePrefix) ? /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(stagePrefix.length)) : null
  return found === null ? Number.POSITIVE_INFINITY : Number(found[1])
}
