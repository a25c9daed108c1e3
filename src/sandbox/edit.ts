/** EditRelease: what a person does in the marketplace's own console. */
import { contentText } from '../model/content-digest.ts'
import type { FileFact } from '../model/file-fact.ts'
import { valueAt } from '../model/pointer.ts'
import { fileReferences } from '../model/references.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import { type Desk, factOf, refuseUnsound, releaseIn } from './create-release.ts'
import { editRelease, type Product, type Release } from './market.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Schemas } from './views.ts'

const fixed = [
  ['product', 'key'],
  ['product', 'version'],
  ['delivery', 'method'],
] as const

/** The release with another manifest, which is checked by koo's own rules. */
export async function edit(desk: Desk, id: string, { content_digest, manifest }: Schemas['Edit']): Promise<Release> {
  const productNow = (): Product => {
    const product = desk.store.productOfRelease(id)
    if (product === undefined) throw notFound('release', id)
    return product
  }
  const before = releaseIn(productNow(), id)
  const moved = fixed.find((path) => valueAt(manifest, path) !== valueAt(before.manifest, path))
  if (moved !== undefined) {
    const message = `This cannot be edited; it is ${String(valueAt(before.manifest, moved))}.`
    throw new Refusal('KOO.01400002', 'The manifest is refused.', [
      { path: `/${moved.join('/')}`, code: 'review-complaint', message },
    ])
  }
  const files = filesLeft(before, manifest)
  const facts = new Map<string, FileFact>()
  for (const file of files) facts.set(file.path, await factOf(desk.uploads, file))
  refuseUnsound(manifest, facts)
  return desk.inMarket((now) => {
    const product = productNow()
    const { version, contentDigest: found } = releaseIn(product, id)
    if (found !== content_digest) {
      throw new Refusal('KOO.01409007', `${version} of ${product.key} was edited meanwhile.`)
    }
    const contentDigest = sha256Hex(contentText(manifest, files))
    const name = String(valueAt(manifest, ['product', 'name']))
    const changed = editRelease(product, id, { manifest, files, contentDigest, name }, now)
    desk.store.save({ before: product, after: changed, by: 'api' })
    return releaseIn(changed, id)
  })
}

/** Files that are not named any more are dropped; the bundle is named by none. */
function filesLeft({ manifest: before, files }: Release, manifest: Release['manifest']): Release['files'] {
  const named = new Set(fileReferences(before).map(({ file }) => file))
  const kept = new Set(fileReferences(manifest).map(({ file }) => file))
  const stray = [...kept].find((file) => !named.has(file))
  if (stray !== undefined) throw new Refusal('KOO.01400003', `The release has no file ${stray}.`)
  return files.filter(({ path }) => kept.has(path) || !named.has(path))
}
