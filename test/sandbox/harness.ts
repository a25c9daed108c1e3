/** A sandbox under test, and a small signing client of its own that holds every answer to the contract. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { request as overHttp } from 'undici'
import type { Clock, Credentials, Randomness } from '../../src/ports.ts'
import type { Answer } from '../../src/sandbox/answers.ts'
import { components, type OperationId, operations } from '../../src/sandbox/operations.ts'
import { openSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Schemas } from '../../src/sandbox/views.ts'
import { sdkDate, sha256Hex, sign } from '../../src/signing/sdk-hmac-sha256.ts'

export interface Reply<Body = unknown> {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** Typed as what the operation answers, or an error: a test that expects the one and gets the other fails. */
  readonly body: Body & Schemas['Error']
  /** The body as it came. */
  readonly bytes: Buffer
}

export interface Wire {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface Asked {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bytes?: Buffer
}

export interface Server {
  readonly credentials: Credentials
  /** Sends a request as it is. */
  send(wire: Wire): Promise<Reply>
  /** Signs a request of an operation, sends it and holds the answer to the contract. */
  call<Id extends OperationId>(id: Id, asked?: Asked): Promise<Reply<Answer<Id>['body']>>
  close(): Promise<void>
}

export type Transport = 'in process' | 'over HTTP'
export const transports: readonly Transport[] = ['in process', 'over HTTP']

export class FakeClock implements Clock {
  private time = Date.UTC(2026, 10, 22, 9, 30)
  now = (): number => this.time
  sleep = async (): Promise<void> => {}
  pass(milliseconds: number): void {
    this.time += milliseconds
  }
}

export const randomness: Randomness = { uuid: () => randomUUID(), hex: (bytes) => randomBytes(bytes).toString('hex') }

export async function dataFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'koo-sandbox-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

export async function serve(
  transport: Transport,
  given: Pick<SandboxOptions, 'data' | 'clock'> & Partial<SandboxOptions>,
): Promise<Server> {
  const options = { port: 0, review: 'manual', reviewDelay: 0, randomness, ...given } as const
  const { credentials, send, close } = await (transport === 'in process' ? inProcess(options) : listening(options))
  const call = async <Id extends OperationId>(id: Id, asked: Asked = {}) => {
    const reply = await send(signed(wireOf(id, asked), credentials, options.clock.now()))
    holdToContract(id, reply)
    return reply as Reply<Answer<Id>['body']>
  }
  return { credentials, send, call, close }
}

async function inProcess(options: SandboxOptions): Promise<Omit<Server, 'call'>> {
  const { app, credentials } = await openSandbox(options)
  return {
    credentials,
    send: async ({ body, ...wire }) => {
      const { statusCode, headers, rawPayload } = await app.inject({ ...wire, ...(body ? { payload: body } : {}) })
      return replyOf(statusCode, headers, rawPayload)
    },
    close: () => app.close(),
  }
}

async function listening(options: SandboxOptions): Promise<Omit<Server, 'call'>> {
  const sandbox = await startSandbox(options)
  return {
    credentials: sandbox.credentials,
    send: async ({ url, ...wire }) => {
      const reply = await overHttp(`${sandbox.url}${url}`, wire)
      return replyOf(reply.statusCode, reply.headers, Buffer.from(await reply.body.arrayBuffer()))
    },
    close: () => sandbox.close(),
  }
}

function replyOf(status: number, headers: Reply['headers'], bytes: Buffer): Reply {
  const body = String(headers['content-type']).startsWith('application/json') ? JSON.parse(bytes.toString()) : undefined
  return { status, headers, body, bytes }
}

export function wireOf(id: OperationId, { params = {}, query = {}, headers = {}, json, bytes }: Asked): Wire {
  const { method, url } = operations[id]
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => String(params[name]))
  const pairs = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)])
  const search = new URLSearchParams(pairs).toString()
  const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)))
  return {
    method,
    url: search === '' ? path : `${path}?${search}`,
    headers: {
      host: 'marketplace.test',
      'client-request-id': randomUUID(),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bytes === undefined
        ? {}
        : { 'content-type': 'application/octet-stream', 'x-sdk-content-sha256': sha256Hex(bytes) }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  }
}

/** Every header is signed, as Huawei's own SDK for Node does. */
export function signed(wire: Wire, credentials: Credentials, now: number): Wire {
  const headers = { ...wire.headers, 'x-sdk-date': sdkDate(now) }
  const [path = '', query = ''] = wire.url.split('?')
  const { authorization } = sign(
    {
      method: wire.method,
      path: decodeURIComponent(path),
      query: [...new URLSearchParams(query)],
      headers: Object.entries(headers),
      bodyHash: wire.headers['x-sdk-content-sha256'] ?? sha256Hex(wire.body ?? ''),
    },
    credentials.accessKey,
    credentials.secretKey,
  )
  return { ...wire, headers: { ...headers, authorization } }
}

const ajv = new Ajv2020({ allErrors: true, schemas: [closed(components) as object] })

/** The contract lets servers add fields; this server has none but those it describes. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return inside.type === 'object' && inside.properties ? { additionalProperties: false, ...inside } : inside
}

export function holdToContract(id: OperationId, { status, headers, body }: Reply): void {
  const responses: Readonly<Record<string, object>> = operations[id].responses
  const schema = responses[status] ?? responses.default
  // Bytes have no schema; the server may send what it likes.
  if (!schema || (body !== undefined && !ajv.validate(schema, body))) {
    throw new Error(`${id} answered ${status} ${JSON.stringify(body)}: ${ajv.errorsText()}`)
  }
  if (typeof headers['x-request-id'] !== 'string') throw new Error(`${id} answered without X-Request-Id`)
}
