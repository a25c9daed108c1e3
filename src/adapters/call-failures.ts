/** The Failures of a signed call: what went wrong at the other end, in sentences. */
import { Failure } from '../model/failure.ts'
import { type Answer, errorOf, tooLarge } from './answer.ts'
import type { Limits } from './proxies.ts'
import { causeCode, isCertificate, proxyStatus, type Trouble } from './trouble.ts'

/** Who is spoken to, as in "The marketplace at https://…". */
export type Who = string

const later = 'Nothing is half done; run the same command again later.'

/** The code of the error that ends a call which takes too long as a whole. */
export const timeIsUp = 'TIME_IS_UP'

/**
 * @param skew seconds this machine is ahead of the server, undefined where that is not known
 * @throws {Failure} where an answer says that the credentials or the rights are wrong, or that the server failed.
 */
export function throwIfRefused(who: Who, trouble: Trouble, answer: Answer, skew: number | undefined): void {
  const { status } = answer
  const { code, message } = errorOf(answer)
  if (status === 401) {
    const clock =
      skew === undefined || Math.abs(skew) < 60
        ? 'Check the access key and the secret key; both must belong to the seller’s account.'
        : `This machine’s clock is ${lag(skew)} the server’s; set it right.`
    throw new Failure({
      code: 'credentials-refused',
      exit: 'credentials',
      message: `${who} refuses the credentials: ${message} (${code})`,
      hint: clock,
    })
  }
  if (status === 403) {
    throw new Failure({
      code: 'not-allowed',
      exit: 'credentials',
      message: `${who} does not allow this: ${message} (${code})`,
      hint: 'Ask for the rights, or use credentials that have them.',
    })
  }
  if (trouble === 'throttled') {
    throw new Failure({
      code: 'marketplace-throttled',
      exit: 'marketplace',
      message: `${who} refuses requests for their rate, and went on doing so: ${message} (${code})`,
      hint: later,
    })
  }
  if (trouble === 'failed' || status >= 500) {
    throw new Failure({
      code: 'marketplace-failed',
      exit: 'marketplace',
      message: `${who} failed: ${message} (${code})`,
      hint: later,
    })
  }
}

/** As in "5 seconds behind". */
export function lag(skew: number): string {
  return `${Math.abs(skew)} seconds ${skew < 0 ? 'behind' : 'ahead of'}`
}

/** The server asks for a longer pause than anybody would wait for. */
export function asksToWait(who: Who, milliseconds: number): Failure {
  return new Failure({
    code: 'marketplace-throttled',
    exit: 'marketplace',
    message: `${who} asks to wait ${Math.ceil(milliseconds / 1000)} seconds before the next request.`,
    hint: 'Nothing is half done; run the same command again after that time.',
  })
}

/** No answer came, or it broke off. */
export function unreachable(who: Who, cause: unknown, limits: Limits): Failure {
  const code = causeCode(cause)
  if (isCertificate(code)) return untrusted(who, code, cause)
  const status = proxyStatus(cause)
  const where = {
    message: `${who} ${noAnswer(code, limits)}`,
    hint: `Check the address, the network and, where there is one, the proxy. ${later}`,
  }
  const atProxy = {
    message: `${who} cannot be reached through the proxy, which answers with HTTP ${status}.`,
    hint:
      status === 407
        ? 'The proxy wants a user name and a password: HTTPS_PROXY=http://user:password@host:port.'
        : 'Check HTTPS_PROXY and NO_PROXY.',
  }
  const news = status === undefined ? where : atProxy
  return new Failure({ code: 'marketplace-unreachable', exit: 'marketplace', ...news, cause })
}

function noAnswer(code: string | undefined, limits: Limits): string {
  const seconds = (milliseconds: number) => `${Math.ceil(milliseconds / 1000)} seconds`
  switch (code) {
    case undefined:
      return 'does not answer.'
    case tooLarge:
      return 'sends an answer that is too large.'
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `accepts no connection: time-out after ${seconds(limits.connect)} (${code}).`
    case 'UND_ERR_HEADERS_TIMEOUT':
      return `does not answer: time-out (${code}).`
    case 'UND_ERR_BODY_TIMEOUT':
      return `stopped in the middle of its answer: time-out after ${seconds(limits.body)} (${code}).`
    case timeIsUp:
      return 'takes too long for its answer: time-out.'
    default:
      return `does not answer (${code}).`
  }
}

function untrusted(who: Who, code: string | undefined, cause: unknown): Failure {
  return new Failure({
    code: 'certificate-refused',
    exit: 'marketplace',
    message: `${who} shows a certificate that cannot be trusted (${code}); nothing was sent.`,
    hint: 'Check the address and this machine’s clock. The file with a company’s own authority is named by NODE_EXTRA_CA_CERTS.',
    cause,
  })
}
