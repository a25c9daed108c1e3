/** Sends the files of a run: each content once, to the marketplace or, where it is large, to the seller's bucket. */
import type { Event } from '../model/event.ts'
import { type Failure, fileChanged } from '../model/failure.ts'
import type { ReleaseFile, SentFile } from '../model/release.ts'
import type { Files, Marketplace, ObjectStore } from '../ports.ts'

export interface SendingTools {
  readonly files: Files
  readonly marketplace: Marketplace
  readonly stop: AbortSignal
  readonly emit: (event: Event) => void
  readonly bucket?: Bucket
}

/** The seller's bucket, and from how many bytes on a package goes there. */
export interface Bucket {
  readonly store: ObjectStore
  readonly from: number
}

/** A file to be sent, and where it lies. */
export interface Outgoing {
  readonly key: string
  readonly file: ReleaseFile
  readonly from: string
  /** Buyers download it, so that it may go to the seller's bucket. */
  readonly isPackage: boolean
}

export type Send = (outgoing: Outgoing) => Promise<SentFile>

/** KooGallery's own limit for a package that does not come from a bucket. */
const mostWithoutBucket = 1e9

/** A function that sends a file, unless one of the same content is sent already or on its way. */
export function sending(tools: SendingTools): Send {
  const sent = new Map<string, Promise<Pick<SentFile, 'uploadId' | 'object'>>>()
  return async (outgoing) => {
    const { file, isPackage } = outgoing
    const goesToBucket = isPackage && tools.bucket !== undefined && file.bytes >= tools.bucket.from
    const which = `${file.sha256} ${goesToBucket}`
    const known = sent.get(which)
    const going = known ?? sendOne(tools, outgoing, goesToBucket ? tools.bucket?.store : undefined)
    if (known === undefined) {
      sent.set(which, going)
      // Another product of the run may have more luck.
      going.catch(() => sent.delete(which))
    }
    return { ...file, ...(await going) }
  }
}

async function sendOne(
  { files, marketplace, stop, emit }: SendingTools,
  { key, file: { path: name, bytes, sha256 }, from, isPackage }: Outgoing,
  store: ObjectStore | undefined,
): Promise<Pick<SentFile, 'uploadId' | 'object'>> {
  if (isPackage && store === undefined && bytes > mostWithoutBucket) emit({ is: 'notice', text: tooLarge(key, name) })
  const source = await files.source(from)
  try {
    if (source.bytes !== bytes) throw changed(key, name)
    const upload = { name, bytes, sha256, read: source.read }
    const progress = ({ sent, there }: { readonly sent: number; readonly there: number }) =>
      emit({ is: 'uploading', key, file: name, sent: sent + there, total: bytes })
    const options = { stop, progress }
    progress({ sent: 0, there: 0 })
    return store === undefined
      ? await marketplace.upload(upload, options)
      : { object: await store.put(upload, options) }
  } finally {
    await source.close()
  }
}

function tooLarge(key: string, name: string): string {
  return `${key}: ${name} has more than 1 GB, which KooGallery itself takes only from an OBS bucket (--obs-bucket).`
}

/** A file of a product is another than when it was planned. */
export function changed(key: string, name: string): Failure {
  return fileChanged(`${name} of ${key} changed after it was planned.`)
}
