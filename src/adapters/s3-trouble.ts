/** What an error of a store that speaks S3 means: whether to try again, and what to tell. */
import { Failure } from '../model/failure.ts'
import type { BucketAddress } from '../ports.ts'
import { causeCode } from './signed-http.ts'
import { printable } from './wire.ts'

const textLimit = 300
const longestWait = 120_000

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

const statuses: readonly number[] = [408, 429, 500, 502, 503, 504]
const passing: readonly string[] = [
  ...['InternalError', 'OperationAborted', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown'],
]
/** The bytes were damaged on their way. Where it happens again and again it is something else. */
const damaged: readonly string[] = ['BadDigest', 'XAmzContentSHA256Mismatch']
/** Nobody is there, more likely because the address is wrong than for a moment. */
const absent: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND']
const lost: readonly string[] = [
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EAI_AGAIN'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  ...['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_ABORTED'],
]

/** How often something that ended with this error is tried in all; every request of an upload may be sent again. */
export function attemptsFor(error: unknown): number {
  const answer = storeError(error)
  if (damaged.includes(answer?.name ?? '')) return 4
  if (statuses.includes(answer?.status ?? 0) || passing.includes(answer?.name ?? '')) return 10
  const code = causeCode(error) ?? ''
  if (absent.includes(code)) return 4
  return lost.includes(code) ? 10 : 1
}

/** Milliseconds the store asks to wait, as far as that is reasonable. */
export function retryAfter(error: unknown, now: number): number | undefined {
  const named = storeError(error)?.headers['retry-after']
  if (named === undefined) return undefined
  const wait = /^\d+$/.test(named) ? Number(named) * 1000 : Date.parse(named) - now
  return wait >= 0 ? Math.min(wait, longestWait) : undefined
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
  const server = Date.parse(headers.date ?? '')
  if (Number.isNaN(server)) return 'Set this machine’s clock right.'
  const ahead = Math.round((now - server) / 1000)
  return `This machine’s clock is ${Math.abs(ahead)} seconds ${ahead < 0 ? 'behind' : 'ahead of'} the store’s; set it right.`
}

/** The Failure of an error, or the error itself where it is a bug. `now` in milliseconds since 1970. */
export function failureOf(error: unknown, address: BucketAddress, endpoint: URL, now: number): unknown {
  if (error instanceof Failure) return error
  const where = `The bucket ${address.bucket} (region ${address.region}) at ${endpoint.origin}`
  const answer = storeError(error)
  if (answer === undefined) return unreached(error, where)
  const { name, headers } = answer
  const said = printable(answer.message).slice(0, textLimit)
  const detail = said === '' || said === name || said === 'UnknownError' ? name : `${said} (${name})`
  const news = newsOf(answer)
  const hint = name === 'RequestTimeTooSkewed' ? clockHint(headers, now) : news.hint
  const code = name === 'RequestTimeTooSkewed' ? badKeys.code : news.code
  const verb = news.code === 'bucket-missing' ? 'is not there' : news.exit === 'marketplace' ? 'failed' : 'refuses this'
  return new Failure({ code, exit: news.exit, message: `${where} ${verb}: ${detail}`, hint })
}

function unreached(error: unknown, where: string): unknown {
  const code = causeCode(error)
  if (code === undefined) return error
  const isCertificate = /CERT|SELF_SIGNED|VERIFY|ERR_TLS/.test(code)
  return new Failure({
    code: 'bucket-unreachable',
    exit: 'marketplace',
    message: isCertificate
      ? `${where} shows a certificate that cannot be trusted (${code}).`
      : `${where} does not answer (${code}).`,
    hint: isCertificate
      ? 'Check the endpoint; where a proxy shows its own certificate, name it in NODE_EXTRA_CA_CERTS.'
      : 'Check the region, the endpoint and the network. What was sent is kept; run the same command again later.',
    cause: error,
  })
}
