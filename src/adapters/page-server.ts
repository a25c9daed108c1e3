/** Pages for a browser on this machine, and what tells them that something changed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PageServer, PageServerOptions } from '../ports.ts'
import { host, listening } from './listening.ts'

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Each page has a policy of its own, which counts together with this one; only the header can speak of frames.
  'Content-Security-Policy': "frame-ancestors 'none'",
} as const

/**
 * Pages ask at `/state` now and then whether they are still as they were drawn. A connection that is kept open would tell
 * them sooner, but a browser has only six of them for all its tabs.
 * @throws {Failure} (usage) where the port is taken.
 */
export async function servePages({ port, answer, failed }: PageServerOptions): Promise<PageServer> {
  // Another server at the same port has another state, so that pages it did not draw are drawn again.
  const started = `${process.pid}-${Date.now().toString(36)}`
  let changes = 0
  const state = (): string => `${started}-${changes}`
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      failed(error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'koo has failed; the terminal says how.')
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, portOf(server))
    if (refusal !== undefined) return refuse(response, ...refusal)
    // What is asked for is text of anyone, which need not be an address.
    const pathname = /^\/[^?#]*/.exec(request.url ?? '')?.[0]
    if (pathname === undefined) return refuse(response, 400, 'Ask for a path that begins with a slash.')
    if (pathname === '/state') return send(request, response, 200, 'text/plain', state())
    const { status, html } = await answer(pathname, state())
    send(request, response, status, 'text/html', html)
  }

  await listening(server, port)
  return {
    url: `http://${host}:${portOf(server)}/`,
    changed() {
      changes += 1
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Refusal = readonly [status: number, why: string]

/** A page elsewhere may have its name lead to this machine; what it asks for still bears that name. */
function refusalOf({ headers: { host: named = '' }, method }: IncomingMessage, port: number): Refusal | undefined {
  const own = [host, 'localhost', '[::1]'].flatMap((each) => [`${each}:${port}`, ...(port === 80 ? [each] : [])])
  if (!own.includes(named.toLowerCase())) return [421, 'This server answers on this machine only.']
  return method === 'GET' || method === 'HEAD' ? undefined : [405, 'There is nothing to send here.']
}

function send(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    ...headers,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

function refuse(response: ServerResponse, status: number, why: string): void {
  const more = status === 405 ? { Allow: 'GET, HEAD' } : {}
  response.writeHead(status, { ...headers, ...more, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
