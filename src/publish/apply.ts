/** Carries out the plan of one product: pack, upload, hand in, follow the review. */
import { createHash } from 'node:crypto'
import { type Bundle, signatureName } from '../model/bundle.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { isDiagnosticCode } from '../model/diagnostic-codes.ts'
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { PublishedRow } from '../model/outcome.ts'
import type { ProductPlan } from '../model/plan.ts'
import type { Complaint, ReleaseFile, RemoteRelease } from '../model/release.ts'
import type { Clock, Files, Marketplace } from '../ports.ts'
import { hashOf } from './material.ts'
import type { Product } from './product.ts'

export interface ApplyTools {
  readonly files: Files
  readonly marketplace: Marketplace
  readonly clock: Clock
  readonly stop: AbortSignal
  readonly emit: (event: Event) => void
  /** A folder for the bundle while it is uploaded. */
  readonly scratch: string
  /** Packs a product's bundle into a folder; or says what is in its files that must not be sent. */
  readonly pack: (
    product: Product,
    folder: string,
  ) => Promise<{ readonly bundle: Bundle } | { readonly diagnostics: readonly FramedDiagnostic[] }>
  /** Milliseconds to wait for the review; undefined does not follow it at all. */
  readonly wait: number | undefined
}

export interface Applied {
  readonly row: PublishedRow
  readonly diagnostics: readonly FramedDiagnostic[]
}

const partsAtOnce = 4
const firstPoll = 100
const slowestPoll = 15_000

/**
 * Never throws for what one product alone is to blame for, so that the others go on. A plan that refuses is not for
 * here: nothing of its run is carried out.
 */
export async function apply(tools: ApplyTools, product: Product, plan: ProductPlan): Promise<Applied> {
  const { key, version, method } = plan.material
  const base = { key, version, method, file: plan.file }
  let release: RemoteRelease | undefined
  try {
    const { decision } = plan
    if (decision.do === 'nothing') {
      return { row: { ...base, outcome: 'unchanged', releaseId: decision.releaseId }, diagnostics: [] }
    }
    const handed = await handIn(tools, product, plan)
    if (handed.is === 'refused') return refused(base, product, handed.complaints)
    if (handed.is === 'unfit') return unfit(base, handed.diagnostics)
    release = handed.release
    release = await reviewed(tools, key, release)
    if (release.state === 'rejected') return rejected(base, product, release.complaints, release.id)
    return { row: { ...base, ...stateOf(release, tools), releaseId: release.id }, diagnostics: [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { message, hint, exit } = error
    if (release?.state === 'in-review') {
      return { row: { ...base, outcome: 'in-review', releaseId: release.id, message, exit }, diagnostics: [] }
    }
    return { row: { ...base, outcome: 'failed', message, exit, ...(hint ? { hint } : {}) }, diagnostics: [] }
  } finally {
    tools.emit({ is: 'settled', key })
  }
}

type Handed =
  | { readonly is: 'release'; readonly release: RemoteRelease }
  | { readonly is: 'refused'; readonly complaints: readonly Complaint[] }
  /** Its package must not be sent. */
  | { readonly is: 'unfit'; readonly diagnostics: readonly FramedDiagnostic[] }

async function handIn(tools: ApplyTools, product: Product, plan: ProductPlan): Promise<Handed> {
  const { marketplace } = tools
  const { decision } = plan
  switch (decision.do) {
    case 'resubmit':
      return {
        is: 'release',
        release: await marketplace.submit(decision.releaseId, tokenOf('submit', decision.releaseId, plan.revision)),
      }
    case 'await':
    case 'mend':
      return { is: 'release', release: await marketplace.release(decision.releaseId) }
    default:
      return create(tools, product, plan)
  }
}

async function create(tools: ApplyTools, product: Product, plan: ProductPlan): Promise<Handed> {
  const { key, contentDigest } = plan.material
  const files = []
  // First, because it can refuse.
  const bundle = plan.material.bundle && (await uploadBundle(tools, product, plan.material.bundle))
  if (bundle !== undefined && 'is' in bundle) return bundle
  for (const file of plan.material.files) {
    files.push({ ...file, ...(await upload(tools, key, file, tools.files.join(product.folder, file.path))) })
  }
  files.push(...(bundle ?? []))
  const manifest = { ...product.manifest }
  // The same content after the same release is the same request, also from another process.
  const after = plan.decision.do === 'release' ? plan.decision.after : undefined
  const token = tokenOf(key, contentDigest, after ?? '')
  const request = { key, contentDigest, manifest, files, expectedRevision: plan.revision }
  return tools.marketplace.createRelease(request, token)
}

function tokenOf(...of: readonly (string | number)[]): string {
  return createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 32)
}

async function upload(tools: ApplyTools, key: string, file: ReleaseFile, from: string) {
  const { files, marketplace, emit, stop } = tools
  const { bytes, sha256, path: name } = file
  const { read, close } = await files.source(from)
  try {
    return await marketplace.upload(
      { name, bytes, sha256, read },
      {
        parallel: partsAtOnce,
        stop,
        progress: ({ sent, there }) => emit({ is: 'uploading', key, file: name, sent: sent + there, total: bytes }),
      },
    )
  } finally {
    await close()
  }
}

/** The bundle, and its signature where it has one. */
async function uploadBundle(
  tools: ApplyTools,
  product: Product,
  planned: NonNullable<ProductPlan['material']['bundle']>,
): Promise<readonly (ReleaseFile & { readonly uploadId: string })[] | Extract<Handed, { is: 'unfit' }>> {
  const { key } = product.manifest.product
  const folder = tools.files.join(tools.scratch, key)
  const path = tools.files.join(folder, planned.name)
  try {
    const packed = await tools.pack(product, folder)
    if ('diagnostics' in packed) return { is: 'unfit', diagnostics: packed.diagnostics }
    const { bytes, sha256, filesSha256, signedBy } = packed.bundle
    const contentSha256 = filesSha256
    if (filesSha256 !== planned.filesSha256) {
      throw new Failure({
        code: 'file-changed',
        exit: 'findings',
        message: `The files of ${key} changed after they were planned.`,
        hint: 'Run the same command again.',
      })
    }
    const file = { path: planned.name, bytes, sha256, contentSha256 }
    const sent = [{ ...file, ...(await upload(tools, key, file, path)) }]
    if (signedBy === undefined) return sent
    const signature = { path: signatureName(planned.name), ...(await hashOf(tools.files, signatureName(path))) }
    return [...sent, { ...signature, ...(await upload(tools, key, signature, signatureName(path))) }]
  } finally {
    await tools.files.remove(folder)
  }
}

/** Follows a review, asking less and less often, until it ends, the time is up or the user stops it. */
async function reviewed(tools: ApplyTools, key: string, handed: RemoteRelease): Promise<RemoteRelease> {
  const { marketplace, clock, stop, wait } = tools
  if (wait === undefined || handed.state !== 'in-review') return handed
  tools.emit({ is: 'step', key, text: 'in review' })
  const end = clock.now() + wait
  let release = handed
  for (let pause = firstPoll; release.state === 'in-review'; pause = Math.min(slowestPoll, pause * 1.5)) {
    const left = end - clock.now()
    if (left <= 0) break
    await clock.sleep(Math.min(pause, left), stop)
    if (stop.aborted) break
    try {
      release = await marketplace.release(release.id)
    } catch (error) {
      // Stopped in the middle of asking: what was handed in is still there.
      if (!stop.aborted) throw error
      break
    }
  }
  return release
}

function stateOf(
  release: RemoteRelease,
  { wait, stop }: ApplyTools,
): Pick<PublishedRow, 'outcome' | 'message' | 'exit'> {
  switch (release.state) {
    case 'on-sale':
      return { outcome: 'on-sale' }
    case 'in-review':
      if (wait === undefined) return { outcome: 'accepted' }
      return stop.aborted
        ? { outcome: 'in-review', message: 'Stopped waiting; publishing again waits again.', exit: 'stopped' }
        : { outcome: 'in-review' }
    default:
      return { outcome: 'refused', message: `It is ${release.state} now; somebody else moved it.` }
  }
}

function rejected(
  base: Pick<PublishedRow, 'key' | 'version' | 'method' | 'file'>,
  product: Product,
  complaints: readonly Complaint[],
  releaseId?: string,
): Applied {
  const count = complaints.length === 1 ? '1 complaint' : `${complaints.length} complaints`
  const row = { ...base, outcome: 'rejected' as const, message: count, ...(releaseId ? { releaseId } : {}) }
  return { row, diagnostics: placeComplaints(product, complaints) }
}

/** The marketplace's own check refused the manifest, so nothing was made there. */
function refused(
  base: Pick<PublishedRow, 'key' | 'version' | 'method' | 'file'>,
  product: Product,
  complaints: readonly Complaint[],
): Applied {
  const message = 'The marketplace refuses the manifest; nothing was made there.'
  const diagnostics = complaints.map(({ path, code, message: text }) =>
    product.place({ code: isDiagnosticCode(code) ? code : 'review-complaint', path, message: text }),
  )
  return { row: { ...base, outcome: 'refused', message, exit: 'findings' }, diagnostics }
}

function unfit(base: Parameters<typeof refused>[0], diagnostics: readonly FramedDiagnostic[]): Applied {
  const message = 'Its software package holds what must not be sent.'
  return { row: { ...base, outcome: 'refused', message, exit: 'findings' }, diagnostics }
}

/** A reviewer's complaints at their places in the seller's own manifest. */
export function placeComplaints(
  product: Pick<Product, 'place'>,
  complaints: readonly Complaint[],
): readonly FramedDiagnostic[] {
  return complaints.map(({ path, message }) => product.place({ code: 'review-complaint', path, message }))
}
