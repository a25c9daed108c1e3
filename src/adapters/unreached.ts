/** Why a server was not reached, in words for whoever asked. */

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host cannot be looked up at present',
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection is cut',
  EPIPE: 'the connection is cut',
  UND_ERR_SOCKET: 'the connection is cut',
  ENETUNREACH: 'no route leads there',
  EHOSTUNREACH: 'no route leads there',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority nobody knows',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes without those that vouch for it',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes without those that vouch for it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes without those that vouch for it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

const slow: ReadonlySet<string> = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'])

export const noHttp = 'what answers does not speak HTTP'

/** @param time milliseconds there were */
export function withinTime(time: number): string {
  return `there is no answer within ${time / 1000} seconds`
}

/**
 * As a short sentence without its full stop.
 * @param code that of the error, as in ECONNREFUSED
 */
export function whyUnreached(code: string | undefined, time: number): string {
  if (code === undefined) return 'it does not answer'
  if (slow.has(code)) return withinTime(time)
  const known = reasons[code]
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return noHttp
  if (code.startsWith('CERT_')) return `its certificate is not accepted (${code})`
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return `an encrypted connection cannot be made (${code})`
  }
  return `it does not answer (${code})`
}
