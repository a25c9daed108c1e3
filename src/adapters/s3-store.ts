/** The ObjectStore port over S3: a file lies under the digest of its content, and goes there in parts that can be resumed. */
import { createHash } from 'node:crypto'
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { Failure, stopped } from '../model/failure.ts'
import type {
  BucketAddress,
  Clock,
  Credentials,
  ObjectStore,
  Randomness,
  UploadOptions,
  UploadProgress,
  UploadSource,
} from '../ports.ts'
import { type PartPool, refuseOther, sendParts } from './parts.ts'
import { noPast } from './repeats.ts'
import { endpointOf, s3Client } from './s3-client.ts'
import { failureOf, isMissing, isOvertaken, isWordless } from './s3-trouble.ts'
import { abandon, type OpenUpload, openUploads, type Place, tagOf, uploadsTo } from './s3-uploads.ts'

const mebibyte = 1024 * 1024
const smallestPart = 16 * mebibyte
const mostParts = 10_000
/** How often an upload that another ended is begun again. */
const rounds = 3
/** How often in a row a download may end early without a byte more. */
const mostCuts = 10

/** Worked out of the size alone, so that another machine goes on with the same parts. */
export function partSizeFor(bytes: number): number {
  return Math.max(smallestPart, Math.ceil(bytes / mostParts / mebibyte) * mebibyte)
}

export function s3Store(options: {
  readonly address: BucketAddress
  readonly credentials: Credentials
  readonly clock: Clock
  readonly randomness: Randomness
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Ends pauses between attempts. */
  readonly stop: AbortSignal
  readonly pool: PartPool
  readonly partSize?: (bytes: number) => number
}): ObjectStore {
  const { address, clock, stop: stopAll, pool, partSize: sizeOf = partSizeFor } = options
  const { bucket: Bucket, region, prefix } = address
  const s3 = s3Client(options)
  const { client, repeated } = s3
  const endpoint = endpointOf(address)

  /** Foreign errors become Failures. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw failureOf(error, address, endpoint, clock.now())
    }
  }

  async function head(place: Place, stop: AbortSignal) {
    try {
      return await repeated(() => client.send(new HeadObjectCommand(place)), stop)
    } catch (error) {
      if (isMissing(error)) return undefined
      if (isWordless(error))
        await repeated(() => client.send(new GetObjectCommand({ ...place, Range: 'bytes=0-0' })), stop)
      throw error
    }
  }

  /** Reads back what the store made of an upload. */
  async function confirm(place: Place, file: UploadSource, tag: string, stop: AbortSignal): Promise<void> {
    const found = await head(place, stop)
    if (!isOf(file, found) || !hasTag(found, tag)) throw strange(`${file.name} is not there as it was sent`)
  }

  function strange(what: string): Failure {
    return new Failure({
      code: 'bucket-strange',
      exit: 'marketplace',
      message: `The bucket ${Bucket} at ${endpoint.origin} does not keep what it is sent: ${what}.`,
      hint: 'Run the same command again; what is wrong is sent again.',
    })
  }

  async function putWhole(place: Place, file: UploadSource, stop: AbortSignal): Promise<void> {
    const md5 = await pool.use(file.bytes, async (Body) => {
      if (stop.aborted) throw stopped()
      await file.read(0, Body)
      refuseOther(file, createHash('sha256').update(Body).digest('hex'))
      const md5 = md5Of(Body)
      const command = { ...place, Body, ContentMD5: md5.toString('base64'), Metadata: metadataOf(file) }
      await repeated(() => client.send(new PutObjectCommand(command)), stop)
      return md5
    })
    await confirm(place, file, md5.toString('hex'), stop)
  }

  async function begin(place: Place, Metadata: Record<string, string>, stop: AbortSignal): Promise<OpenUpload> {
    const command = new CreateMultipartUploadCommand({ ...place, Metadata })
    const { UploadId } = await repeated(() => client.send(command), stop)
    if (UploadId === undefined) throw strange('it names no upload')
    return { id: UploadId, parts: new Map(), bytes: 0 }
  }

  /** Sends a byte to an upload, over that of an earlier check. */
  async function goOn(place: Place, { id: UploadId }: Pick<OpenUpload, 'id'>): Promise<void> {
    const Body = Buffer.from('.')
    const command = { ...place, UploadId, PartNumber: 1, Body, ContentMD5: md5Of(Body).toString('base64') }
    try {
      await repeated(() => client.send(new UploadPartCommand(command)), stopAll)
    } catch (error) {
      // The check of another run gave it up meanwhile. Rights are looked at before.
      if (!isOvertaken(error)) throw error
    }
  }

  async function putParts(
    place: Place,
    file: UploadSource,
    { stop }: UploadOptions,
    moved: (part: Partial<UploadProgress>) => void,
  ): Promise<void> {
    // Runs that crashed may have left several. One that another koo is busy with is gone on with as well: both send the
    // same bytes, and whoever comes last finds the object there.
    const [fullest, ...others] = await openUploads(s3, place, stop)
    const { id: UploadId, parts } = fullest ?? (await begin(place, metadataOf(file), stop))
    const done: { readonly md5: Buffer; readonly ETag: string }[] = []
    await sendParts({ file, partSize: sizeOf(file.bytes), pool, stop }, async ({ number, buffer: Body }) => {
      const md5 = md5Of(Body)
      const hex = md5.toString('hex')
      // What an earlier run sent is compared, not trusted: the file may have been another then.
      if (parts.get(number) === hex) {
        done[number - 1] = { md5, ETag: hex }
        return moved({ there: Body.length })
      }
      const command = { ...place, UploadId, PartNumber: number, Body, ContentMD5: md5.toString('base64') }
      const answer = await repeated(() => client.send(new UploadPartCommand(command)), stop)
      if (!hasTag(answer, hex)) throw strange(`part ${number} of ${file.name} has another digest`)
      done[number - 1] = { md5, ETag: tagOf(answer.ETag ?? '') }
      moved({ sent: Body.length })
    })
    const Parts = done.map(({ ETag }, index) => ({ PartNumber: index + 1, ETag: `"${ETag}"` }))
    const command = new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } })
    await repeated(() => client.send(command), stop)
    const whole = md5Of(Buffer.concat(done.map(({ md5 }) => md5)))
    await confirm(place, file, `${whole.toString('hex')}-${done.length}`, stop)
    await abandon(s3, place, others)
  }

  /** `count` adds to what was sent by all rounds, and gives it. */
  async function putOnce(
    place: Place,
    file: UploadSource,
    options: UploadOptions,
    count: (bytes: number) => number,
  ): Promise<void> {
    const { stop, progress } = options
    if (isOf(file, await head(place, stop))) {
      return progress({ sent: count(0), there: Math.max(0, file.bytes - count(0)) })
    }
    if (file.bytes <= sizeOf(file.bytes)) {
      await putWhole(place, file, stop)
      return progress({ sent: count(file.bytes), there: 0 })
    }
    let found = 0
    await putParts(place, file, options, ({ sent = 0, there = 0 }) => {
      found += there
      progress({ sent: count(sent), there: found })
    })
  }

  return {
    check: () =>
      told(async () => {
        // Uploads may be listed, and one begun or gone on with: the rights an upload takes. Giving it up takes another,
        // so that one may be left; the next check uses that, and none is added to it.
        const place = { Bucket, Key: `${prefix}koo-check` }
        const left = await uploadsTo(s3, place, stopAll)
        const [first] = left
        if (first !== undefined) await goOn(place, first)
        await abandon(s3, place, first === undefined ? [await begin(place, {}, stopAll)] : left)
      }),

    put: (file, options) =>
      told(async () => {
        const key = `${prefix}${file.sha256}/${file.name}`
        let sent = 0
        const count = (bytes: number): number => {
          sent += bytes
          return sent
        }
        for (let round = 1; ; round += 1) {
          if (options.stop.aborted) throw stopped()
          try {
            await putOnce({ Bucket, Key: key }, file, options, count)
            return { bucket: Bucket, region, key }
          } catch (error) {
            if (!isOvertaken(error) || round === rounds) throw error
          }
        }
      }),

    async *get({ bucket, key: Key }) {
      let at = 0
      let tag: string | undefined
      let whole: number | undefined
      let past = noPast
      for (let cuts = 0; whole === undefined || at < whole; cuts += 1) {
        // The rest, of the same object, where the connection was lost on the way.
        const rest = at === 0 ? {} : { Range: `bytes=${at}-`, ...(tag === undefined ? {} : { IfMatch: tag }) }
        const command = new GetObjectCommand({ Bucket: bucket, Key, ...rest })
        const { Body, ETag, ContentLength = 0 } = await told(() => repeated(() => client.send(command), stopAll))
        tag = ETag
        whole ??= ContentLength
        try {
          for await (const chunk of Body as AsyncIterable<Uint8Array>) {
            yield chunk
            at += chunk.length
            cuts = 0
            past = noPast
          }
        } catch (error) {
          past = await told(() => s3.pause(error, past, stopAll))
        }
        if (cuts >= mostCuts) throw strange('it gives less than there is')
      }
    },

    close: s3.close,
  }
}

function md5Of(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest()
}

/** Whether what was found has the content its key names. */
function isOf(file: UploadSource, found: HeadObjectCommandOutput | undefined): found is HeadObjectCommandOutput {
  return found?.ContentLength === file.bytes && found.Metadata?.['koo-sha256'] === file.sha256
}

function metadataOf({ sha256, bytes }: UploadSource): Record<string, string> {
  return { 'koo-sha256': sha256, 'koo-bytes': String(bytes) }
}

/** A store that encrypts with a key of the seller's has tags that are no digests; Content-MD5 was compared all the same. */
function hasTag(
  answer: { readonly ETag?: string | undefined; readonly ServerSideEncryption?: string | undefined },
  tag: string,
): boolean {
  return tagOf(answer.ETag ?? '') === tag || answer.ServerSideEncryption !== undefined
}
