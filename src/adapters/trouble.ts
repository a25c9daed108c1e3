/** What is wrong with an attempt at a call, as far as it decides whether the call may be repeated. */
import { type Answer, errorOf, tooLarge } from './answer.ts'

/** How an attempt ended: with an answer, or with an error before there was one. */
export type Ending =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'lost'; readonly cause: unknown }

export type Trouble =
  /** An answer that asks for nothing else. */
  | 'none'
  /** Nothing was sent, so it had no effect. */
  | 'lost-before-sent'
  /** It may have had its effect; only the answer is missing. */
  | 'lost'
  /** Refused for its rate: it had no effect. */
  | 'throttled'
  /** The server failed, before the effect or after it. */
  | 'failed'
  /** It would be refused again. */
  | 'refused'

export const failedStatuses: ReadonlySet<number> = new Set([408, 500, 502, 503, 504])

/** KooGallery's open API says with status 406 and one of these that it is called too often. */
const tooOften: ReadonlySet<string> = new Set(['MKT.0250', 'CBC.0250'])

export function troubleOf(ending: Ending): Trouble {
  return ending.is === 'answer' ? troubleIn(ending.answer) : troubleBehind(ending.cause)
}

function troubleIn(answer: Answer): Trouble {
  const { status } = answer
  if (status < 400) return 'none'
  if (status === 429) return 'throttled'
  if (status === 406 && tooOften.has(errorOf(answer).code)) return 'throttled'
  // OBS says it in XML, gateways in JSON.
  if (status === 503 && (errorOf(answer).code === 'SlowDown' || answer.text.includes('<Code>SlowDown</Code>'))) {
    return 'throttled'
  }
  return failedStatuses.has(status) ? 'failed' : 'refused'
}

const beforeSent: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  'UND_ERR_CONNECT_TIMEOUT',
])

function troubleBehind(cause: unknown): Trouble {
  const code = causeCode(cause)
  if (code === tooLarge || isCertificate(code) || /^(ERR_SSL_|EPROTO$)/.test(code ?? '')) return 'refused'
  const proxy = proxyStatus(cause)
  if (proxy !== undefined) return proxy < 500 ? 'refused' : 'lost-before-sent'
  // The same code may come from a connection that was there already, where something was sent.
  const step = systemCall(cause)
  if (step !== undefined) return step === 'connect' || step === 'getaddrinfo' ? 'lost-before-sent' : 'lost'
  return beforeSent.has(code ?? '') ? 'lost-before-sent' : 'lost'
}

/** The code of an error or of what caused it, as in ECONNREFUSED. */
export function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? causeCode(error.cause) : undefined
}

function systemCall(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('syscall' in error && typeof error.syscall === 'string') return error.syscall
  return 'cause' in error ? systemCall(error.cause) : undefined
}

/** The status with which a proxy refused to make the connection; undici has it in its sentence only. */
export function proxyStatus(error: unknown): number | undefined {
  const status = /^Proxy response \((\d+)\)/.exec(error instanceof Error ? error.message : '')?.[1]
  return status === undefined ? undefined : Number(status)
}

const certificateCodes: ReadonlySet<string> = new Set([
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT'],
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE'],
  ...['ERR_TLS_CERT_ALTNAME_INVALID', 'UND_ERR_PRX_TLS', 'HOSTNAME_MISMATCH', 'INVALID_CA', 'INVALID_PURPOSE'],
  ...['PATH_LENGTH_EXCEEDED'],
])

/** TLS was refused for the certificate of the other side. */
export function isCertificate(code: string | undefined): boolean {
  return code !== undefined && (certificateCodes.has(code) || code.startsWith('CERT_'))
}
