/** What all the sandbox's pages have: the bar, the line that says what this is not, and the way out. */
import type { ComponentChildren } from 'preact'
import type { ProductState } from '../../model/release.ts'
import { Icon } from '../../web/icons.tsx'
import { htmlOf } from '../../web/page.tsx'
import { Badge, Top } from '../../web/parts.tsx'
import type { InstanceStatus, OrderState } from '../orders.ts'
import { type Ask, pageNumber } from './ask.ts'
import type { Visitor } from './door.ts'
import { instanceTitles, instanceTones, orderTitles, orderTones, stateTitles, stateTones, timeText } from './shown.ts'

export interface Framed {
  readonly title: string
  /** The address in the bar that this page belongs to. */
  readonly here?: string
  readonly styles?: readonly string[]
  readonly scripts?: readonly string[]
  readonly children: ComponentChildren
  /** Left out, there is no menu. */
  readonly visitor: Visitor | undefined
  readonly isLocked: boolean
}

const links = [
  { title: 'Storefront', href: '/' },
  { title: 'Console', href: '/console' },
  { title: 'Products', href: '/console/products' },
  { title: 'Requests', href: '/console/requests' },
  { title: 'Sales', href: '/console/instances' },
]

export function framed({ title, here, styles = [], scripts = [], children, visitor, isLocked }: Framed): string {
  const isIn = visitor?.isIn === true
  return htmlOf({
    title: `${title} · koo sandbox`,
    styles: ['sandbox', ...styles],
    scripts,
    reaches: { pictures: 'own', forms: true },
    body: (
      <>
        <Top
          name="koo sandbox"
          home="/"
          links={isIn ? links.map((each) => ({ ...each, isHere: each.href === here })) : []}
        />
        <aside class="is-sandbox" aria-label="About this site">
          <p>
            <Icon name="info" />
            <span>
              This is a local sandbox, <strong>not KooGallery</strong>: nothing here is for sale, and no buyer sees it.
            </span>
          </p>
        </aside>
        <main id="main" class="wide">
          {children}
        </main>
        <footer class="bottom footer-row">
          <span>Made by koo from what was published to this sandbox.</span>
          {visitor?.session === undefined || !isLocked ? null : (
            <form method="post" action="/logout">
              <Token visitor={visitor} />
              <button type="submit">Sign out</button>
            </form>
          )}
        </footer>
      </>
    ),
  })
}

/** A page for whoever asked. */
export function page(
  { tools, visitor }: Pick<Ask, 'tools' | 'visitor'>,
  rest: Omit<Framed, 'visitor' | 'isLocked'>,
): string {
  return framed({ ...rest, visitor, isLocked: tools.password !== undefined })
}

/** Every form that is sent has it; see `Door`. */
export function Token({ visitor }: { readonly visitor: Visitor }) {
  return <input type="hidden" name="token" value={visitor.token} />
}

export function State({ state }: { readonly state: ProductState }) {
  return <Badge tone={stateTones[state]}>{stateTitles[state]}</Badge>
}

export function InstanceBadge({ status }: { readonly status: InstanceStatus }) {
  return <Badge tone={instanceTones[status]}>{instanceTitles[status]}</Badge>
}

export function OrderBadge({ state }: { readonly state: OrderState }) {
  return <Badge tone={orderTones[state]}>{orderTitles[state]}</Badge>
}

export function Time({ at }: { readonly at: number }) {
  return (
    <time class="time" dateTime={new Date(at).toISOString()}>
      {timeText(at)}
    </time>
  )
}

export const productAddress = (key: string): string => `/console/products/${encodeURIComponent(key)}`
export const releaseAddress = (id: string): string => `/console/releases/${encodeURIComponent(id)}`
export const instanceAddress = (number: number): string => `/console/instances/${number}`
export const callAddress = (number: number): string => `/console/calls/${number}`
/** Of the buyer's page. */
export const orderAddress = (id: string): string => `/orders/${encodeURIComponent(id)}`

/** Where the page is, from the console down. */
export function Trail({ to }: { readonly to: readonly (readonly [title: string, href: string])[] }) {
  return (
    <nav class="trail" aria-label="Where this page is">
      {to.map(([title, href], index) => (
        <span key={href}>
          {index === 0 ? null : <span aria-hidden="true">/ </span>}
          <a href={href}>{title}</a>
        </span>
      ))}
    </nav>
  )
}

/** The ways to the pages before and after this one; nothing where all is on one. */
export function Pager({ url, at, pages }: { readonly url: URL; readonly at: number; readonly pages: number }) {
  if (pages < 2) return null
  const to = (number: number): string => {
    const query = new URLSearchParams(url.searchParams)
    query.set('page', String(number))
    return `${url.pathname}?${query}`
  }
  return (
    <nav class="pager" aria-label="More of this list">
      {at > 1 ? (
        <a class="button" rel="prev" href={to(at - 1)}>
          Previous
        </a>
      ) : null}
      <span class="quiet">
        Page {at} of {pages}
      </span>
      {at < pages ? (
        <a class="button" rel="next" href={to(at + 1)}>
          Next
        </a>
      ) : null}
    </nav>
  )
}

/** Which page of a list of that many is asked for, and how many come before it. */
export function pageOf(ask: Pick<Ask, 'url'>, count: number, size: number) {
  const pages = Math.max(1, Math.ceil(count / size))
  const at = Math.min(pageNumber(ask), pages)
  return { at, pages, offset: (at - 1) * size }
}

/** Those of a page of a list, which is the last one where there are fewer. */
export function sliceOf<T>(all: readonly T[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const at = Math.min(wanted, pages)
  return { shown: all.slice((at - 1) * size, at * size), at, pages }
}
