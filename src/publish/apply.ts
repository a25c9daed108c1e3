/** Carries out the plan of one product up to its review: pack, upload, hand in, once. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { isDiagnosticCode } from '../model/diagnostic-codes.ts'
import type { Event } from '../model/event.ts'
import { Failure } from '../model/failure.ts'
import type { PublishedRow } from '../model/outcome.ts'
import type { ProductPlan } from '../model/plan.ts'
import { partsOf, valueAt } from '../model/pointer.ts'
import type { Complaint, RemoteProduct, RemoteRelease, SentFile } from '../model/release.ts'
import { aside } from './aside.ts'
import { type BundleTools, withBundle } from './kept-bundle.ts'
import { createOnce, type Handed, type OnceTools, submitOnce } from './once.ts'
import type { Product } from './product.ts'
import type { Send } from './sending.ts'

export interface ApplyTools extends OnceTools, BundleTools {
  readonly send: Send
  readonly emit: (event: Event) => void
}

export interface Applied {
  readonly row: PublishedRow
  readonly diagnostics: readonly FramedDiagnostic[]
}

/** A product whose release the marketplace has, or that is done with. */
export type HandedIn =
  | {
      readonly is: 'handed in'
      readonly release: RemoteRelease
      /** The files of the release; none where an earlier run sent them. */
      readonly files?: readonly SentFile[]
    }
  | ({ readonly is: 'settled' } & Applied)

/**
 * Never throws for what one product alone is to blame for, so that the others go on. A plan that refuses is not for
 * here: nothing of it is carried out.
 */
export async function apply(tools: ApplyTools, product: Product, plan: ProductPlan): Promise<HandedIn> {
  const base = baseOf(plan)
  try {
    const { decision } = plan
    switch (decision.do) {
      case 'nothing':
        return settled({ ...base, outcome: 'unchanged', releaseId: decision.releaseId })
      case 'await':
      case 'mend':
        return { is: 'handed in', release: await tools.marketplace.release(decision.releaseId) }
      case 'resubmit':
        return outcomeOf(base, product, await submitOnce(tools, plan, decision.releaseId))
      default:
        return await create(tools, product, plan)
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return settled(failed(base, error))
  }
}

type Base = Pick<PublishedRow, 'key' | 'version' | 'method' | 'file'>

export function baseOf({ file, material: { key, version, method } }: ProductPlan): Base {
  return { key, version, method, file }
}

function failed(base: Base, { message, hint, exit }: Failure): PublishedRow {
  return { ...base, outcome: 'failed', message, exit, ...(hint ? { hint } : {}) }
}

function settled(row: PublishedRow, diagnostics: readonly FramedDiagnostic[] = []): HandedIn {
  return { is: 'settled', row, diagnostics }
}

async function create(tools: ApplyTools, product: Product, plan: ProductPlan): Promise<HandedIn> {
  const { bundle } = plan.material
  // First, because it can refuse.
  if (bundle === undefined) return handIn(tools, product, plan, [])
  return withBundle(tools, product, bundle, async (made) => {
    if (made.is === 'unfit') return unfit(baseOf(plan), made.diagnostics)
    const { key } = plan.material
    const files: SentFile[] = []
    for (const file of [made.bundle, ...(made.signature ? [made.signature] : [])]) {
      files.push(await tools.send({ key, file, from: tools.files.join(made.folder, file.path), isPackage: true }))
    }
    const handed = await handIn(tools, product, plan, files)
    if (handed.is === 'handed in') await aside(tools.emit, () => tools.files.remove(made.folder))
    return handed
  })
}

/** Sends what else there is, and makes the release. */
async function handIn(
  tools: ApplyTools,
  product: Product,
  plan: ProductPlan,
  bundle: readonly SentFile[],
): Promise<HandedIn> {
  const { key, contentDigest } = plan.material
  const archive = product.manifest.delivery.package?.archive
  const files: SentFile[] = []
  for (const file of plan.material.files) {
    const from = tools.files.join(product.folder, file.path)
    files.push(await tools.send({ key, file, from, isPackage: file.path === archive }))
  }
  files.push(...bundle)
  tools.emit({ is: 'reached', key, stage: 'sent' })
  const request = { key, contentDigest, manifest: { ...product.manifest }, files, expectedRevision: plan.revision }
  return outcomeOf(baseOf(plan), product, await createOnce(tools, plan, request), files)
}

function outcomeOf(base: Base, product: Product, handed: Handed, files?: readonly SentFile[]): HandedIn {
  switch (handed.is) {
    case 'release':
      return { is: 'handed in', release: handed.release, ...(files ? { files } : {}) }
    case 'refused':
      return refused(base, product, handed.complaints)
    case 'moved':
      return settled({ ...base, outcome: 'refused', exit: 'conflict', ...movedText(handed.there, handed.why) })
  }
}

function movedText(there: RemoteProduct | undefined, why: string): Pick<PublishedRow, 'message' | 'hint'> {
  if (there === undefined) return { message: why, hint: 'Run the same command again.' }
  const { version, state } = there.newest
  const message = `It moved on the marketplace while this was being sent: ${version} is ${said(state)} there now.`
  return { message, hint: `\`koo diff ${there.key}\` shows what differs; koo publish plans anew.` }
}

export function said(state: RemoteRelease['state']): string {
  return state.replace('-', ' ')
}

/** The marketplace's own check refused the manifest, so nothing was made there. */
function refused(base: Base, product: Product, complaints: readonly Complaint[]): HandedIn {
  const message = 'The marketplace refuses the manifest; nothing was made there.'
  const diagnostics = complaints.map(({ path, code, message: text }) =>
    product.place({ code: isDiagnosticCode(code) ? code : 'review-complaint', path, message: text }),
  )
  return settled({ ...base, outcome: 'refused', message, exit: 'findings' }, diagnostics)
}

function unfit(base: Base, diagnostics: readonly FramedDiagnostic[]): HandedIn {
  const message = 'Its software package holds what must not be sent.'
  return settled({ ...base, outcome: 'refused', message, exit: 'findings' }, diagnostics)
}

/** A reviewer's complaints at their places in the seller's own manifest. */
export function placeComplaints(
  { place, manifest }: Pick<Product, 'place'> & { readonly manifest: unknown },
  complaints: readonly Complaint[],
): readonly FramedDiagnostic[] {
  return complaints.map(({ path, message }) => {
    const hint = hintAt(manifest, path)
    return place({ code: 'review-complaint', path, message, ...(hint === undefined ? {} : { hint }) })
  })
}

/** What is said of a whole part stands at its first line, where it would seem to be about that line. */
function hintAt(manifest: unknown, path: string): string | undefined {
  const again = 'Mend it and publish again.'
  if (path === '') return `It is about the whole product, not only this line. ${again}`
  const value = valueAt(manifest, partsOf(path))
  if (value === undefined) return `It is about ${path}, which is not here. ${again}`
  return typeof value === 'object' && value !== null
    ? `It is about all of ${path}, not only this line. ${again}`
    : undefined
}
