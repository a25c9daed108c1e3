/** The table of all products in the catalogue report; without a script it is a plain table. */
import { type Catalogue, type CatalogueEntry, reviewTime, waitingSince } from '../../model/catalogue.ts'
import { deliveryMethods } from '../../model/delivery-methods.ts'
import { Scrolled } from '../../web/parts.tsx'
import { waitText } from '../state-text.ts'
import { tagsOf } from './catalogue-tags.ts'
import { dayText, number, Own, StateBadge, statesDrawn, stateWords } from './catalogue-words.tsx'

/** Names are what the address of a sorted table has; times and numbers are sorted by `data-v`. */
const columns: readonly { readonly name: string; readonly title: string; readonly isNumber?: true }[] = [
  { name: 'product', title: 'Product' },
  { name: 'method', title: 'Method' },
  { name: 'state', title: 'State' },
  { name: 'sold', title: 'On sale' },
  { name: 'newest', title: 'Newest' },
  { name: 'releases', title: 'Releases', isNumber: true },
  { name: 'submitted', title: 'Handed in' },
  { name: 'review', title: 'Last review' },
  { name: 'updated', title: 'Changed' },
]

export function ProductTable({ catalogue: { entries, at } }: { readonly catalogue: Catalogue }) {
  return (
    <>
      <Filters entries={entries} />
      <Scrolled label="Table of all products">
        <table class="products" data-sorted="products">
          <thead>
            <tr>
              {columns.map(({ name, title, isNumber }) => (
                <th key={name} scope="col" class={`col-${name}${isNumber ? ' number' : ''}`} data-column={name}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.product.key} entry={entry} at={at} />
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  )
}

/** Shown by the script, which alone can use it. */
function Filters({ entries }: { readonly entries: readonly CatalogueEntry[] }) {
  const counts = new Map<string, number>()
  for (const tag of entries.flatMap(tagsOf)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const chips = [
    ['attention', 'needs a hand'] as const,
    ...statesDrawn.map((state) => [state, stateWords(state)] as const),
  ]
  return (
    <search class="filters" data-filters="products" hidden>
      <label for="find">Find</label>
      <input id="find" type="search" placeholder="Name, key, version, method" autocomplete="off" spellcheck={false} />
      <fieldset class="chips">
        <legend class="unseen">Only products that are</legend>
        {chips
          .filter(([tag]) => counts.has(tag))
          .map(([tag, words]) => (
            <button key={tag} type="button" class="chip" aria-pressed="false" data-tag={tag}>
              {words} <span class="tally">{number(counts.get(tag) ?? 0)}</span>
            </button>
          ))}
      </fieldset>
      <p class="quiet small" role="status" />
    </search>
  )
}

function Row({ entry, at }: { readonly entry: CatalogueEntry; readonly at: number }) {
  const { product, newest } = entry
  const { version, state } = newest ?? product.newest
  return (
    <tr data-is={tagsOf(entry).join(' ')}>
      <th scope="row">
        <Own text={product.name} />
        <code>{product.key}</code>
      </th>
      <td>{deliveryMethods[product.method].title}</td>
      <td data-v={statesDrawn.indexOf(product.state)}>
        <StateBadge state={product.state} />
      </td>
      <td>{product.state === 'on-sale' ? <Own text={product.version} /> : '–'}</td>
      <td>
        <Own text={version} />{' '}
        {state === product.state ? <small>{stateWords(state)}</small> : <StateBadge state={state} />}
      </td>
      <td class="number" data-v={product.releases}>
        {number(product.releases)}
      </td>
      <HandedIn entry={entry} at={at} />
      <Timed time={newest && reviewTime(newest)} text={waitText} />
      <Timed time={product.updatedAt} text={dayText} />
    </tr>
  )
}

function HandedIn({ entry, at }: { readonly entry: CatalogueEntry; readonly at: number }) {
  const since = waitingSince(entry)
  const text = (time: number) => (
    <>
      {dayText(time)}
      {since === undefined ? null : <small>waiting {waitText(at - since)}</small>}
    </>
  )
  return <Timed time={entry.newest?.submittedAt} text={text} />
}

function Timed({
  time,
  text,
}: {
  readonly time: number | undefined
  readonly text: (time: number) => preact.ComponentChild
}) {
  return time === undefined ? <td>–</td> : <td data-v={time}>{text(time)}</td>
}
