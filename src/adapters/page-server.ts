/** Pages for a browser on this machine, and what tells them that something changed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Failure } from '../model/failure.ts'
import type { PageServer, PageServerOptions } from '../ports.ts'

const host = '127.0.0.1'

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Each page has a policy of its own, which counts together with this one; only the header can speak of frames.
  'Content-Security-Policy': "frame-ancestors 'none'",
} as const

/** @throws {Failure} (usage) where the port is taken. */
export async function servePages({ port, answer, failed }: PageServerOptions): Promise<PageServer> {
  const listeners = new Set<ServerResponse>()
  // Another server at the same port has another state, so that pages it did not draw are drawn again.
  const started = `${process.pid}-${Date.now().toString(36)}`
  let changes = 0
  const state = (): string => `${started}-${changes}`
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, 500, 'koo has failed; the terminal says how.')
      failed(error)
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, portOf(server))
    if (refusal !== undefined) return refuse(response, ...refusal)
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/events' && request.method === 'GET') return listen(response)
    const { status, html } = await answer(pathname, state())
    response.writeHead(status, {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': Buffer.byteLength(html),
    })
    response.end(request.method === 'HEAD' ? undefined : html)
  }

  /** Says the state at once, so that what changed since the page was drawn is not missed. */
  function listen(response: ServerResponse): void {
    response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' })
    tell(response)
    listeners.add(response)
    response.once('close', () => listeners.delete(response))
  }

  function tell(response: ServerResponse): void {
    response.write(`data: ${state()}\n\n`)
  }

  await listening(server, port)
  return {
    url: `http://${host}:${portOf(server)}/`,
    changed() {
      changes += 1
      for (const each of listeners) tell(each)
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

function refuse(response: ServerResponse, status: number, why: string): void {
  const more = status === 405 ? { Allow: 'GET, HEAD' } : {}
  response.writeHead(status, { ...headers, ...more, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portTrouble(error, port) ?? error))
    server.listen(port, host, resolve)
  })
}

function portTrouble(cause: NodeJS.ErrnoException, port: number): Failure | undefined {
  const what = { EADDRINUSE: 'is in use', EACCES: 'is not yours to listen on' }[cause.code ?? '']
  if (what === undefined) return undefined
  const hint = 'Give another port with --port; 0 takes any that is free.'
  return new Failure({ code: 'port-in-use', exit: 'usage', message: `Port ${port} ${what}.`, hint, cause })
}
