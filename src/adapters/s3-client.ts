/** The AWS SDK's client, set so that OBS and other stores understand it, over undici and with careful repeats. */
import type { Readable } from 'node:stream'
import { S3Client } from '@aws-sdk/client-s3'
import { type Dispatcher, request } from 'undici'
import { stopped } from '../model/failure.ts'
import { jitterOf } from '../model/jitter.ts'
import type { BucketAddress, Clock, Credentials, Randomness } from '../ports.ts'
import { timeForBody } from './attempt.ts'
import { asksToWait } from './call-failures.ts'
import { connectionsTo } from './proxies.ts'
import { nextOf, noPast, type Past } from './repeats.ts'
import { askedPause, attemptsFor, limits, troubleWith, whoIs } from './s3-trouble.ts'

export interface S3 {
  readonly client: S3Client
  /** Does something, again where that may help; throws what was thrown last. */
  repeated<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T>
  /** Before another attempt. Throws what it is after, where that is not to be repeated, or a Failure. */
  pause(after: unknown, past: Past, stop: AbortSignal): Promise<Past>
  close(): Promise<void>
}

const slice = 256 * 1024

/** Where the bucket's store is. */
export function endpointOf({ endpoint, region }: BucketAddress): URL {
  return new URL(endpoint ?? `https://obs.${region}.myhuaweicloud.com`)
}

export function s3Client(options: {
  readonly address: BucketAddress
  readonly credentials: Credentials
  readonly clock: Clock
  readonly randomness: Randomness
  /** Where proxies are named. */
  readonly environment: Readonly<Record<string, string | undefined>>
}): S3 {
  const { address, credentials, clock, randomness, environment } = options
  const endpoint = endpointOf(address)
  const agent = connectionsTo(endpoint, { environment, connections: 32, limits })
  // The SDK warns that its releases of 2027 need a newer Node; which release koo has is not the seller's affair.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const client = new S3Client({
    endpoint: endpoint.href,
    region: address.region,
    credentials: {
      accessKeyId: credentials.accessKey,
      secretAccessKey: credentials.secretKey,
      ...(credentials.securityToken === undefined ? {} : { sessionToken: credentials.securityToken }),
    },
    forcePathStyle: address.pathStyle,
    requestHandler: { handle: (asked: Asked) => answered(agent, asked), destroy: () => {} },
    // OBS knows no CRC32, and would take the frames of a chunked body for its content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    maxAttempts: 1,
    // What is not set here is looked up in files and variables that are another program's.
    authSchemePreference: ['aws.auth#sigv4'],
    defaultsMode: 'standard',
    disableS3ExpressSessionAuth: true,
    retryMode: 'standard',
    sigv4aSigningRegionSet: [address.region],
    useArnRegion: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'koo',
  })
  // It would hide the codes of errors, and koo repeats by itself, so that a pause can be cut short.
  client.middlewareStack.add((next) => next, {
    step: 'finalizeRequest',
    name: 'retryMiddleware',
    priority: 'high',
    override: true,
  })
  if (endpoint.protocol === 'https:') leaveBodiesUnsigned(client)

  async function pause(after: unknown, past: Past, stop: AbortSignal): Promise<Past> {
    const call = { repeatable: true, attempts: attemptsFor(after) }
    const asked = askedPause(after, clock.now())
    const next = nextOf(troubleWith(after), call, past, asked, jitterOf(randomness))
    if (next.do === 'end') throw next.asked === undefined ? after : asksToWait(whoIs(address, endpoint), next.asked)
    if (!stop.aborted) await clock.sleep(next.pause, stop)
    if (stop.aborted) throw stopped()
    return next.past
  }

  async function repeated<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
    for (let past = noPast; ; ) {
      try {
        return await work()
      } catch (error) {
        past = await pause(error, past, stop)
      }
    }
  }

  return {
    client,
    repeated,
    pause,
    async close() {
      client.destroy()
      await agent.destroy()
    },
  }
}

/** What the SDK hands to the one who sends it. */
interface Asked {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

async function answered(agent: Dispatcher, asked: Asked) {
  const { method, headers, body } = asked
  const {
    statusCode,
    headers: told,
    body: stream,
  } = await request(addressOf(asked), {
    method: method as 'GET',
    headers,
    body: isLarge(body) && asked.protocol === 'https:' ? slicesOf(body) : (body ?? null),
    dispatcher: agent,
    // undici counts from the moment the body is handed over, not from when it has been sent.
    headersTimeout: limits.headers + timeForBody(body === undefined ? {} : { body: { bytes: body } }),
  })
  const flat = Object.entries(told).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])
  return { response: { statusCode, headers: Object.fromEntries(flat), body: stream } }
}

function isLarge(body: Asked['body']): body is Uint8Array {
  return body instanceof Uint8Array && body.length > slice
}

/**
 * TLS encrypts all it is given at once, into as much memory again; so it is given a little at a time. undici takes anything
 * that can be gone through, which its types do not say.
 */
function slicesOf(body: Uint8Array): Readable {
  const slices = function* () {
    for (let start = 0; start < body.length; start += slice) yield body.subarray(start, start + slice)
  }
  return slices() as unknown as Readable
}

function addressOf({ protocol, hostname, port, path, query }: Asked): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) =>
      each === null ? encode(name) : `${encode(name)}=${encode(each)}`,
    ),
  )
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Their SHA-256 would be worked out a second time for nothing: on their way TLS guards them, and what arrives is compared
 * with Content-MD5, which is signed.
 */
function leaveBodiesUnsigned(client: S3Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { body, headers } = args.request as { readonly body?: unknown; readonly headers: Record<string, string> }
      if (body instanceof Uint8Array) headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD'
      return next(args)
    },
    { step: 'build', name: 'leaveBodiesUnsigned' },
  )
}
