/** What became of the products of a run, as a person reads it. */
import { isLeft, needsAttention, type Outcome, type PublishedOutcome, type PublishedRow } from '../model/outcome.ts'
import { lostLines } from './change-text.ts'
import { framedAll } from './frame.ts'
import { count, type Style } from './style.ts'
import { table } from './table.ts'

export const outcomeWords: Readonly<Record<PublishedOutcome, string>> = {
  accepted: 'accepted',
  'in-review': 'in review',
  approved: 'approved',
  'on-sale': 'on sale',
  unchanged: 'on sale, nothing to do',
  rejected: 'rejected',
  invalid: 'invalid',
  refused: 'refused',
  failed: 'failed',
  'not-sent': 'not sent',
}

/** Of more products only those are listed that need attention. */
const mostListed = 50
/** The rest is in the JSON and in the report of what needs attention. */
const mostFramed = 20

type Published = Extract<Outcome, { readonly is: 'published' }>

export function publishedText(outcome: Published, style: Style, columns: number): string {
  const { rows, diagnostics } = outcome
  const isLong = rows.length > mostListed
  const listed = isLong ? rows.filter(needsAttention) : rows
  const framed = isLong ? diagnostics.slice(0, mostFramed) : diagnostics
  const more = diagnostics.length - framed.length
  const body = listed.map((row) => [
    row.key ?? row.file,
    row.version ?? '',
    row.method ?? '',
    colourOf(row.outcome, style)(outcomeWords[row.outcome]),
    row.message ?? '',
  ])
  const hints = listed.flatMap(({ key, file, hint }) =>
    hint === undefined ? [] : [`${style.green('help:')} ${key ?? file}: ${hint}`],
  )
  const lost = listed.flatMap((row) => {
    const lines = lostLines(row, style, columns)
    return lines.length === 0 ? [] : [style.bold(row.key ?? row.file), ...lines]
  })
  const head = ['Product', 'Version', 'Method', 'Outcome', '']
  return [
    ...(framed.length > 0 ? [`${framedAll(framed, style)}`] : []),
    ...(more > 0 ? [`${count(more, 'more finding')}; --json and --needs-attention tell all.`] : []),
    ...(diagnostics.length > 0 ? [''] : []),
    ...(body.length > 0 ? [table(style, head, body), ...hints, ...lost, ''] : []),
    ...closing(outcome, style),
  ].join('\n')
}

function closing({ marketplace, rows, comeBack }: Published, style: Style): readonly string[] {
  if (rows.every(({ outcome }) => outcome === 'unchanged')) return [`${marketplace}: nothing to do.`]
  const left = rows.filter(isLeft).length
  const again = `Run the same command again: ${count(left, 'product is', 'products are')} left.`
  return [
    `${marketplace}: ${countsText(rows)}.`,
    ...(comeBack === undefined ? [] : [`\`${style.cyan(comeBack)}\` shows how the review goes on.`]),
    ...(left > 0 ? [again] : []),
    ...(left === 0 && rows.some(needsAttention) && rows.length > 1
      ? ['Mend these and run the same command again: it sends only what is left.']
      : []),
  ]
}

function countsText(rows: readonly PublishedRow[]): string {
  const order = Object.keys(outcomeWords) as readonly PublishedOutcome[]
  return order
    .flatMap((outcome) => {
      const number = rows.filter((row) => row.outcome === outcome).length
      return number === 0 ? [] : [`${number} ${outcomeWords[outcome]}`]
    })
    .join('; ')
}

function colourOf(outcome: PublishedOutcome, style: Style) {
  if (outcome === 'on-sale' || outcome === 'unchanged' || outcome === 'approved') return style.green
  return outcome === 'accepted' || outcome === 'in-review' || outcome === 'not-sent' ? style.yellow : style.red
}
