/** The server of `koo preview`: for this machine and this name only, and never a page that is kept. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { servePages } from '../../src/adapters/page-server.ts'
import type { PageServer } from '../../src/ports.ts'

let server: PageServer
let failures: unknown[]
const asked: string[] = []
beforeEach(async () => {
  failures = []
  server = await servePages({
    port: 0,
    async answer(path, drawn) {
      asked.push(path)
      if (path === '/broken') throw new TypeError('broken')
      return { status: path === '/' ? 200 : 404, html: `<p>${path} ${drawn} ü</p>` }
    },
    failed: (error) => failures.push(error),
  })
})
afterEach(() => server.close())

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

function ask(path: string, { host, method = 'GET' }: { readonly host?: string; readonly method?: string } = {}) {
  const { port } = new URL(server.url)
  return new Promise<Answer>((resolve, reject) => {
    const headers = host === undefined ? {} : { host: host.replace('PORT', port) }
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    call.on('error', reject).end()
  })
}

test('a page is not kept, guessed at or framed', async () => {
  const { status, headers, body } = await ask('/')
  expect([status, body]).toEqual([200, expect.stringMatching(/^<p>\/ \S+ ü<\/p>$/)])
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  })
  expect((await ask('/other/?query')).body).toContain('/other/ ')
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT', 'LOCALHOST:PORT'])('%s is this machine', async (host) => {
  expect((await ask('/', { host })).status).toBe(200)
})

test.each(['evil.example', 'evil.example:PORT', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example:PORT'])(
  'what was asked of %j gets nothing, neither a page nor the state',
  async (host) => {
    asked.length = 0
    for (const path of ['/', '/state']) expect((await ask(path, { host })).status).toBe(421)
    expect(asked).toEqual([])
  },
)

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})

test('only this machine is listened to', async () => {
  const { port } = new URL(server.url)
  expect(server.url).toBe(`http://127.0.0.1:${port}/`)
  const other = Object.values((await import('node:os')).networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  if (other === undefined) return
  const code = await new Promise((resolve) => {
    connect({ host: other.address, port: Number(port) }, () => resolve('connected')).on(
      'error',
      (error: NodeJS.ErrnoException) => resolve(error.code),
    )
  })
  expect(code).toBe('ECONNREFUSED')
})

test('the state is that of the pages, and another after each change', async () => {
  const drawn = async () => /^<p>\/ (\S+) /.exec((await ask('/')).body)?.[1]
  const before = await ask('/state')
  expect(before).toMatchObject({ status: 200, body: await drawn() })
  expect(before.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(await ask('/state', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  server.changed()
  const after = await ask('/state')
  expect(after.body).not.toBe(before.body)
  expect(after.body).toBe(await drawn())
})

test('a bug is told to both sides, and the next page is there', async () => {
  expect(await ask('/broken')).toMatchObject({ status: 500, body: expect.not.stringContaining('TypeError') })
  expect(failures).toEqual([new TypeError('broken')])
  expect((await ask('/')).status).toBe(200)
})

test.each([
  ['//', 404],
  ['///x', 404],
  ['//[', 404],
  ['/%', 404],
  ['/\\', 404],
  ['/?//', 200],
  ['*', 400],
  ['http://[', 400],
  ['x', 400],
])('%j, which need not be an address, is answered with %d', async (path, status) => {
  expect((await raw(`GET ${path} HTTP/1.1`)).split(' ')[1]).toBe(`${status}`)
  expect((await ask('/')).status).toBe(200)
  expect(failures).toEqual([])
})

test('what is no request at all is answered, too', async () => {
  expect(await raw('nonsense')).toMatch(/^HTTP\/1\.1 400 /)
  expect((await ask('/')).status).toBe(200)
})

/** What a line gets that no client would write. */
function raw(line: string): Promise<string> {
  const { port, host } = new URL(server.url)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ host: '127.0.0.1', port: Number(port) }, () =>
      socket.write(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    )
    socket
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        text += chunk
      })
      .on('end', () => resolve(text))
      .on('error', reject)
  })
}

test('a port that is taken is wrong usage', async () => {
  const port = Number(new URL(server.url).port)
  const again = servePages({ port, answer: async () => ({ status: 404, html: '' }), failed: () => {} })
  await expect(again).rejects.toMatchObject({ code: 'port-in-use', exit: 'usage' })
})
