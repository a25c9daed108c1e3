/** Who may see the pages and send their forms: sessions, tokens that only the pages' own forms have, and addresses. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { PagesTools } from '../pages.ts'
import { Refused } from './answer.ts'

/** A browser, as far as its cookies tell. */
export interface Visitor {
  /** May see the pages. */
  readonly isIn: boolean
  /** What a form of this visitor's has to bring along. */
  readonly token: string
  /** Cookies to be set with the answer. */
  readonly cookies: readonly string[]
  /** Of the session, where there is one. */
  readonly session?: string
}

export type Entrance =
  | { readonly is: 'in'; readonly cookie: string; readonly visitor: Visitor }
  | { readonly is: 'wrong' }
  | { readonly is: 'too many'; readonly seconds: number }

export interface Door {
  /** @throws {Refused} where the request is not for this server, or a form comes from elsewhere. */
  guard(headers: IncomingHttpHeaders, isForm: boolean, port: number | undefined): void
  visitor(headers: IncomingHttpHeaders): Visitor
  holds(visitor: Visitor, token: string): boolean
  enter(headers: IncomingHttpHeaders, password: string, address: string): Promise<Entrance>
  /** Ends the session, and gives the cookie that forgets it. */
  leave(headers: IncomingHttpHeaders, visitor: Visitor): string
}

const sessionLife = 12 * 3_600_000
const mostSessions = 200
const window = 60_000
const mostFailures = { each: 5, all: 50 }
const slowness = 300

export function openDoor({ password, clock, randomness }: Pick<PagesTools, 'password' | 'clock' | 'randomness'>): Door {
  const secret = randomness.hex(32)
  /** When each was last used, oldest first. */
  const sessions = new Map<string, number>()
  /** Attempts that failed or have not ended yet, in the last minute. */
  let failures: readonly { readonly at: number; readonly address: string }[] = []

  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('hex')
  const isOpen = (id: string | undefined): id is string => {
    const used = id === undefined ? undefined : sessions.get(id)
    if (id === undefined || used === undefined) return false
    sessions.delete(id)
    if (clock.now() - used > sessionLife) return false
    sessions.set(id, clock.now())
    return true
  }
  const inside = (session: string): Visitor => ({
    isIn: true,
    session,
    token: sign(`session ${session}`),
    cookies: [],
  })
  const begin = (): string => {
    const id = randomness.hex(32)
    sessions.set(id, clock.now())
    const [oldest] = sessions.keys()
    if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest)
    return id
  }

  return {
    guard(headers, isForm, port) {
      // A name of another site may be made to lead here; then its pages could read these. A password stands before that.
      if (password === undefined && !isLoopbackHost(headers.host, port)) {
        const message =
          'Without a password these pages answer to 127.0.0.1, localhost and [::1] at their own port only.'
        throw new Refused(403, 'Another host', message)
      }
      if (isForm && !isOwnForm(headers)) {
        throw new Refused(403, 'A form of another site', 'This form was sent by another site, so nothing was done.')
      }
    },
    visitor(headers) {
      const names = cookieNames(headers)
      const cookies = cookiesOf(headers)
      const session = cookies.get(names.session)
      if (isOpen(session)) return inside(session)
      const known = cookies.get(names.visit)
      const visit = known !== undefined && /^[0-9a-f]{64}$/.test(known) ? known : randomness.hex(32)
      return {
        isIn: password === undefined,
        token: sign(`visit ${visit}`),
        cookies: visit === known ? [] : [cookie(names.visit, visit)],
      }
    },
    holds: (visitor, token) => isSame(visitor.token, token),
    async enter(headers, given, address) {
      const now = clock.now()
      failures = failures.filter(({ at }) => at > now - window)
      const own = failures.filter((each) => each.address === address)
      if (own.length >= mostFailures.each || failures.length >= mostFailures.all) {
        const first = own.length >= mostFailures.each ? own[0] : failures[0]
        return { is: 'too many', seconds: Math.ceil(((first?.at ?? now) + window - now) / 1000) }
      }
      // Counted before it is known to have failed, so that many at once are no way around.
      const attempt = { at: now, address }
      failures = [...failures, attempt]
      if (password === undefined || !isSame(sign(password), sign(given))) {
        await clock.sleep(slowness)
        return { is: 'wrong' }
      }
      failures = failures.filter((each) => each !== attempt)
      const session = begin()
      return { is: 'in', cookie: cookie(cookieNames(headers).session, session), visitor: inside(session) }
    },
    leave(headers, { session }) {
      if (session !== undefined) sessions.delete(session)
      return `${cookie(cookieNames(headers).session, '')}; Max-Age=0`
    },
  }
}

function isLoopbackHost(host: string | undefined, port: number | undefined): boolean {
  const found = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i.exec(host ?? '')
  return found !== null && (port === undefined || Number(found[1] ?? 80) === port)
}

/**
 * By what browsers say of where a form comes from. Each may be missing: of the one, where the server is reached by plain
 * http from elsewhere; of the other, in older browsers. The token has to be right in any case.
 */
function isOwnForm({ 'sec-fetch-site': site, origin, host }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return true
  if (origin === 'null') return site === 'same-origin'
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}

/** Cookies are shared by all ports of a host; the names tell sandboxes apart. */
function cookieNames({ host = '' }: IncomingHttpHeaders) {
  const port = /:(\d{1,5})$/.exec(host)?.[1] ?? '80'
  return { session: `koo-session-${port}`, visit: `koo-visit-${port}` }
}

function cookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict`
}

function cookiesOf({ cookie: text = '' }: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const pairs = text.split(';').map((each) => each.trim().split('='))
  return new Map(pairs.flatMap(([name, value]) => (name && value ? [[name, value] as const] : [])))
}

/** In the same time, whatever differs. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
