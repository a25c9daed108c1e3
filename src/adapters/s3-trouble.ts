/** What an error of a store that speaks S3 means: whether to try again, and what to tell. */
import { Failure } from '../model/failure.ts'
import type { BucketAddress } from '../ports.ts'
import { unreachable } from './call-failures.ts'
import type { Limits } from './proxies.ts'
import { retryAfter } from './repeats.ts'
import { causeCode, failedStatuses, type Trouble, troubleOf } from './trouble.ts'
import { printable } from './wire.ts'

const textLimit = 300

/** What a store is given time for, in milliseconds; the body of a request comes on top. */
export const limits: Limits = { connect: 10_000, headers: 300_000, body: 120_000 }

/** Of an error the SDK throws, what koo looks at. */
interface StoreError {
  /** As in NoSuchBucket. */
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Undefined for what is no answer of a store. */
function storeError(error: unknown): StoreError | undefined {
  if (!(error instanceof Error)) return undefined
  const { $metadata, $response } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number }
    readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
  }
  if ($metadata?.httpStatusCode === undefined && $response === undefined) return undefined
  const { name, message } = error
  return { name, message, status: $metadata?.httpStatusCode, headers: $response?.headers ?? {} }
}

export function isMissing(error: unknown): boolean {
  return storeError(error)?.status === 404
}

/** Another koo, or the store's own housekeeping, ended an upload that was gone on with. */
export function isOvertaken(error: unknown): boolean {
  return ['NoSuchUpload', 'InvalidPart'].includes(storeError(error)?.name ?? '')
}

/** The store answered without a body, as it must to HEAD, so that only a GET tells why. */
export function isWordless(error: unknown): boolean {
  const status = storeError(error)?.status ?? 0
  return status >= 300 && status < 500 && status !== 404
}

const passing: ReadonlySet<string> = new Set([
  ...['InternalError', 'OperationAborted', 'RequestTimeout', 'ServiceUnavailable'],
])
/** The bytes were damaged on their way. Where it happens again and again it is something else. */
const damaged: ReadonlySet<string> = new Set(['BadDigest', 'XAmzContentSHA256Mismatch'])
/** Nobody is there, more likely because the address is wrong than for a moment. */
const absent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND'])

/** What is wrong, as far as it decides whether to try again. What is no news of the network is a bug, and a refusal. */
export function troubleWith(error: unknown): Trouble {
  const { name = '', status = 0 } = storeError(error) ?? {}
  if (status === 429 || name === 'SlowDown') return 'throttled'
  if (failedStatuses.has(status) || passing.has(name) || damaged.has(name)) return 'failed'
  if (status >= 300 || error instanceof Failure || causeCode(error) === undefined) return 'refused'
  return troubleOf({ is: 'lost', cause: error })
}

/** How often something that ended with this error is tried in all; every request of an upload may be sent again. */
export function attemptsFor(error: unknown): number {
  return damaged.has(storeError(error)?.name ?? '') || absent.has(causeCode(error) ?? '') ? 4 : 10
}

/** Milliseconds the store asks to wait. `now` is this machine's time, for a store that does not tell its own. */
export function askedPause(error: unknown, now: number): number | undefined {
  const headers = storeError(error)?.headers ?? {}
  return retryAfter(headers['retry-after'], timeOf(headers) ?? now)
}

/** The store's own time, in milliseconds since 1970. */
function timeOf(headers: StoreError['headers']): number | undefined {
  const time = Date.parse(headers.date ?? '')
  return Number.isNaN(time) ? undefined : time
}

type News = { readonly code: string; readonly exit: 'usage' | 'credentials' | 'marketplace'; readonly hint: string }

const checkKeys = 'Check the access key and the secret key, and the security token where there is one.'
const badKeys: News = { code: 'credentials-refused', exit: 'credentials', hint: checkKeys }
const barred: News = {
  code: 'not-allowed',
  exit: 'credentials',
  hint: 'Uploading takes the rights to read and write objects in the bucket and to list its uploads. Ask its owner for them.',
}
const elsewhere: News = {
  code: 'bucket-elsewhere',
  exit: 'usage',
  hint: 'Give the region the bucket was made in, and that region’s endpoint.',
}
const full: News = { code: 'bucket-full', exit: 'marketplace', hint: 'Delete what is not needed, or raise the quota.' }

/** By the store's own code. */
const refusals: Readonly<Record<string, News>> = {
  NoSuchBucket: { code: 'bucket-missing', exit: 'usage', hint: 'Check the name of the bucket and its region.' },
  InvalidBucketName: { code: 'bucket-missing', exit: 'usage', hint: 'Check the name of the bucket.' },
  AccessDenied: barred,
  AllAccessDisabled: barred,
  NotSignedUp: barred,
  InvalidAccessKeyId: badKeys,
  SignatureDoesNotMatch: badKeys,
  InvalidSecurity: badKeys,
  InvalidToken: badKeys,
  ExpiredToken: { ...badKeys, hint: 'The security token has expired; get a new one.' },
  PermanentRedirect: elsewhere,
  TemporaryRedirect: elsewhere,
  Redirect: elsewhere,
  AuthorizationHeaderMalformed: elsewhere,
  VirtualHostDomainRequired: {
    code: 'bucket-address',
    exit: 'usage',
    hint: 'This store wants the bucket in the host name: leave path-style addressing off, and give an endpoint that is a domain name.',
  },
  EntityTooLarge: { code: 'file-too-large', exit: 'usage', hint: 'The store takes no file of this size.' },
  QuotaExceeded: full,
  InsufficientStorageSpace: full,
  BadDigest: {
    code: 'upload-damaged',
    exit: 'marketplace',
    hint: 'The bytes were damaged on their way, more than once. Look for a proxy or a filter that changes what is sent.',
  },
  XAmzContentSHA256Mismatch: {
    code: 'upload-damaged',
    exit: 'marketplace',
    hint: 'The bytes were damaged on their way, more than once. Look for a proxy or a filter that changes what is sent.',
  },
}

function newsOf({ name, status = 0 }: StoreError): News {
  const known = refusals[name]
  if (known !== undefined) return known
  if (status === 401 || status === 403) return barred
  if (status === 301 || status === 307) return elsewhere
  return {
    code: 'bucket-failed',
    exit: 'marketplace',
    hint: 'What was sent is kept; run the same command again later.',
  }
}

/** Seconds between this machine's clock and the store's, in words. */
function clockHint(headers: StoreError['headers'], now: number): string {
  const server = timeOf(headers)
  if (server === undefined) return 'Set this machine’s clock right.'
  const ahead = Math.round((now - server) / 1000)
  return `This machine’s clock is ${Math.abs(ahead)} seconds ${ahead < 0 ? 'behind' : 'ahead of'} the store’s; set it right.`
}

/** As in "The bucket quill-ledger (region cn-north-4) at https://…". */
export function whoIs({ bucket, region }: BucketAddress, endpoint: URL): string {
  return `The bucket ${bucket} (region ${region}) at ${endpoint.origin}`
}

/** The Failure of an error, or the error itself where it is a bug. `now` in milliseconds since 1970. */
export function failureOf(error: unknown, address: BucketAddress, endpoint: URL, now: number): unknown {
  if (error instanceof Failure) return error
  const where = whoIs(address, endpoint)
  const answer = storeError(error)
  if (answer === undefined) return causeCode(error) === undefined ? error : unreachable(where, error, limits)
  const { name, headers } = answer
  const said = printable(answer.message).slice(0, textLimit)
  const detail = said === '' || said === name || said === 'UnknownError' ? name : `${said} (${name})`
  const news = newsOf(answer)
  const hint = name === 'RequestTimeTooSkewed' ? clockHint(headers, now) : news.hint
  const code = name === 'RequestTimeTooSkewed' ? badKeys.code : news.code
  const verb = news.code === 'bucket-missing' ? 'is not there' : news.exit === 'marketplace' ? 'failed' : 'refuses this'
  return new Failure({ code, exit: news.exit, message: `${where} ${verb}: ${detail}`, hint })
}
