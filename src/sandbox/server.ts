/** The contract over HTTP: signature, schemas, answers, and one form for every error. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { MarketplaceErrorCode } from '../model/marketplace-error.ts'
import type { Complaint } from '../model/release.ts'
import type { Clock, Randomness } from '../ports.ts'
import { bodyHashHeader } from '../signing/sdk-hmac-sha256.ts'
import type { Answers, Call } from './answers.ts'
import {
  checkSignature,
  isSignedBody,
  type ReceivedRequest,
  refused,
  type SignatureCheck,
  signatureLife,
  unauthorized,
} from './authentication.ts'
import type { FaultHooks } from './fault-hooks.ts'
import type { Right } from './faults.ts'
import { type OperationId, operations } from './operations.ts'
import type { PagesBeside } from './pages.ts'
import type { Lag } from './past.ts'
import { OpenApiRefusal, Refusal } from './refusal.ts'
import { lineOf, type RequestLine, recorder } from './request-log.ts'
import { orderRefusal, usageRefusal } from './seller-api.ts'
import type { Store } from './store.ts'
import { validate } from './validation.ts'

/** Bodies signed with AK/SK are limited to 12 MB by Huawei Cloud's gateway. */
const bodyLimit = 12 * 1024 * 1024

export interface Served {
  readonly answers: Answers
  readonly store: Store
  readonly clock: Clock
  readonly randomness: Randomness
  /** What the account may do; left out, everything. */
  readonly rights?: ReadonlySet<Right> | undefined
  /** Only where there are faults. */
  readonly faulty?: Faulty | undefined
  readonly log?: ((line: RequestLine) => void) | undefined
  /** The pages beside the API, if there are any. */
  readonly pages?: PagesBeside | undefined
}

export interface Faulty {
  readonly hooks: FaultHooks
  /** Milliseconds the clock is ahead. */
  readonly skew: number
  readonly answersAsOf: (lag: Lag) => Answers
}

/** What an operation takes a right for; the others take none. */
const rightFor: Partial<Record<OperationId, Right>> = {
  CreateUpload: 'publish',
  UploadPart: 'publish',
  CompleteUpload: 'publish',
  CreateRelease: 'publish',
  SubmitRelease: 'publish',
  WithdrawRelease: 'publish',
  DiscontinueProduct: 'discontinue',
  ReviewRelease: 'review',
  EditRelease: 'edit',
}

export function sandboxServer(served: Served): FastifyInstance {
  const { answers, store, clock, randomness, rights, faulty, log, pages } = served
  const recent = pages?.recent
  const { secretKey } = store.account.credentials
  const skew = faulty?.skew ?? 0
  const app = fastify({
    bodyLimit,
    exposeHeadRoutes: false,
    // Ends kept-alive connections at once when it closes, and lets running requests end.
    forceCloseConnections: 'idle',
    genReqId: () => randomness.hex(16),
    frameworkErrors: (error, request, reply) => {
      reply.header('X-Request-Id', request.id)
      if (pages?.isAsked(request)) return pages.noPage(request, reply)
      send(reply, asRefusal(error))
    },
  })
  // The signature is over the bytes, so every body stays as it came until it has been checked.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id)
    if (skew !== 0) reply.header('Date', new Date(clock.now() + skew).toUTCString())
  })
  app.setNotFoundHandler((request, reply) => {
    if (pages?.isAsked(request)) return pages.noPage(request, reply)
    // Whoever signs nothing is no client of the API, and must not push those of clients out.
    if (request.headers.authorization !== undefined) {
      const line = lineOf(request, '', 404, { clock, secretKey })
      recent?.add({ ...line, headers: request.headers, elapsed: reply.elapsedTime })
    }
    return send(
      reply,
      new Refusal('APIGW.0101', `There is no operation ${request.method} ${request.url.split('?')[0]}.`),
    )
  })
  app.setErrorHandler((error, _request, reply) => send(reply, asRefusal(error)))

  const checks = new WeakMap<FastifyRequest, SignatureCheck>()
  const identify = (request: FastifyRequest, id: OperationId): Buffer => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { method, headers } = request
    const received = { method, headers, body, url: request.raw.url ?? '/' }
    const now = clock.now() + skew
    const check = usedOnce(checkSignature(received, store.account.credentials, now), received, now)
    if (recent !== undefined) checks.set(request, check)
    if (check.is === 'verified') return body
    if (check.fault === 'other body' && id === 'UploadPart') {
      throw new Refusal('KOO.01400004', 'The part is not of the SHA-256 it was sent with.')
    }
    throw unauthorized(check.why)
  }
  const usedOnce = (check: SignatureCheck, received: ReceivedRequest, now: number): SignatureCheck => {
    if (check.is === 'refused') return check
    const { accessKey, signature } = check
    if (!store.useSignature(signature, now, now - signatureLife)) {
      const why = 'this signed request was received before; sign a Client-Request-Id to repeat it'
      return refused('replayed', why, accessKey)
    }
    return isSignedBody(received) ? check : refused('other body', 'the body is not the one that was signed', accessKey)
  }

  const answered = async (id: OperationId, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { hooks, answersAsOf } = faulty ?? {}
    if (await hooks?.before(request, reply)) return reply
    const bytes = identify(request, id)
    const call = callOf(request, id, bytes)
    const right = rightFor[id]
    if (right !== undefined && rights?.has(right) === false) {
      throw new Refusal('KOO.01403001', `The account may not ${right}.`)
    }
    const lag = request.method === 'GET' ? hooks?.stale(request) : undefined
    const source = lag === undefined || answersAsOf === undefined ? answers : answersAsOf(lag)
    const answer = source[id] as (call: Call<OperationId>) => ReturnType<Answers[OperationId]>
    const given = await answer(call)
    if (hooks?.after(request, reply, given)) return reply
    const { status, headers = {}, body } = given
    return reply.status(status).headers(headers).send(body)
  }

  for (const { operationId: id, method, url } of Object.values(operations)) {
    const record = recorder(id, { clock, hooks: faulty?.hooks, checks, log, recent, secretKey })
    app.route({
      method,
      url,
      ...(faulty === undefined
        ? {}
        : {
            onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
              await faulty.hooks.arrived(id, request, reply)
              if (faulty.hooks.isSilenced(request)) record?.(request, 0, reply.elapsedTime)
            },
          }),
      ...(record === undefined
        ? {}
        : {
            onResponse: async (request: FastifyRequest, reply: FastifyReply) =>
              record(request, reply.statusCode, reply.elapsedTime),
          }),
      handler: async (request, reply) => {
        const end = await answered(id, request, reply)
        if (faulty?.hooks.isSilenced(request)) record?.(request, 0, reply.elapsedTime)
        return end
      },
      errorHandler: (error, _request, reply) =>
        error instanceof OpenApiRefusal
          ? reply.status(400).send(error.body)
          : (foreign[id] ?? send)(reply, asRefusal(error)),
    })
  }
  return app
}

/** The request as its operation takes it, once it follows the contract. */
function callOf(request: FastifyRequest, id: OperationId, bytes: Buffer): Call<OperationId> {
  const { params, query, headers } = request
  const body = 'body' in operations[id] ? parsed(bytes) : undefined
  validate(id, { params, querystring: query, headers, body })
  // The types are made from the same document as the schemas that have just been applied.
  return { params, query, headers, body, bytes, ...textsOf(headers) } as Call<OperationId>
}

function textsOf(headers: FastifyRequest['headers']): Pick<Call<OperationId>, 'bytesSha256' | 'clientToken' | 'range'> {
  const text = (name: string) => String(headers[name] ?? '')
  return { bytesSha256: text(bodyHashHeader), clientToken: text('x-client-token'), range: text('range') }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Refusal('KOO.01400001', 'The body is not JSON.')
  }
}

/** What anything thrown means to the client: a refusal, or that the sandbox failed. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const { statusCode, message } = error as { readonly statusCode?: number; readonly message?: string }
  if (statusCode === 413) return new Refusal('APIGW.0201', 'The body is larger than 12 MB.')
  if (statusCode !== undefined && statusCode < 500) return new Refusal('KOO.01400001', message ?? 'Bad request.')
  return new Refusal('KOO.01500001', `The sandbox failed: ${message ?? 'for no known reason'}`)
}

interface ErrorBody {
  readonly error_code: MarketplaceErrorCode
  readonly error_msg: string
  readonly request_id: string
  readonly details?: readonly Complaint[]
}

function send(reply: FastifyReply, { status, code, message, details }: Refusal): FastifyReply {
  const body: ErrorBody = {
    error_code: code,
    error_msg: message,
    request_id: reply.request.id,
    ...(details.length > 0 ? { details } : {}),
  }
  return reply.status(status).send(body)
}

/** Operations that are another service's, which has a form of its own for what it refuses. */
const foreign: Partial<Record<OperationId, typeof send>> = {
  ListImages: sendAsImageService,
  ListDeployedObjects: sendAsOpenApi,
  ShowOrder: sendAs(orderRefusal),
  PushUsage: sendAs(usageRefusal),
}

/** What does not follow the contract is refused as the call itself refuses; a wrong key pair is the gateway's to refuse. */
function sendAs(form: (wrong: string) => OpenApiRefusal): typeof send {
  return (reply, refusal) => {
    if (refusal.status !== 400) return send(reply, refusal)
    const { path = '', message = refusal.message } = refusal.details[0] ?? {}
    return reply.status(400).send(form(path === '' ? message : `${path} ${message}`).body)
  }
}

/** The open API knows one code for all that is wrong with a request. */
function sendAsOpenApi(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.status !== 400) return send(reply, refusal)
  const wrong = refusal.details[0]?.message ?? refusal.message
  return reply.status(400).send({ error_code: '92020002', error_msg: wrong })
}

/** The image service has a form of its own for what it refuses; a wrong signature is still the gateway's to refuse. */
function sendAsImageService(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.status !== 400) return send(reply, refusal)
  const wrong = refusal.details[0]?.message ?? refusal.message
  const error = wrong.includes('__imagetype')
    ? { message: 'The imagetype is invalid.', code: 'IMG.0024' }
    : { message: wrong, code: refusal.code }
  return reply.status(400).send({ error })
}
