/** A client against real servers that are slow, wrong about the time, or allow only so much; and how it is stopped. */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Call } from '../../src/adapters/signed-http.ts'
import { type TraceLine, traceText } from '../../src/adapters/trace.ts'
import { parseSdkDate } from '../../src/signing/sdk-hmac-sha256.ts'
import {
  closed,
  cut,
  type FailingServer,
  type Fault,
  failed,
  failingServer,
  hang,
  listening,
} from './failing-server.ts'

const read: Call = { method: 'GET', path: '/v1/products', query: [['key', 'harbor-crm']], repeatable: true }
const write: Call = { method: 'POST', path: '/v1/releases/1/submit', repeatable: false }

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(faults: readonly Fault[], options = {}): Promise<FailingServer> {
  const server = await failingServer(faults, options)
  closing.push(() => server.close())
  return server
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a connection that is refused', () => {
  test('is tried again, even for what may not be repeated', async () => {
    const server = await serve([])
    const { port } = server
    await server.close()
    const lines: TraceLine[] = []
    const http = server.client({ trace: (line) => lines.push(line) })
    const failure = await failureOf(http.call(write))
    expect(failure).toMatchObject({ code: 'marketplace-unreachable', exit: 'marketplace' })
    expect(failure).toMatchObject({
      message: `The marketplace at http://127.0.0.1:${port} does not answer (ECONNREFUSED).`,
    })
    expect(lines.map(({ result }) => result)).toEqual(Array.from({ length: 6 }, () => 'ECONNREFUSED'))
  })
})

describe('a server that does not answer', () => {
  test('is told of once, then given up with a time-out', async () => {
    const { client, seen } = await serve([hang], { last: true })
    const told: string[] = []
    const http = client({ limits: { headers: 500, silence: 100 }, notice: (text) => told.push(text) })
    const calls = await Promise.all([failureOf(http.call(write)), failureOf(http.call(write))])
    for (const failure of calls) {
      expect(failure).toMatchObject({ code: 'marketplace-unreachable', message: expect.stringMatching(/time-out/) })
    }
    expect(told).toEqual([
      expect.stringMatching(/^The marketplace at http:\S+ has not answered for 0 seconds; still waiting\.$/),
    ])
    expect(seen).toHaveLength(2)
  })

  test('is repeated, where that is allowed', async () => {
    const { client, seen } = await serve([hang])
    expect((await client({ limits: { headers: 200 } }).call(read)).status).toBe(200)
    expect(seen).toHaveLength(2)
  })

  test('but drips is given up as a whole', async () => {
    const drip: Fault = (_, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    }
    const { client } = await serve([drip], { last: true })
    const failure = await failureOf(client({ limits: { whole: 300 } }).call({ ...read, repeatable: false }))
    expect(failure).toMatchObject({ message: expect.stringMatching(/takes too long for its answer: time-out/) })
  })

  test('to its end is given up too', async () => {
    const half: Fault = (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{')
    const { client } = await serve([half], { last: true })
    const failure = await failureOf(client({ limits: { body: 200 } }).call({ ...read, repeatable: false }))
    expect(failure).toMatchObject({ message: expect.stringMatching(/stopped in the middle of its answer: time-out/) })
  })
})

describe('a server that asks to wait', () => {
  test('too long is given up at once, with the time', async () => {
    const { client, seen } = await serve([failed(429, { 'retry-after': '3600' })])
    const failure = await failureOf(client().call(read))
    expect(failure).toMatchObject({
      code: 'marketplace-throttled',
      message: expect.stringMatching(/asks to wait 3600 seconds/),
    })
    expect(seen).toHaveLength(1)
  })

  test('until a time of its own clock is obeyed, by every call', async () => {
    const date = Date.parse('Tue, 24 Nov 2026 10:00:00 GMT')
    const headers = { date: new Date(date).toUTCString(), 'retry-after': new Date(date + 1000).toUTCString() }
    const { client } = await serve([failed(429, headers)])
    const http = client()
    const start = Date.now()
    await http.call(write)
    expect(Date.now() - start).toBeGreaterThan(950)
  })
})

describe('a clock that is wrong', () => {
  const server = (seconds: number): Fault => {
    return (request, response) => {
      const now = Date.now() + seconds * 1000
      response.setHeader('date', new Date(now).toUTCString())
      const sent = parseSdkDate(String(request.headers['x-sdk-date']))
      if (Math.abs(sent - now) < 900_000) response.end('{"ok":true}')
      else failed(401, { date: new Date(now).toUTCString() })(request, response)
    }
  }

  test('is mended with the server’s, and told once', async () => {
    const { client, seen } = await serve([server(1200)], { last: true })
    const told: string[] = []
    const http = client({ mendClock: true, notice: (text) => told.push(text) })
    await Promise.all([http.call(write), http.call(write), http.call(read)])
    const before = seen.length
    await http.call(write)
    expect(seen.length - before).toBe(1)
    expect(told).toEqual([
      expect.stringMatching(
        /^This machine’s clock is 1(199|200|201) seconds behind the server’s; requests are signed with/,
      ),
    ])
  })

  test('stays the machine’s own where that is wanted', async () => {
    const { client, seen } = await serve([server(-1200)], { last: true })
    const failure = await failureOf(client().call(read))
    expect(failure).toMatchObject({
      hint: expect.stringMatching(/1(199|200|201) seconds ahead of the server’s; set it right/),
    })
    expect(seen).toHaveLength(1)
  })

  test('is no excuse for wrong keys', async () => {
    const right = await serve([failed(401)], { last: true })
    await failureOf(right.client({ mendClock: true }).call(read))
    expect(right.seen).toHaveLength(1)
    const wrong = await serve([failed(401, { date: new Date(Date.now() + 1_200_000).toUTCString() })], { last: true })
    const failure = await failureOf(wrong.client({ mendClock: true }).call(read))
    expect(failure).toMatchObject({ code: 'credentials-refused', hint: expect.stringMatching(/Check the access key/) })
    expect(wrong.seen).toHaveLength(2)
  })

  test('is never mended by whoever answers in place of an unencrypted server', async () => {
    const { client } = await serve([])
    let asked = 0
    const tunnel = createServer().on('connect', (_, socket) => {
      asked += 1
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.once('data', () =>
        socket.end(
          `HTTP/1.1 401 No\r\ndate: ${new Date(Date.now() + 1_200_000).toUTCString()}\r\ncontent-length: 0\r\n\r\n`,
        ),
      )
    })
    const through = await listening(tunnel)
    closing.push(() => closed(tunnel))
    const http = client({
      base: new URL('http://market.example'),
      environment: { HTTP_PROXY: `http://127.0.0.1:${through}` },
      mendClock: true,
    })
    expect(await failureOf(http.call(read))).toMatchObject({ hint: expect.stringMatching(/set it right/) })
    expect(asked).toBe(1)
  })
})

test('an answer without end is no answer', async () => {
  const endless: Fault = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000_000, 32)));
    }
    response.on('drain', more)
    more()
  }
  const { client, seen } = await serve([endless], { last: true })
  expect(await failureOf(client().call(read))).toMatchObject({
    message: expect.stringMatching(/answer that is too large/),
  })
  expect(seen).toHaveLength(1)
})

test('a certificate that cannot be trusted is told, and nothing is tried again', async () => {
  const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url))
  let connections = 0
  const server = createTlsServer({ cert: await fixture('untrusted-cert.pem'), key: await fixture('untrusted-key.pem') })
  server.on('connection', () => {
    connections += 1
  })
  const port = await listening(server)
  closing.push(() => closed(server))
  const { client } = await serve([])
  const failure = await failureOf(client({ base: new URL(`https://localhost:${port}`) }).call(read))
  expect(failure).toMatchObject({
    code: 'certificate-refused',
    message: expect.stringMatching(/certificate that cannot be trusted/),
  })
  expect(connections).toBe(1)
})

describe('a stop', () => {
  test('aborts what is in flight', async () => {
    const { client, seen } = await serve([hang])
    const stop = new AbortController()
    const call = failureOf(client({ stop: stop.signal }).call(read))
    await until(() => seen.length === 1)
    stop.abort()
    expect(await call).toMatchObject({ code: 'stopped' })
  })

  test('lets what is in flight come to its end, where that is wanted, and what still has to be said', async () => {
    let answer = (): void => {}
    const slow: Fault = (_, response) => {
      answer = () => response.end('{"ok":true}')
    }
    const { client, seen } = await serve([slow])
    const stop = new AbortController()
    const http = client({ stop: stop.signal, whenStopped: 'finish' })
    const call = http.call(write)
    await until(() => seen.length === 1)
    stop.abort()
    answer()
    expect((await call).json).toEqual({ ok: true })
    expect((await http.call(write)).json).toEqual({ ok: true })
  })

  test('ends pauses and waits in both ways', async () => {
    for (const whenStopped of ['abort', 'finish'] as const) {
      const { client, seen } = await serve([failed(429, { 'retry-after': '60' }), failed(503, { 'retry-after': '60' })])
      const stop = new AbortController()
      const told: string[] = []
      const http = client({ stop: stop.signal, whenStopped, notice: (text) => told.push(text) })
      const calls = [failureOf(http.call(read)), failureOf(http.call(read))]
      await until(() => seen.length === 2 && told.length > 0)
      stop.abort()
      for (const call of calls) expect(await call).toMatchObject({ code: 'stopped' })
      expect(told).toEqual([expect.stringMatching(/^The marketplace at http:\S+ asks to wait 60 seconds\.$/)])
    }
  })
})

describe('a stream', () => {
  const pieces: Fault = (_, response) => {
    response.writeHead(200, { 'content-length': '6000000' })
    let left = 60
    const more = (): void => {
      while (left > 0) {
        left -= 1
        if (!response.write(Buffer.alloc(100_000, 7))) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  }

  test('comes as it is, after what went wrong before it', async () => {
    const { client, seen } = await serve([failed(503), cut, pieces])
    const { status, headers, body } = await client().stream(read)
    let length = 0
    for await (const piece of body) length += piece.length
    expect({ status, length, told: headers['content-length'] }).toEqual({
      status: 200,
      length: 6_000_000,
      told: '6000000',
    })
    expect(seen).toHaveLength(3)
  })

  test('that breaks off is told', async () => {
    const broken: Fault = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setTimeout(() => request.socket.destroy(), 20)
    }
    const { client, seen } = await serve([broken])
    const { body } = await client().stream(read)
    const reading = async (): Promise<void> => {
      for await (const _ of body) {
        // Reading is the point.
      }
    }
    expect(await failureOf(reading())).toMatchObject({ code: 'marketplace-unreachable' })
    expect(seen).toHaveLength(1)
  })

  test('that is no stream is an answer', async () => {
    const { client } = await serve([failed(404), failed(403)])
    const http = client()
    const { status, body } = await http.stream(read)
    let text = ''
    for await (const piece of body) text += Buffer.from(piece).toString()
    expect([status, text]).toEqual([404, expect.stringMatching(/KOO.01500001/)])
    expect(await failureOf(http.stream(read))).toMatchObject({ code: 'not-allowed' })
  })
})

test('a trace has a line for each attempt, and no secret', async () => {
  const { client, port } = await serve([failed(503, { 'x-request-id': 'e5a9' })])
  const lines: TraceLine[] = []
  await client({ trace: (line) => lines.push(line) }).call({
    ...read,
    body: { type: 'text/plain', bytes: Buffer.from('hi') },
  })
  const texts = lines.map(traceText)
  expect(texts).toEqual([
    expect.stringMatching(
      new RegExp(
        `^GET 127.0.0.1:${port}/v1/products\\?key=harbor-crm → 503, \\d+ ms, 2 B sent, 63 B received, attempt 1, request e5a9, again in 13 ms$`,
      ),
    ),
    expect.stringMatching(/ → 200, \d+ ms, 2 B sent, 11 B received, attempt 2$/),
  ])
  expect(texts.join()).not.toMatch(/the-secret-key|the-token|AK|Signature/)
})

test('eight jobs get nearly all of what a server allows, with few refusals', async () => {
  const allowed = 50
  let tokens = allowed
  let at = Date.now()
  let refused = 0
  const limited: Fault = (request, response) => {
    const now = Date.now()
    tokens = Math.min(allowed, tokens + ((now - at) / 1000) * allowed)
    at = now
    if (tokens >= 1) {
      tokens -= 1
      response.end('{"ok":true}')
    } else {
      refused += 1
      failed(429)(request, response)
    }
  }
  const { client, seen } = await serve([limited], { last: true })
  let drawn = 0
  // Spread evenly, so that the pauses are those of chance.
  const hex = (): string => ((drawn++ * 40_503) % 65_536).toString(16).padStart(4, '0')
  const http = client({ randomness: { uuid: () => 'c7b1f1d0-3f3e-4a60-9f0b-8f1a6f6f0c11', hex } })
  const calls: readonly Call[] = [
    { method: 'GET', path: '/v1/products', repeatable: true },
    { method: 'POST', path: '/v1/uploads', repeatable: false },
    { method: 'POST', path: '/v1/uploads/17/complete', repeatable: false },
    { method: 'POST', path: '/v1/releases', repeatable: false },
  ]
  const count = 600
  let next = 0
  const start = Date.now()
  const job = async (): Promise<void> => {
    while (next < count) {
      const call = calls[next++ % calls.length]
      if (call) await http.call(call)
    }
  }
  await Promise.all(Array.from({ length: 8 }, job))
  const seconds = (Date.now() - start) / 1000
  // The first ones cost no time: the server lets so many through at once.
  expect((count - allowed) / seconds).toBeGreaterThan(0.85 * allowed)
  expect(refused / seen.length).toBeLessThan(0.1)
})
