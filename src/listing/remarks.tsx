/** Findings and changes beside what they speak of: places on a page, by JSON Pointer, and what is said at them. */
import { type ComponentChildren, createContext, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { partsOf, pointer } from '../model/pointer.ts'
import { Icon, type IconName } from '../web/icons.tsx'
import { linkAddress } from './links.ts'
import type { Remark } from './listed.ts'

interface Look {
  readonly icon: IconName
  readonly word: string
  /** For the count of several. */
  readonly one: string
  readonly many: string
}

/** In the order in which they matter. */
const looks: Readonly<Record<Remark['is'], Look>> = {
  error: { icon: 'error', word: 'Error', one: 'error', many: 'errors' },
  warning: { icon: 'warning', word: 'Warning', one: 'warning', many: 'warnings' },
  added: { icon: 'plus', word: 'Added', one: 'part added', many: 'parts added' },
  changed: { icon: 'pencil', word: 'Changed', one: 'part changed', many: 'parts changed' },
  removed: { icon: 'minus', word: 'Removed', one: 'part removed', many: 'parts removed' },
}

interface Numbered {
  readonly remark: Remark
  readonly id: string
}

interface Drawing {
  /** Every place that is drawn. */
  readonly places: Set<string>
  readonly said: ReadonlyMap<string, readonly Numbered[]>
  /** Places whose remarks stand on the page already. */
  readonly done: Set<string>
}

const Current = createContext<Drawing | undefined>(undefined)

/**
 * Wraps what is drawn of the value at a pointer, so that remarks come to stand below it and changes are marked. A place
 * that is too narrow for words is only marked; `Remarks` has the words where there is room.
 */
export function Place({
  path,
  isNarrow = false,
  children,
}: {
  readonly path: string
  readonly isNarrow?: boolean
  readonly children: ComponentChildren
}) {
  return (
    <Current.Consumer>
      {(drawing) => {
        if (drawing === undefined) return <>{children}</>
        drawing.places.add(path)
        const said = isNarrow ? (drawing.said.get(path) ?? []) : taken(drawing, path)
        if (said.length === 0) return <>{children}</>
        return (
          <div class={isNarrow ? `place place-narrow ${markOf(said)}` : `place ${markOf(said, path)}`}>
            {children}
            {isNarrow ? null : <SaidAll said={said} />}
          </div>
        )
      }}
    </Current.Consumer>
  )
}

/** What is said of narrow places, in a row of its own below them. */
export function Remarks({ of: paths }: { readonly of: readonly string[] }) {
  return (
    <Current.Consumer>
      {(drawing) => {
        const said = drawing === undefined ? [] : paths.flatMap((path) => taken(drawing, path))
        return said.length === 0 ? null : (
          <div class="remarks">
            <SaidAll said={said} />
          </div>
        )
      }}
    </Current.Consumer>
  )
}

/** The remarks of a place, once. */
function taken(drawing: Drawing, path: string): readonly Numbered[] {
  const said = drawing.done.has(path) ? [] : (drawing.said.get(path) ?? [])
  drawing.done.add(path)
  return said
}

function SaidAll({ said }: { readonly said: readonly Numbered[] }) {
  return (
    <>
      {said.map(({ remark, id }) => (
        <Said key={id} remark={remark} id={id} />
      ))}
    </>
  )
}

/**
 * What is exactly here has an edge; what is somewhere inside has not, because only the remark knows where. Without a path
 * whatever is said counts: the remark stands elsewhere, and the edge alone tells what it is about.
 */
function markOf(said: readonly Numbered[], path?: string): string {
  const about = path === undefined ? said : said.filter((each) => each.remark.path === path)
  const kinds: readonly Remark['is'][] = about.map(({ remark }) => remark.is)
  const [kind] = (Object.keys(looks) as Remark['is'][]).filter((each) => kinds.includes(each))
  return kind === undefined ? '' : `place-marked ${kind}`
}

function Said({ remark, id }: { readonly remark: Remark; readonly id: string }) {
  const { is, message, hint, code, where, source, more } = remark
  const { icon, word } = looks[is]
  const address = linkAddress(source)
  return (
    <div class={`remark ${is}`} id={id} role="note" tabIndex={-1}>
      <Icon name={icon} />
      <div>
        <p>
          <strong class="remark-word">{word}</strong> {message}
          {more === undefined ? null : (
            <>
              {' '}
              <a href={more.href}>{more.words}</a>
            </>
          )}
        </p>
        {hint === undefined ? null : <p class="remark-hint">{hint}</p>}
        {code === undefined && where === undefined && address === undefined ? null : (
          <p class="remark-facts">
            {where === undefined ? null : <span>{where}</span>}
            {code === undefined ? null : <code>{code}</code>}
            {address === undefined ? null : (
              <a href={address} rel="noopener noreferrer nofollow" target="_blank">
                The documented rule{code === undefined ? '' : <span class="unseen"> of {code}</span>}
              </a>
            )}
          </p>
        )}
      </div>
    </div>
  )
}

/** What is drawn twice: once to learn which places there are, once with the remarks at them and a summary above. */
export function Remarked({
  remarks,
  prefix,
  draw,
}: {
  readonly remarks: readonly Remark[]
  readonly prefix: string
  readonly draw: () => VNode
}) {
  if (remarks.length === 0) return draw()
  const places = placesOf(draw)
  const order = Object.keys(looks)
  const numbered = remarks
    .toSorted((a, b) => order.indexOf(a.is) - order.indexOf(b.is))
    .map((remark, index) => ({ remark, id: `${prefix}remark-${index + 1}` }))
  const said = new Map<string, readonly Numbered[]>()
  const elsewhere: Numbered[] = []
  for (const each of numbered) {
    const place = nearest(each.remark.path, places)
    if (place === undefined) elsewhere.push(each)
    else said.set(place, [...(said.get(place) ?? []), each])
  }
  return (
    <>
      <Summary placed={numbered.filter((each) => !elsewhere.includes(each))} elsewhere={elsewhere} />
      <Current.Provider value={{ places: new Set(), said, done: new Set() }}>{draw()}</Current.Provider>
    </>
  )
}

function placesOf(draw: () => VNode): ReadonlySet<string> {
  const drawing: Drawing = { places: new Set(), said: new Map(), done: new Set() }
  renderToString(<Current.Provider value={drawing}>{draw()}</Current.Provider>)
  return drawing.places
}

/** The place itself, or that of what holds it. */
function nearest(path: string, places: ReadonlySet<string>): string | undefined {
  const parts = partsOf(path)
  for (let length = parts.length; length > 0; length -= 1) {
    const place = pointer(parts.slice(0, length))
    if (places.has(place)) return place
  }
  return undefined
}

/** As in "2 errors, 1 warning". */
export function remarkCounts(remarks: readonly Remark[]): string {
  return Object.entries(looks)
    .flatMap(([is, { one, many }]) => {
      const count = remarks.filter((each) => each.is === is).length
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
    })
    .join(', ')
}

function Summary({
  placed,
  elsewhere,
}: {
  readonly placed: readonly Numbered[]
  readonly elsewhere: readonly Numbered[]
}) {
  const all = [...placed, ...elsewhere].map(({ remark }) => remark)
  const worst = (Object.keys(looks) as Remark['is'][]).find((each) => all.some(({ is }) => is === each)) ?? 'changed'
  return (
    <div class={`card remark-summary ${worst}`}>
      <details open>
        <summary>
          <Icon name={looks[worst].icon} />
          {remarkCounts(all)}
        </summary>
        {placed.length === 0 ? null : (
          <ul class="remark-links">
            {placed.map(({ remark, id }) => (
              <li key={id} class={remark.is}>
                <Icon name={looks[remark.is].icon} />
                <span>
                  <span class="remark-word">{looks[remark.is].word}</span> <a href={`#${id}`}>{remark.message}</a>
                </span>
              </li>
            ))}
          </ul>
        )}
        {elsewhere.length === 0 ? null : (
          <>
            <p class="remark-elsewhere">Not on the page</p>
            {elsewhere.map(({ remark, id }) => (
              <Said key={id} remark={remark} id={id} />
            ))}
          </>
        )}
      </details>
    </div>
  )
}
