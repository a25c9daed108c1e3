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
import { mask } from './secret-names.ts'

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

/** What was looked at in a signature, in this order; the first that is not right decides. */
export type SignatureFault =
  | 'no signature'
  | 'malformed'
  | 'unknown key'
  | 'swapped keys'
  | 'not all signed'
  | 'clock off'
  | 'wrong signature'
  | 'replayed'
  | 'other body'

export type SignatureCheck =
  | { readonly is: 'verified'; readonly accessKey: string; readonly signature: string }
  | {
      readonly is: 'refused'
      readonly fault: SignatureFault
      /** Never repeats a key or a signature that would have been right. */
      readonly why: string
      /** As it may be shown. */
      readonly accessKey?: string
      /** What the signature had to be over, where it was over something else. */
      readonly expected?: { readonly canonicalRequest: string; readonly stringToSign: string }
    }

/** Who signed the request, and whether rightly. Whether the signature was used before is for the caller to see. */
export function checkSignature(request: ReceivedRequest, credentials: Credentials, now: number): SignatureCheck {
  const header = single(request.headers.authorization)
  if (header === undefined) return refused('no signature', 'the Authorization header is missing')
  const claim = parseAuthorization(header)
  if (!claim) return refused('malformed', 'the Authorization header is not of the form of SDK-HMAC-SHA256')
  const { accessKey } = claim
  if (accessKey === credentials.secretKey) {
    return refused('swapped keys', 'this is the secret key: the two are swapped', shownKey(accessKey, credentials))
  }
  if (accessKey !== credentials.accessKey) {
    return refused('unknown key', 'the access key is unknown', shownKey(accessKey, credentials))
  }
  if (!claim.signedHeaders.includes(dateHeader)) {
    return refused('not all signed', 'X-Sdk-Date is not signed', accessKey)
  }
  const headers: (readonly [string, string])[] = []
  for (const name of claim.signedHeaders) {
    const value = single(request.headers[name])
    if (value === undefined) return refused('not all signed', `the signed header ${name} is missing`, accessKey)
    headers.push([name, value])
  }
  const difference = Math.abs(parseSdkDate(single(request.headers[dateHeader]) ?? '') - now)
  // Written so that the NaN of a date in no known form is refused too.
  if (!(difference <= skew)) {
    return refused('clock off', 'X-Sdk-Date is more than 15 minutes off, so the signature expired', accessKey)
  }
  const [path = '', query = ''] = split(request.url)
  const { signature, canonicalRequest, stringToSign } = sign(
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
    const expected = { canonicalRequest, stringToSign }
    return { ...refused('wrong signature', 'verify aksk signature fail', accessKey), expected }
  }
  return { is: 'verified', accessKey, signature }
}

/** An access key as it may be shown: of an unknown one, which may be anybody's secret, the beginning. */
export function shownKey(accessKey: string, credentials: Credentials): string {
  if (accessKey === credentials.accessKey) return accessKey
  return accessKey.includes(credentials.secretKey) ? mask : `${accessKey.slice(0, 4)}…`
}

export function refused(
  fault: SignatureFault,
  why: string,
  accessKey?: string,
): Extract<SignatureCheck, { is: 'refused' }> {
  return { is: 'refused', fault, why, ...(accessKey === undefined ? {} : { accessKey }) }
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
