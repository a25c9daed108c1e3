/** The sandbox's web pages beside its API: what they need, and their addresses. All else is loaded with the first of them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock, Randomness } from '../ports.ts'
import type { Catalogue } from './catalogue.ts'
import type { Desk } from './create-release.ts'
import { operations } from './operations.ts'
import type { Answer } from './pages/answer.ts'
import { type RecentRequests, recentRequests } from './recent-requests.ts'
import type { SellerDesk } from './seller-desk.ts'

export interface PagesTools {
  readonly desk: Desk
  readonly catalogue: Catalogue
  readonly seller: SellerDesk
  readonly recent: RecentRequests
  readonly clock: Clock
  readonly randomness: Randomness
  /** Without it whoever reaches the pages may use them, which only this machine can then. */
  readonly password?: string | undefined
}

export interface PagesBeside {
  /** Where the requests to the API are kept for a while. */
  readonly recent: RecentRequests
  /** Whether a browser asks for a page rather than a client for the API. */
  isAsked(request: FastifyRequest): boolean
  /** Answers where no page is. */
  noPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
  serve(app: FastifyInstance): void
}

/** Room for a complaint about every field of the longest manifest in a script whose letters take nine bytes each. */
const formLimit = 4 * 1024 * 1024

const addresses = ['/', '/products', '/products/*', '/orders/*', '/console', '/console/*', '/login', '/logout']

export function pagesBeside(given: Omit<PagesTools, 'recent'>): PagesBeside {
  const tools = { ...given, recent: recentRequests() }
  let opened: Promise<{ answer(request: FastifyRequest, error?: unknown): Promise<Answer> }> | undefined
  const answered = async (request: FastifyRequest, reply: FastifyReply, error?: unknown): Promise<FastifyReply> => {
    opened ??= import('./pages/site.ts').then(({ openSite }) => openSite(tools))
    const { status, headers, body } = await (await opened).answer(request, error)
    return reply.status(status).headers(headers).send(body)
  }
  return {
    recent: tools.recent,
    isAsked: ({ method, headers, raw }) =>
      (method === 'GET' || method === 'HEAD') &&
      /\btext\/html\b/i.test(headers.accept ?? '') &&
      !isOfApi(raw.url?.split(/[/?]/)[1] ?? ''),
    noPage: answered,
    serve(app) {
      app.register(async (pages) => {
        pages.removeAllContentTypeParsers()
        pages.addContentTypeParser(
          'application/x-www-form-urlencoded',
          { parseAs: 'string', bodyLimit: formLimit },
          (_request, body, done) => done(null, new URLSearchParams(String(body))),
        )
        pages.setErrorHandler((error, request, reply) => answered(request, reply, error))
        for (const url of addresses) {
          const handler = (request: FastifyRequest, reply: FastifyReply) => answered(request, reply)
          pages.route({ method: ['GET', 'HEAD', 'POST'], url, handler })
        }
      })
    },
  }
}

/** By what an address begins with; that of another version is one as well. */
function isOfApi(start: string): boolean {
  return /^v\d/.test(start) || starts.has(start)
}

const starts: ReadonlySet<string> = new Set(Object.values(operations).map(({ url }) => url.split('/')[1] ?? ''))
