/** Writes a line for each request the sandbox ended, for whoever wants to count them. */
import { appendFileSync } from 'node:fs'
import type { FastifyRequest } from 'fastify'
import type { Clock } from '../ports.ts'
import type { SignatureCheck } from './authentication.ts'
import type { FaultHooks } from './fault-hooks.ts'
import type { OperationId } from './operations.ts'
import type { RecentRequests } from './recent-requests.ts'
import { mask, maskedAddress } from './secret-names.ts'

export interface RequestLine {
  readonly time: string
  readonly request_id: string
  readonly operation: string
  readonly method: string
  /** Path and query, without secrets. */
  readonly url: string
  /** 0 where there was no whole answer. */
  readonly status: number
  /** Of the request's body. */
  readonly bytes: number
  /** The faults that struck it. */
  readonly faults: readonly string[]
}

/** Appends to a file, synchronously, so that a killed sandbox has told of everything it answered. */
export function requestLog(path: string): (line: RequestLine) => void {
  return (line) => appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

interface Recording {
  readonly clock: Clock
  readonly log: ((line: RequestLine) => void) | undefined
  readonly recent: RecentRequests | undefined
  readonly hooks: FaultHooks | undefined
  readonly checks: WeakMap<FastifyRequest, SignatureCheck>
  /** Told nowhere, wherever a client may have put it. */
  readonly secretKey: string
}

/** Tells of each request once, whoever is the first to know its end; undefined where nobody listens. */
export function recorder(operation: OperationId, recording: Recording) {
  const { checks, log, recent } = recording
  if (log === undefined && recent === undefined) return undefined
  const told = new WeakSet<FastifyRequest>()
  return (request: FastifyRequest, status: number, elapsed: number): void => {
    if (told.has(request)) return
    told.add(request)
    const line = lineOf(request, operation, status, recording)
    log?.(line)
    recent?.add({ ...line, headers: request.headers, elapsed, check: checks.get(request) })
  }
}

export function lineOf(
  request: FastifyRequest,
  operation: string,
  status: number,
  { clock, hooks, secretKey }: Pick<Recording, 'clock' | 'secretKey'> & Partial<Pick<Recording, 'hooks'>>,
): RequestLine {
  return {
    time: new Date(clock.now()).toISOString(),
    request_id: request.id,
    operation,
    method: request.method,
    url: maskedAddress(request.raw.url ?? '/').replaceAll(secretKey, mask),
    status,
    bytes: Number(request.headers['content-length'] ?? 0),
    faults: hooks?.names(request) ?? [],
  }
}
