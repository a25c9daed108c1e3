/** The manifests of a run of `koo publish`: those that can be sent, and those that cannot with the reason. */
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import type { PublishedRow } from '../model/outcome.ts'
import type { World } from '../ports.ts'
import type { Invalid } from '../publish/many.ts'
import type { Product } from '../publish/product.ts'
import { isInShard, type Shard } from '../publish/shard.ts'
import { findManifests } from './find-manifests.ts'
import { type CheckedManifest, checkNext, identityOf, keyIn, productsOf, refuseRepeatedKeys } from './manifests.ts'
import { startRun } from './run.ts'
import { openRulebook } from './workspace.ts'

export interface Publishable {
  /** Every manifest that was checked. */
  readonly files: readonly string[]
  readonly products: readonly Product[]
  /** Warnings only. */
  readonly warnings: readonly FramedDiagnostic[]
  readonly invalid: Invalid
}

/**
 * Reads and checks them; of a shard only those that belong to it, which all have to be read for.
 *
 * @throws {Failure} without `keepGoing`, where two manifests are of one product.
 */
export async function publishable(
  world: World,
  paths: readonly string[],
  { keepGoing, shard }: { readonly keepGoing: boolean; readonly shard: Shard | undefined },
): Promise<Publishable> {
  const { files } = world
  const rulebook = await openRulebook(files, undefined)
  const run = startRun(files, rulebook)
  const checked: CheckedManifest[] = []
  for (const path of await findManifests(files, paths, rulebook.isIgnored)) {
    // One whose key cannot be read is in one shard, too.
    if (shard && !isInShard(shard, (await keyIn(files, path)) ?? files.shown(path))) continue
    checked.push(await checkNext(run, path))
  }
  const isSound = !checked.some(({ diagnostics }) => hasErrors(diagnostics))
  if (!keepGoing && isSound) refuseRepeatedKeys(checked)
  const shared = sharedKeys(checked)
  const isGood = ({ diagnostics, value, file }: CheckedManifest): boolean =>
    !hasErrors(diagnostics) && !shared.has(identityOf(file, value).key ?? '')
  const [good, bad] = [checked.filter(isGood), checked.filter((each) => !isGood(each))]
  return {
    files: checked.map(({ file }) => file),
    products: await productsOf(good),
    warnings: good.flatMap(({ diagnostics }) => diagnostics),
    invalid: {
      rows: bad.map((each) => rowOf(each, shared)),
      diagnostics: bad.flatMap(({ diagnostics }) => diagnostics),
    },
  }
}

/** Keys that several manifests have, with these. */
function sharedKeys(checked: readonly CheckedManifest[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>()
  for (const { file, value } of checked) {
    const { key } = identityOf(file, value)
    if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), file])
  }
  return new Map([...owners].filter(([, files]) => files.length > 1))
}

function rowOf({ file, value, diagnostics }: CheckedManifest, shared: ReturnType<typeof sharedKeys>): PublishedRow {
  const { key } = identityOf(file, value)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const others = (shared.get(key ?? '') ?? []).filter((each) => each !== file)
  const message =
    others.length > 0
      ? `Of the same product key as ${others[0]}.`
      : `${errors === 1 ? '1 error' : `${errors} errors`} in the manifest.`
  return { ...(key === undefined ? {} : { key }), file, outcome: 'invalid', message }
}

/** The paths of a list: one a line, or each ended by a zero byte; blank lines and those that begin with # are passed over. */
export function pathsIn(list: Uint8Array): readonly string[] {
  const text = Buffer.from(list).toString('utf8')
  if (text.includes('\0')) return text.split('\0').filter((path) => path !== '')
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
}

/** The paths a command is given, with those of the list on standard input where `-` stands; none where that is empty. */
export async function pathsOf(world: World, given: readonly string[]): Promise<readonly string[]> {
  if (!given.includes('-')) return given
  const listed = pathsIn(await world.input())
  return given.flatMap((each) => (each === '-' ? listed : [each]))
}
