/** A sandbox over HTTP with a product that has a production interface, that interface, and a browser without scripts. */
import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import type { Behaviour } from '../../src/access/server/behaviour.ts'
import { referenceServer } from '../../src/access/server/reference.ts'
import { serve as serveHttp } from '../../src/adapters/http-server.ts'
import { sellerServer } from '../../src/adapters/seller-server.ts'
import type { Clock, SellerServer, ServedAnswer, ServedRequest } from '../../src/ports.ts'
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { dataFolder, holdToContract, randomness, type Server, signed, wireOf } from './harness.ts'
import { approve, logo, manifest, uploaded } from './shop.ts'

export const key = '00000000-0000-4000-8000-000000000001'

/** Polls without waiting long. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}

export type SellerAnswer = (request: ServedRequest) => Promise<ServedAnswer>

export interface Wanted {
  readonly behaviour?: Partial<Behaviour>
  readonly creationTime?: number
  /** Instead of the reference server, which is handed over. */
  readonly answer?: (right: SellerAnswer) => SellerAnswer
  readonly data?: string
  readonly polls?: number
  readonly answerTime?: number
  readonly seller?: Partial<NonNullable<SandboxOptions['seller']>>
}

export type Market = Awaited<ReturnType<typeof openMarket>>

export async function openMarket(wanted: Wanted = {}) {
  const { behaviour, creationTime = 0, answer = (right: SellerAnswer) => right, polls = 100 } = wanted
  const folder = wanted.data === undefined ? await dataFolder() : undefined
  const seen: ServedRequest[] = []
  const right = referenceServer({ key, clock, behaviour, creationTime })
  const answered = answer(right)
  const reference = await serveHttp({
    port: 0,
    answer: (each) => {
      seen.push(each)
      return answered(each)
    },
    failed(error) {
      throw error
    },
  })
  const url = `http://localhost:${reference.port}/produce`
  const stop = new AbortController()
  /** What is called beside the interface, which must be nothing. */
  const called = new Set<string>()
  const open = async (): Promise<SellerServer> => {
    const server = sellerServer({ stop: stop.signal })
    return {
      ...server,
      call(each) {
        called.add(new URL(each.url).host)
        return server.call(each)
      },
    }
  }
  const sandbox = await startSandbox({
    ...{ port: 0, data: wanted.data ?? folder?.path ?? '', review: 'manual', reviewDelay: 0, randomness, clock },
    pages: {},
    seller: {
      key: async () => key,
      server: open,
      interfaces: new Map([['harbor-crm', url]]),
      times: { answer: wanted.answerTime ?? 5_000, poll: 20, polls },
      ...wanted.seller,
    },
  })
  const { credentials } = sandbox
  const server: Server = {
    credentials,
    async send({ url: path, ...wire }) {
      const reply = await request(`${sandbox.url}${path}`, wire)
      const bytes = Buffer.from(await reply.body.arrayBuffer())
      return { status: reply.statusCode, headers: reply.headers, body: JSON.parse(bytes.toString()), bytes }
    },
    call: async (id, asked) => {
      const reply = await server.send(signed(wireOf(id, asked ?? {}), credentials, clock.now()))
      holdToContract(id, reply)
      return reply as never
    },
    close: () => sandbox.close(),
  }
  return {
    sandbox,
    server,
    stop,
    called,
    port: reference.port,
    data: wanted.data ?? folder?.path ?? '',
    /** Bodies of the calls that came. */
    bodies: () => seen.map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as Record<string, string>),
    browser: () => browser(sandbox.url),
    async close() {
      await sandbox.close()
      await reference.close()
      await folder?.remove()
    },
  }
}

const specifications = [
  { name: 'Team', billing: 'yearly-monthly', price: 59, yearlyPrice: 590, trial: { days: 7 } },
  { name: 'Business', billing: 'yearly-monthly', price: 229 },
  { name: 'Solo', billing: 'buyout', price: 320 },
]

/** Puts a product with an interface on sale. */
export async function onSale(server: Server, picture = logo, version = 'V1.0'): Promise<void> {
  const upload_id = await uploaded(server, picture)
  const own = {
    ...manifest({ key: 'harbor-crm', name: 'Harbor CRM', version }),
    documents: undefined,
    delivery: { method: 'saas', productionUrl: 'https://produce.harbor.example/koogallery' },
    specifications,
  }
  const { status, body } = await server.call('CreateRelease', {
    headers: { 'x-client-token': randomUUID() },
    json: {
      key: 'harbor-crm',
      content_digest: sha256Hex(JSON.stringify(own)),
      manifest: own,
      files: [{ path: 'logo.png', sha256: sha256Hex(picture), bytes: picture.length, upload_id }],
    },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  await approve(server, body.release_id)
}

interface Page {
  readonly status: number
  readonly html: string
  /** What a person reads. */
  readonly text: string
  readonly location: string
  readonly headers: Readonly<Record<string, unknown>>
}

type Fields = Readonly<Record<string, string>>

function browser(base: string) {
  let cookie = ''
  const send = async (path: string, form?: Fields): Promise<Page> => {
    const { statusCode, headers, body } = await request(`${base}${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html',
        ...(cookie === '' ? {} : { cookie }),
        ...(form === undefined ? {} : { origin: base, 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    })
    const cookies = [headers['set-cookie'] ?? []].flat().map((each) => each.split(';')[0])
    if (cookies.length > 0) cookie = cookies.join('; ')
    const html = await body.text()
    return { status: statusCode, html, text: textOf(html), location: String(headers.location ?? ''), headers }
  }
  /** The values of the forms of a page that lead to an address. */
  const forms = (html: string, action: RegExp): readonly Fields[] =>
    [...html.matchAll(/<form method="post" action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)]
      .filter(([, to = '']) => action.test(to))
      .map(([, to = '', inside = '']) => ({
        action: to,
        ...Object.fromEntries(
          [...inside.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
            ([, name = '', value = '']) => [name, value],
          ),
        ),
      }))
  return {
    get: (path: string) => send(path),
    post: (path: string, form: Fields) => send(path, form),
    forms,
    /** Buys a specification by its place; gives the address of the order. */
    async buy(specification = 0, more: Fields = {}): Promise<string> {
      const { html } = await send('/products/harbor-crm')
      const { action = '', ...fields } = forms(html, /\/buy$/)[specification] ?? {}
      const { status, location, text } = await send(action, { ...fields, ...more })
      if (status !== 303) throw new Error(`${status} ${text}`)
      return location
    },
    /** Does something with an instance as a person would; gives the page that tells of it. */
    async perform(instance: number, deed: string, more: Fields = {}): Promise<Page> {
      const { html, text } = await send(`/console/instances/${instance}`)
      const { action, ...form } = forms(html, /\/perform$/).find((each) => each.deed === deed) ?? {}
      if (action === undefined) throw new Error(`There is no ${deed}: ${text}`)
      const done = await send(action, { ...form, ...more })
      return done.status === 303 ? send(done.location) : done
    },
    async restart(path: string): Promise<Page> {
      const { html, text } = await send(path)
      const [{ action = '', ...form } = {}] = forms(html, /\/restart$/)
      if (action === '') throw new Error(`There is nothing to restart: ${text}`)
      const done = await send(action, form)
      return done.status === 303 ? send(done.location) : done
    },
    /** Waits until a page says something. */
    async until(path: string, words: string): Promise<Page> {
      for (let turn = 0; turn < 200; turn++) {
        const page = await send(path)
        if (page.text.includes(words)) return page
        await clock.sleep(25)
      }
      throw new Error(`${path} never says ${words}: ${(await send(path)).text}`)
    },
  }
}

function textOf(html: string): string {
  return html
    .replace(/<head[\s\S]*?<\/head>|<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
