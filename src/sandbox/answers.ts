/** What the marketplace answers to each operation of the contract. */

import type { Readable } from 'node:stream'
import type { operations as Contract } from '../model/marketplace-api.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import { type Asset, deployedObjects } from './assets.ts'
import { createRelease, type Desk, releaseIn } from './create-release.ts'
import { edit } from './edit.ts'
import type { Right } from './faults.ts'
import { type ImsImage, listImages } from './images.ts'
import { type Product, submit, withdraw } from './market.ts'
import { type OperationId, operations } from './operations.ts'
import type { OrderStore } from './order-store.ts'
import { notFound, Refusal } from './refusal.ts'
import { pushUsage, showOrder, usageRefusal } from './seller-api.ts'
import type { Store } from './store.ts'
import { discontinueProduct, review } from './verdicts.ts'
import { contentView, partView, productView, releaseView, type Schemas, uploadView } from './views.ts'

type JsonOf<Carrier> = Carrier extends { content: { 'application/json': infer Json } } ? Json : Readable

/** A request that follows the contract. */
export interface Call<Id extends OperationId> {
  readonly params: Contract[Id]['parameters']['path']
  readonly query: Contract[Id]['parameters']['query']
  readonly headers: Contract[Id]['parameters']['header']
  /** The JSON of the body. */
  readonly body: Contract[Id] extends { requestBody: infer Body } ? JsonOf<Body> : undefined
  /** The bytes of the body. */
  readonly bytes: Uint8Array
  /** Their SHA-256 where the request named it, which is that of the bytes. */
  readonly bytesSha256: string
  readonly clientToken: string
  readonly range: string
}

export interface Answer<Id extends OperationId> {
  readonly status: 200 | 201 | 206
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body: Contract[Id]['responses'] extends { 200: infer Response } ? JsonOf<Response> : never
}

export type Answers = { readonly [Id in OperationId]: (call: Call<Id>) => Answer<Id> | Promise<Answer<Id>> }

const pageSize = operations.ListProducts.querystring.properties.limit.default

/** What the sellers' other services know, where the sandbox was given lists. */
export interface Known {
  readonly images?: readonly ImsImage[] | undefined
  readonly assets?: readonly Asset[] | undefined
  /** What the account may do. */
  readonly rights: ReadonlySet<Right>
  readonly orders: OrderStore
  /** The key of the production interface; undefined where the sandbox was given none. */
  readonly interconnectionKey: () => Promise<string | undefined>
}

export function answers(desk: Desk, { images, assets, rights, orders, interconnectionKey }: Known): Answers {
  const { store, uploads, inMarket, quota } = desk
  const { account } = store

  const productOf = (id: string): Product => {
    const product = store.productById(id)
    if (!product) throw notFound('product', id)
    return product
  }
  const productOfRelease = (id: string): Product => {
    const product = store.productOfRelease(id)
    if (!product) throw notFound('release', id)
    return product
  }
  const changeRelease = (id: string, deed: (product: Product, now: number) => Product): Schemas['Release'] =>
    inMarket((now) => {
      const before = productOfRelease(id)
      const product = deed(before, now)
      store.save({ before, after: product, by: 'api' })
      return releaseView(product, releaseIn(product, id))
    })

  /** The same for a deed that a client token makes harmless to repeat. */
  const changeOnce = (what: string, token: string, id: string, deed: Parameters<typeof changeRelease>[1]) =>
    changeRelease(id, (product, now) => {
      if (token === '') return deed(product, now)
      if (isRepeat(store, token, what)) return product
      const done = deed(product, now)
      store.saveTokenUse(token, sha256Hex(what), id)
      return done
    })

  return {
    ShowAccount: () =>
      ok({
        account_id: account.id,
        name: account.name,
        rights: [...rights],
        ...(quota === undefined ? {} : { quota: { products: { used: store.productCount(), limit: quota } } }),
      }),

    ListProducts: ({ query }) =>
      inMarket(() => {
        const limit = query?.limit ?? pageSize
        if (query?.keys !== undefined) {
          const found = query.keys.split(',').flatMap((key) => store.productByKey(key) ?? [])
          return ok(productPage(found, found.length))
        }
        if (query?.key !== undefined) {
          const product = store.productByKey(query.key)
          return ok(productPage(product ? [product] : [], limit))
        }
        const after = query?.marker === undefined ? '' : markedBy(store.productById(query.marker)).key
        return ok(productPage(store.products(limit + 1, after), limit))
      }),
    ShowProduct: ({ params }) => inMarket(() => ok(productView(productOf(params.product_id)))),
    DiscontinueProduct: ({ params }) => ok(productView(discontinueProduct(desk, params.product_id, { by: 'api' }))),

    ListProductReleases: ({ params, query }) =>
      inMarket(() => {
        const product = productOf(params.product_id)
        const marker = query?.marker
        const { releases } = product
        const start =
          marker === undefined ? 0 : releases.indexOf(markedBy(releases.find(({ id }) => id === marker))) + 1
        const { shown, page_info } = page(releases.slice(start), query?.limit ?? pageSize)
        return ok({ releases: shown.map((each) => releaseView(product, each)), page_info })
      }),
    CreateRelease: async ({ body, bytes, clientToken }) => {
      const token = { text: clientToken, requestDigest: sha256Hex(bytes) }
      const { product, release, isNew } = await createRelease(desk, body, token)
      return { status: isNew ? 201 : 200, body: releaseView(product, release) }
    },
    ListReleases: ({ query }) =>
      inMarket(() => {
        const releases = query.release_ids.split(',').flatMap((id) => {
          const product = store.productOfRelease(id)
          return product === undefined ? [] : [releaseView(product, releaseIn(product, id))]
        })
        return ok({ releases })
      }),
    ShowReleaseContent: ({ params: { release_id: id } }) =>
      inMarket(() => ok(contentView(releaseIn(productOfRelease(id), id)))),
    EditRelease: async ({ params, body }) => ok(contentView(await edit(desk, params.release_id, body))),
    DownloadReleaseFile: ({ params: { release_id: id, sha256 }, range }) => {
      const file = releaseIn(productOfRelease(id), id).files.find((each) => each.sha256 === sha256)
      if (file === undefined || file.object !== undefined) throw notFound('file', sha256)
      const { bytes } = file
      const start = Number(/^bytes=(\d{1,15})-$/.exec(range)?.[1] ?? 0)
      // Beyond its end there is nothing to send, and a server may pass over a range.
      if (start === 0 || start >= bytes) {
        return { status: 200, headers: { 'content-length': bytes }, body: uploads.content(sha256) }
      }
      const headers = { 'content-length': bytes - start, 'content-range': `bytes ${start}-${bytes - 1}/${bytes}` }
      return { status: 206, headers, body: uploads.content(sha256, start) }
    },
    ShowRelease: ({ params }) =>
      inMarket(() => {
        const product = productOfRelease(params.release_id)
        return ok(releaseView(product, releaseIn(product, params.release_id)))
      }),
    SubmitRelease: ({ params: { release_id: id }, clientToken }) =>
      ok(changeOnce(`submit ${id}`, clientToken, id, (product, now) => submit(product, id, desk.reviewFrom(now), now))),
    WithdrawRelease: ({ params: { release_id: id }, clientToken }) =>
      ok(changeOnce(`withdraw ${id}`, clientToken, id, (product, now) => withdraw(product, id, now))),
    ReviewRelease: ({ params: { release_id: id }, body: { decision, complaints = [] } }) => {
      const { product, release } = review(desk, id, { decision, complaints }, { by: 'api' })
      return ok(releaseView(product, release))
    },

    CreateUpload: ({ body }) => {
      const { upload, isNew } = uploads.announce(body)
      return { status: isNew ? 201 : 200, body: uploadView(upload) }
    },
    ShowUpload: ({ params }) => {
      const upload = uploads.find(params.upload_id)
      if (!upload) throw notFound('upload', params.upload_id)
      return ok(uploadView(upload))
    },
    UploadPart: ({ params, bytes, bytesSha256 }) =>
      ok(partView(uploads.receive(params.upload_id, params.part_number, bytes, bytesSha256))),
    CompleteUpload: async ({ params }) => ok(uploadView(await uploads.complete(params.upload_id))),

    ListImages: ({ params, query = {} }) => ok({ images: listImages(images, params.region, query, account.id) }),
    ListDeployedObjects: ({ query }) => ok(deployedObjects(assets, query)),

    ShowOrder: ({ query }) => inMarket((now) => ok(showOrder(orders, query, now))),
    PushUsage: async ({ headers, body, bytes }) => {
      const key = await interconnectionKey()
      if (key === undefined) throw usageRefusal('The sandbox has no key of a production interface.')
      return inMarket((now) => ok(pushUsage({ orders, store, key }, { ...headers, body, bytes }, now)))
    },
  }
}

/** True where the token was used for this very deed. */
function isRepeat(store: Store, token: string, what: string): boolean {
  const use = store.tokenUse(token)
  if (use === undefined) return false
  if (use.requestDigest === sha256Hex(what)) return true
  throw new Refusal('KOO.01409003', 'This client token was used for another request.')
}

function ok<Body>(body: Body): { readonly status: 200; readonly body: Body } {
  return { status: 200, body }
}

function productPage(products: readonly Product[], limit: number): Schemas['ProductPage'] {
  const { shown, page_info } = page(products, limit)
  return { products: shown.map(productView), page_info }
}

/** The first of the entries, and the marker of the rest if there is one. */
function page<Entry extends { readonly id: string }>(entries: readonly Entry[], limit: number) {
  const shown = entries.slice(0, limit)
  const last = shown.at(-1)
  const more = last !== undefined && entries.length > limit
  return { shown, page_info: { current_count: shown.length, ...(more ? { next_marker: last.id } : {}) } }
}

function markedBy<Entry>(entry: Entry | undefined): Entry {
  if (entry === undefined) throw new Refusal('KOO.01400001', 'This marker is of no page of this list.')
  return entry
}
