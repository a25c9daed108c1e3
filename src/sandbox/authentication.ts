/** Decides whether a request was signed by the account: key, time, body, and that it was not seen before. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Credentials } from '../ports.ts'
import {
  bodyHashHeader,
  dateHeader,
  parseAuthorization,
  parseSdkDate,
  sha256Hex,
  sign,
} from '../signing/sdk-hmac-sha256.ts'
import { Refusal } from './refusal.ts'

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string
  /** Path and query, still encoded. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/** How far the clocks of the two ends may differ. */
const skew = 15 * 60_000

/** A signature dated at the far end of the skew stays valid for twice as long, so it is remembered that long. */
export const signatureLife = 2 * skew

/**
 * Returns the signature, for the caller to see that it is not used twice.
 *
 * @throws {Refusal} APIGW.0301; the message never repeats a key or a signature that would have been right.
 */
export function authenticate(request: ReceivedRequest, credentials: Credentials, now: number): string {
  const header = single(request.headers.authorization)
  if (header === undefined) throw unauthorized('the Authorization header is missing')
  const claim = parseAuthorization(header)
  if (!claim) throw unauthorized('the Authorization header is not of the form of SDK-HMAC-SHA256')
  if (claim.accessKey !== credentials.accessKey) throw unauthorized('the access key is unknown')
  if (!claim.signedHeaders.includes(dateHeader)) throw unauthorized('X-Sdk-Date is not signed')
  const headers = claim.signedHeaders.map((name) => {
    const value = single(request.headers[name])
    if (value === undefined) throw unauthorized(`the signed header ${name} is missing`)
    return [name, value] as const
  })
  const difference = Math.abs(parseSdkDate(single(request.headers[dateHeader]) ?? '') - now)
  // Written so that the NaN of a date in no known form is refused too.
  if (!(difference <= skew)) throw unauthorized('X-Sdk-Date is more than 15 minutes off, so the signature expired')

  const [path = '', query = ''] = split(request.url)
  const { signature } = sign(
    {
      method: request.method,
      path: decoded(path),
      query: [...new URLSearchParams(query)],
      headers,
      bodyHash: bodyHash(request),
    },
    credentials.accessKey,
    credentials.secretKey,
  )
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(claim.signature))) {
    throw unauthorized('verify aksk signature fail')
  }
  return signature
}

export function unauthorized(why: string): Refusal {
  return new Refusal('APIGW.0301', `Incorrect IAM authentication information: ${why}`)
}

/** What has to stand on the payload line. Whether a named hash is that of the body is for `isSignedBody` to say. */
function bodyHash({ headers, body }: ReceivedRequest): string {
  return single(headers[bodyHashHeader]) ?? sha256Hex(body)
}

/** False where the body is not the one whose hash was signed; a body left out of the signature may be any. */
export function isSignedBody({ headers, body }: ReceivedRequest): boolean {
  const named = single(headers[bodyHashHeader])
  return named === undefined || named === 'UNSIGNED-PAYLOAD' || named === sha256Hex(body)
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value
}

function split(url: string): readonly string[] {
  const at = url.indexOf('?')
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)]
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
