/** The part of the catalogue report that says what needs a person, and which command helps. */
import type { ComponentChildren } from 'preact'
import {
  type Catalogue,
  type CatalogueEntry,
  type Need,
  needs,
  reviewWorkingDays,
  waitingSince,
} from '../../model/catalogue.ts'
import { pages } from '../../model/pages.ts'
import { shellWord } from '../../model/shell-word.ts'
import { Icon } from '../../web/icons.tsx'
import { Notice } from '../../web/parts.tsx'
import { waitText } from '../state-text.ts'
import { dayText, number, Own, StateBadge } from './catalogue-words.tsx'

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five'] as const
const days = `${numberWords[reviewWorkingDays]} working days`

interface Kind {
  readonly title: string
  readonly about: ComponentChildren
  /** What helps with one product; left out where it takes the product's folder. */
  readonly command?: (key: string) => string
  /** Said of a product that is listed for something else. */
  readonly also: string
}

const kinds: Readonly<Record<Need, Kind>> = {
  rejected: {
    title: 'Rejected',
    about: (
      <>
        Mend what the reviewer names, then run <code>koo publish</code> in the product’s folder. <code>koo status</code>{' '}
        there shows the complaints at their lines.
      </>
    ),
    command: (key) => `koo status ${shellWord(key)}`,
    also: 'rejected',
  },
  overdue: {
    title: `In review for more than ${days}`,
    about: (
      <>
        KooGallery says a review takes up to {days}, and longer where ten or more products are handed in on one day (
        <a href={pages.releaseEurope.address} rel="noopener noreferrer nofollow">
          {pages.releaseEurope.title}
        </a>
        ). Saturdays and Sundays are not counted here, public holidays are.
      </>
    ),
    command: (key) => `koo status ${shellWord(key)} --watch`,
    also: `in review for more than ${days}`,
  },
  unsubmitted: {
    title: 'Not handed in',
    about: (
      <>
        Drafts, and what was withdrawn from its review. <code>koo publish</code> in the product’s folder hands it in.
      </>
    ),
    also: 'not handed in',
  },
  edited: {
    title: 'Edited on the marketplace',
    about: (
      <>
        Somebody changed it there after it was sent. <code>koo pull</code> takes the change over; until then{' '}
        <code>koo publish</code> refuses to undo it.
      </>
    ),
    command: (key) => `koo pull ${shellWord(key)}`,
    also: 'edited on the marketplace',
  },
}

/** More of a kind are folded. */
const mostOpen = 12

export function NeedsAHand({ catalogue }: { readonly catalogue: Catalogue }) {
  const groups = (Object.keys(needs) as Need[]).map((need) => {
    const entries = catalogue.entries.filter((each) => each.needs[0] === need)
    return { need, entries: [...entries].sort((a, b) => (waitingSince(a) ?? 0) - (waitingSince(b) ?? 0)) }
  })
  if (groups.every(({ entries }) => entries.length === 0)) return <Notice tone="good" title="Nothing needs a hand." />
  return (
    <>
      {groups
        .filter(({ entries }) => entries.length > 0)
        .map(({ need, entries }) => (
          <div key={need} class="need-group">
            <h3>
              {kinds[need].title} <span class="tally">{number(entries.length)}</span>
            </h3>
            <p class="quiet small">{kinds[need].about}</p>
            <Needy entries={entries.slice(0, mostOpen)} need={need} at={catalogue.at} />
            {entries.length <= mostOpen ? null : (
              <details>
                <summary>And {number(entries.length - mostOpen)} more</summary>
                <Needy entries={entries.slice(mostOpen)} need={need} at={catalogue.at} />
              </details>
            )}
          </div>
        ))}
    </>
  )
}

function Needy({
  entries,
  need,
  at,
}: {
  readonly entries: readonly CatalogueEntry[]
  readonly need: Need
  readonly at: number
}) {
  return (
    <ul class="needy">
      {entries.map((entry) => (
        <li key={entry.product.key}>
          <div class="needy-what">
            <p class="needy-name">
              <strong>
                <Own text={entry.product.name} />
              </strong>{' '}
              <code>{entry.product.key}</code> <Own text={(entry.newest ?? entry.product.newest).version} />
            </p>
            <Why entry={entry} need={need} at={at} />
          </div>
          <CommandLine text={kinds[need].command?.(entry.product.key)} name={entry.product.name} />
        </li>
      ))}
    </ul>
  )
}

function Why({ entry, need, at }: { readonly entry: CatalogueEntry; readonly need: Need; readonly at: number }) {
  const others = entry.needs.filter((each) => each !== need).map((each) => kinds[each].also)
  const also = others.length === 0 ? null : <p class="quiet small">Also {others.join(' and ')}.</p>
  return (
    <>
      {need === 'rejected' ? <Complaint entry={entry} /> : <p class="quiet small">{whyOf(entry, need, at)}</p>}
      {also}
    </>
  )
}

/** The rest is in `koo status`; some reviewers write pages. */
const longestShown = 300

function shortened(text: string): string {
  const letters = [...text]
  return letters.length <= longestShown ? text : `${letters.slice(0, longestShown).join('').trimEnd()}…`
}

function Complaint({ entry: { newest } }: { readonly entry: CatalogueEntry }) {
  const [first, ...rest] = newest?.complaints ?? []
  if (first === undefined) return <p class="quiet small">The marketplace does not say why.</p>
  const more = rest.length === 0 ? '' : `, and ${rest.length} more ${rest.length === 1 ? 'complaint' : 'complaints'}`
  return (
    <p class="complaint small">
      <Own text={shortened(first.message)} />{' '}
      <span class="quiet">
        {first.path === '' ? (
          'about the product as a whole'
        ) : (
          <>
            at <code>{first.path}</code>
          </>
        )}
        {more}
      </span>
    </p>
  )
}

function whyOf(entry: CatalogueEntry, need: Need, at: number): ComponentChildren {
  const { newest, product } = entry
  const since = waitingSince(entry)
  if (need === 'overdue' && since !== undefined)
    return `Handed in on ${dayText(since)}, waiting for ${waitText(at - since)}.`
  if (need === 'edited') {
    return newest?.editedAt === undefined
      ? 'The marketplace does not say when.'
      : `Last edited on ${dayText(newest.editedAt)}.`
  }
  return (
    <>
      <StateBadge state={newest?.state ?? product.newest.state} />
      {product.updatedAt === undefined ? '' : ` since ${dayText(product.updatedAt)}`}
    </>
  )
}

function CommandLine({ text, name }: { readonly text: string | undefined; readonly name: string }) {
  if (text === undefined) return null
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="copy" data-copy={text}>
        <Icon name="copy" />
        <span data-told="">Copy</span>
        <span class="unseen"> the command for {name}</span>
      </button>
    </div>
  )
}
