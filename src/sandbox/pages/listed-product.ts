/** A release as the product page is drawn from it. */
import { contentType } from '../../check/rules/signatures.ts'
import { picturesInTexts } from '../../listing/embedded-files.ts'
import type { ListedFile, ListedProduct } from '../../listing/listed.ts'
import { partly } from '../../listing/partly.ts'
import { pictureSize } from '../../listing/picture.ts'
import { fileReferences } from '../../model/references.ts'
import type { ReleaseFile } from '../../model/release.ts'
import type { Release } from '../market.ts'
import type { Uploads } from '../uploads.ts'
import { shownFiles } from './files.ts'

/** `address` says where the bytes of a file are served. */
export async function listedProduct(
  uploads: Uploads,
  release: Release,
  address: (file: ReleaseFile) => string,
): Promise<ListedProduct> {
  const files = new Map<string, ListedFile>()
  for (const { file } of fileReferences(release.manifest)) {
    files.set(file, { is: 'unseen', why: 'the marketplace shows it to nobody' })
  }
  for (const file of shownFiles(release)) files.set(file.path, await listedFile(uploads, file, address(file)))
  const manifest = partly(release.manifest)
  // As the texts write it, which may be ./shot.png or with spaces encoded.
  for (const { address, file } of picturesInTexts(manifest)) {
    const listed = files.get(file)
    if (listed !== undefined) files.set(address, listed)
  }
  return { manifest, files }
}

async function listedFile(uploads: Uploads, file: ReleaseFile, address: string): Promise<ListedFile> {
  const { bytes, object } = file
  if (object !== undefined) return { is: 'unseen', why: `it is in the seller’s bucket ${object.bucket}` }
  const fact = await uploads.fact(file).catch(() => undefined)
  if (fact?.is !== 'file') return { is: 'unseen', why: 'its bytes are not here' }
  const type = contentType(fact.head)
  if (type !== 'png' && type !== 'jpeg' && type !== 'gif') return { is: 'file', bytes, href: address }
  const { width, height } = pictureSize(fact.head) ?? {}
  // Of some JPEGs the first bytes do not say it.
  const size = width === undefined || height === undefined ? {} : { width, height }
  return { is: 'picture', src: address, bytes, ...size }
}
