/** The pages by their addresses: who asks, which page answers, and what becomes of a refusal. */
import type { FastifyRequest } from 'fastify'
import type { PagesTools } from '../pages.ts'
import { Refusal } from '../refusal.ts'
import { type Answer, html, moved, notHere, Refused } from './answer.ts'
import type { Ask, Page } from './ask.ts'
import { buyIt } from './buy.tsx'
import { callPage } from './call.tsx'
import { callsPage } from './calls.tsx'
import { cataloguePage } from './catalogue.tsx'
import { discontinueIt, discontinuePage } from './discontinue.tsx'
import { type Door, openDoor, type Visitor } from './door.ts'
import { errorPage } from './error.tsx'
import { productFile, releaseFile } from './files.ts'
import { instancePage, performIt } from './instance.tsx'
import { instancesPage } from './instances.tsx'
import { enter, leave, loginPage } from './login.tsx'
import { orderPage, restartIt } from './order.tsx'
import { ordersPage } from './orders.tsx'
import { overviewPage } from './overview.tsx'
import { previewPage } from './preview.tsx'
import { productPage } from './product.tsx'
import { productsPage } from './products.tsx'
import { releasePage } from './release.tsx'
import { requestPage } from './request.tsx'
import { requestsPage } from './requests.tsx'
import { reviewIt } from './review.tsx'
import { sellerPage } from './seller.tsx'
import { shopPage } from './shop.tsx'
import { usagePage } from './usage.tsx'

/** `:` stands for any one part. */
const pages: readonly (readonly [method: 'GET' | 'POST', path: string, page: Page])[] = [
  ['GET', '/', cataloguePage],
  ['GET', '/products', () => moved('/')],
  ['GET', '/products/:', shopPage],
  ['GET', '/products/:/files/:', productFile],
  ['POST', '/products/:/buy', buyIt],
  ['GET', '/orders/:', orderPage],
  ['POST', '/orders/:/restart', restartIt],
  ['GET', '/console', overviewPage],
  ['GET', '/console/products', productsPage],
  ['GET', '/console/products/:', productPage],
  ['GET', '/console/products/:/discontinue', discontinuePage],
  ['POST', '/console/products/:/discontinue', discontinueIt],
  ['GET', '/console/releases/:', releasePage],
  ['GET', '/console/releases/:/page', previewPage],
  ['GET', '/console/releases/:/files/:', releaseFile],
  ['POST', '/console/releases/:/review', reviewIt],
  ['GET', '/console/requests', requestsPage],
  ['GET', '/console/requests/:', requestPage],
  ['GET', '/console/instances', instancesPage],
  ['GET', '/console/instances/:', instancePage],
  ['POST', '/console/instances/:/perform', performIt],
  ['GET', '/console/orders', ordersPage],
  ['GET', '/console/usage', usagePage],
  ['GET', '/console/calls', callsPage],
  ['GET', '/console/calls/:', callPage],
  ['GET', '/console/seller', sellerPage],
  ['GET', '/login', loginPage],
  ['POST', '/login', enter],
  ['POST', '/logout', leave],
]

export function openSite(tools: PagesTools): { answer(request: FastifyRequest, error?: unknown): Promise<Answer> } {
  const door = openDoor(tools)
  return {
    async answer(request, error) {
      const { answer, visitor } = await answerTo(request, error, door, tools)
      const cookies = [answer.headers['set-cookie'] ?? [], visitor?.cookies ?? []].flat().map(String)
      return {
        ...answer,
        headers: {
          ...everywhere,
          ...answer.headers,
          ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
        },
      }
    },
  }
}

/** What each page brings along; its own policy stands in it. */
const everywhere = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

async function answerTo(
  request: FastifyRequest,
  error: unknown,
  door: Door,
  tools: PagesTools,
): Promise<{ readonly answer: Answer; readonly visitor?: Visitor }> {
  const url = urlOf(request.raw.url ?? '/')
  let visitor: Visitor | undefined
  try {
    const isForm = request.method === 'POST'
    door.guard(request.headers, isForm, request.socket.localPort)
    visitor = door.visitor(request.headers)
    if (error !== undefined) throw error
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const shorter = url.pathname.replace(/\/+$/, '')
    if (!isForm && shorter !== '' && shorter !== url.pathname && isPage(shorter)) {
      return { answer: moved(`${shorter}${url.search}`), visitor }
    }
    const { page, parts } = pageAt(isForm ? 'POST' : 'GET', url.pathname)
    const isFresh = isForm && door.holds(visitor, form.get('token') ?? '')
    const { headers, ip: address } = request
    const ask: Ask = { tools, door, visitor, headers, address, url, parts, form, isFresh, isPage }
    if (!visitor.isIn && page !== loginPage && page !== enter) return { answer: loginPage(ask), visitor }
    return { answer: await page(ask), visitor }
  } catch (thrown) {
    const { status, title, message } = asRefused(thrown)
    // Someone who may not see the pages is not shown their menu either.
    const answer = html(status, errorPage({ title, message, visitor, isLocked: tools.password !== undefined }))
    return { answer, ...(visitor === undefined ? {} : { visitor }) }
  }
}

/** As it stands in the request, which may be anything; a host in it says nothing here. */
function urlOf(text: string): URL {
  const own = new URL('http://sandbox.invalid/')
  return text.startsWith('/') && URL.canParse(`${own.origin}${text}`) ? new URL(`${own.origin}${text}`) : own
}

function isPage(path: string): boolean {
  return fitting(path.split('/').map(decoded)).some(([method]) => method === 'GET')
}

function fitting(segments: readonly string[]) {
  return pages.filter(([, pattern]) => {
    const wanted = pattern.split('/')
    return wanted.length === segments.length && wanted.every((each, at) => each === ':' || each === segments[at])
  })
}

function pageAt(method: string, path: string): { readonly page: Page; readonly parts: readonly string[] } {
  const segments = path.split('/').map(decoded)
  const all = fitting(segments)
  const found = all.find(([own]) => own === method)
  if (found !== undefined) {
    const [, pattern, page] = found
    return { page, parts: pattern.split('/').flatMap((each, at) => (each === ':' ? (segments[at] ?? '') : [])) }
  }
  if (all.length > 0) throw new Refused(405, 'Not this way', `This address takes no ${method}.`)
  throw notHere('There is no page at this address.')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function asRefused(error: unknown): Pick<Refused, 'status' | 'title' | 'message'> {
  if (error instanceof Refused) return error
  if (error instanceof Refusal)
    return { status: error.status, title: titles[error.status] ?? 'Refused', message: error.message }
  const { statusCode = 500, message = 'for no known reason' } = error as { statusCode?: number; message?: string }
  if (statusCode === 413)
    return { status: 413, title: 'Too large', message: 'This form is larger than any that is meant.' }
  if (statusCode < 500) return { status: statusCode, title: titles[statusCode] ?? 'Refused', message }
  return { status: 500, title: 'The sandbox failed', message }
}

const titles: Readonly<Record<number, string>> = { 404: 'Not found', 409: 'Something else happened meanwhile' }
