/** The sandbox's web pages beside its API: what they need, and their addresses. All else is loaded with the first of them. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock, Randomness } from '../ports.ts'
import type { Catalogue } from './catalogue.ts'
import type { Desk } from './create-release.ts'
import type { Answer } from './pages/answer.ts'
import type { RecentRequests } from './recent-requests.ts'

export interface PagesTools {
  readonly desk: Desk
  readonly catalogue: Catalogue
  readonly recent: RecentRequests
  readonly clock: Clock
  readonly randomness: Randomness
  /** Without it whoever reaches the pages may use them, which only this machine can then. */
  readonly password?: string | undefined
}

/** A verdict on the longest manifest is far smaller. */
const formLimit = 512 * 1024

const addresses = ['/', '/products/*', '/console', '/console/*', '/login', '/logout']

export function servePages(app: FastifyInstance, tools: PagesTools): void {
  let opened: Promise<{ answer(request: FastifyRequest, error?: unknown): Promise<Answer> }> | undefined
  const site = () => {
    opened ??= import('./pages/site.ts').then(({ openSite }) => openSite(tools))
    return opened
  }
  app.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: formLimit },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    pages.setErrorHandler(async (error, request, reply) => {
      const { status, headers, body } = await (await site()).answer(request, error)
      return reply.status(status).headers(headers).send(body)
    })
    for (const url of addresses) {
      pages.route({
        method: ['GET', 'HEAD', 'POST'],
        url,
        handler: async (request, reply) => {
          const { status, headers, body } = await (await site()).answer(request)
          return reply.status(status).headers(headers).send(body)
        },
      })
    }
  })
}
