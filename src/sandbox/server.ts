/** The contract over HTTP: signature, schemas, answers, and one form for every error. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { MarketplaceErrorCode } from '../model/marketplace-error.ts'
import type { Complaint } from '../model/release.ts'
import type { Clock, Randomness } from '../ports.ts'
import type { Answers, Call } from './answers.ts'
import { authenticate, isSignedBody, signatureLife, unauthorized } from './authentication.ts'
import { type OperationId, operations } from './operations.ts'
import { Refusal } from './refusal.ts'
import type { Store } from './store.ts'
import { validate } from './validation.ts'

/** Bodies signed with AK/SK are limited to 12 MB by Huawei Cloud's gateway. */
const bodyLimit = 12 * 1024 * 1024

export interface Served {
  readonly answers: Answers
  readonly store: Store
  readonly clock: Clock
  readonly randomness: Randomness
}

export function sandboxServer({ answers, store, clock, randomness }: Served): FastifyInstance {
  const app = fastify({
    bodyLimit,
    exposeHeadRoutes: false,
    // Ends kept-alive connections at once when it closes, and lets running requests end.
    forceCloseConnections: 'idle',
    genReqId: () => randomness.hex(16),
    frameworkErrors: (error, request, reply) => {
      reply.header('X-Request-Id', request.id)
      send(reply, asRefusal(error))
    },
  })
  // The signature is over the bytes, so every body stays as it came until it has been checked.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id)
  })
  app.setNotFoundHandler((request, reply) => {
    send(reply, new Refusal('APIGW.0101', `There is no operation ${request.method} ${request.url.split('?')[0]}.`))
  })
  app.setErrorHandler((error, _request, reply) => send(reply, asRefusal(error)))

  const identify = (request: FastifyRequest, id: OperationId): Buffer => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { method, headers } = request
    const received = { method, headers, body, url: request.raw.url ?? '/' }
    const now = clock.now()
    const signature = authenticate(received, store.account.credentials, now)
    if (!store.useSignature(signature, now, now - signatureLife)) {
      throw unauthorized('this signed request was received before; sign a Client-Request-Id to repeat it')
    }
    if (!isSignedBody(received)) {
      if (id === 'UploadPart') throw new Refusal('KOO.01400004', 'The part is not of the SHA-256 it was sent with.')
      throw unauthorized('the body is not the one that was signed')
    }
    return body
  }

  for (const { operationId: id, method, url } of Object.values(operations)) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const bytes = identify(request, id)
        const call = callOf(request, id, bytes)
        const answer = answers[id] as (call: Call<OperationId>) => ReturnType<Answers[OperationId]>
        const { status, body } = await answer(call)
        return reply.status(status).send(body)
      },
      errorHandler: (error, _request, reply) => (foreign[id] ?? send)(reply, asRefusal(error)),
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
  return { params, query, body, bytes, clientToken: String(headers['x-client-token'] ?? '') } as Call<OperationId>
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
