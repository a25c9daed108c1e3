/** A server on this machine that answers as one function says; koo's own production interface speaks through it. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type ServerOptions as TlsOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { usage } from '../model/failure.ts'
import type { RunningServer, ServerOptions } from '../ports.ts'
import { listening } from './listening.ts'

const mostBodyBytes = 1024 * 1024

/** @throws {Failure} (usage) where the port is taken, or certificate and key do not belong together. */
export async function serve({ port, tls, answer, failed }: ServerOptions): Promise<RunningServer> {
  const listener: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      failed(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    if (body === undefined) {
      response.writeHead(413).end()
      return
    }
    const { method = '', url = '/' } = request
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    const given = await answer({ method, url, headers: Object.fromEntries(headers), body })
    if (given.cut) {
      response.destroy()
      return
    }
    const length = ['Content-Length', String(Buffer.byteLength(given.body))] as const
    response.writeHead(given.status, [...given.headers, length].flat())
    if (given.pause !== undefined) await slowly(response, Buffer.from(given.body), given.pause)
    else response.end(given.body)
  }
  const server = tls === undefined ? createServer(listener) : secureServer(tls, listener)
  await listening(server, port)
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Ends also where whoever asked has gone meanwhile. */
async function slowly(response: ServerResponse, body: Uint8Array, pause: number): Promise<void> {
  const half = Math.ceil(body.byteLength / 2)
  response.flushHeaders()
  for (const part of [body.subarray(0, half), body.subarray(half)]) {
    await setTimeout(pause, undefined, { ref: false })
    if (!response.destroyed) response.write(part)
  }
  response.end()
}

function secureServer(
  tls: NonNullable<ServerOptions['tls']>,
  listener: RequestListener,
): ReturnType<typeof createSecureServer> {
  try {
    return createSecureServer(optionsOf(tls), listener)
  } catch {
    const message = 'The certificate and its key cannot be used.'
    throw usage('bad-certificate', message, 'Give both in PEM, the key without a passphrase and of that certificate.')
  }
}

function optionsOf({ certificate, key, old }: NonNullable<ServerOptions['tls']>): TlsOptions {
  // OpenSSL accepts what is old only where its level of security is lowered.
  const oldest = old ? ({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const) : {}
  return { cert: certificate, key, ...oldest }
}

/** Undefined where it is longer than any call. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > mostBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
