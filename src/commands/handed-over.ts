/** Records what was entered in Seller Console by hand, and forgets it again. */
import { Failure, usage } from '../model/failure.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Material } from '../model/plan.ts'
import type { ReleaseFile } from '../model/release.ts'
import type { World } from '../ports.ts'
import { damagedCode, type HandedOver, type HandOvers, openHandOvers } from '../publish/handed-over.ts'
import { materialOf } from '../publish/material.ts'
import { readProducts } from './manifests.ts'
import { productsNamed } from './named.ts'

const longestId = 128

/** @throws {Failure} where the id is none, or another product has it. */
export async function recorded(world: World, paths: readonly string[], productId: string): Promise<Outcome> {
  refuseStrange(productId)
  const { files, clock } = world
  const read = await readProducts(files, paths)
  if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
  const [product, ...others] = read.products
  if (product === undefined || others.length > 0) throw notOne('--done')
  const material = await materialOf(files, product)
  const { key, name, version, method, contentDigest } = material
  const records = openHandOvers(files, (await world.folders()).data, world.emit)
  await refuseTaken(records, key, productId)
  const record = await records.find(key)
  const last = record?.entered[0]
  const base = { is: 'hand-over-kept', key, productId, version } as const
  if (last?.productId === productId && last.contentDigest === contentDigest) return { ...base, outcome: 'already' }
  const manifest = { ...product.manifest }
  const entered = {
    productId,
    name,
    version,
    method,
    contentDigest,
    manifest,
    files: filesOf(material),
    at: clock.now(),
  }
  const previous = last === undefined ? {} : { previous: { productId: last.productId, version: last.version } }
  // The same content under another id is no new release: the id was wrong.
  const isCorrection = last?.contentDigest === contentDigest
  const before = record?.entered.slice(isCorrection ? 1 : 0) ?? []
  await records.keep({ key, entered: [isCorrection ? { ...entered, at: last.at } : entered, ...before] })
  return { ...base, outcome: isCorrection ? 'corrected' : 'recorded', ...previous }
}

/** Of a bundle, the hash of the seller's files is what differs tell by; how it was packed is of no matter. */
function filesOf({ files, bundle }: Material): readonly ReleaseFile[] {
  if (bundle === undefined) return files
  const { name, filesSha256 } = bundle
  return [...files, { path: name, sha256: filesSha256, bytes: 0, contentSha256: filesSha256 }]
}

export async function forgotten(world: World, paths: readonly string[]): Promise<Outcome> {
  const [named, ...others] = await productsNamed(world, paths.length === 0 ? ['.'] : paths)
  if (named === undefined || others.length > 0) throw notOne('--forget')
  const { key } = named
  const records = openHandOvers(world.files, (await world.folders()).data, world.emit)
  const base = { is: 'hand-over-kept', key } as const
  let last: HandedOver | undefined
  try {
    last = (await records.find(key))?.entered[0]
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== damagedCode) throw error
    await records.forget(key)
    return { ...base, productId: '', version: '', outcome: 'damaged-removed' }
  }
  if (last === undefined) return { ...base, productId: '', version: '', outcome: 'unknown' }
  await records.forget(key)
  return { ...base, productId: last.productId, version: last.version, outcome: 'forgotten' }
}

function notOne(flag: string): Failure {
  return usage('one-product', `${flag} is for exactly one product.`, 'Name its manifest or folder.')
}

function refuseStrange(id: string): void {
  if (id.length > 0 && id.length <= longestId && !/[\s\p{C}/\\]|^-/u.test(id)) return
  throw usage(
    'product-id',
    `--done takes the product ID KooGallery shows: up to ${longestId} characters without spaces and slashes, not beginning with a hyphen.`,
  )
}

async function refuseTaken(records: HandOvers, key: string, productId: string): Promise<void> {
  const owner = (await records.all()).find((each) => each.key !== key && each.entered[0].productId === productId)
  if (owner === undefined) return
  throw new Failure({
    code: 'product-id-taken',
    exit: 'conflict',
    message: `${owner.key} was recorded as product ${productId} already.`,
    hint: `Look at the id once more, or take that back: koo handoff ${owner.key} --forget`,
  })
}
