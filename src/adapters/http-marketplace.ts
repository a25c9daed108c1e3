/** The Marketplace port over HTTP, by the contract in `schemas/marketplace.openapi.yaml`. */
import { isDeliveryMethod } from '../model/delivery-methods.ts'
import { Failure } from '../model/failure.ts'
import type { MarketplaceErrorCode } from '../model/marketplace-error.ts'
import { productFields } from '../model/product-fields.ts'
import type { Complaint, ReleaseContent, RemoteProduct, RemoteRelease } from '../model/release.ts'
import type { Marketplace, UploadOptions, UploadSource } from '../ports.ts'
import { sha256Hex } from '../signing/sdk-hmac-sha256.ts'
import { complaintOf, fileOf, productOf, releaseOf, wireFile } from './from-wire.ts'
import { partPool, sendParts } from './parts.ts'
import { type Answer, type Call, errorOf, type SignedHttp } from './signed-http.ts'
import { printable, readWire, type ShapeName, type Wire } from './wire.ts'

const manifestRefused: MarketplaceErrorCode = 'KOO.01400002'
const moved: MarketplaceErrorCode = 'KOO.01409007'
const noSuchOperation: MarketplaceErrorCode = 'APIGW.0101'
const partsMissing: MarketplaceErrorCode = 'KOO.01400005'
/** How often an upload is gone through, should the marketplace lose parts of it. */
const mostRounds = 3
const pageSize = '200'

/** Uploads share the buffers of the pool. */
export function httpMarketplace(http: SignedHttp, origin: string, pool = partPool()): Marketplace {
  function read<N extends ShapeName>(name: N, value: unknown): Wire[N] {
    const result = readWire(name, value)
    if ('wrong' in result) throw strange(origin, result.wrong)
    return result.value
  }

  async function ask<N extends ShapeName>(name: N, call: Call): Promise<Wire[N]> {
    return read(name, bodyOf(await http.call(call), origin))
  }

  const get = <N extends ShapeName>(name: N, path: string, query: Call['query'] = []) =>
    ask(name, { method: 'GET', path, query, repeatable: true })

  const post = <N extends ShapeName>(name: N, path: string, body: unknown, repeatable: boolean) =>
    ask(name, { method: 'POST', path, ...json(body), repeatable })

  const postOnce = <N extends ShapeName>(name: N, path: string, token: string, repeatable: boolean) =>
    ask(name, { method: 'POST', path, headers: [['x-client-token', token]], repeatable })

  const complaints = (wires: readonly unknown[]) => wires.map((each) => complaintOf(read('Complaint', each)))
  const released = (release: Wire['Release']) => releaseOf(release, complaints(release.complaints))
  const file = (wire: unknown) => {
    const { object, ...rest } = read('ReleaseFile', wire)
    return fileOf(rest, object === undefined ? undefined : read('StoredObject', object))
  }
  const product = (wire: unknown): RemoteProduct => {
    const found = read('Product', wire)
    const { method } = found
    if (isDeliveryMethod(method)) return productOf(found, read('Newest', found.newest), method)
    throw strange(origin, `it has a product of the unknown delivery method ${printable(method)}`)
  }
  const contentOf = (wire: Wire['ReleaseContent']): ReleaseContent => ({
    releaseId: wire.release_id,
    contentDigest: wire.content_digest,
    manifest: wire.manifest,
    files: wire.files.map(file),
    ...(wire.created_manifest === undefined ? {} : { createdManifest: wire.created_manifest }),
  })

  async function* pages<N extends 'ProductPage' | 'ReleasePage'>(name: N, path: string): AsyncIterable<Wire[N]> {
    let marker: string | undefined
    for (;;) {
      const from: readonly (readonly [string, string])[] = marker === undefined ? [] : [['marker', marker]]
      const page = await get(name, path, [['limit', pageSize], ...from])
      yield page
      const next = page.page_info.next_marker
      if (next === undefined) return
      if (next === marker) throw strange(origin, 'its pages do not end')
      marker = next
    }
  }

  async function send(upload: Wire['Upload'], file: UploadSource, options: UploadOptions): Promise<void> {
    const { upload_id: id, part_size: partSize } = upload
    if (!(partSize > 0)) throw strange(origin, 'its parts have no size')
    const had = new Map(upload.parts.map((part) => [part.part_number, part]))
    let sent = 0
    let there = 0
    await sendParts({ file, partSize, pool, stop: options.stop }, async ({ number, buffer }) => {
      const sha256 = sha256Hex(buffer)
      // What an earlier run sent is compared, not trusted: it may have been cut off, or the file was another then.
      if (had.get(number)?.sha256 === sha256) {
        there += buffer.length
      } else {
        const body = { type: 'application/octet-stream', bytes: buffer, sha256 }
        const path = `/v1/uploads/${id}/parts/${number}`
        const part = await ask('Part', { method: 'PUT', path, body, repeatable: true })
        if (part.sha256 !== sha256) throw strange(origin, 'it stored other bytes than were sent')
        sent += buffer.length
      }
      options.progress({ sent, there })
    })
  }

  return {
    async account() {
      const { account_id, name, rights, quota } = await get('Account', '/v1/account')
      const products = quota?.products
      return {
        id: account_id,
        name: printable(name),
        ...(Array.isArray(rights) ? { rights: rights.map(String) } : {}),
        ...(products === undefined ? {} : { products: { used: products.used, limit: products.limit } }),
      }
    },

    async *products() {
      for await (const page of pages('ProductPage', '/v1/products')) {
        for (const each of page.products) yield product(each)
      }
    },

    async product(key) {
      if (!isKey(key)) return undefined
      const page = await get('ProductPage', '/v1/products', [['key', key]])
      // A server that does not know the filter answers with other products.
      return page.products.map(product).find((each) => each.key === key)
    },

    async productsByKey(keys) {
      const found = new Map<string, RemoteProduct>()
      for (const some of hundreds(keys.filter(isKey))) {
        const query: Call['query'] = [
          ['keys', some.join(',')],
          ['limit', pageSize],
        ]
        for (const each of (await get('ProductPage', '/v1/products', query)).products.map(product)) {
          if (some.includes(each.key)) found.set(each.key, each)
        }
      }
      return found
    },

    async releases(productId) {
      const found: RemoteRelease[] = []
      for await (const page of pages('ReleasePage', `/v1/products/${productId}/releases`)) {
        found.push(...page.releases.map((each) => released(read('Release', each))))
      }
      return found
    },

    async release(releaseId) {
      return released(await get('Release', `/v1/releases/${releaseId}`))
    },

    async releasesById(ids) {
      const found: RemoteRelease[] = []
      for (const some of hundreds(ids)) {
        const { releases } = await get('ReleaseList', '/v1/releases', [['release_ids', some.join(',')]])
        found.push(...releases.map((each) => released(read('Release', each))))
      }
      return found
    },

    async content(releaseId) {
      return contentOf(await get('ReleaseContent', `/v1/releases/${releaseId}/content`))
    },

    async edit(releaseId, contentDigest, manifest) {
      const path = `/v1/releases/${releaseId}/content`
      const body: Wire['Edit'] = { content_digest: contentDigest, manifest }
      const answer = await http.call({ method: 'PUT', path, ...json(body), repeatable: false })
      if (answer.status === 400) {
        const { details } = (answer.json ?? {}) as { readonly details?: unknown }
        throw editRefused(answer, complaints(Array.isArray(details) ? details : []))
      }
      return contentOf(read('ReleaseContent', bodyOf(answer, origin)))
    },

    async *file(releaseId, sha256) {
      const path = `/v1/releases/${releaseId}/files/${sha256}`
      const { status, body } = await http.stream({ method: 'GET', path, repeatable: true })
      if (status !== 200) throw strange(origin, `HTTP ${status} to the download of a file`)
      yield* body
    },

    async upload(file, options) {
      const { name, bytes, sha256 } = file
      for (let round = 1; ; round += 1) {
        const upload = await post('Upload', '/v1/uploads', { name, bytes, sha256 }, true)
        const path = `/v1/uploads/${upload.upload_id}/complete`
        if (upload.state === 'complete') options.progress({ sent: 0, there: bytes })
        else {
          await send(upload, file, options)
          const answer = await http.call({ method: 'POST', path, repeatable: true })
          // Parts it has lost since it confirmed them are sent again, by what it lists now.
          if (answer.status === 400 && errorOf(answer).code === partsMissing) {
            if (round < mostRounds) continue
            throw strange(origin, 'it loses parts it confirmed')
          }
          read('Upload', bodyOf(answer, origin))
        }
        return { uploadId: upload.upload_id }
      }
    },

    async createRelease({ key, contentDigest, manifest, files, expectedRevision }, clientToken) {
      const sent: Wire['NewRelease'] = {
        key,
        content_digest: contentDigest,
        manifest,
        files: files.map(wireFile),
        expected_revision: expectedRevision,
        submit: true,
      }
      const answer = await http.call({
        method: 'POST',
        path: '/v1/releases',
        headers: [['x-client-token', clientToken]],
        ...json(sent),
        // Its effect is looked for before it is repeated.
        repeatable: false,
      })
      if (answer.status === 400 && errorOf(answer).code === manifestRefused) {
        const { details } = answer.json as { readonly details?: unknown }
        return { is: 'refused', complaints: complaints(Array.isArray(details) ? details : []) }
      }
      const release = released(read('Release', bodyOf(answer, origin)))
      if (release.key !== key || release.createdDigest !== contentDigest)
        throw strange(origin, 'it made another release')
      return { is: 'release', release }
    },

    async submit(releaseId, clientToken) {
      return released(await postOnce('Release', `/v1/releases/${releaseId}/submit`, clientToken, false))
    },

    async withdraw(releaseId, clientToken) {
      return released(await postOnce('Release', `/v1/releases/${releaseId}/withdraw`, clientToken, true))
    },

    async discontinue(productId) {
      return product(await post('Product', `/v1/products/${productId}/discontinue`, undefined, true))
    },

    async review(releaseId, verdict) {
      return released(await post('Release', `/v1/releases/${releaseId}/review`, verdict, false))
    },

    close: () => http.close(),
  }
}

function json(body: unknown) {
  return body === undefined ? {} : { body: { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) } }
}

function bodyOf(answer: Answer, origin: string): unknown {
  const { status, json } = answer
  if (status >= 200 && status < 300 && typeof json === 'object' && json !== null) return json
  const { code, message } = errorOf(answer)
  // A server that speaks the contract names its errors; another one, reached by a wrong address, does not.
  if (status < 400 || !/^[A-Z]+\./.test(code) || code === noSuchOperation)
    throw strange(origin, `HTTP ${status} to a call of its contract`)
  if (status === 409 || status === 404) {
    throw new Failure({
      code: code === moved ? 'marketplace-moved' : 'marketplace-conflict',
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

/** The edited manifest is unsound; its first complaint says why. */
function editRefused(answer: Answer, [first]: readonly Complaint[]): Failure {
  const message = first === undefined ? errorOf(answer).message : `${first.path || 'The manifest'}: ${first.message}`
  return new Failure({
    code: 'edit-refused',
    exit: 'findings',
    message: `The marketplace refuses the edit. ${message}`,
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

const keyForm = new RegExp(productFields.key.form.pattern, 'u')

/** A key of another form is no marketplace's, and no question to ask it. */
function isKey(key: string): boolean {
  return keyForm.test(key)
}

/** As many as the contract takes in one request. */
function hundreds<T>(all: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / 100)
  return Array.from({ length: count }, (_, index) => all.slice(index * 100, (index + 1) * 100))
}
