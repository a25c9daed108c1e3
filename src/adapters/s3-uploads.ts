/** Uploads in parts that were begun in a bucket and not ended: what there is of them, and how they are given up. */
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3'
import type { S3 } from './s3-client.ts'

/** Where an object is, in the SDK's words. */
export interface Place {
  readonly Bucket: string
  readonly Key: string
}

export interface OpenUpload {
  readonly id: string
  /** Tags by number. */
  readonly parts: ReadonlyMap<number, string>
  readonly bytes: number
}

/** Uploads of a key that were begun and not ended, by this file's digest all of the same content; most bytes first. */
export async function openUploads(s3: S3, place: Place, stop: AbortSignal): Promise<readonly OpenUpload[]> {
  const found: OpenUpload[] = []
  for (const { id } of await uploadsTo(s3, place, stop)) found.push({ id, ...(await partsOf(s3, place, id, stop)) })
  return found.sort((one, other) => other.bytes - one.bytes || (one.id < other.id ? -1 : 1))
}

/** Uploads of a key that were begun and not ended. */
export async function uploadsTo(
  s3: S3,
  { Bucket, Key }: Place,
  stop: AbortSignal,
): Promise<readonly Pick<OpenUpload, 'id'>[]> {
  const found: Pick<OpenUpload, 'id'>[] = []
  let from: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } = {}
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket, Prefix: Key, ...from })
    const page = await s3.repeated(() => s3.client.send(command), stop)
    for (const { Key: key, UploadId: id } of page.Uploads ?? []) {
      if (key === Key && id !== undefined) found.push({ id })
    }
    if (page.IsTruncated !== true || page.NextKeyMarker === undefined) return found
    from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
}

async function partsOf(s3: S3, place: Place, UploadId: string, stop: AbortSignal): Promise<Omit<OpenUpload, 'id'>> {
  const parts = new Map<number, string>()
  let bytes = 0
  let marker: string | undefined
  for (;;) {
    const command = new ListPartsCommand({ ...place, UploadId, PartNumberMarker: marker })
    const page = await s3.repeated(() => s3.client.send(command), stop)
    for (const { PartNumber, ETag, Size = 0 } of page.Parts ?? []) {
      if (PartNumber === undefined || ETag === undefined) continue
      parts.set(PartNumber, tagOf(ETag))
      bytes += Size
    }
    if (page.IsTruncated !== true || page.NextPartNumberMarker === undefined) return { parts, bytes }
    marker = page.NextPartNumberMarker
  }
}

/**
 * Once the object is there, parts left elsewhere are only a cost. Another koo in the middle of sending them finds the
 * object. Best effort: it takes a right that uploading does not.
 */
export async function abandon({ client }: S3, place: Place, uploads: readonly Pick<OpenUpload, 'id'>[]): Promise<void> {
  for (const { id: UploadId } of uploads) {
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => {})
  }
}

/** An ETag without its quotes. */
export function tagOf(text: string): string {
  return text.replace(/^"|"$/g, '')
}
