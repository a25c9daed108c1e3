/** Lets faults happen to requests on the wire: they wait, are refused, lose their answers or their connections. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../ports.ts'
import type { Answer } from './answers.ts'
import { between, type Decisions, type RateFault, type RequestFault, type Strike } from './faults.ts'
import type { OperationId } from './operations.ts'

/** What a request ends with instead of its answer. */
interface Substitute {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string | Readonly<Record<string, unknown>>
}

export interface FaultHooks {
  /** Before anything of the request's body is read; what strikes it is decided here. */
  arrived(id: OperationId, request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Before anything is looked at; true where the request has had its end. */
  before(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
  /** How old a state the request reads; undefined for the present one. */
  stale(request: FastifyRequest): Extract<RequestFault, { fault: 'stale' }> | undefined
  /** After the effect, before the answer; true where the request has had its end. */
  after(request: FastifyRequest, reply: FastifyReply, answer: Answer<OperationId>): boolean
  /** Whether a fault took the request over, so that there is no answer, or half of one. */
  isSilenced(request: FastifyRequest): boolean
  /** The names of the faults that struck the request. */
  names(request: FastifyRequest): readonly string[]
}

export function faultHooks(decisions: Decisions, clock: Clock): FaultHooks {
  const struck = new WeakMap<FastifyRequest, readonly Strike[]>()
  const silenced = new WeakSet<FastifyRequest>()
  const silence = (request: FastifyRequest, reply: FastifyReply): void => {
    silenced.add(request)
    reply.hijack()
  }
  const of = (request: FastifyRequest) => struck.get(request) ?? []
  return {
    async arrived(id, request, reply) {
      const strikes = decisions.request(id, clock.now())
      struck.set(request, strikes)
      const cut = faultIn(strikes, 'cut')
      if (cut === undefined) return
      silence(request, reply)
      const { socket } = request.raw
      // A request without a body has no middle.
      if (cut.where === 'body' && Number(request.headers['content-length'] ?? 0) > 0) {
        request.raw.once('data', () => socket.resetAndDestroy())
      } else socket.resetAndDestroy()
    },

    async before(request, reply) {
      for (const strike of of(request)) {
        const { fault } = strike
        if (fault.fault === 'latency' && 'chance' in strike) {
          await clock.sleep(between(fault.min, fault.max, strike.chance))
        } else if (fault.fault === 'hang') {
          silence(request, reply)
          return true
        } else if (fault.fault === 'fail-before' || fault.fault === 'rate') {
          send(reply, fault.fault === 'rate' ? limited(fault, request) : failed(fault, request))
          return true
        }
      }
      return false
    },

    stale: (request) => faultIn(of(request), 'stale'),

    after(request, reply, { status, body }) {
      for (const { fault } of of(request)) {
        if (fault.fault === 'fail-after') {
          send(reply, failed(fault, request))
          return true
        }
        if (fault.fault === 'lose-reply') {
          silence(request, reply)
          request.raw.socket.resetAndDestroy()
          return true
        }
        if (fault.fault === 'truncate' && !isStream(body)) {
          silence(request, reply)
          truncate(reply, status, JSON.stringify(body))
          return true
        }
      }
      return false
    },

    isSilenced: (request) => silenced.has(request),
    names: (request) => of(request).map(({ fault }) => fault.fault),
  }
}

function faultIn<Name extends RequestFault['fault']>(
  strikes: readonly Strike[],
  name: Name,
): Extract<RequestFault, { fault: Name }> | undefined {
  return strikes.find(({ fault }) => fault.fault === name)?.fault as Extract<RequestFault, { fault: Name }> | undefined
}

function send(reply: FastifyReply, { status, headers, body }: Substitute): void {
  reply.status(status).headers(headers).send(body)
}

const again = (seconds: number | undefined) => (seconds === undefined ? {} : { 'retry-after': seconds })
const titles = { 502: 'Bad Gateway', 504: 'Gateway Time-out' } as const

/** The marketplace itself speaks the contract; a gateway that cannot reach it has a page of its own. */
function failed(
  { status, 'retry-after': seconds }: Extract<RequestFault, { fault: 'fail-before' | 'fail-after' }>,
  { id }: FastifyRequest,
): Substitute {
  const headers = again(seconds)
  if (status === 502 || status === 504) {
    const body = `<html><head><title>${status} ${titles[status]}</title></head></html>\n`
    return { status, headers: { ...headers, 'content-type': 'text/html' }, body }
  }
  const [error_code, error_msg] =
    status === 500
      ? ['KOO.01500001', 'The marketplace failed, as it was told to.']
      : ['KOO.01503001', 'The marketplace is overloaded, as it was told to be.']
  return { status, headers, body: { error_code, error_msg, request_id: id } }
}

const slowDown =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>\n'

/** As the gateway, KooGallery's open API or the object store say it. */
function limited({ answer, 'retry-after': seconds }: RateFault, { id }: FastifyRequest): Substitute {
  const headers = again(seconds)
  switch (answer) {
    case 'throttled':
      return { status: 429, headers, body: { error_code: 'APIGW.0308', error_msg: 'Throttled.', request_id: id } }
    case 'koogallery':
      return {
        status: 406,
        headers,
        body: { error_code: 'MKT.0250', error_msg: 'The access frequency exceeds the limit.', request_id: id },
      }
    default:
      return { status: 503, headers: { ...headers, 'content-type': 'application/xml' }, body: slowDown }
  }
}

/** Promises all of the text, sends the first half of it and goes away. */
function truncate(reply: FastifyReply, status: number, text: string): void {
  const bytes = Buffer.from(text)
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }
  reply.raw.writeHead(status, headers)
  reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.socket?.end())
}

function isStream(body: unknown): boolean {
  return typeof (body as { readonly pipe?: unknown }).pipe === 'function'
}
