/** Servers that answer as koo's reference server does, in the way other frameworks speak HTTP. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { referenceServer } from '../../src/access/server/reference.ts'
import type { ServedAnswer } from '../../src/ports.ts'
import { clock, key } from './trial.ts'

type Answering = (response: ServerResponse, answer: ServedAnswer, url: string) => void

const flat = ({ headers }: ServedAnswer): string[] => headers.flat()
const lengthOf = ({ body }: ServedAnswer): string => String(Buffer.byteLength(body))

/** The whole answer as one text, for what node:http does not write. */
function raw(version: string, answer: ServedAnswer, close: boolean): string {
  const length = ['Content-Length', lengthOf(answer)] as const
  const headers = [...answer.headers, length, ...(close ? [['Connection', 'close'] as const] : [])]
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `HTTP/${version} ${answer.status} OK\r\n${lines}\r\n${answer.body}`
}

export const habits = {
  'answers in chunks'(response, answer) {
    response.writeHead(answer.status, flat(answer))
    const { body } = answer
    response.write(body.slice(0, 7))
    setImmediate(() => response.end(body.slice(7)))
  },
  'closes each connection, and says so'(response, answer) {
    response.writeHead(answer.status, [...flat(answer), 'Content-Length', lengthOf(answer), 'Connection', 'close'])
    response.end(answer.body)
  },
  'closes each connection without a word'(response, answer) {
    response.socket?.end(raw('1.1', answer, false))
  },
  'speaks HTTP/1.0'(response, answer) {
    response.socket?.end(raw('1.0', answer, true))
  },
  'says 100 Continue unasked'(response, answer) {
    response.socket?.end(`HTTP/1.1 100 Continue\r\n\r\n${raw('1.1', answer, true)}`)
  },
  'compresses unasked'(response, answer) {
    const packed = gzipSync(answer.body)
    response.writeHead(answer.status, [...flat(answer), 'Content-Encoding', 'gzip'])
    response.end(packed)
  },
  'writes names of headers in small letters'(response, answer) {
    response.writeHead(
      answer.status,
      answer.headers.flatMap(([name, value]) => [name.toLowerCase(), value]),
    )
    response.end(answer.body)
  },
  'redirects to the address with a slash'(response, answer, url) {
    if (url.startsWith('/produce/')) {
      response.writeHead(answer.status, flat(answer)).end(answer.body)
      return
    }
    const [path = '', query = ''] = url.split('?')
    response.writeHead(301, ['Location', `${path}/?${query}`]).end()
  },
} as const satisfies Readonly<Record<string, Answering>>
export type HabitName = keyof typeof habits

export interface HabitServer {
  readonly url: string
  /** Paths that were called. */
  readonly called: ReadonlySet<string>
  close(): void
}

export async function serveWith(name: HabitName): Promise<HabitServer> {
  const answerTo = referenceServer({ key, clock, behaviour: {}, creationTime: 0 })
  const called = new Set<string>()
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    called.add(new URL(url, 'http://localhost').pathname)
    const body = Buffer.concat(await request.toArray())
    habits[name](response, await answerTo({ method, url, headers: {}, body }), url)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/produce`,
    called,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
