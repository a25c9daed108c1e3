/** Calls through a real proxy, and past it. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { closed, type FailingServer, failingServer, listening } from './failing-server.ts'

const read = { method: 'GET', path: '/v1/products', repeatable: true } as const

let market: FailingServer
let proxy: Server
let port: number
let asked: IncomingMessage[]
/** How the proxy answers when it is asked for a connection. */
let answer: string
beforeEach(async () => {
  market = await failingServer([])
  asked = []
  answer = '200 OK'
  proxy = createServer()
  // Whatever host is asked for, the way leads to the marketplace.
  proxy.on('connect', (request, socket) => {
    asked.push(request)
    if (answer !== '200 OK') return void socket.end(`HTTP/1.1 ${answer}\r\n\r\n`)
    const there = connect(market.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      there.pipe(socket).pipe(there)
    })
    there.on('error', () => socket.destroy())
    socket.on('error', () => there.destroy())
  })
  port = await listening(proxy)
})
afterEach(async () => {
  await market.close()
  await closed(proxy)
})

function client(environment: Readonly<Record<string, string>>, address = 'http://market.example') {
  return market.client({ base: new URL(address), environment, limits: { connect: 300 } })
}

const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)

test.each(['HTTP_PROXY', 'http_proxy'])('%s is used, with its user and password', async (name) => {
  const http = client({ [name]: `http://seller:tulip-7@127.0.0.1:${port}` })
  expect((await http.call(read)).json).toEqual({ ok: true })
  expect(asked[0]?.url).toBe('market.example:80')
  expect(asked[0]?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from('seller:tulip-7').toString('base64')}`)
  expect(market.seen[0]?.headers['proxy-authorization']).toBeUndefined()
})

test('HTTPS_PROXY is for https, and its address may lack the scheme', async () => {
  answer = '403 Forbidden'
  const http = client({ HTTPS_PROXY: `127.0.0.1:${port}`, HTTP_PROXY: 'http://127.0.0.1:9' }, 'https://market.example')
  const failure = await failureOf(http.call(read))
  expect(failure).toMatchObject({ message: expect.stringMatching(/through the proxy, which answers with HTTP 403/) })
  expect(asked.map(({ url }) => url)).toEqual(['market.example:443'])
})

test('NO_PROXY and this machine itself go past it', async () => {
  const proxied = { HTTP_PROXY: `http://127.0.0.1:${port}` }
  for (const host of ['127.0.0.1', 'localhost']) {
    expect((await client(proxied, `http://${host}:${market.port}`).call(read)).status).toBe(200)
  }
  const passed = client({ ...proxied, NO_PROXY: 'shop.invalid,market.invalid' }, 'http://market.invalid')
  expect(await failureOf(passed.call(read))).toMatchObject({ code: 'marketplace-unreachable' })
  expect(asked).toHaveLength(0)
})

test('its password is in no message', async () => {
  answer = '407 Proxy Authentication Required'
  const refused = await failureOf(client({ HTTP_PROXY: `http://seller:tulip-7@127.0.0.1:${port}` }).call(read))
  expect(refused).toMatchObject({ message: expect.stringMatching(/HTTP 407/), hint: expect.stringMatching(/password/) })
  expect(asked).toHaveLength(1)
  const gone = await failureOf(client({ HTTP_PROXY: 'http://seller:tulip-7@127.0.0.1:9' }).call(read))
  expect(gone).toMatchObject({ code: 'marketplace-unreachable' })
  const all = [refused, gone, await failureOf((async () => client({ HTTP_PROXY: 'ftp://seller:tulip-7@x' }))())]
  expect(all[2]).toMatchObject({ code: 'proxy-address', exit: 'usage' })
  for (const each of all) {
    expect(JSON.stringify(each, [...Object.getOwnPropertyNames(each), 'cause', 'input', 'stack'])).not.toMatch(/tulip/)
  }
})
