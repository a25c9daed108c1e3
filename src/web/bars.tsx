/** Stacked bars: drawn as SVG in percent, so that they fit any width while their text keeps its size. */

/** A colour with a pattern of its own, so that none is told by its colour alone. */
export type Fill = 'good' | 'accent' | 'bad' | 'warning' | 'quiet' | 'faint'

export interface BarPart {
  readonly fill: Fill
  /** As in "on sale"; said after the count. */
  readonly name: string
  readonly count: number
}

export interface Bar {
  readonly label: string
  /** A word or two beside the label. */
  readonly note?: string
  readonly parts: readonly BarPart[]
}

/** The patterns of all bars of a page; stands once on it. */
export function Fills() {
  const ground = <rect width="8" height="8" class="ground" />
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="fill-good" class="fill-good" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" class="ink" />
        </pattern>
        <pattern id="fill-accent" class="fill-accent" width="8" height="8" patternUnits="userSpaceOnUse">
          {ground}
          <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" class="stroke" />
        </pattern>
        <pattern id="fill-bad" class="fill-bad" width="8" height="8" patternUnits="userSpaceOnUse">
          {ground}
          <path d="M0 0l8 8M0 8l8-8" class="stroke" />
        </pattern>
        <pattern id="fill-warning" class="fill-warning" width="8" height="8" patternUnits="userSpaceOnUse">
          {ground}
          <path d="M0 2h8M0 6h8" class="stroke" />
        </pattern>
        <pattern id="fill-quiet" class="fill-quiet" width="8" height="8" patternUnits="userSpaceOnUse">
          {ground}
          <circle cx="2" cy="2" r="1.3" class="ink" />
          <circle cx="6" cy="6" r="1.3" class="ink" />
        </pattern>
        <pattern id="fill-faint" class="fill-faint" width="8" height="8" patternUnits="userSpaceOnUse">
          {ground}
        </pattern>
      </defs>
    </svg>
  )
}

/** Which fill is what. */
export function Legend({ parts }: { readonly parts: readonly Pick<BarPart, 'fill' | 'name'>[] }) {
  return (
    <ul class="legend">
      {parts.map(({ fill, name }) => (
        <li key={name}>
          <svg width="18" height="14" aria-hidden="true" focusable="false">
            <rect x="0.5" y="0.5" width="17" height="13" rx="3" fill={`url(#fill-${fill})`} class="part" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}

/** In percent of the longest bar; what is there at all is to be seen. */
const least = 1.2
/** The narrowest a bar is drawn, in pixels, and what a digit takes. */
const narrowest = 270
const digit = 8

/** Bars of one scale, each with its counts as text for whoever does not see it. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(totalOf))
  const shares = bars.map(({ parts }) =>
    parts
      .filter(({ count }) => count > 0)
      .map((part) => ({ ...part, share: Math.max(least, (part.count / most) * 100) })),
  )
  const longest = Math.max(100, ...shares.map((parts) => parts.reduce((sum, { share }) => sum + share, 0)))
  return (
    <ul class="bars">
      {bars.map((bar, index) => (
        <li key={bar.label}>
          <span class="bar-label">
            {bar.label}
            {bar.note === undefined ? null : <span class="bar-note">{bar.note}</span>}
          </span>
          <Drawn
            bar={bar}
            parts={(shares[index] ?? []).map((each) => ({ ...each, share: (each.share / longest) * 100 }))}
          />
          <span class="bar-total" aria-hidden="true">
            {totalOf(bar).toLocaleString('en')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Drawn({
  bar,
  parts,
}: {
  readonly bar: Bar
  readonly parts: readonly (BarPart & { readonly share: number })[]
}) {
  let end = 0
  const placed = parts.map((part) => {
    end += part.share
    return { ...part, start: end - part.share }
  })
  return (
    <svg class="bar" width="100%" height="38" role="img" aria-label={`${bar.label}: ${said(bar)}`}>
      <line x1="0" y1="11" x2="100%" y2="11" class="track" />
      {placed.map(({ fill, name, count, share, start }) => (
        <g key={name}>
          <title>{`${bar.label}: ${count} ${name}`}</title>
          <rect
            x={percent(start)}
            y="1"
            width={percent(share)}
            height="20"
            rx="3"
            fill={`url(#fill-${fill})`}
            class="part"
          />
          {(String(count).length * digit + 4) / narrowest > share / 100 ? null : (
            <text x={percent(start + share / 2)} y="35" class="bar-count">
              {count}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

function totalOf({ parts }: Bar): number {
  return parts.reduce((sum, { count }) => sum + count, 0)
}

function said({ parts }: Bar): string {
  const there = parts.filter(({ count }) => count > 0)
  return there.length === 0 ? 'none' : there.map(({ count, name }) => `${count} ${name}`).join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100) / 100}%`
}

/** The same numbers as a table, folded. */
export function BarNumbers({ head, bars }: { readonly head: string; readonly bars: readonly Bar[] }) {
  const names = bars[0]?.parts.map(({ name }) => name) ?? []
  return (
    <details class="numbers">
      <summary>The numbers as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {names.map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, parts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {parts.map(({ name, count }) => (
                <td key={name} class="number">
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
