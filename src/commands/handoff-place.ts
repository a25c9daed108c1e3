/** Where a hand-over goes: what stands there already is only replaced where an earlier hand-over made it. */
import { overviewMark } from '../listing/handoff/overview-page.tsx'
import { usage } from '../model/failure.ts'
import { handoffName } from '../model/handoff.ts'
import { isMapping } from '../model/items.ts'
import { packageGlobs } from '../model/references.ts'
import type { Files, World } from '../ports.ts'
import type { Product } from '../publish/product.ts'

export const pageName = 'index.html'

const stageName = '.koo-handoff-'
const stagePattern = /^\.koo-handoff-[0-9a-f]{8}$/
/** No run takes as long, so one that left such a folder behind was killed. */
const longestRun = 24 * 60 * 60 * 1000

/** Where things are made before they take their places. */
export function stageOf(files: Files, out: string, random: string): string {
  return files.join(out, `${stageName}${random}`)
}

/** What a run that was killed left behind. */
export async function clearLeftOvers({ files, clock }: Pick<World, 'files' | 'clock'>, out: string): Promise<void> {
  if (!(await files.isFolder(out))) return
  const names = (await files.tree(out, () => false)).map(({ path }) => path).filter((name) => stagePattern.test(name))
  const paths = names.map((name) => files.join(out, name))
  const stamps = await files.stamps(paths)
  for (const [index, path] of paths.entries()) {
    // It begins with the time of the last change.
    const changed = Number.parseFloat(stamps[index] ?? '')
    if (clock.now() - changed > longestRun) await files.remove(path)
  }
}

interface Place {
  readonly out: string
  readonly zip: boolean
}

/**
 * What is there and was not made by a hand-over is not touched, and a folder that would be packed into a bundle is no
 * place for one.
 *
 * @throws {Failure} (usage) for both.
 */
export async function refuseOthers({ files }: World, products: readonly Product[], { out, zip }: Place): Promise<void> {
  for (const product of products) {
    const { key } = product.manifest.product
    await refusePacked(files, product, out)
    await refuseFolder(files, files.join(out, key), key)
    const path = files.join(out, `${key}.zip`)
    if (!zip || (await files.entry(path)) === undefined || (await isHandoffZip(files, path, key))) continue
    throw inTheWay(files.shown(path), 'is there, and of no hand-over; it is not overwritten.')
  }
  const overview = files.join(out, pageName)
  if (products.length < 2 || !(await files.exists(overview))) return
  const text = Buffer.from(await files.slice(overview, 0, 4096)).toString('utf8')
  if (text.includes(`<title>${overviewMark}</title>`)) return
  throw inTheWay(files.shown(overview), 'is there, and not koo’s; it is not overwritten.')
}

async function refusePacked(files: Files, { manifest, folder }: Product, out: string): Promise<void> {
  const globs = packageGlobs(manifest)
  if (globs === undefined) return
  const { key } = manifest.product
  const target = files.join(out, key)
  const isPacked = await files.below(folder, globs.files)
  const isLeftOut = await files.below(folder, globs.exclude)
  const page = files.join(target, pageName)
  if (!isPacked(page) || isLeftOut(page)) return
  throw usage(
    'out-packed',
    `${files.shown(target)} would be packed into the software package of ${key}.`,
    'Choose another --out, or leave the folder out under delivery.package.exclude.',
  )
}

/** Systems put these into folders by themselves. */
const nobodys = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

async function refuseFolder(files: Files, folder: string, key: string): Promise<void> {
  if ((await files.entry(folder)) === undefined) return
  const own = await filesOfHandoff(files, folder, key)
  if (own === undefined) {
    throw inTheWay(files.shown(folder), 'is there, and no hand-over; it is not replaced.', 'folder-there')
  }
  const others = (await files.tree(folder, () => true)).filter(
    ({ path, kind }) => kind !== 'folder' && !own.has(path) && !nobodys.has(path.slice(path.lastIndexOf('/') + 1)),
  )
  const [other] = others
  if (other === undefined) return
  throw usage(
    'folder-there',
    `${files.shown(files.join(folder, other.path))} is of no hand-over, and would go with the folder it is in.`,
    `Put it elsewhere${others.length === 1 ? '' : ` (and ${others.length - 1} more)`}, or choose another --out.`,
  )
}

/** What an earlier hand-over of the product put into a folder; undefined where there was none. */
async function filesOfHandoff(files: Files, folder: string, key: string): Promise<ReadonlySet<string> | undefined> {
  const path = files.join(folder, handoffName)
  if ((await files.entry(path))?.kind !== 'file') return undefined
  const made = parsed(Buffer.from(await files.read(path)).toString('utf8'))
  if (!isMapping(made) || made.key !== key || !Array.isArray(made.files)) return undefined
  const named = made.files.flatMap((each) => (isMapping(each) && typeof each.path === 'string' ? [each.path] : []))
  return new Set([pageName, handoffName, ...named])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The list at a zip's end has the names of its files; a hand-over's is a few hundred of them. */
const mostTail = 1024 * 1024

/** Whether a file is the zip of a hand-over of the product. */
export async function isHandoffZip(files: Files, path: string, key: string): Promise<boolean> {
  const entry = await files.entry(path)
  if (entry?.kind !== 'file') return false
  const first = `${key}/${pageName}`
  const head = Buffer.from(await files.slice(path, 0, 30 + first.length)).toString('latin1')
  if (!head.startsWith('PK\x03\x04') || !head.endsWith(first)) return false
  const { bytes = 0 } = entry
  const tail = Buffer.from(await files.slice(path, Math.max(0, bytes - mostTail), bytes)).toString('latin1')
  return tail.includes(`${key}/${handoffName}`)
}

function inTheWay(path: string, why: string, code = 'file-there') {
  return usage(code, `${path} ${why}`, 'Move it away, or choose another --out.')
}
