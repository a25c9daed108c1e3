/** CreateRelease: the product, its release and the submission, all or nothing, and once however often it is asked for. */
import { judge } from '../check/judge.ts'
import { bundleName, isBundleFormat, signatureName } from '../model/bundle.ts'
import type { Finding } from '../model/diagnostic.ts'
import { diagnosticCodeRow } from '../model/diagnostic-codes.ts'
import type { FileFact } from '../model/file-fact.ts'
import { valueAt } from '../model/pointer.ts'
import { fileReferences, packageGlobs } from '../model/references.ts'
import type { Complaint, ManifestData, ReleaseFile } from '../model/release.ts'
import type { Randomness } from '../ports.ts'
import { create, liveRelease, type Product, type Release, type Review, submit } from './market.ts'
import { Refusal } from './refusal.ts'
import type { Store } from './store.ts'
import type { Uploads } from './uploads.ts'
import type { Schemas } from './views.ts'

export interface Desk {
  readonly store: Store
  readonly uploads: Uploads
  readonly randomness: Randomness
  /** Settles what is due, then does the work, in one transaction. */
  readonly inMarket: <T>(work: (now: number) => T) => T
  readonly reviewFrom: (now: number) => Review
  /** Products there may be; left out, any number. */
  readonly quota?: number | undefined
}

export interface Created {
  readonly product: Product
  readonly release: Release
  readonly isNew: boolean
}

type Request = Schemas['NewRelease']

/** A client token and the digest of the request it stands for. */
export interface Token {
  readonly text: string
  readonly requestDigest: string
}

export async function createRelease(desk: Desk, request: Request, token: Token): Promise<Created> {
  const identity = identityOf(request)
  const before = desk.inMarket(() => existing(desk.store, request, identity.version, token))
  if (before) return before

  refuseFiles(request)
  for (const file of request.files) refuseUpload(desk.uploads, file)
  await refuseManifest(desk.uploads, request)

  return desk.inMarket((now) => {
    // Looked for again: another request may have come first while the files were read.
    const since = existing(desk.store, request, identity.version, token)
    if (since) return since
    for (const file of request.files) refuseUpload(desk.uploads, file)
    const id = desk.randomness.uuid()
    const before = desk.store.productByKey(request.key)
    refuseMoved(request, before)
    if (before === undefined) refuseBeyondQuota(desk)
    const draft = create(
      before,
      {
        ...identity,
        id,
        productId: desk.randomness.uuid(),
        key: request.key,
        contentDigest: request.content_digest,
        manifest: request.manifest,
        files: request.files.map(fileOf),
      },
      now,
      request.expected_revision !== undefined,
    )
    const product = request.submit === false ? draft : submit(draft, id, desk.reviewFrom(now), now)
    desk.store.save({ before, after: product, by: 'api' })
    desk.store.saveTokenUse(token.text, token.requestDigest, id)
    return { product, release: releaseIn(product, id), isNew: true }
  })
}

/** Somebody else may have changed the product since the client planned. */
function refuseMoved({ key, expected_revision: expected }: Request, product: Product | undefined): void {
  const found = product?.revision ?? 0
  if (expected === undefined || expected === found) return
  throw new Refusal(
    'KOO.01409007',
    `${key} has changed on the marketplace: it is at revision ${found}, not ${expected}.`,
  )
}

function refuseBeyondQuota({ store, quota }: Desk): void {
  if (quota === undefined || store.productCount() < quota) return
  throw new Refusal('KOO.01403002', `The account may have ${quota} products, and has as many.`)
}

function fileOf({ path, sha256, bytes, content_sha256: contentSha256, object }: Request['files'][number]): ReleaseFile {
  return {
    ...{ path, sha256, bytes },
    ...(contentSha256 === undefined ? {} : { contentSha256 }),
    ...(object === undefined ? {} : { object }),
  }
}

export function releaseIn(product: Product, id: string): Release {
  const release = product.releases.find((each) => each.id === id)
  if (!release) throw new TypeError(`Release ${id} is not of product ${product.id}.`)
  return release
}

/** What an earlier request made that was the same, or came to the same. */
function existing(store: Store, request: Request, version: string, token: Token): Created | undefined {
  const use = store.tokenUse(token.text)
  if (use && use.requestDigest !== token.requestDigest) {
    throw new Refusal('KOO.01409003', 'This client token was used for another request.')
  }
  const product = use ? store.productOfRelease(use.releaseId) : store.productByKey(request.key)
  if (!product) return undefined
  const release = use ? releaseIn(product, use.releaseId) : liveRelease(product, version, request.content_digest)
  return release && { product, release, isNew: false }
}

/** What the marketplace itself reads from a manifest; said in the same form as any other finding where it is not there. */
function identityOf({ key, manifest }: Request) {
  const complaints: Complaint[] = []
  const text = (...path: readonly string[]): string => {
    const value = valueAt(manifest, path)
    if (typeof value === 'string' && value !== '') return value
    complaints.push({ path: `/${path.join('/')}`, code: 'missing-field', message: 'This text is missing.' })
    return ''
  }
  const identity = {
    name: text('product', 'name'),
    version: text('product', 'version'),
    method: text('delivery', 'method'),
  }
  const own = text('product', 'key')
  if (own !== '' && own !== key) {
    complaints.push({
      path: '/product/key',
      code: 'key-form',
      message: `The release is of ${key}, the manifest of ${own}.`,
    })
  }
  refuse(complaints)
  return identity
}

/** The files of a release are those the manifest names, once each, and the bundle where its method has one, perhaps signed. */
function refuseFiles({ manifest, files }: Request): void {
  const named = fileReferences(manifest).map(({ file }) => file)
  const bundle = bundleOf(manifest)
  const paths = files.map(({ path }) => path)
  const own = bundle === undefined ? [] : [bundle, signatureName(bundle)]
  const stray = paths.find((path) => !own.includes(path) && !named.includes(path))
  if (stray !== undefined) throw new Refusal('KOO.01400003', `The manifest names no file ${stray}.`)
  if (new Set(paths).size < paths.length) throw new Refusal('KOO.01400003', 'A file is listed twice.')
  if (bundle !== undefined && !paths.includes(bundle))
    throw new Refusal('KOO.01400003', `The bundle ${bundle} is missing.`)
}

function bundleOf(manifest: Request['manifest']): string | undefined {
  const [key, version] = [valueAt(manifest, ['product', 'key']), valueAt(manifest, ['product', 'version'])]
  if (packageGlobs(manifest) === undefined) return undefined
  const format = valueAt(manifest, ['delivery', 'package', 'format'])
  return bundleName(String(key), String(version), isBundleFormat(format) ? format : undefined)
}

/** The bytes of a file are in a complete upload, or in the seller's bucket, which nobody here can look into. */
function refuseUpload(uploads: Uploads, file: Request['files'][number]): void {
  if ((file.upload_id === undefined) === (file.object === undefined)) {
    throw new Refusal('KOO.01400003', `${file.path} needs either an upload_id or an object.`)
  }
  if (file.upload_id === undefined) return
  const upload = uploads.find(file.upload_id)
  if (!upload) throw new Refusal('KOO.01400003', `There is no upload ${file.upload_id}, of ${file.path}.`)
  if (upload.state !== 'complete') throw new Refusal('KOO.01400003', `The upload of ${file.path} is not complete.`)
  if (upload.sha256 !== file.sha256 || upload.bytes !== file.bytes) {
    throw new Refusal('KOO.01400003', `The upload of ${file.path} has other content.`)
  }
}

/** koo's own rules, on what was uploaded rather than on what the seller's disk holds. */
async function refuseManifest(uploads: Uploads, request: Request): Promise<void> {
  const facts = new Map<string, FileFact>()
  for (const file of request.files) facts.set(file.path, await factOf(uploads, file))
  refuseUnsound(request.manifest, facts)
}

const heads = { zip: Uint8Array.of(0x50, 0x4b, 3, 4), gzip: Uint8Array.of(0x1f, 0x8b) }

/** What the rules may know of a file of a release; of one in the seller's bucket its name is believed. */
export async function factOf(
  uploads: Uploads,
  { path, sha256, bytes, object }: Pick<ReleaseFile, 'path' | 'sha256' | 'bytes' | 'object'>,
): Promise<FileFact> {
  if (object === undefined) return uploads.fact({ sha256, bytes })
  return { is: 'file', bytes, head: path.endsWith('.zip') ? heads.zip : heads.gzip }
}

/** By koo's own rules, with what is known of the files: all there is to say, warnings too. */
export function findingsOn(manifest: ManifestData, known: ReadonlyMap<string, FileFact>): readonly Finding[] {
  const missing = fileReferences(manifest).map(({ file }): [string, FileFact] => [file, { is: 'missing' }])
  return judge(manifest, new Map([...missing, ...known]))
}

/** Warnings do not refuse. */
export function refuseUnsound(manifest: ManifestData, known: ReadonlyMap<string, FileFact>): void {
  refuse(
    findingsOn(manifest, known)
      .filter((finding) => diagnosticCodeRow(finding.code).severity === 'error')
      .map(({ path, code, message }) => ({ path, code, message })),
  )
}

function refuse(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new Refusal('KOO.01400002', 'The manifest is refused.', complaints)
}
