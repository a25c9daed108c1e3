/** A real server that fails as it is told, and a client that speaks to it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { signedHttp } from '../../src/adapters/signed-http.ts'

export type Fault = (request: IncomingMessage, response: ServerResponse) => void
export type Options = Parameters<typeof signedHttp>[0]

export interface FailingServer {
  readonly port: number
  /** The requests so far. */
  readonly seen: readonly IncomingMessage[]
  /** A client with these options, others being usual. */
  client(options?: Partial<Options>): ReturnType<typeof signedHttp>
  close(): Promise<void>
}

export const credentials = { accessKey: 'AK', secretKey: 'the-secret-key', securityToken: 'the-token' }

/** The real time. */
export const realClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done)
    }),
}

/** Answers the first requests as told, the later ones as the last of them, if that is to last, or with 200. */
export async function failingServer(faults: readonly Fault[], { last = false } = {}): Promise<FailingServer> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const fault = faults[last ? Math.min(seen.length, faults.length) - 1 : seen.length - 1]
    request.resume().once('end', () => {
      if (fault) fault(request, response)
      else response.end('{"ok":true}')
    })
  })
  const port = await listening(server)
  const clients: ReturnType<typeof signedHttp>[] = []
  return {
    port,
    seen,
    client(options = {}) {
      const http = signedHttp({
        who: 'The marketplace',
        base: new URL(`http://127.0.0.1:${port}`),
        credentials,
        clock: realClock,
        randomness: { uuid: () => '6f2d5f0c-2c0e-4d55-9f0b-8f1a6f6f0c11', hex: () => '1000' },
        stop: new AbortController().signal,
        ...options,
      })
      clients.push(http)
      return http
    },
    async close() {
      await Promise.all(clients.map((each) => each.close()))
      await closed(server)
    },
  }
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

export async function closed(server: Server): Promise<void> {
  const end = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await end
}

export const failed =
  (code: number, headers: Readonly<Record<string, string>> = {}): Fault =>
  (_, response) =>
    response.writeHead(code, headers).end('{"error_code":"KOO.01500001","error_msg":"no","request_id":"1"}')

/** The connection ends without an answer. */
export const cut: Fault = (request) => request.socket.destroy()

/** The request is read and never answered. */
export const hang: Fault = () => {}
