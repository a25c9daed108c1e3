/** What is live of a product beside what will be, with everything that differs. */
import { Badge, Notice, Section, type Tone } from '../web/parts.tsx'
import {
  type ChangeKind,
  type ComparedChange,
  type Comparison,
  changeId,
  changeRemarks,
  kindOf,
  placeWords,
} from './comparison.ts'
import type { ListedProduct, Remark } from './listed.ts'
import {
  Connection,
  Counts,
  counted,
  Foot,
  nameOf,
  type Previewed,
  PreviewTop,
  previewHtml,
  previewPage,
  type Setting,
  Trouble,
} from './preview.tsx'
import { ProductPage } from './product-page.tsx'
import { Difference } from './text-difference.tsx'

/** Where one of both is missing, the other stands alone, and it is said why. */
export function compareHtml(previewed: Previewed, comparison: Comparison, setting: Setting): string {
  const { product } = previewed
  const { live } = comparison
  if (product === undefined || live === undefined) {
    return previewHtml(previewed, setting, product === undefined ? null : <Alone {...comparison} />)
  }
  const name = nameOf(previewed)
  const remarks = changeRemarks(comparison, live.product, product)
  const here = product.manifest.product?.version
  const there = live.state === 'on-sale' ? 'Live' : `On the marketplace, ${live.state.replace('-', ' ')}`
  const body = (
    <>
      <PreviewTop {...setting} />
      <main id="main" class="wide compared">
        <Connection {...setting} />
        <h1>{name}: what changes</h1>
        <Counts {...previewed}>
          <Badge tone="info">{counted(comparison.changes.length + comparison.files.length, 'difference')}</Badge>
          <span>
            {titleOf(there, live.version)} on {comparison.marketplace}, {titleOf('here', here)}
          </span>
        </Counts>
        <Trouble trouble={previewed.trouble} hasPage />
        <nav class="jumps" aria-label="On this page">
          <a href="#changes">Changes</a>
          <a href="#live-side">{titleOf(there, live.version)}</a>
          <a href="#here-side">{titleOf('Here', here)}</a>
        </nav>
        <Changes comparison={comparison} live={live.product} here={product} />
        <div class="sides">
          <Side
            id="live"
            title={titleOf(there, live.version)}
            product={live.product}
            remarks={remarks.live}
            {...setting}
          />
          <Side
            id="here"
            title={titleOf('Here', here)}
            product={product}
            remarks={[...remarks.here, ...previewed.remarks]}
            {...setting}
          />
        </div>
      </main>
      <Foot file={previewed.file} />
    </>
  )
  return previewPage({ title: `${name}: what changes`, body, scripts: ['calculator'] }, setting)
}

function titleOf(side: string, version: string | undefined): string {
  return version === undefined ? side : `${side}: ${version}`
}

function Alone({ trouble, marketplace }: Comparison) {
  if (trouble !== undefined) {
    return (
      <Notice tone="warning" title="This could not be compared with what is live">
        <p>{`${trouble.slice(0, 1).toUpperCase()}${trouble.slice(1)}.`}</p>
      </Notice>
    )
  }
  return (
    <Notice tone="info" title="Nothing is live yet">
      <p>{marketplace} has no such product; all of this is new.</p>
    </Notice>
  )
}

function Side({
  id,
  title,
  product,
  remarks,
  remote,
}: {
  readonly id: string
  readonly title: string
  readonly product: ListedProduct
  readonly remarks: readonly Remark[]
  readonly remote: boolean
}) {
  return (
    <section class="side" aria-labelledby={`${id}-side`}>
      <h2 id={`${id}-side`} class="side-title">
        {title}
      </h2>
      <ProductPage product={product} remarks={remarks} remote={remote} idPrefix={`${id}-`} level={2} />
    </section>
  )
}

/** Everything that differs, in words. */
function Changes({
  comparison: { changes, files, uncompared },
  live,
  here,
}: {
  readonly comparison: Comparison
  readonly live: ListedProduct
  readonly here: ListedProduct
}) {
  const isSame = changes.length + files.length === 0
  return (
    <Section id="changes" title="Changes">
      {isSame ? <p>Nothing differs from what is live.</p> : null}
      <ul class="changes">
        {changes.map((change, index) => (
          <li key={`${change.path} ${change.order}`} id={changeId(index)} tabIndex={-1}>
            <FieldChangeText change={change} manifest={kindOf(change) === 'removed' ? live.manifest : here.manifest} />
          </li>
        ))}
        {files.map((file, index) => (
          <li key={file.path} id={changeId(changes.length + index)} tabIndex={-1}>
            <p class="change-place">
              <Kind is={kindOf(file)} />
              <strong>File</strong> <code>{file.path}</code>
            </p>
            <p class="difference small quiet">{hashes(file.was, file.becomes)}</p>
          </li>
        ))}
      </ul>
      {uncompared.length === 0 ? null : (
        <p class="quiet small">
          Not compared here: {uncompared.join(', ')}. <code>koo diff</code> does, once the manifest is sound.
        </p>
      )}
    </Section>
  )
}

function FieldChangeText({ change, manifest }: { readonly change: ComparedChange; readonly manifest: unknown }) {
  const { path, was, becomes, order } = change
  const words = placeWords(path, manifest)
  return (
    <>
      <p class="change-place">
        <Kind is={kindOf(change)} />
        <strong>{words.length === 0 ? 'The whole manifest' : words.join(' › ')}</strong>
        {order ? 'in another order' : null} <code class="quiet">{path}</code>
      </p>
      {order ? <OrderText was={was} becomes={becomes} /> : <Difference was={was} becomes={becomes} />}
    </>
  )
}

function OrderText({ was, becomes }: { readonly was?: unknown; readonly becomes?: unknown }) {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '')
  return (
    <p class="difference">
      <del>{text(was)}</del> <span aria-hidden="true">→</span> <ins>{text(becomes)}</ins>
    </p>
  )
}

const tones: Readonly<Record<ChangeKind, Tone>> = { added: 'good', changed: 'info', removed: 'bad' }

function Kind({ is }: { readonly is: ChangeKind }) {
  return <Badge tone={tones[is]}>{is}</Badge>
}

/** Enough of a hash to tell two files apart. */
function hashes(was: string | undefined, becomes: string | undefined): string {
  return [was, becomes].flatMap((each) => (each === undefined ? [] : [each.slice(0, 12)])).join(' → ')
}
