/** Products, releases and uploads in the words of the contract. */
import type { components } from '../model/marketplace-api.ts'
import { face, type Product, productState, type Release } from './market.ts'
import { type Part, partSize, type Upload } from './uploads.ts'

export type Schemas = components['schemas']

export function productView(product: Product): Schemas['Product'] {
  const { name, version } = face(product)
  return {
    product_id: product.id,
    key: product.key,
    name,
    method: product.method,
    state: productState(product),
    version,
    release_count: product.releases.length,
    revision: product.revision,
    newest: newestOf(product),
    ...(product.removedSpecifications.length === 0 ? {} : { removed_specifications: product.removedSpecifications }),
    created_at: time(product.createdAt),
    updated_at: time(product.updatedAt),
  }
}

export function releaseView(product: Product, release: Release): Schemas['Release'] {
  return {
    release_id: release.id,
    product_id: product.id,
    key: product.key,
    version: release.version,
    content_digest: release.contentDigest,
    created_digest: release.createdDigest,
    state: release.state,
    complaints: release.complaints,
    files: release.files.map(fileView),
    created_at: time(release.createdAt),
    ...(release.edited === undefined ? {} : { edited_at: time(release.edited.at) }),
    ...(release.submittedAt === undefined ? {} : { submitted_at: time(release.submittedAt) }),
    ...(release.reviewedAt === undefined ? {} : { reviewed_at: time(release.reviewedAt) }),
  }
}

function newestOf({ id, releases: [release] }: Product): Schemas['Product']['newest'] {
  if (release === undefined) throw new TypeError(`Product ${id} has no release.`)
  const { version, contentDigest, state } = release
  return { release_id: release.id, version, content_digest: contentDigest, state }
}

export function contentView({ id, contentDigest, manifest, files, edited }: Release): Schemas['ReleaseContent'] {
  return {
    release_id: id,
    content_digest: contentDigest,
    manifest,
    files: files.map(fileView),
    ...(edited === undefined ? {} : { created_manifest: edited.createdManifest }),
  }
}

function fileView({ path, sha256, bytes, contentSha256, object }: Release['files'][number]): Schemas['ReleaseFile'] {
  return {
    ...{ path, sha256, bytes },
    ...(contentSha256 === undefined ? {} : { content_sha256: contentSha256 }),
    ...(object === undefined ? {} : { object }),
  }
}

export function uploadView(upload: Upload): Schemas['Upload'] {
  return {
    upload_id: upload.id,
    name: upload.name,
    bytes: upload.bytes,
    sha256: upload.sha256,
    part_size: partSize,
    state: upload.state,
    parts: upload.parts.map(partView),
  }
}

export function partView(part: Part): Schemas['Part'] {
  return { part_number: part.number, bytes: part.bytes, sha256: part.sha256 }
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
