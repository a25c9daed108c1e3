/**
 * Huawei Cloud's request signing, SDK-HMAC-SHA256: canonical request, string to sign, signature.
 *
 * One description of the wire for both of its ends: `adapters` signs with it, `sandbox` checks with it.
 * Source: API Request Signing Guide and the official SDKs; `test/fixtures/signing-vectors.json` holds their vectors.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto'

const plainAlgorithm = 'SDK-HMAC-SHA256'
const derivedAlgorithm = 'V11-HMAC-SHA256'
export const emptyBodyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** The header that names the hash of the body, or says that the body is not signed. */
export const bodyHashHeader = 'x-sdk-content-sha256'
export const dateHeader = 'x-sdk-date'

export interface SignableRequest {
  readonly method: string
  /** Decoded path without query. */
  readonly path: string
  /** Decoded pairs. */
  readonly query: readonly (readonly [string, string])[]
  /** Every header to be signed, `X-Sdk-Date` among them; names in any case. */
  readonly headers: readonly (readonly [string, string])[]
  /** What stands on the payload line: lower-case hex SHA-256 of the exact bytes, or `UNSIGNED-PAYLOAD`. */
  readonly bodyHash: string
}

export interface Signature {
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
  /** Value of the `Authorization` header. */
  readonly authorization: string
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** RFC 3986: everything but A-Z a-z 0-9 - _ . ~ becomes %XY of its UTF-8 bytes. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function canonicalPath(path: string): string {
  const encoded = path.split('/').map(encode).join('/')
  return encoded.endsWith('/') ? encoded : `${encoded}/`
}

export function canonicalQuery(query: SignableRequest['query']): string {
  return [...query]
    .sort(([a, x], [b, y]) => byBytes(a, b) || byBytes(x, y))
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .join('&')
}

/** Region and service to which the derived-key variant, V11-HMAC-SHA256, binds a signature. */
export interface Scope {
  readonly region: string
  readonly service: string
}

/**
 * Signs a request. Pure: the date is the `X-Sdk-Date` header the caller set.
 *
 * With a scope it signs by V11-HMAC-SHA256, which Huawei's SDKs use for hosts outside myhuaweicloud.com.
 *
 * @throws {TypeError} when that header is missing, which is a mistake of the caller's code.
 */
export function sign(request: SignableRequest, accessKey: string, secretKey: string, scope?: Scope): Signature {
  const headers = request.headers
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => !name.includes('_'))
    .sort(([a], [b]) => byBytes(a, b))
  const date = headers.find(([name]) => name === dateHeader)?.[1]
  if (date === undefined) throw new TypeError('A request cannot be signed without X-Sdk-Date.')
  const names = headers.map(([name]) => name).join(';')
  const canonicalRequest = [
    request.method.toUpperCase(),
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.map(([name, value]) => `${name}:${value}\n`).join(''),
    names,
    request.bodyHash,
  ].join('\n')
  const hash = sha256Hex(canonicalRequest)
  if (scope === undefined) {
    const stringToSign = `${plainAlgorithm}\n${date}\n${hash}`
    const signature = hmacHex(secretKey, stringToSign)
    const authorization = `${plainAlgorithm} Access=${accessKey}, SignedHeaders=${names}, Signature=${signature}`
    return { canonicalRequest, stringToSign, signature, authorization }
  }
  const info = `${date.slice(0, 8)}/${scope.region}/${scope.service}`
  const stringToSign = `${derivedAlgorithm}\n${date}\n${info}\n${hash}`
  const key = Buffer.from(hkdfSync('sha256', secretKey, accessKey, info, 32)).toString('hex')
  const signature = hmacHex(key, stringToSign)
  const authorization = `${derivedAlgorithm} Credential=${accessKey}/${info}, SignedHeaders=${names}, Signature=${signature}`
  return { canonicalRequest, stringToSign, signature, authorization }
}

function hmacHex(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** A time in the form of `X-Sdk-Date`: 20191115T033655Z. */
export function sdkDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** Milliseconds of an `X-Sdk-Date`, or NaN. */
export function parseSdkDate(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text)
  if (!parts) return Number.NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** The three parts of an `Authorization` header, or undefined where it is not of this algorithm. */
export function parseAuthorization(
  header: string,
): { readonly accessKey: string; readonly signedHeaders: readonly string[]; readonly signature: string } | undefined {
  const parts = /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(header)
  if (!parts) return undefined
  const [, accessKey = '', names = '', signature = ''] = parts
  return { accessKey, signedHeaders: names.split(';'), signature }
}
