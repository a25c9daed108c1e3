/** The ObjectStore port over S3: a file lies under the digest of its content, and goes there in parts that can be resumed. */
import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Failure, stopped } from '../model/failure.ts'
import type { BucketAddress, Clock, Credentials, ObjectStore, Randomness, UploadOptions, UploadSource } from '../ports.ts'
import { sendParts } from './parts.ts'
import { endpointOf, s3Client } from './s3-client.ts'
import { attemptsFor, failureOf, isMissing, isOvertaken, isWordless } from './s3-trouble.ts'

const mebibyte = 1024 * 1024
const smallestPart = 16 * mebibyte
const mostParts = 10_000
/** How often an upload that another ended is begun again. */
const rounds = 3

/** Worked out of the size alone, so that another machine goes on with the same parts. */
export function partSizeFor(bytes: number): number {
  return Math.max(smallestPart, Math.ceil(bytes / mostParts / mebibyte) * mebibyte)
}

interface OpenUpload {
  readonly id: string
  readonly parts: ReadonlyMap<number, string>
  readonly bytes: number
}

export function s3Store(options: {
  readonly address: BucketAddress
  readonly credentials: Credentials
  readonly clock: Clock
  readonly randomness: Randomness
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Ends pauses between attempts. */
  readonly stop: AbortSignal
  readonly partSize?: (bytes: number) => number
}): ObjectStore {
  const { address, clock, stop: stopAll, partSize: sizeOf = partSizeFor } = options
  const { bucket: Bucket, region, prefix } = address
  const { client, repeated, close } = s3Client(options)

  /** Foreign errors become Failures. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw failureOf(error, address, endpointOf(address), clock.now())
    }
  }

  async function head(Key: string, stop: AbortSignal) {
    try {
      return await repeated(() => client.send(new HeadObjectCommand({ Bucket, Key })), stop)
    } catch (error) {
      if (isMissing(error)) return undefined
      if (isWordless(error)) await repeated(() => client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' })), stop)
      throw error
    }
  }

  /** Whether the object is there, with the content its key names. */
  async function isThere(Key: string, file: UploadSource, stop: AbortSignal): Promise<boolean> {
    const found = await head(Key, stop)
    return found?.ContentLength === file.bytes && found.Metadata?.['koo-sha256'] === file.sha256
  }

  /** Reads back what the store made of an upload. */
  async function confirm(Key: string, file: UploadSource, tag: string, stop: AbortSignal): Promise<void> {
    const found = await head(Key, stop)
    const isRight = found?.ContentLength === file.bytes && found.Metadata?.['koo-sha256'] === file.sha256
    if (!isRight || !hasTag(found, tag)) throw strange(`${file.name} is not there as it was sent`)
  }

  function strange(what: string): Failure {
    return new Failure({
      code: 'bucket-strange',
      exit: 'marketplace',
      message: `The bucket ${Bucket} at ${endpointOf(address).origin} does not keep what it is sent: ${what}.`,
      hint: 'Run the same command again; what is wrong is sent again.',
    })
  }

  async function putWhole(Key: string, file: UploadSource, stop: AbortSignal): Promise<void> {
    const body = Buffer.allocUnsafeSlow(file.bytes)
    await file.read(0, body)
    const md5 = createHash('md5').update(body).digest()
    const ContentMD5 = md5.toString('base64')
    await repeated(
      () => client.send(new PutObjectCommand({ Bucket, Key, Body: body, ContentMD5, Metadata: metadataOf(file) })),
      stop,
    )
    await confirm(Key, file, md5.toString('hex'), stop)
  }

  /** Uploads of a key that were begun and not ended, by this file's digest all of the same content; most bytes first. */
  async function openUploads(key: string, stop: AbortSignal): Promise<readonly OpenUpload[]> {
    const found: OpenUpload[] = []
    let from: { readonly KeyMarker?: string | undefined; readonly UploadIdMarker?: string | undefined } = {}
    for (;;) {
      const command = new ListMultipartUploadsCommand({ Bucket, Prefix: key, ...from })
      const page = await repeated(() => client.send(command), stop)
      for (const { Key, UploadId: id } of page.Uploads ?? []) {
        if (Key === key && id !== undefined) found.push({ id, ...(await partsOf(key, id, stop)) })
      }
      if (page.IsTruncated !== true || page.NextKeyMarker === undefined) break
      from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
    }
    return found.sort((one, other) => other.bytes - one.bytes || (one.id < other.id ? -1 : 1))
  }

  async function partsOf(Key: string, UploadId: string, stop: AbortSignal): Promise<Omit<OpenUpload, 'id'>> {
    const parts = new Map<number, string>()
    let bytes = 0
    let marker: string | undefined
    for (;;) {
      const command = new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker: marker })
      const page = await repeated(() => client.send(command), stop)
      for (const { PartNumber, ETag, Size = 0 } of page.Parts ?? []) {
        if (PartNumber === undefined || ETag === undefined) continue
        parts.set(PartNumber, tagOf(ETag))
        bytes += Size
      }
      if (page.IsTruncated !== true || page.NextPartNumberMarker === undefined) return { parts, bytes }
      marker = page.NextPartNumberMarker
    }
  }

  async function begin(Key: string, file: UploadSource, stop: AbortSignal): Promise<OpenUpload> {
    const command = new CreateMultipartUploadCommand({ Bucket, Key, Metadata: metadataOf(file) })
    const { UploadId } = await repeated(() => client.send(command), stop)
    if (UploadId === undefined) throw strange('it names no upload')
    return { id: UploadId, parts: new Map(), bytes: 0 }
  }

  async function putParts(
    Key: string,
    file: UploadSource,
    { parallel, stop }: UploadOptions,
    moved: (part: { readonly sent: number } | { readonly there: number }) => void,
  ): Promise<void> {
    // Runs that crashed may have left several. One that another koo is busy with is gone on with as well: both send the
    // same bytes, and whoever comes last finds the object there.
    const [fullest, ...others] = await openUploads(Key, stop)
    const { id: UploadId, parts } = fullest ?? (await begin(Key, file, stop))
    const done: { readonly md5: Buffer; readonly ETag: string }[] = []
    const work = { bytes: file.bytes, partSize: sizeOf(file.bytes), parallel, stop }
    await sendParts(work, async ({ number, start, buffer }) => {
      await file.read(start, buffer)
      const md5 = createHash('md5').update(buffer).digest()
      const had = parts.get(number)
      if (had === md5.toString('hex')) {
        done[number - 1] = { md5, ETag: had }
        return moved({ there: buffer.length })
      }
      const ContentMD5 = md5.toString('base64')
      const command = { Bucket, Key, UploadId, PartNumber: number, Body: buffer, ContentMD5 }
      const answer = await repeated(() => client.send(new UploadPartCommand(command)), stop)
      if (!hasTag(answer, md5.toString('hex'))) throw strange(`part ${number} of ${file.name} has another digest`)
      done[number - 1] = { md5, ETag: tagOf(answer.ETag ?? '') }
      moved({ sent: buffer.length })
    })
    const Parts = done.map(({ ETag }, index) => ({ PartNumber: index + 1, ETag: `"${ETag}"` }))
    const command = { Bucket, Key, UploadId, MultipartUpload: { Parts } }
    await repeated(() => client.send(new CompleteMultipartUploadCommand(command)), stop)
    const whole = createHash('md5')
    for (const { md5 } of done) whole.update(md5)
    await confirm(Key, file, `${whole.digest('hex')}-${done.length}`, stop)
    await abandon(Key, others)
  }

  /**
   * Once the object is there, parts left elsewhere are only a cost. Another koo in the middle of sending them finds the
   * object. Best effort: it takes a right that uploading does not.
   */
  async function abandon(Key: string, uploads: readonly OpenUpload[]): Promise<void> {
    for (const { id: UploadId } of uploads) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {})
    }
  }

  return {
    check: () =>
      told(async () => {
        // Only beginning an upload shows that one may; a HEAD of the bucket may pass where nothing else does.
        const Key = `${prefix}koo-check`
        const { UploadId } = await repeated(() => client.send(new CreateMultipartUploadCommand({ Bucket, Key })), stopAll)
        await abandon(Key, [{ id: UploadId ?? '', parts: new Map(), bytes: 0 }])
      }),

    put: (file, options) =>
      told(async () => {
        const { stop, progress } = options
        const key = `${prefix}${file.sha256}/${file.name}`
        const stored = { bucket: Bucket, region, key }
        let sent = 0
        for (let round = 1; ; round += 1) {
          if (stop.aborted) throw stopped()
          if (await isThere(key, file, stop)) {
            progress({ sent, there: Math.max(0, file.bytes - sent) })
            return stored
          }
          let there = 0
          try {
            if (file.bytes <= sizeOf(file.bytes)) {
              await putWhole(key, file, stop)
              progress({ sent: file.bytes, there })
            } else {
              await putParts(key, file, options, (part) => {
                if ('sent' in part) sent += part.sent
                else there += part.there
                progress({ sent, there })
              })
            }
            return stored
          } catch (error) {
            if (!isOvertaken(error) || round === rounds) throw error
          }
        }
      }),

    async *get({ bucket, key: Key }) {
      let at = 0
      let tag: string | undefined
      let whole: number | undefined
      for (let failures = 0; whole === undefined || at < whole; ) {
        // A connection lost on the way: the rest, of the same object.
        const rest = at === 0 ? {} : { Range: `bytes=${at}-`, ...(tag === undefined ? {} : { IfMatch: tag }) }
        const command = new GetObjectCommand({ Bucket: bucket, Key, ...rest })
        const { Body, ETag, ContentLength = 0 } = await told(() => repeated(() => client.send(command), stopAll))
        tag = ETag
        whole ??= ContentLength
        try {
          for await (const chunk of Body as AsyncIterable<Uint8Array>) {
            yield chunk
            at += chunk.length
            failures = 0
          }
        } catch (error) {
          failures += 1
          if (failures >= attemptsFor(error)) throw failureOf(error, address, endpointOf(address), clock.now())
        }
      }
    },

    close,
  }
}

function metadataOf({ sha256, bytes }: UploadSource): Record<string, string> {
  return { 'koo-sha256': sha256, 'koo-bytes': String(bytes) }
}

function tagOf(text: string): string {
  return text.replace(/^"|"$/g, '')
}

/** A store that encrypts with a key of the seller's has tags that are no digests; Content-MD5 was compared all the same. */
function hasTag(
  answer: { readonly ETag?: string | undefined; readonly ServerSideEncryption?: string | undefined },
  tag: string,
): boolean {
  return tagOf(answer.ETag ?? '') === tag || answer.ServerSideEncryption !== undefined
}
