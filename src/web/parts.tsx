/** The parts all pages are built of. */
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons.tsx'

/** How something stands: a colour and an icon, never the colour alone. */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'plain'

const toneIcons: Readonly<Record<Tone, IconName | undefined>> = {
  good: 'check',
  warning: 'warning',
  bad: 'error',
  info: 'info',
  plain: undefined,
}

/** A word or two that say how something stands. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>
}

/** A box that says something about what stands around it. */
export function Notice({
  tone = 'info',
  title,
  children,
}: {
  readonly tone?: Tone
  readonly title?: ComponentChildren
  readonly children?: ComponentChildren
}) {
  const icon = toneIcons[tone]
  return (
    <div class={`notice ${tone}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      <div>
        {title === undefined ? null : <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}

/** A part of a page with its heading; `id` is where links lead. */
export function Section({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Names and values. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A table that scrolls on its own where the page is narrower, which the keyboard can do too. */
export function Scrolled({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section class="scrolled" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

/** The bar at the top: whose page it is, and where else to go. */
export function Top({
  name,
  home,
  links = [],
}: {
  readonly name: string
  readonly home?: string
  readonly links?: readonly { readonly title: string; readonly href: string; readonly isHere?: boolean }[]
}) {
  const brand = (
    <>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" class="brand-mark" />
        <path d="M10 8v16M22 9l-10 8 10 7" class="brand-sign" />
      </svg>
      {name}
    </>
  )
  return (
    <header class="top">
      <div class="top-row">
        {home === undefined ? (
          <span class="brand">{brand}</span>
        ) : (
          <a class="brand" href={home}>
            {brand}
          </a>
        )}
        {links.length === 0 ? null : (
          <nav aria-label="Pages">
            {links.map(({ title, href, isHere }) => (
              <a key={href} href={href} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
                {title}
              </a>
            ))}
          </nav>
        )}
      </div>
    </header>
  )
}
