/** A small open API on this machine: it checks both signatures as KooGallery does, and answers as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { usageSign } from '../../src/signing/production.ts'
import { parseAuthorization, sha256Hex, sign } from '../../src/signing/sdk-hmac-sha256.ts'

export const accessKey = 'SELLERACCESSKEY'
export const secretKey = 'the-secret-key-of-the-seller'
export const interconnectionKey = '00000000-0000-4000-8000-000000000001'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: string
  readonly headers: IncomingMessage['headers']
  /** Signed with the key pair, over the body as well. */
  readonly isSigned: boolean
  /** A push of usage signed with the key of the production interface. */
  readonly isUsageSigned: boolean
}

/** A status and a JSON body, or what to do instead of an answer. */
export type Reply = readonly [status: number, body: unknown] | ((response: ServerResponse) => void)

export interface OpenApi {
  readonly url: string
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

/** @param reply to the request of that number, from 0 */
export async function openApi(reply: (asked: Asked, number: number) => Reply): Promise<OpenApi> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = askedOf(request, Buffer.concat(chunks))
    asked.push(one)
    const answer = reply(one, asked.length - 1)
    if (typeof answer === 'function') return answer(response)
    const [status, body] = answer
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function askedOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Asked {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const { authorization = '', signature, ts, nonce } = headers
  const signed = parseAuthorization(authorization)
  const text = body.toString()
  const expected =
    signed &&
    sign(
      {
        ...{ method, path: pathname, query: [...searchParams], bodyHash: sha256Hex(body) },
        headers: signed.signedHeaders.map((name) => [name, String(headers[name])] as const),
      },
      accessKey,
      secretKey,
    )
  const push = text === '' ? undefined : { body: JSON.parse(text), timestamp: String(ts), nonce: String(nonce) }
  return {
    ...{ method, path: pathname, query: Object.fromEntries(searchParams), body: text, headers },
    isSigned: expected?.authorization === authorization,
    isUsageSigned: push !== undefined && signature === usageSign(interconnectionKey, push),
  }
}
