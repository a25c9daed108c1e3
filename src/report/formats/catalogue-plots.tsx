/** The plots of the catalogue report: products by delivery method and state, and how long reviews take. */
import { type Catalogue, type CatalogueEntry, reviewTime, waitingSince } from '../../model/catalogue.ts'
import { deliveryMethods } from '../../model/delivery-methods.ts'
import { type Bar, BarNumbers, type BarPart, Bars, Fills, Legend } from '../../web/bars.tsx'
import { Section } from '../../web/parts.tsx'
import { waitText } from '../state-text.ts'
import { fillOf, number, statesDrawn, stateWords } from './catalogue-words.tsx'

export function Plots({ catalogue }: { readonly catalogue: Catalogue }) {
  return (
    <div class="plots">
      <Fills />
      <Section id="by-method" title="Products by delivery method and state">
        <Plot head="Delivery method" bars={methodBars(catalogue.entries)} />
      </Section>
      <Section id="review-times" title="Review times">
        <ReviewTimes catalogue={catalogue} />
      </Section>
    </div>
  )
}

function Plot({ head, bars }: { readonly head: string; readonly bars: readonly Bar[] }) {
  const parts = (bars[0]?.parts ?? []).filter(({ name }) =>
    bars.some((bar) => bar.parts.some((part) => part.name === name && part.count > 0)),
  )
  return (
    <>
      <Legend parts={parts} />
      <Bars bars={bars} />
      <BarNumbers head={head} bars={bars} />
    </>
  )
}

function methodBars(entries: readonly CatalogueEntry[]): readonly Bar[] {
  const bars = Object.entries(deliveryMethods).map(([method, { title }]) => {
    const states = entries.filter(({ product }) => product.method === method).map(({ product }) => product.state)
    const parts = statesDrawn.map((state) => ({
      ...{ fill: fillOf(state), name: stateWords(state) },
      count: states.filter((each) => each === state).length,
    }))
    return { label: title, parts }
  })
  return bars.filter(({ parts }) => parts.some(({ count }) => count > 0))
}

const hour = 3_600_000
const day = 24 * hour

/** Up to so many milliseconds, exclusive. */
const spans: readonly (readonly [label: string, below: number])[] = [
  ['under 1 hour', hour],
  ['1 to 24 hours', day],
  ['1 to 2 days', 2 * day],
  ['2 to 3 days', 3 * day],
  ['3 to 5 days', 5 * day],
  ['5 to 10 days', 10 * day],
  ['10 days or more', Number.POSITIVE_INFINITY],
]

const reviewKinds = {
  approved: { fill: 'good', name: 'approved' },
  rejected: { fill: 'bad', name: 'rejected' },
  waiting: { fill: 'accent', name: 'waiting now' },
} as const satisfies Readonly<Record<string, Omit<BarPart, 'count'>>>

function ReviewTimes({ catalogue: { entries, at } }: { readonly catalogue: Catalogue }) {
  const times = { approved: [] as number[], rejected: [] as number[], waiting: [] as number[] }
  for (const entry of entries) {
    const since = waitingSince(entry)
    const ended = entry.newest && reviewTime(entry.newest)
    if (since !== undefined) times.waiting.push(at - since)
    else if (ended !== undefined) times[entry.newest?.state === 'rejected' ? 'rejected' : 'approved'].push(ended)
  }
  const ended = [...times.approved, ...times.rejected].sort((a, b) => a - b)
  if (ended.length + times.waiting.length === 0) return <p class="quiet">No review has begun yet.</p>
  const middle = medianOf(ended)
  const bars = spans.map(([label, below], index) => {
    const from = spans[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY
    const isIn = (time: number) => time >= from && time < below
    const parts = (['approved', 'rejected', 'waiting'] as const).map((kind) => ({
      ...reviewKinds[kind],
      count: times[kind].filter(isIn).length,
    }))
    return { label, ...(middle !== undefined && isIn(middle) ? { note: 'median' } : {}), parts }
  })
  return (
    <>
      <p>
        {middle === undefined ? (
          'No review has ended yet.'
        ) : (
          <>
            Median <strong>{waitText(middle)}</strong> over the last review of {number(ended.length)}{' '}
            {ended.length === 1 ? 'product' : 'products'}; the longest took {waitText(ended.at(-1) ?? 0)}.
          </>
        )}
      </p>
      <Plot head="Time since it was handed in" bars={bars} />
    </>
  )
}

/** Of times in order. */
function medianOf(times: readonly number[]): number | undefined {
  const upper = times[Math.floor(times.length / 2)]
  const lower = times[Math.floor((times.length - 1) / 2)]
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2
}
