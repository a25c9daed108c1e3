/** A real sandbox in this process, its client with its requests counted, and products of the examples to sell there. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { httpMarketplace } from '../../src/adapters/http-marketplace.ts'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { type SignedHttp, signedHttp } from '../../src/adapters/signed-http.ts'
import { readProducts } from '../../src/commands/manifests.ts'
import { contentText } from '../../src/model/content-digest.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import type { RemoteRelease } from '../../src/model/release.ts'
import type { Files, Marketplace } from '../../src/ports.ts'
import { materialOf } from '../../src/publish/material.ts'
import type { Product } from '../../src/publish/product.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { sha256Hex } from '../../src/signing/sdk-hmac-sha256.ts'
import { root } from '../e2e/koo.ts'

export const clock = { now: () => Date.now(), sleep: async () => {} }
const randomness = { uuid: () => randomUUID(), hex: (bytes: number) => randomBytes(bytes).toString('hex') }

/** A bundle that koo did not pack, sent in the place of the product's own. */
export interface ForeignBundle {
  readonly bytes: Buffer
  readonly filesSha256: string
}

export interface Market {
  readonly files: Files
  readonly marketplace: Marketplace
  /** Method and path of each request, without its query. */
  readonly requests: string[]
  /** What a command needs in its environment to speak to it. */
  readonly environment: Readonly<Record<string, string>>
  /** Puts a product up for review; where that is automatic, it is on sale at once. */
  sold(product: Product, bundle?: ForeignBundle): Promise<RemoteRelease>
  /** What a colleague does in the console. */
  edited(release: Pick<RemoteRelease, 'id'>, change: (manifest: Manifest) => Manifest): Promise<void>
  close(): Promise<void>
}

export async function openMarket(review: 'auto' | 'manual' | 'reject' = 'auto'): Promise<Market> {
  const data = await mkdtemp(join(tmpdir(), 'koo-market-'))
  const sandbox = await startSandbox({ port: 0, data, review, reviewDelay: 0, clock, randomness })
  const { url, credentials } = sandbox
  const stop = new AbortController().signal
  const http = signedHttp({ who: 'The marketplace', base: new URL(url), credentials, clock, randomness, stop })
  const requests: string[] = []
  const counted: SignedHttp = {
    ...http,
    call: (call) => {
      requests.push(`${call.method} ${call.path}`)
      return http.call(call)
    },
  }
  const marketplace = httpMarketplace(counted, url)
  const files = nodeFiles(root, () => randomness.hex(4))
  return {
    files,
    marketplace,
    requests,
    environment: {
      KOO_MARKETPLACE: url,
      HUAWEICLOUD_SDK_AK: credentials.accessKey,
      HUAWEICLOUD_SDK_SK: credentials.secretKey,
    },
    async sold(product, foreign) {
      const { key, contentDigest: own, files: needed, bundle } = await materialOf(files, product)
      const sent = []
      for (const file of needed) {
        const from = files.join(product.folder, file.path)
        const source = {
          ...{ name: file.path, bytes: file.bytes, sha256: file.sha256 },
          read: async (start: number, into: Uint8Array) =>
            into.set(await files.slice(from, start, start + into.length)),
        }
        const upload = await marketplace.upload(source, { parallel: 1, stop, progress: () => {} })
        sent.push({ ...file, ...upload })
      }
      let contentDigest = own
      if (bundle !== undefined && foreign !== undefined) {
        const { bytes, filesSha256: contentSha256 } = foreign
        const sha256 = sha256Hex(bytes)
        const source = {
          ...{ name: bundle.name, bytes: bytes.length, sha256 },
          read: async (start: number, into: Uint8Array) => into.set(bytes.subarray(start, start + into.length)),
        }
        const upload = await marketplace.upload(source, { parallel: 1, stop, progress: () => {} })
        sent.push({ path: bundle.name, sha256, bytes: bytes.length, contentSha256, ...upload })
        contentDigest = sha256Hex(contentText({ ...product.manifest }, sent))
      }
      const expectedRevision = (await marketplace.product(key))?.revision ?? 0
      const manifest = { ...product.manifest }
      const request = { key, contentDigest, manifest, files: sent, expectedRevision }
      const answer = await marketplace.createRelease(request, randomness.hex(16))
      if (answer.is === 'refused') throw new Error(JSON.stringify(answer.complaints))
      return marketplace.release(answer.release.id)
    },
    async edited({ id }, change) {
      const { contentDigest, manifest } = await marketplace.content(id)
      await marketplace.edit(id, contentDigest, { ...change(manifest as unknown as Manifest) })
    },
    async close() {
      await marketplace.close()
      await sandbox.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The product of an example, with another manifest where that is wanted. */
export async function example(
  files: Files,
  name: string,
  change: (manifest: Manifest) => Manifest = (manifest) => manifest,
): Promise<Product> {
  const read = await readProducts(files, [`examples/${name}`])
  const product = read.is === 'sound' ? read.products[0] : undefined
  if (product === undefined) throw new Error(`The example ${name} is not sound.`)
  return { ...product, manifest: change(product.manifest) }
}

export const withVersion =
  (version: string) =>
  (manifest: Manifest): Manifest => ({ ...manifest, product: { ...manifest.product, version } })

export const withOverview =
  (overview: string) =>
  (manifest: Manifest): Manifest => ({ ...manifest, product: { ...manifest.product, overview } })
