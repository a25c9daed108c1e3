/** The Marketplace port over HTTP, by the contract in `schemas/marketplace.openapi.yaml`. */
import { isDeliveryMethod } from '../model/delivery-methods.ts'
import { Failure } from '../model/failure.ts'
import type { components } from '../model/marketplace-api.ts'
import type { MarketplaceErrorCode } from '../model/marketplace-error.ts'
import type { RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Marketplace, UploadSource } from '../ports.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import { type Answer, errorOf, type SignedHttp } from './signed-http.ts'

type Wire = components['schemas']

const manifestRefused: MarketplaceErrorCode = 'KOO.01400002'
const noSuchOperation: MarketplaceErrorCode = 'APIGW.0101'
const pageSize = '200'

export function httpMarketplace(http: SignedHttp, origin: string): Marketplace {
  async function get<T>(path: string, query: readonly (readonly [string, string])[] = []): Promise<T> {
    return bodyOf(await http.call({ method: 'GET', path, query, repeatable: true }), origin)
  }

  async function post<T>(path: string, body: unknown, repeatable: boolean): Promise<T> {
    return bodyOf(await http.call({ method: 'POST', path, ...json(body), repeatable }), origin)
  }

  async function* pages<T extends { readonly page_info: Wire['PageInfo'] }>(
    path: string,
    query: readonly (readonly [string, string])[] = [],
  ): AsyncIterable<T> {
    let marker: string | undefined
    do {
      const from: readonly (readonly [string, string])[] = marker === undefined ? [] : [['marker', marker]]
      const page = await get<T>(path, [['limit', pageSize], ...from, ...query])
      yield page
      marker = page.page_info.next_marker
    } while (marker !== undefined)
  }

  async function sendParts(upload: Wire['Upload'], file: UploadSource, progress: (sent: number) => void) {
    const there = new Map(upload.parts.map((part) => [part.part_number, part]))
    const count = Math.ceil(file.bytes / upload.part_size)
    for (let number = 1; number <= count; number += 1) {
      const start = (number - 1) * upload.part_size
      const end = Math.min(start + upload.part_size, file.bytes)
      const bytes = await file.slice(start, end)
      const sha256 = sha256Hex(bytes)
      // What an earlier run sent is compared, not trusted: it may have been cut off, or the file was another then.
      if (there.get(number)?.sha256 !== sha256) {
        const path = `/v1/uploads/${upload.upload_id}/parts/${number}`
        const body = { type: 'application/octet-stream', bytes }
        const part = bodyOf<Wire['Part']>(await http.call({ method: 'PUT', path, body, repeatable: true }), origin)
        if (part.sha256 !== sha256) throw strange(origin, 'it stored other bytes than were sent')
      }
      progress(end)
    }
  }

  return {
    async account() {
      const { account_id, name } = await get<Wire['Account']>('/v1/account')
      return { id: account_id, name }
    },

    async *products() {
      for await (const page of pages<Wire['ProductPage']>('/v1/products')) {
        for (const each of page.products) yield productOf(each, origin)
      }
    },

    async product(key) {
      const page = await get<Wire['ProductPage']>('/v1/products', [['key', key]])
      const [found] = page.products
      return found && productOf(found, origin)
    },

    async releases(productId) {
      const found: RemoteRelease[] = []
      for await (const page of pages<Wire['ReleasePage']>(`/v1/products/${productId}/releases`)) {
        found.push(...page.releases.map(releaseOf))
      }
      return found
    },

    async release(releaseId) {
      return releaseOf(await get<Wire['Release']>(`/v1/releases/${releaseId}`))
    },

    async upload(file, progress) {
      const { name, bytes, sha256 } = file
      const upload = await post<Wire['Upload']>('/v1/uploads', { name, bytes, sha256 }, true)
      if (upload.state !== 'complete') {
        await sendParts(upload, file, progress)
        await post(`/v1/uploads/${upload.upload_id}/complete`, undefined, true)
      }
      progress(bytes)
      return { uploadId: upload.upload_id }
    },

    async createRelease({ key, contentDigest, manifest, files }, clientToken) {
      const sent: Wire['NewRelease'] = {
        key,
        content_digest: contentDigest,
        manifest,
        files: files.map(({ path, sha256, bytes, uploadId }) => ({ path, sha256, bytes, upload_id: uploadId })),
        submit: true,
      }
      const answer = await http.call({
        method: 'POST',
        path: '/v1/releases',
        headers: [['x-client-token', clientToken]],
        ...json(sent),
        repeatable: true,
      })
      if (answer.status === 400 && errorOf(answer).code === manifestRefused) {
        return { is: 'refused', complaints: (answer.json as Wire['Error']).details ?? [] }
      }
      return { is: 'release', release: releaseOf(bodyOf<Wire['Release']>(answer, origin)) }
    },

    async submit(releaseId) {
      return releaseOf(await post<Wire['Release']>(`/v1/releases/${releaseId}/submit`, undefined, false))
    },

    async withdraw(releaseId) {
      return releaseOf(await post<Wire['Release']>(`/v1/releases/${releaseId}/withdraw`, undefined, false))
    },

    async discontinue(productId) {
      return productOf(await post<Wire['Product']>(`/v1/products/${productId}/discontinue`, undefined, true), origin)
    },

    async review(releaseId, verdict) {
      return releaseOf(await post<Wire['Release']>(`/v1/releases/${releaseId}/review`, verdict, false))
    },

    close: () => http.close(),
  }
}

function json(body: unknown) {
  return body === undefined ? {} : { body: { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) } }
}

function bodyOf<T>(answer: Answer, origin: string): T {
  const { status, json } = answer
  if (status >= 200 && status < 300 && typeof json === 'object' && json !== null) return json as T
  const { code, message } = errorOf(answer)
  // A server that speaks the contract names its errors; another one, reached by a wrong address, does not.
  if (status < 400 || !/^[A-Z]+\./.test(code) || code === noSuchOperation)
    throw strange(origin, `HTTP ${status} to a call of its contract`)
  if (status === 409 || status === 404) {
    throw new Failure({
      code: 'marketplace-conflict',
      exit: 'conflict',
      message: `The marketplace refuses this: ${message} (${code})`,
      hint: '`koo status` shows what the marketplace holds.',
    })
  }
  throw new Failure({
    code: 'request-refused',
    exit: 'marketplace',
    message: `The marketplace refuses the request: ${message} (${code})`,
    hint: 'The marketplace and this koo may speak different versions of the contract.',
  })
}

function strange(origin: string, how: string): Failure {
  return new Failure({
    code: 'not-a-marketplace',
    exit: 'marketplace',
    message: `What answers at ${origin} does not speak koo’s marketplace contract: ${how}.`,
    hint: 'Check the address given by --marketplace or KOO_MARKETPLACE.',
  })
}

function productOf(wire: Wire['Product'], origin: string): RemoteProduct {
  const { product_id: id, key, name, method, state, version, release_count: releases } = wire
  if (!isDeliveryMethod(method)) throw strange(origin, `it has a product of the unknown delivery method ${method}`)
  return { id, key, name, method, state, version, releases }
}

function releaseOf(wire: Wire['Release']): RemoteRelease {
  const { release_id: id, product_id: productId, content_digest: contentDigest, key, version, state, complaints } = wire
  return { id, productId, key, version, contentDigest, state, complaints }
}
