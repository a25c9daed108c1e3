/** The last requests to the API, in memory, for whoever looks for what went wrong with one. */
import type { IncomingHttpHeaders } from 'node:http'
import type { SignatureCheck } from './authentication.ts'
import type { RequestLine } from './request-log.ts'

export interface RecentRequest extends RequestLine {
  readonly headers: IncomingHttpHeaders
  /** Until its end, in milliseconds. */
  readonly elapsed: number
  /** Left out where something else ended it before, such as a fault. */
  readonly check?: SignatureCheck | undefined
}

export interface RecentRequests {
  add(request: RecentRequest): void
  /** Newest first. */
  list(): readonly RecentRequest[]
  find(id: string): RecentRequest | undefined
}

const most = 1000

export function recentRequests(): RecentRequests {
  // A ring: the oldest is overwritten, nothing is moved.
  const ring: RecentRequest[] = []
  let next = 0
  return {
    add(request) {
      ring[next] = request
      next = (next + 1) % most
    },
    list: () => [...ring.slice(next), ...ring.slice(0, next)].reverse(),
    find: (id) => ring.find((each) => each.request_id === id),
  }
}
