/** The report of a whole catalogue: one page about all products of an account on a marketplace. */
import type { ComponentChildren } from 'preact'
import { type Catalogue, waitingSince } from '../../model/catalogue.ts'
import { htmlOf } from '../../web/page.tsx'
import { Notice, Section, Top } from '../../web/parts.tsx'
import { waitText } from '../state-text.ts'
import { count } from '../style.ts'
import { NeedsAHand } from './catalogue-needs.tsx'
import { Plots } from './catalogue-plots.tsx'
import { ProductTable } from './catalogue-table.tsx'
import { type Tag, tagsOf } from './catalogue-tags.ts'
import { momentText, number, Own } from './catalogue-words.tsx'

/** @param marketplace as it is shown: an address, or `sandbox`. */
export function catalogueHtml(marketplace: string, catalogue: Catalogue): string {
  const { account, at, entries } = catalogue
  return htmlOf({
    title: `Catalogue of ${account} on ${marketplace}`,
    description: `${count(entries.length, 'product')} as of ${momentText(at)}.`,
    styles: ['bars', 'catalogue'],
    scripts: ['copy', 'sorted-table'],
    body: (
      <>
        <Top name="koo" />
        <main id="main" class="wide">
          <header class="catalogue-head">
            <h1>
              Catalogue of <Own text={account} />
            </h1>
            <p class="quiet">
              On <Own text={marketplace} />, as of <time dateTime={new Date(at).toISOString()}>{momentText(at)}</time>
            </p>
          </header>
          {entries.length === 0 ? <Empty /> : <Filled catalogue={catalogue} />}
        </main>
        <footer class="bottom">
          Made by <code>koo list --html</code>. It shows what was so when it was made; days are those of UTC.
        </footer>
      </>
    ),
  })
}

function Empty() {
  return (
    <Notice title="There are no products yet.">
      <p>
        <code>koo init</code> begins a product, and <code>koo publish</code> puts it on the marketplace.
      </p>
    </Notice>
  )
}

function Filled({ catalogue }: { readonly catalogue: Catalogue }) {
  return (
    <>
      <Figures catalogue={catalogue} />
      <Section id="needs" title="Needs a hand">
        <NeedsAHand catalogue={catalogue} />
      </Section>
      <Plots catalogue={catalogue} />
      <Section id="products" title="All products">
        <ProductTable catalogue={catalogue} />
      </Section>
    </>
  )
}

function Figures({ catalogue: { entries, at } }: { readonly catalogue: Catalogue }) {
  const counted = (tag: Tag) => entries.filter((entry) => tagsOf(entry).includes(tag)).length
  const waits = entries.flatMap((entry) => waitingSince(entry) ?? [])
  return (
    <dl class="figures">
      <Figure name="Products" value={number(entries.length)} filter="" />
      <Figure name="On sale" value={number(counted('on-sale'))} filter="is=on-sale" />
      <Figure name="In review" value={number(counted('in-review'))} filter="is=in-review" />
      <Figure name="Rejected" value={number(counted('rejected'))} filter="is=rejected" />
      <Figure name="Need a hand" value={number(counted('attention'))} filter="is=attention" />
      <Figure name="Longest wait" value={waits.length === 0 ? '–' : waitText(at - Math.min(...waits))} />
    </dl>
  )
}

/** @param filter what the table is to show; the link leads there without a script, too. */
function Figure({
  name,
  value,
  filter,
}: {
  readonly name: string
  readonly value: ComponentChildren
  readonly filter?: string
}) {
  const shown =
    filter === undefined ? (
      value
    ) : (
      <a href="#products" data-filter={filter} aria-label={`${name}: ${value}, show them in the table`}>
        {value}
      </a>
    )
  return (
    <div>
      <dt>{name}</dt>
      <dd>{shown}</dd>
    </div>
  )
}
