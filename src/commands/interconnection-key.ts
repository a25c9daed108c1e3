/** The key a seller's server and KooGallery share: they sign each other's messages with it. */
import { Failure, usage } from '../model/failure.ts'
import type { World } from '../ports.ts'
import { secretIn } from './secret-file.ts'

export const keyOption = {
  keyFile: {
    flag: '--key-file <file>',
    about: 'file with the key Seller Console shows for the production interface (KOO_INTERCONNECTION_KEY)',
  },
} as const

const setting = 'KOO_INTERCONNECTION_KEY'
const fileName = 'interconnection.key'

interface Choice {
  readonly keyFile?: string | undefined
}

/** The key that is named; undefined where none is. */
async function namedKey(world: World, { keyFile }: Choice): Promise<string | undefined> {
  const key = keyFile === undefined ? world.environment[setting] : await secretIn(world, keyFile, 'key')
  if (keyFile === undefined && (key === undefined || key === '')) return undefined
  if (key === undefined || key.trim() !== key || key === '') {
    throw usage('bad-key', `The key in ${keyFile ?? setting} is empty, or has blanks around it.`)
  }
  return key
}

/**
 * The key that is named, or the one koo made for this machine: what `koo access serve` and `koo sandbox` use, and what
 * is called here by them. Its own is worth nothing elsewhere, so it may be shown.
 */
export async function localKey(
  world: World,
  choice: Choice,
): Promise<{ readonly key: string; readonly isOwn: boolean }> {
  const named = await namedKey(world, choice)
  if (named !== undefined) return { key: named, isOwn: false }
  const path = await pathOf(world)
  if (await world.files.exists(path)) return { key: await secretIn(world, path, 'key'), isOwn: true }
  const key = world.randomness.uuid()
  await world.files.write(path, `${key}\n`, { secret: true })
  return { key, isOwn: true }
}

/**
 * The key for a server; for one on this machine also the one koo made.
 * @throws {Failure} (credentials) where there is none.
 */
export async function keyFor(world: World, choice: Choice, isLocal: boolean): Promise<string> {
  const named = await namedKey(world, choice)
  if (named !== undefined) return named
  if (isLocal && (await world.files.exists(await pathOf(world)))) return (await localKey(world, choice)).key
  throw new Failure({
    code: 'no-interconnection-key',
    exit: 'credentials',
    message: 'The key of the production interface is not known.',
    hint: `Seller Console shows it. Set ${setting}, or write it into a file and give --key-file FILE.`,
  })
}

async function pathOf(world: World): Promise<string> {
  return world.files.join((await world.folders()).data, fileName)
}
