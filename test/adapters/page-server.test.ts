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
  'what was asked of %j gets nothing, pages and events alike',
  async (host) => {
    asked.length = 0
    for (const path of ['/', '/events']) expect((await ask(path, { host })).status).toBe(421)
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

test('who listens is told the state, and each change', async () => {
  const drawn = /^<p>\/ (\S+) /.exec((await ask('/')).body)?.[1]
  const lines: string[] = []
  let wake: () => void = () => {}
  const call = request(`${server.url}events`, (response) => {
    expect(response.headers['content-type']).toBe('text/event-stream')
    response.setEncoding('utf8').on('data', (chunk: string) => {
      lines.push(...chunk.split('\n\n').filter(Boolean))
      wake()
    })
  })
  call.on('error', () => {}).end()
  const until = async (count: number) => {
    while (lines.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  await until(1)
  expect(lines).toEqual([`data: ${drawn}`])
  server.changed()
  await until(2)
  expect(lines[1]).not.toBe(lines[0])
  expect((await ask('/')).body).toContain(lines[1]?.replace('data: ', ''))
})

test('a bug is told to both sides', async () => {
  expect(await ask('/broken')).toMatchObject({ status: 500, body: expect.not.stringContaining('TypeError') })
  expect(failures).toEqual([new TypeError('broken')])
})

test('a port that is taken is wrong usage', async () => {
  const port = Number(new URL(server.url).port)
  const again = servePages({ port, answer: async () => ({ status: 404, html: '' }), failed: () => {} })
  await expect(again).rejects.toMatchObject({ code: 'port-in-use', exit: 'usage' })
})
