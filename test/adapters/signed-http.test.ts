/** Signed calls against a real server that fails on purpose: what is repeated, what is not, and what is said. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Call, signedHttp } from '../../src/adapters/signed-http.ts'
import type { Clock } from '../../src/ports.ts'

let server: Server
afterEach(() => void server.close())

const pauses: number[] = []
const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    pauses.push(milliseconds)
  },
}

/** Answers the first calls as told, the later ones with 200. */
async function serve(...answers: readonly ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const seen: IncomingMessage[] = []
  pauses.length = 0
  server = createServer((request, response) => {
    seen.push(request)
    request.resume().once('end', () => {
      const answer = answers[seen.length - 1]
      if (answer) answer(request, response)
      else response.end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const http = signedHttp({
    who: 'The marketplace',
    base: new URL(`http://127.0.0.1:${port}/gateway`),
    credentials: { accessKey: 'AK', secretKey: 'the-secret-key', securityToken: 'the-token' },
    clock,
    randomness: { uuid: () => '6f2d5f0c-2c0e-4d55-9f0b-8f1a6f6f0c11', hex: () => 'ffff' },
    stop: new AbortController().signal,
  })
  return { http, seen }
}

const read: Call = { method: 'GET', path: '/v1/products', query: [['key', 'a b']], repeatable: true }
const write: Call = { method: 'POST', path: '/v1/releases/1/submit', repeatable: false }
const status =
  (code: number, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(code, headers).end('{"error_code":"KOO.01500001","error_msg":"no","request_id":"1"}')
const cut = (request: IncomingMessage) => request.socket.destroy()

describe('a call', () => {
  test('is signed with every header that matters', async () => {
    const { http, seen } = await serve()
    await http.call(read)
    expect(seen[0]?.url).toBe('/gateway/v1/products?key=a%20b')
    expect(seen[0]?.headers.authorization).toMatch(
      /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=client-request-id;host;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$/,
    )
  })

  test.each([
    ['503', status(503)],
    ['429', status(429)],
    ['a cut connection', cut],
  ])('that may be repeated survives %s, three times', async (_, fault) => {
    const { http, seen } = await serve(fault, fault, fault)
    expect((await http.call(read)).json).toEqual({ ok: true })
    expect(seen).toHaveLength(4)
  })

  test('waits as long as the server says', async () => {
    const { http } = await serve(status(503, { 'retry-after': '2' }))
    await http.call(read)
    expect(pauses).toEqual([2000])
  })

  test.each([
    ['503', status(503)],
    ['a cut connection', cut],
  ])('that may not be repeated is not, after %s', async (_, fault) => {
    const { http, seen } = await serve(fault)
    await expect(http.call(write)).rejects.toMatchObject({ exit: 'marketplace' })
    expect(seen).toHaveLength(1)
  })

  test('that may not be repeated is, when the server refused it for its rate', async () => {
    const { http, seen } = await serve(status(429))
    await http.call(write)
    expect(seen).toHaveLength(2)
  })

  test('gives up with a failure that a later run may mend', async () => {
    const { http, seen } = await serve(cut, cut, cut, cut, cut, cut)
    await expect(http.call(read)).rejects.toMatchObject({ code: 'marketplace-unreachable', exit: 'marketplace' })
    expect(seen).toHaveLength(6)
  })

  test('tells of a clock that is wrong', async () => {
    const { http } = await serve(status(401, { date: new Date(Date.now() + 1_200_000).toUTCString() }))
    const failure = await http.call(read).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'credentials-refused', exit: 'credentials' })
    expect(failure).toMatchObject({ hint: expect.stringMatching(/clock is 1(199|200|201) seconds behind/) })
  })

  test('never puts a secret into a failure', async () => {
    const { http } = await serve(status(401), status(403))
    for (const call of [read, write]) {
      const failure = await http.call(call).catch((error: unknown) => error)
      expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toMatch(/the-secret-key|the-token/)
    }
  })
})
