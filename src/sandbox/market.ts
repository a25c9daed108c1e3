/** The rules of the marketplace at home: what may happen to a product and its releases, as pure functions on values. */
import type { Complaint, ManifestData, ProductState, ReleaseFile } from '../model/release.ts'
import { Refusal } from './refusal.ts'
import { complaintsOf } from './reviewer.ts'

/** How a submitted release will be reviewed; times are milliseconds since 1970. */
export type Review = { readonly by: 'person' } | { readonly by: 'approval' | 'rejection'; readonly due: number }

export interface Release {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly contentDigest: string
  /** What it was created with; another once it was edited. */
  readonly createdDigest: string
  readonly manifest: ManifestData
  readonly files: readonly ReleaseFile[]
  readonly state: ProductState
  readonly complaints: readonly Complaint[]
  readonly createdAt: number
  readonly submittedAt?: number
  readonly reviewedAt?: number
  /** Only while it is in review. */
  readonly review?: Review
  /** Only once it was edited. */
  readonly edited?: { readonly at: number; readonly createdManifest: ManifestData }
}

export interface Product {
  readonly id: string
  readonly key: string
  readonly method: string
  readonly discontinued: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** Grows with every change. */
  readonly revision: number
  /** Names of specifications that were on sale and were removed, which is final. */
  readonly removedSpecifications: readonly string[]
  /** Newest first, never empty. */
  readonly releases: readonly Release[]
}

export type Verdict =
  | { readonly decision: 'approve' }
  | { readonly decision: 'reject'; readonly complaints: readonly Complaint[] }

/** What a new release brings along; its product need not exist. */
export interface NewRelease extends Pick<Release, 'id' | 'name' | 'version' | 'contentDigest' | 'manifest' | 'files'> {
  readonly key: string
  readonly method: string
  /** For the product, should it be new. */
  readonly productId: string
}

/** The release that makes creating another one of this content needless. */
export function liveRelease(product: Product | undefined, version: string, digest: string): Release | undefined {
  return product?.releases.find(
    (each) => isLive(each) && each.version === version && each.contentDigest === digest && !product.discontinued,
  )
}

/**
 * The product with a new draft. With `restores`, it may take the place of a release of the same version that was edited
 * since it was created with this very content.
 */
export function create(product: Product | undefined, brought: NewRelease, now: number, restores = false): Product {
  const { key, method, productId, ...release } = brought
  if (product) {
    refuseDiscontinued(product)
    if (product.method !== method) {
      throw new Refusal('KOO.01409006', `${key} is delivered by ${product.method}; the delivery method cannot change.`)
    }
    refuseTaken(product, release, restores)
    refuseRemoved(product, release.manifest)
  }
  const draft: Release = {
    ...release,
    createdDigest: release.contentDigest,
    state: 'draft',
    complaints: [],
    createdAt: now,
  }
  if (!product) {
    const fresh = { discontinued: false, createdAt: now, updatedAt: now, revision: 1, removedSpecifications: [] }
    return { id: productId, key, method, ...fresh, releases: [draft] }
  }
  return changed(product, [draft, ...product.releases], now)
}

export function submit(product: Product, releaseId: string, review: Review, now: number): Product {
  refuseDiscontinued(product)
  const release = inState(product, releaseId, ['draft', 'withdrawn', 'rejected'], 'submitted')
  refuseTaken(product, release, true)
  refuseRemoved(product, release.manifest)
  const waiting = product.releases.find((each) => each.state === 'in-review')
  if (waiting) throw new Refusal('KOO.01409005', `${waiting.version} of ${product.key} is in review.`)
  const { reviewedAt: _, ...fresh } = release
  return replace(product, { ...fresh, state: 'in-review', complaints: [], submittedAt: now, review }, now)
}

export function withdraw(product: Product, releaseId: string, now: number): Product {
  const { review: _, ...release } = inState(product, releaseId, ['in-review'], 'withdrawn')
  return replace(product, { ...release, state: 'withdrawn' }, now)
}

/** Approval puts the release on sale in place of the one that was; specifications it lacks are gone for good. */
export function judgeRelease(product: Product, releaseId: string, verdict: Verdict, now: number): Product {
  const { review: _, ...release } = inState(product, releaseId, ['in-review'], 'reviewed')
  if (verdict.decision === 'reject') {
    const rejected = { ...release, state: 'rejected', complaints: verdict.complaints, reviewedAt: now } as const
    return replace(product, rejected, now)
  }
  const before = product.releases.find(({ state }) => state === 'on-sale')
  const kept = new Set(specificationNames(release.manifest))
  const gone = before === undefined ? [] : specificationNames(before.manifest).filter((name) => !kept.has(name))
  const removedSpecifications = [...new Set([...product.removedSpecifications, ...gone])]
  const releases = product.releases.map((each) => (each === before ? end(each) : each))
  return replace(
    { ...product, removedSpecifications, releases },
    { ...release, state: 'on-sale', reviewedAt: now },
    now,
  )
}

/** Another manifest for a release, made in the console; it stays in the state it is in. */
export function editRelease(
  product: Product,
  releaseId: string,
  edit: Pick<Release, 'manifest' | 'files' | 'contentDigest' | 'name'>,
  now: number,
): Product {
  refuseDiscontinued(product)
  const release = inState(product, releaseId, ['draft', 'in-review', 'rejected', 'on-sale', 'withdrawn'], 'edited')
  refuseRemoved(product, edit.manifest)
  const createdManifest = release.edited?.createdManifest ?? release.manifest
  return replace(product, { ...release, ...edit, edited: { at: now, createdManifest } }, now)
}

/** Final; a product discontinued already comes back as it is. */
export function discontinue(product: Product, now: number): Product {
  if (product.discontinued) return product
  const releases = product.releases.map((each) => (isLive(each) ? end(each) : each))
  return { ...changed(product, releases, now), discontinued: true }
}

/** Does what time has brought: a review that fell due ended when it fell due, however late anyone looks. */
export function settle(product: Product, now: number): Product {
  const release = product.releases.find((each) => each.state === 'in-review')
  const review = release?.review
  if (!release || !review || review.by === 'person' || review.due > now) return product
  const verdict: Verdict =
    review.by === 'approval'
      ? { decision: 'approve' }
      : { decision: 'reject', complaints: complaintsOf(release.manifest) }
  return judgeRelease(product, release.id, verdict, review.due)
}

/** The release a buyer sees, else the newest: it gives the product its name, version and state. */
export function face(product: Product): Release {
  const [newest] = product.releases
  if (!newest) throw new TypeError(`Product ${product.id} has no release.`)
  return product.releases.find((each) => each.state === 'on-sale') ?? newest
}

export function productState(product: Product): ProductState {
  return product.discontinued ? 'discontinued' : face(product).state
}

function isLive(release: Release): boolean {
  return release.state === 'in-review' || release.state === 'on-sale'
}

function end(release: Release): Release {
  const { review: _, ...rest } = release
  return { ...rest, state: 'discontinued' }
}

function replace(product: Product, release: Release, now: number): Product {
  const releases = product.releases.map((each) => (each.id === release.id ? release : each))
  return changed(product, releases, now)
}

function changed(product: Product, releases: readonly Release[], now: number): Product {
  return { ...product, updatedAt: now, revision: product.revision + 1, releases }
}

function inState(product: Product, releaseId: string, states: readonly ProductState[], deed: string): Release {
  const release = product.releases.find((each) => each.id === releaseId)
  if (!release) throw new TypeError(`Release ${releaseId} is not of product ${product.id}.`)
  if (states.includes(release.state)) return release
  throw new Refusal(
    'KOO.01409004',
    `${release.version} of ${product.key} is ${release.state}, so it cannot be ${deed}.`,
  )
}

function refuseDiscontinued(product: Product): void {
  if (product.discontinued) throw new Refusal('KOO.01409002', `${product.key} is discontinued, which is final.`)
}

function specificationNames({ specifications }: ManifestData): readonly string[] {
  if (!Array.isArray(specifications)) return []
  return specifications.flatMap(({ name }: { readonly name?: unknown }) => (typeof name === 'string' ? [name] : []))
}

/** Buyers of a specification that was removed would take another of its name for the same. */
function refuseRemoved(product: Product, manifest: ManifestData): void {
  const back = specificationNames(manifest).find((name) => product.removedSpecifications.includes(name))
  if (back === undefined) return
  throw new Refusal('KOO.01409008', `The specification ${back} of ${product.key} was removed from sale, for good.`)
}

/** A version buyers know, or are about to, never comes to mean something else. */
function refuseTaken(
  product: Product,
  release: Pick<Release, 'id' | 'version' | 'contentDigest'>,
  restores = false,
): void {
  const taken = product.releases.find(
    (each) =>
      each.id !== release.id &&
      each.version === release.version &&
      (isLive(each) || each.state === 'discontinued') &&
      // Its own content, which somebody edited away, is nothing new to buyers.
      !(restores && each.edited !== undefined && each.createdDigest === release.contentDigest),
  )
  if (!taken) return
  const state = taken.state === 'discontinued' ? 'was on sale before' : `is ${taken.state} already`
  throw new Refusal('KOO.01409001', `${taken.version} of ${product.key} ${state}; other content needs a new version.`)
}
