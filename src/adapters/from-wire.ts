/** What a marketplace answers in the words of the contract, as koo has it; and files on their way there. */
import type { DeliveryMethod } from '../model/delivery-methods.ts'
import type { Complaint, ReleaseFile, RemoteProduct, RemoteRelease, SentFile } from '../model/release.ts'
import { printable, type Wire } from './wire.ts'

export function productOf(wire: Wire['Product'], newest: Wire['Newest'], method: DeliveryMethod): RemoteProduct {
  const { product_id: id, key, name, state, version, release_count: releases, revision } = wire
  return {
    ...{ id, key: printable(key), name: printable(name), method, state, version: printable(version) },
    ...{ releases, revision },
    newest: {
      id: newest.release_id,
      version: printable(newest.version),
      contentDigest: newest.content_digest,
      state: newest.state,
    },
    removedSpecifications: wire.removed_specifications ?? [],
    ...timeOf('updatedAt', wire.updated_at),
  }
}

export function releaseOf(wire: Wire['Release'], complaints: readonly Complaint[]): RemoteRelease {
  const { release_id: id, product_id: productId, key, version, state } = wire
  return {
    id,
    productId,
    key: printable(key),
    version: printable(version),
    contentDigest: wire.content_digest,
    createdDigest: wire.created_digest,
    state,
    complaints,
    ...timeOf('submittedAt', wire.submitted_at),
    ...timeOf('editedAt', wire.edited_at),
    ...timeOf('reviewedAt', wire.reviewed_at),
  }
}

function timeOf<N extends string>(name: N, text: unknown): Partial<Record<N, number>> {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? {} : ({ [name]: time } as Record<N, number>)
}

export function fileOf(
  { path, sha256, bytes, content_sha256: contentSha256 }: Omit<Wire['ReleaseFile'], 'object'>,
  object: Wire['StoredObject'] | undefined,
): ReleaseFile {
  return {
    ...{ path, sha256, bytes },
    ...(contentSha256 === undefined ? {} : { contentSha256 }),
    ...(object === undefined ? {} : { object: { bucket: object.bucket, region: object.region, key: object.key } }),
  }
}

export function wireFile({
  path,
  sha256,
  bytes,
  contentSha256,
  uploadId,
  object,
}: SentFile): Wire['NewRelease']['files'][0] {
  return {
    ...{ path, sha256, bytes },
    ...(contentSha256 === undefined ? {} : { content_sha256: contentSha256 }),
    ...(uploadId === undefined ? {} : { upload_id: uploadId }),
    ...(object === undefined ? {} : { object }),
  }
}

export function complaintOf({ path, code, message }: Wire['Complaint']): Complaint {
  return { path, code: printable(code), message: printable(message) }
}
