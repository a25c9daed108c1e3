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
    state: release.state,
    complaints: release.complaints,
    files: release.files,
    created_at: time(release.createdAt),
    ...(release.submittedAt === undefined ? {} : { submitted_at: time(release.submittedAt) }),
    ...(release.reviewedAt === undefined ? {} : { reviewed_at: time(release.reviewedAt) }),
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
