/** The SellerServer port over Node's own HTTP: headers keep their case, and what TLS agreed on can be told. */
import { Agent as PlainAgent, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure, Agent as SecureAgent } from 'node:https'
import { isIP, type Socket } from 'node:net'
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  rootCertificates,
  type SecureVersion,
  type TLSSocket,
} from 'node:tls'
import { stopped } from '../model/failure.ts'
import type { CallEnd, CallRequest, Handshake, SellerServer } from '../ports.ts'
import { causeCode } from './trouble.ts'
import { whyUnreached } from './unreached.ts'

/** An answer has a few kilobytes, one about a hundred instances some hundred. */
const mostAnswerBytes = 4 * 1024 * 1024
const handshakeTime = 5_000

/** Authorities are those of `authority`, a PEM text, besides the public ones. Neither proxies nor redirects are followed. */
export function sellerServer({
  authority,
  stop,
}: {
  readonly authority?: string | undefined
  readonly stop: AbortSignal
}): SellerServer {
  const ca = authority === undefined ? {} : { ca: [...rootCertificates, authority] }
  // Hundreds of calls at the same time have a connection each, as from KooGallery's many machines.
  const plain = new PlainAgent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  let secure: SecureAgent | undefined
  const agentFor = (isSecure: boolean): PlainAgent => {
    if (!isSecure) return plain
    // One context: to read all authorities for each of hundreds of connections takes longer than the calls.
    secure ??= new SecureAgent({
      keepAlive: true,
      maxSockets: Number.POSITIVE_INFINITY,
      secureContext: createSecureContext(ca),
    })
    return secure
  }
  // One listener for hundreds of calls in flight.
  const halts = new Set<() => void>()
  const haltAll = (): void => {
    for (const halt of [...halts]) halt()
  }
  stop.addEventListener('abort', haltAll, { once: true })
  return {
    async call(request) {
      if (stop.aborted) throw stopped()
      const isSecure = new URL(request.url).protocol === 'https:'
      const open = (options: RequestOptions) => (isSecure ? requestSecure : requestPlain)(request.url, options)
      const agent = agentFor(isSecure)
      const ended = await called(request, open, agent, halts)
      // Others that were kept may be closed as well: the call that is made instead has a new one.
      if (ended.is === 'unreached' && ended.stale) for (const socket of keptBy(agent)) socket.destroy()
      return ended
    },
    handshake: (url, offer) => shakenHands(new URL(url), offer, ca, halts),
    async close() {
      stop.removeEventListener('abort', haltAll)
      plain.destroy()
      secure?.destroy()
    },
  }
}

function keptBy({ freeSockets }: PlainAgent): readonly Socket[] {
  return Object.values(freeSockets).flatMap((sockets = []) => sockets)
}

type Open = (options: RequestOptions) => ReturnType<typeof requestPlain>

function called(
  { method, headers, body, time }: CallRequest,
  open: Open,
  agent: PlainAgent,
  halts: Set<() => void>,
): Promise<CallEnd> {
  const started = performance.now()
  const elapsed = (): number => performance.now() - started
  return new Promise((resolve, reject) => {
    const length = body === undefined ? [] : [['Content-Length', String(body.byteLength)] as const]
    const call = open({ method, headers: Object.fromEntries([...headers, ...length]), agent })
    const timer = setTimeout(() => done({ is: 'late', milliseconds: elapsed() }), time)
    const halt = (): void => {
      finish()
      reject(stopped())
    }
    halts.add(halt)

    let begun = false
    function finish(): void {
      clearTimeout(timer)
      halts.delete(halt)
      call.on('error', () => {})
      call.destroy()
    }
    function done(ended: CallEnd): void {
      finish()
      resolve(ended)
    }
    function failed(error: unknown): void {
      const code = causeCode(error)
      // A server that closes what was kept just then looks like one that hangs up instead of answering.
      const stale = call.reusedSocket && !begun && (code === 'ECONNRESET' || code === 'EPIPE')
      const why = whyUnreached(code, time)
      done({ is: 'unreached', why, milliseconds: elapsed(), ...(stale ? { stale } : {}) })
    }

    call.on('error', failed)
    call.on('response', (answer) => {
      begun = true
      const chunks: Uint8Array[] = []
      let bytes = 0
      answer.on('error', failed)
      answer.on('data', (chunk: Uint8Array) => {
        bytes += chunk.byteLength
        chunks.push(chunk)
        const why = `its answer is longer than ${mostAnswerBytes / 1024 / 1024} MB`
        if (bytes > mostAnswerBytes) done({ is: 'unreached', why, milliseconds: elapsed() })
      })
      answer.on('end', () => {
        clearTimeout(timer)
        halts.delete(halt)
        const { statusCode: status = 0, rawHeaders } = answer
        resolve({
          is: 'answer',
          status,
          headers: pairsOf(rawHeaders),
          body: Buffer.concat(chunks),
          milliseconds: elapsed(),
        })
      })
    })
    call.end(body)
  })
}

function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
}

/** OpenSSL offers what is old only where its level of security is lowered. */
const oldest: ConnectionOptions = {
  minVersion: 'TLSv1' satisfies SecureVersion,
  maxVersion: 'TLSv1.1' satisfies SecureVersion,
  ciphers: 'DEFAULT:@SECLEVEL=0',
}

function shakenHands(
  { hostname, port }: URL,
  offer: 'current' | 'old',
  ca: Pick<ConnectionOptions, 'ca'>,
  halts: Set<() => void>,
): Promise<Handshake> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(isIP(host) ? {} : { servername: host }),
      // What is wrong with the certificate is told, instead of ending the handshake; nothing is sent either way.
      rejectUnauthorized: false,
      ...ca,
      ...(offer === 'old' ? oldest : { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    })
    let reached = false
    const refuse = (why: string): void => done({ is: 'refused', why, reached })
    const timer = setTimeout(() => refuse(whyUnreached('ETIMEDOUT', handshakeTime)), handshakeTime)
    const halt = (): void => {
      reject(stopped())
      refuse('koo was stopped')
    }
    halts.add(halt)
    function done(handshake: Handshake): void {
      clearTimeout(timer)
      halts.delete(halt)
      socket.destroy()
      resolve(handshake)
    }
    socket.on('connect', () => {
      reached = true
    })
    socket.on('error', (error) => refuse(whyUnreached(causeCode(error), handshakeTime)))
    socket.on('secureConnect', () => done(factsOf(socket)))
  })
}

function factsOf(socket: TLSSocket): Handshake {
  const { valid_to: end } = socket.getPeerCertificate()
  const validUntil = Date.parse(end)
  // Null where it is trusted, and a text or an error where it is not, whatever its type says.
  const error = socket.authorizationError as unknown
  const code = typeof error === 'string' ? error : causeCode(error)
  return {
    is: 'made',
    protocol: socket.getProtocol() ?? 'unknown',
    ...(socket.authorized ? {} : { untrusted: whyUnreached(code ?? 'CERT_UNTRUSTED', handshakeTime) }),
    ...(Number.isNaN(validUntil) ? {} : { validUntil }),
  }
}
