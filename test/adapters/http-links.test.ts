/** Looking at links, against real servers that answer, move, refuse, stall and cut. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as secureServer } from 'node:https'
import { createServer as plainServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { httpLinks } from '../../src/adapters/http-links.ts'
import { closedPort, moved, type Web, web, withServer } from '../online/web.ts'

const time = 400
const never = new AbortController().signal
const look = (url: string) => httpLinks({ stop: never, time }).look(url)

let site: Web
let waiting = 0
let most = 0

beforeAll(async () => {
  site = await web({
    '/page': 200,
    '/gone': 410,
    '/private': 401,
    '/page?a=b': 204,
    '/busy': 429,
    '/moved': moved(301, '/page'),
    '/moved-far': moved(302, '/moved'),
    '/to-gone': moved(308, '/gone'),
    '/nowhere': 302,
    '/mail': moved(302, 'mailto:sales@harbor.example'),
    '/loop': moved(302, '/loop'),
    '/1': moved(302, '/2'),
    '/2': moved(303, '/3'),
    '/3': moved(307, '/4'),
    '/4': moved(308, '/5'),
    '/5': moved(301, '/page'),
    '/no-head': ({ method }, response) => response.writeHead(method === 'HEAD' ? 405 : 200).end('here'),
    '/odd-head': ({ method }, response) => response.writeHead(method === 'HEAD' ? 404 : 200).end('here'),
    '/cut-head': ({ method, socket }, response) => (method === 'HEAD' ? void socket.destroy() : response.end('here')),
    '/cut': ({ socket }) => void socket.destroy(),
    '/slow': () => {},
    // A body that never ends, which nobody should wait for.
    '/endless': ({ method }, response) =>
      method === 'HEAD' ? response.writeHead(501).end() : response.writeHead(200).write('and so on '),
    '/counted': (_, response) => {
      waiting += 1
      most = Math.max(most, waiting)
      setTimeout(() => {
        waiting -= 1
        response.end()
      }, 30)
    },
    ...Object.fromEntries([...'abcdefgh'].map((letter) => [`/counted/${letter}`, moved(302, '/counted')])),
  })
})
afterAll(() => site.close())

const requests = (path: string) => site.seen.filter(({ url }) => url === path).map(({ method }) => method)

describe('an address that answers', () => {
  test.each([
    ['/page', 200, '/page'],
    ['/page?a=b#top', 204, '/page?a=b'],
    ['/gone', 410, '/gone'],
    ['/private', 401, '/private'],
    ['/missing', 404, '/missing'],
    ['/moved-far', 200, '/page'],
    ['/to-gone', 410, '/gone'],
    ['/nowhere', 302, '/nowhere'],
    ['/1', 200, '/page'],
    ['/no-head', 200, '/no-head'],
    ['/odd-head', 200, '/odd-head'],
    ['/cut-head', 200, '/cut-head'],
    ['/endless', 200, '/endless'],
  ])('%s: %i from %s', async (path, status, from) => {
    expect(await look(`${site.url}${path}`)).toEqual({ is: 'answered', status, address: `${site.url}${from}` })
  })

  test('is asked by HEAD, and by GET only where that is refused', async () => {
    for (const path of ['/page?once', '/no-head', '/busy']) await look(`${site.url}${path}`)
    expect(requests('/page')).not.toContain('GET')
    expect(requests('/no-head').slice(-2)).toEqual(['HEAD', 'GET'])
    expect(requests('/busy')).toEqual(['HEAD'])
  })

  test('learns who asks, and nothing else', async () => {
    await look(`http://seller:secret@127.0.0.1:${site.port}/page?whose`)
    const headers = site.seen.find(({ url }) => url === '/page?whose')?.headers ?? {}
    expect(headers['user-agent']).toBe('koo/0.0.0-test')
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent'])
  })

  test('is looked at once, however often it is named', async () => {
    const links = httpLinks({ stop: never, time })
    const answers = await Promise.all(['', '#top', ''].map((end) => links.look(`${site.url}/page?many${end}`)))
    expect(new Set(answers).size).toBe(1)
    expect(requests('/page?many')).toEqual(['HEAD', 'GET'])
  })

  test('is one of at most four at once', async () => {
    const links = httpLinks({ stop: never, time: 5000 })
    await Promise.all([...'abcdefgh'].map((letter) => links.look(`${site.url}/counted/${letter}`)))
    expect(most).toBe(4)
  })
})

describe('an address that does not answer', () => {
  test.each([
    ['/loop', 'it redirects more than 5 times'],
    ['/mail', 'it redirects to what is no http address'],
    ['/cut', 'the connection is cut'],
    ['/slow', 'there is no answer within 0.4 seconds'],
  ])('%s: %s', async (path, why) => {
    expect(await look(`${site.url}${path}`)).toEqual({ is: 'unreached', why })
  })

  test('a loop ends after six requests', async () => {
    await look(`${site.url}/loop?`)
    const before = requests('/loop').length
    await look(`${site.url}/loop`)
    expect(requests('/loop').length - before).toBe(6)
  })

  test('nobody listens', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/`
    expect(await look(url)).toEqual({ is: 'unreached', why: 'the connection is refused' })
  })

  test('there is no such host', async () => {
    const why = expect.stringMatching(
      /^the name of the host (is not known|cannot be looked up at present)$|^there is no/,
    )
    expect(await look('https://koo.invalid/')).toEqual({ is: 'unreached', why })
  })

  test('what is there does not speak HTTP', async () => {
    const mail = plainServer(
      (socket) =>
        void socket
          .on('error', () => {})
          .resume()
          .end('220 mail.harbor.example ESMTP\r\n'),
    )
    await withServer(mail, async (port) => {
      const plain = await look(`http://127.0.0.1:${port}/`)
      expect(plain).toEqual({ is: 'unreached', why: 'what answers does not speak HTTP' })
      const secure = await look(`https://127.0.0.1:${port}/`)
      expect(secure).toMatchObject({ why: expect.stringContaining('an encrypted connection cannot be made') })
    })
  })

  test.each(['ftp://harbor.example/', 'harbor', 'https://harbor.example:99999/'])('%s is no address', async (url) => {
    expect(await look(url)).toEqual({ is: 'unreached', why: 'it is no http address' })
  })

  test('Ctrl-C ends the waiting', async () => {
    const stop = new AbortController()
    const waits = httpLinks({ stop: stop.signal, time: 5000 }).look(`${site.url}/slow`)
    setTimeout(() => stop.abort(), 50)
    await expect(waits).rejects.toMatchObject({ exit: 'stopped' })
  })
})

/** A certificate nobody vouches for, made anew; undefined where openssl is not to be had. */
function certificate(): { readonly key: Buffer; readonly cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'koo-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
  try {
    execFileSync(process.env.OPENSSL ?? 'openssl', ['req', '-x509', ...made, '-days', '2', '-subj', '/CN=localhost'], {
      stdio: 'ignore',
    })
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const selfSigned = certificate()
const withCertificate = selfSigned === undefined ? test.skip : test

withCertificate('a certificate that is self-signed is named as the reason', async () => {
  const server = secureServer({ ...selfSigned }, (_, response) => response.end('here'))
  await withServer(server, async (port) => {
    const answer = await look(`https://127.0.0.1:${port}/`)
    expect(answer).toEqual({ is: 'unreached', why: 'its certificate is self-signed' })
  })
})
