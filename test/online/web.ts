/** Real servers on this machine for tests that look at links. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'

export interface Web {
  readonly url: string
  readonly port: number
  /** Every request received. */
  readonly seen: readonly IncomingMessage[]
  close(): Promise<void>
}

/** Answers by path: a status, or a function that answers itself; any other path is 404. */
export type Pages = Readonly<Record<string, number | RequestListener>>

export async function web(pages: Pages): Promise<Web> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const page = pages[request.url ?? ''] ?? 404
    if (typeof page === 'number') response.writeHead(page).end()
    else page(request, response)
  })
  const port = await listening(server)
  return { url: `http://127.0.0.1:${port}`, port, seen, close: () => closed(server) }
}

/** A server of another kind, closed whatever the test finds. */
export async function withServer(server: Server, use: (port: number) => Promise<void>): Promise<void> {
  try {
    await use(await listening(server))
  } finally {
    await closed(server)
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function closed(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  server.closeAllConnections?.()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** A port nobody listens on. */
export async function closedPort(): Promise<number> {
  const { port, close } = await web({})
  await close()
  return port
}

export const moved =
  (status: number, location: string): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location }).end()
