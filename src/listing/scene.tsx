/** What all parts of a product page share: the product, how ids begin, how deep headings stand, and quiet words for gaps. */
import type { ComponentChildren } from 'preact'
import type { ListedProduct } from './listed.ts'
import { Place } from './remarks.tsx'

export interface Scene {
  readonly product: ListedProduct
  /** Of all ids, so that two pages can stand in one document. */
  readonly prefix: string
  /** Of the product's name. */
  readonly level: number
  /** Pictures of other servers are shown. */
  readonly remote: boolean
}

/** The name, or words for one that has none. */
export function nameOf({ product }: Scene): string {
  return product.manifest.product?.name?.trim() || 'this product'
}

/** A heading so many levels below the product's name. */
export function Heading({
  scene,
  below,
  id,
  children,
}: {
  readonly scene: Scene
  readonly below: number
  readonly id?: string
  readonly children: ComponentChildren
}) {
  const Tag = `h${Math.min(6, scene.level + below)}` as 'h2'
  return <Tag {...(id === undefined ? {} : { id })}>{children}</Tag>
}

/** A part of the page with its heading. Remarks about all of it come to stand below its content. */
export function Part({
  scene,
  id,
  title,
  path,
  children,
}: {
  readonly scene: Scene
  readonly id: string
  readonly title: string
  readonly path: string
  readonly children: ComponentChildren
}) {
  return (
    <section class="card">
      <Heading scene={scene} below={1} id={`${scene.prefix}${id}`}>
        {title}
      </Heading>
      <Place path={path}>{children}</Place>
    </section>
  )
}

/** What a manifest that is being written does not say yet. */
export function Gap({ children }: { readonly children: ComponentChildren }) {
  return <p class="gap">{children}</p>
}

/** A row of facts at its place. */
export interface Fact {
  readonly name: string
  readonly path: string
  readonly value: ComponentChildren
}

/** Names and values, each where remarks about it are shown. */
export function PlacedFacts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ name, path, value }) => (
        <div key={`${path} ${name}`}>
          <dt>{name}</dt>
          <dd>
            <Place path={path}>{value}</Place>
          </dd>
        </div>
      ))}
    </dl>
  )
}
