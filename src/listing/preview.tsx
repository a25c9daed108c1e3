/** The pages of `koo preview`: one for each product, and a list of them. */
import type { ComponentChildren } from 'preact'
import { rowOf } from '../model/delivery-methods.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { htmlOf, type Page } from '../web/page.tsx'
import { Badge, Notice, Section, Top } from '../web/parts.tsx'
import { CodeFrame } from './code-frame.tsx'
import type { ListedProduct, Remark } from './listed.ts'
import { ProductPage } from './product-page.tsx'

/** A manifest, as far as a page can be drawn of it. */
export interface Previewed {
  /** As the user would name it. */
  readonly file: string
  /** What its page is called among the others. */
  readonly name: string
  /** Left out where nothing could be read, now or before. */
  readonly product?: ListedProduct
  readonly remarks: readonly Remark[]
  /** Why the text cannot be read; `product` is then how it was before. */
  readonly trouble: readonly FramedDiagnostic[]
  readonly errors: number
  readonly warnings: number
  /** How many pictures in its texts cannot be shown. */
  readonly missingPictures?: number
}

/** Where a page will be seen. */
export interface Setting {
  /** The page that lists all products; left out where there is one only. */
  readonly home?: string
  /** Pictures of other servers are shown too. */
  readonly remote: boolean
  /** The page comes from koo's own server; what tells this drawing from later ones. */
  readonly drawn?: string
}

/** The parts a preview is made of. A page that is served listens for changes. */
export function previewPage(
  page: Pick<Page, 'title' | 'body'> & { readonly description?: string; readonly scripts?: readonly string[] },
  { remote, drawn }: Setting,
): string {
  const reaches = {
    ...(remote ? { pictures: 'any' as const } : {}),
    ...(drawn === undefined ? {} : { connects: true as const }),
  }
  const scripts = [...(page.scripts ?? []), ...(drawn === undefined ? [] : ['reload'])]
  return htmlOf({ ...page, styles: ['product', 'preview'], scripts, reaches })
}

/** Where a page says that its server is gone; what was drawn is told to the script. */
export function Connection({ drawn }: Pick<Setting, 'drawn'>) {
  return drawn === undefined ? null : <p class="connection" role="status" data-drawn={drawn} />
}

export function previewHtml(previewed: Previewed, setting: Setting, notice?: ComponentChildren): string {
  const { file, product, remarks, trouble } = previewed
  const name = nameOf(previewed)
  const overview = product?.manifest.product?.overview
  const body = (
    <>
      <PreviewTop {...setting} />
      <main id="main" class="wide">
        <Connection {...setting} />
        {product === undefined ? <h1>{name}</h1> : null}
        <Counts {...previewed} />
        {notice}
        <Trouble trouble={trouble} hasPage={product !== undefined} />
        {product === undefined ? null : <ProductPage product={product} remarks={remarks} remote={setting.remote} />}
      </main>
      <Foot file={file} />
    </>
  )
  const page = { title: `${name} – preview`, body, scripts: ['calculator'] }
  return previewPage(overview === undefined ? page : { ...page, description: overview }, setting)
}

/** The name of the product, or what stands for it. */
export function nameOf({ product, file }: Pick<Previewed, 'product' | 'file'>): string {
  return product?.manifest.product?.name || file
}

export function PreviewTop({ home }: Pick<Setting, 'home'>) {
  if (home === undefined) return <Top name="koo preview" />
  return <Top name="koo preview" home={home} links={[{ title: 'All products', href: home }]} />
}

/** How many findings there are; where they belong they are said on the page. */
export function Counts({
  file,
  errors,
  warnings,
  missingPictures = 0,
  children,
}: Pick<Previewed, 'file' | 'errors' | 'warnings' | 'missingPictures'> & { readonly children?: ComponentChildren }) {
  return (
    <p class="preview-line">
      <CountBadges errors={errors} warnings={warnings} />
      {missingPictures === 0 ? null : (
        <Badge tone="warning">{counted(missingPictures, 'picture')} missing in texts</Badge>
      )}
      {children}
      <span class="quiet small">
        in <code>{file}</code>
      </span>
    </p>
  )
}

function CountBadges({ errors, warnings }: Pick<Previewed, 'errors' | 'warnings'>) {
  if (errors + warnings === 0) return <Badge tone="good">No findings</Badge>
  return (
    <>
      {errors === 0 ? null : <Badge tone="bad">{counted(errors, 'error')}</Badge>}
      {warnings === 0 ? null : <Badge tone="warning">{counted(warnings, 'warning')}</Badge>}
    </>
  )
}

export function counted(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`
}

export function Trouble({
  trouble,
  hasPage,
}: {
  readonly trouble: readonly FramedDiagnostic[]
  readonly hasPage: boolean
}) {
  if (trouble.length === 0) return null
  return (
    <Section
      id="trouble"
      title={hasPage ? 'The manifest cannot be read; the page is as it was before' : 'The manifest cannot be read'}
    >
      {trouble.map((each) => (
        <CodeFrame key={`${each.line} ${each.column} ${each.code}`} diagnostic={each} />
      ))}
    </Section>
  )
}

/** What the page is, so that nobody takes it for KooGallery's own. */
export function Foot({ file }: { readonly file?: string }) {
  return (
    <footer class="bottom">
      <p>
        A preview that koo made{file === undefined ? '' : ' of '}
        {file === undefined ? null : <code>{file}</code>}. Nothing has been sent, and KooGallery’s own page looks
        different.
      </p>
    </footer>
  )
}

/** All products; `hrefOf` gives the address of a product's page by its name. */
export function indexHtml(
  all: readonly Previewed[],
  hrefOf: (name: string) => string,
  setting: Omit<Setting, 'home'>,
): string {
  const body = (
    <>
      <PreviewTop />
      <main id="main" class="wide">
        <Connection {...setting} />
        <h1>{counted(all.length, 'product')}</h1>
        <ul class="preview-list">
          {all.map((each) => (
            <li key={each.name}>
              <ProductCard {...each} href={hrefOf(each.name)} />
            </li>
          ))}
        </ul>
      </main>
      <Foot />
    </>
  )
  return previewPage({ title: `${counted(all.length, 'product')} – preview`, body }, setting)
}

function ProductCard({ href, ...previewed }: Previewed & { readonly href: string }) {
  const { product, file } = previewed
  const { version, overview } = product?.manifest.product ?? {}
  const method = product?.manifest.delivery?.method
  return (
    <article class="card preview-card">
      <Logo product={product} />
      <div class="preview-card-text">
        <h2>
          <a href={href}>{nameOf(previewed)}</a>
        </h2>
        <p class="quiet small">
          {[version, method === undefined ? undefined : rowOf(method).title].filter(Boolean).join(' · ')}
        </p>
        {overview === undefined ? null : <p class="preview-overview">{overview}</p>}
        <p class="preview-line">
          <CountBadges {...previewed} />
          <span class="quiet small">
            <code>{file}</code>
          </span>
        </p>
      </div>
    </article>
  )
}

/** Beside the product's name, so that it says nothing itself. */
function Logo({ product }: { readonly product: ListedProduct | undefined }) {
  const logo = product?.files.get(product.manifest.product?.logo ?? '')
  if (logo?.is !== 'picture') return <span class="preview-logo" aria-hidden="true" />
  return <img class="preview-logo" src={logo.src} alt="" width="64" height="64" />
}

/** What is served where no product can be drawn. */
export function failureHtml(message: string, hint: string | undefined, setting: Setting): string {
  const body = (
    <>
      <PreviewTop {...setting} />
      <main id="main" class="wide">
        <Connection {...setting} />
        <h1>Nothing to show</h1>
        <Notice tone="bad" title={message}>
          {hint === undefined ? null : <p>{hint}</p>}
        </Notice>
      </main>
      <Foot />
    </>
  )
  return previewPage({ title: 'Nothing to show – preview', body }, setting)
}
