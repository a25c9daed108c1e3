/** The page of a product as a buyer would see it. */

import { billingTitle } from '../model/delivery-methods.ts'
import { documentFields, productFields, supportFields } from '../model/product-fields.ts'
import { Icon, type IconName } from '../web/icons.tsx'
import { Badge } from '../web/parts.tsx'
import { DeliveryPart, methodRow, whereItRuns } from './delivery.tsx'
import { FileLine, Picture, Prose } from './files.tsx'
import { elsewhere, linkAddress } from './links.ts'
import type { ListedProduct, Remark } from './listed.ts'
import { PriceCalculator } from './price-calculator.tsx'
import { entryPrice } from './prices.ts'
import { Place, Remarked, Remarks } from './remarks.tsx'
import { type Fact, Gap, Heading, nameOf, Part, PlacedFacts, type Scene } from './scene.tsx'
import { SpecificationsPart } from './specifications.tsx'

export interface ProductView {
  readonly product: ListedProduct
  /** Findings and changes, each shown at the place it speaks of, else at the top. */
  readonly remarks?: readonly Remark[]
  /** Pictures of other servers are shown too; else their addresses are. */
  readonly remote?: boolean
  /** In front of all ids, where several products stand in one document. */
  readonly idPrefix?: string
  /** Of the heading with the product's name. */
  readonly level?: 1 | 2
  /** False: the tables of prices are enough. */
  readonly calculator?: boolean
}

/** What stands inside `main`. Needs the style sheet `product` and, for the calculator, the script `calculator`. */
export function ProductPage({
  product,
  remarks = [],
  remote = false,
  idPrefix = '',
  level = 1,
  calculator = true,
}: ProductView) {
  const scene: Scene = { product, prefix: idPrefix, level, remote }
  return (
    <article class="product">
      <Remarked remarks={remarks} prefix={idPrefix} draw={() => <Product scene={scene} hasCalculator={calculator} />} />
    </article>
  )
}

function Product({ scene, hasCalculator }: { readonly scene: Scene; readonly hasCalculator: boolean }) {
  const { product, specifications } = scene.product.manifest
  const { cases = [], pictures = [], descriptionPictures = [] } = product ?? {}
  const isTraded = specifications !== undefined || methodRow(scene)?.billing.length !== 0
  return (
    <>
      <Hero scene={scene} />
      <div class="product-columns">
        <Side scene={scene} isTraded={isTraded} hasCalculator={hasCalculator} />
        <div class="product-main">
          <Highlights scene={scene} />
          <Pictures scene={scene} id="pictures" title="Pictures" field="pictures" paths={pictures} />
          <Description scene={scene} />
          <Pictures
            scene={scene}
            id="more-pictures"
            title="More pictures"
            field="descriptionPictures"
            paths={descriptionPictures}
          />
          {cases.length === 0 ? null : <Cases scene={scene} />}
          {isTraded ? <SpecificationsPart scene={scene} /> : null}
          <DeliveryPart scene={scene} />
          <Support scene={scene} />
          <Documents scene={scene} />
        </div>
      </div>
    </>
  )
}

function Hero({ scene }: { readonly scene: Scene }) {
  const { product = {} } = scene.product.manifest
  const row = methodRow(scene)
  return (
    <Place path="/product">
      <header class="card product-hero">
        <div class="product-logo">
          <Place path="/product/logo" isNarrow>
            {product.logo === undefined ? (
              <div class="picture-missing">
                <Icon name="picture" />
                <span>No logo yet</span>
              </div>
            ) : (
              <Picture scene={scene} path={product.logo} alt={`Logo of ${nameOf(scene)}`} />
            )}
          </Place>
        </div>
        <div class="product-words">
          <Place path="/product/name">
            <Heading scene={scene} below={0}>
              {product.name?.trim() || <span class="gap">No name yet</span>}
            </Heading>
          </Place>
          <div class="row product-badges">
            {row === undefined ? null : <Badge tone="info">{row.title}</Badge>}
            {row === undefined || row.category === row.title ? null : <Badge>{row.category}</Badge>}
            <Place path="/product/version" isNarrow>
              <Badge>{product.version ?? 'No version yet'}</Badge>
            </Place>
            <Place path="/product/public" isNarrow>
              {product.public === false ? <Badge tone="warning">Hidden: found by its address only</Badge> : null}
            </Place>
          </div>
          <Remarks of={['/product/version', '/product/public']} />
          <Place path="/product/overview">
            {product.overview?.trim() ? <p class="product-overview">{product.overview}</p> : <Gap>No overview yet</Gap>}
          </Place>
        </div>
        <Remarks of={['/product/logo']} />
      </header>
    </Place>
  )
}

/** What a buyer acts on: the calculator, or the way to the seller; and what to know first. */
function Side({
  scene,
  isTraded,
  hasCalculator,
}: {
  readonly scene: Scene
  readonly isTraded: boolean
  readonly hasCalculator: boolean
}) {
  const { specifications = [], delivery } = scene.product.manifest
  const row = methodRow(scene)
  const place = whereItRuns(scene)
  const href = linkAddress(delivery?.link)
  const host = href === undefined ? '' : new URL(href).host
  const price = entryPrice(specifications.map((each) => each ?? {}))
  const id = `${scene.prefix}price`
  const facts: readonly (readonly [icon: IconName, name: string, value: string])[] = [
    ...(row === undefined ? [] : [['box', 'Delivered as', row.deliverable?.title ?? row.title] as const]),
    ...(place === undefined ? [] : [['place', 'Runs in', place] as const]),
    ...(row === undefined || row.billing.length === 0
      ? []
      : [
          [
            'clock',
            'Paid',
            billingTitle(row.billing.filter((each) => specifications.some((one) => one?.billing === each))),
          ] as const,
        ]),
  ]
  return (
    <div class="product-side">
      <section class="card">
        <Heading scene={scene} below={1} id={id}>
          {isTraded ? 'Price' : 'Get in touch'}
        </Heading>
        {isTraded ? (
          <>
            {price === undefined ? <Gap>No price yet</Gap> : <p class="product-entry">{price}</p>}
            {hasCalculator && specifications.length > 0 ? <PriceCalculator scene={scene} labelledBy={id} /> : null}
          </>
        ) : (
          <>
            <p>Not traded on KooGallery: the seller’s own website has the offer.</p>
            {href === undefined ? (
              <Gap>No link yet</Gap>
            ) : (
              <p>
                <a class="button primary" href={href} {...elsewhere}>
                  Visit the website
                  <Icon name="arrow" />
                </a>
              </p>
            )}
            {host ? <p class="quiet small">{host}</p> : null}
          </>
        )}
        {facts.length === 0 ? null : (
          <ul class="glance">
            {facts.map(([icon, name, value]) => (
              <li key={name}>
                <Icon name={icon} />
                <span>
                  <span class="quiet small">{name}</span>
                  <br />
                  {value}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

function Highlights({ scene }: { readonly scene: Scene }) {
  const { highlights = [] } = scene.product.manifest.product ?? {}
  return (
    <Part scene={scene} id="highlights" title={productFields.highlights.title} path="/product/highlights">
      {highlights.length === 0 ? (
        <Gap>No highlights yet</Gap>
      ) : (
        <ul class="highlights">
          {highlights.map((each, index) => (
            <li key={`${index} ${each}`}>
              <Icon name="check" />
              <div>
                <Place path={`/product/highlights/${index}`}>{each?.trim() || <Gap>No words yet</Gap>}</Place>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

function Description({ scene }: { readonly scene: Scene }) {
  const { description } = scene.product.manifest.product ?? {}
  return (
    <Part scene={scene} id="description" title={productFields.description.title} path="/product/description">
      {description?.trim() ? <Prose scene={scene} text={description} below={2} /> : <Gap>No description yet</Gap>}
    </Part>
  )
}

function Cases({ scene }: { readonly scene: Scene }) {
  const { cases = [] } = scene.product.manifest.product ?? {}
  return (
    <Part scene={scene} id="cases" title={productFields.cases.title} path="/product/cases">
      {cases.map((each, index) => (
        <div class="case" key={`${index} ${each?.title}`}>
          <Place path={`/product/cases/${index}`}>
            <Place path={`/product/cases/${index}/title`}>
              <Heading scene={scene} below={2}>
                {each?.title?.trim() || `Case ${index + 1}`}
              </Heading>
            </Place>
            <Place path={`/product/cases/${index}/text`}>
              {each?.text?.trim() ? <Prose scene={scene} text={each.text} below={3} /> : <Gap>No text yet</Gap>}
            </Place>
          </Place>
        </div>
      ))}
    </Part>
  )
}

function Pictures({
  scene,
  id,
  title,
  field,
  paths,
}: {
  readonly scene: Scene
  readonly id: string
  readonly title: string
  readonly field: 'pictures' | 'descriptionPictures'
  readonly paths: readonly string[]
}) {
  if (paths.length === 0) return null
  const what = field === 'pictures' ? 'Picture' : 'Description picture'
  return (
    <Part scene={scene} id={id} title={title} path={`/product/${field}`}>
      <ul class={paths.length === 1 ? 'gallery gallery-one' : 'gallery'}>
        {paths.map((path, index) => (
          <li key={`${index} ${path}`}>
            <Place path={`/product/${field}/${index}`}>
              <Picture scene={scene} path={path ?? ''} alt={`${what} ${index + 1} of ${nameOf(scene)}`} />
            </Place>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Support({ scene }: { readonly scene: Scene }) {
  const support = scene.product.manifest.support ?? {}
  const facts = Object.entries(supportFields).flatMap(([key, field]): readonly Fact[] => {
    const value = support[key as keyof typeof supportFields]
    const path = `/support/${key}`
    if (!value?.trim())
      return 'optional' in field ? [] : [{ name: field.title, path, value: <Gap>No address yet</Gap> }]
    if ('long' in field) return [{ name: field.title, path, value: <p class="lines">{value.trim()}</p> }]
    return [{ name: field.title, path, value: <Contact field={field} value={value} /> }]
  })
  return (
    <Part scene={scene} id="support" title="Support" path="/support">
      <PlacedFacts facts={facts} />
    </Part>
  )
}

/** A mail or a call away, where it has the form of that. */
function Contact({
  field,
  value,
}: {
  readonly field: (typeof supportFields)[keyof typeof supportFields]
  readonly value: string
}) {
  if (!('form' in field) || !new RegExp(field.form.pattern, 'u').test(value)) return <>{value}</>
  const isMail = field.form.code === supportFields.email.form.code
  const href = isMail
    ? `mailto:${encodeURIComponent(value).replaceAll('%40', '@')}`
    : `tel:${value.replace(/[^\d+]/g, '')}`
  return (
    <a class="contact" href={href}>
      <Icon name={isMail ? 'mail' : 'phone'} />
      {value}
    </a>
  )
}

function Documents({ scene }: { readonly scene: Scene }) {
  const documents = scene.product.manifest.documents ?? {}
  const facts = Object.entries(documentFields).flatMap(([key, { title }]): readonly Fact[] => {
    const path = documents[key as keyof typeof documentFields]
    if (!path) return []
    return [{ name: title, path: `/documents/${key}`, value: <FileLine scene={scene} path={path} /> }]
  })
  return (
    <Part scene={scene} id="documents" title="Documents" path="/documents">
      {facts.length === 0 ? <Gap>No documents</Gap> : <PlacedFacts facts={facts} />}
    </Part>
  )
}
