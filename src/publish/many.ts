/** Publishes the products of one run: everything that can refuse first, then several at once, and their reviews together. */
import limiter from 'p-limit'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import type { Outcome, PublishedOutcome, PublishedRow } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import type { ReleaseFile, SentFile } from '../model/release.ts'
import type { Images } from '../ports.ts'
import { type Applied, type ApplyTools, apply, baseOf } from './apply.ts'
import { aside } from './aside.ts'
import { followed } from './followed.ts'
import { imageDiagnostics } from './images.ts'
import { forgiving } from './journal.ts'
import { pruneBundles } from './kept-bundle.ts'
import type { Memory } from './memory.ts'
import { type PlanOptions, planProducts } from './plan.ts'
import type { Product } from './product.ts'
import { type Reviews, reviews, type Wait } from './reviews.ts'
import { heldTo, type SavedPlan } from './saved-plan.ts'
import { type SendingTools, sending } from './sending.ts'

export interface PublishTools extends Omit<ApplyTools, 'send'>, SendingTools {
  readonly images: Images
  readonly memory: Memory
  /** The marketplace, as it is shown. */
  readonly name: string
  /** Looks at what would be sent of a product's software package. */
  readonly gate: (product: Product) => Promise<readonly FramedDiagnostic[]>
  /** Asks whether these plans may be carried out. */
  readonly confirm: (plans: readonly ProductPlan[]) => Promise<boolean>
}

export interface PublishOptions extends PlanOptions {
  /** Products at once. */
  readonly jobs: number
  readonly wait: Wait
  /** What one product is to blame for holds only that one. */
  readonly keepGoing: boolean
  /** When nothing new is begun any more, in milliseconds since 1970. */
  readonly beginUntil: number
  /** The plan that is to be carried out, and nothing else. */
  readonly saved?: SavedPlan
}

/** Manifests that cannot be sent. */
export interface Invalid {
  readonly rows: readonly PublishedRow[]
  readonly diagnostics: readonly FramedDiagnostic[]
}

interface Planned {
  readonly product: Product
  readonly plan: ProductPlan
}

/** With an unusable image or a conflict anywhere, nothing is sent for the others either, unless they are to keep going. */
export async function publishMany(
  tools: PublishTools,
  products: readonly Product[],
  invalid: Invalid,
  options: PublishOptions,
): Promise<Outcome> {
  const { name, stop, emit } = tools
  const { jobs, keepGoing } = options
  const fresh = await planProducts({ ...tools, jobs, stop }, products, options)
  const plans = options.saved === undefined ? fresh : heldTo(options.saved, fresh)
  const planned = products.map((product, index): Planned => ({ product, plan: plans[index] as ProductPlan }))
  const { found, unfit } = await lookedAt(tools, planned, options)
  if (unfit.size > 0 && !keepGoing && !stop.aborted) {
    return { is: 'validated', files: products.map(({ file }) => file), diagnostics: found }
  }
  const isHeld = !keepGoing && plans.some(({ decision }) => decision.do === 'refuse')
  const going = planned.filter(({ product }) => !unfit.has(product)).map(({ plan }) => plan)
  // Stopped, there is nothing to be asked for: each product says that it was not begun.
  if (!isHeld && !stop.aborted && !(await tools.confirm(going))) return { is: 'declined' }

  const tally = tallyOf(tools, planned.length + invalid.rows.length)
  for (const row of invalid.rows) tally.add(row)
  const applied = isHeld
    ? planned.map(({ plan }) => held(plan))
    : await carriedOut({ ...tools, journal: forgiving(tools.journal, emit), send: sending(tools) }, planned, {
        ...options,
        unfit,
        tally,
      })
  const rows = [...applied.map(({ row }) => row), ...invalid.rows]
  const diagnostics = [...found, ...applied.flatMap((each) => each.diagnostics), ...invalid.diagnostics]
  return { is: 'published', marketplace: name, rows, diagnostics }
}

/** What the images and the gate say of what would be sent, and the products that must not be. */
async function lookedAt(
  { images, gate, emit, stop }: PublishTools,
  planned: readonly Planned[],
  { jobs, keepGoing }: PublishOptions,
): Promise<{ readonly found: readonly FramedDiagnostic[]; readonly unfit: ReadonlySet<Product> }> {
  const limit = limiter(jobs)
  const sent = planned.filter(({ plan }) => sends(plan)).map(({ product }) => product)
  for (const { file, manifest } of sent) {
    emit({ is: 'reached', key: manifest.product.key, stage: 'planned', file, version: manifest.product.version })
  }
  const unfit = new Set<Product>()
  const found: FramedDiagnostic[] = []
  const add = (product: Product, diagnostics: readonly FramedDiagnostic[]): void => {
    found.push(...diagnostics)
    if (hasErrors(diagnostics)) unfit.add(product)
  }
  const ofImages = await Promise.all(
    sent.map((product) => limit(async () => (stop.aborted ? [] : imageDiagnostics(images, product)))),
  )
  for (const [index, product] of sent.entries()) add(product, ofImages[index] ?? [])
  // With an error already, nothing is sent anyway. One after the other: a scanner takes all processors.
  if (unfit.size === 0 || keepGoing) {
    for (const product of sent) if (!unfit.has(product) && !stop.aborted) add(product, await gate(product))
  }
  return { found, unfit }
}

interface Tally {
  add(row: PublishedRow): void
}

/** Tells how far the run is. */
function tallyOf({ emit, clock }: Pick<PublishTools, 'emit' | 'clock'>, total: number): Tally {
  const counts: Partial<Record<PublishedOutcome, number>> = {}
  const start = clock.now()
  let done = 0
  const tell = (): void => emit({ is: 'tally', done, total, counts: { ...counts }, elapsed: clock.now() - start })
  tell()
  return {
    add({ key, outcome, file, version, releaseId, message }) {
      done += 1
      counts[outcome] = (counts[outcome] ?? 0) + 1
      emit({
        ...{ is: 'reached', key: key ?? file, stage: outcome, done: true, file },
        ...(version === undefined ? {} : { version }),
        ...(releaseId === undefined ? {} : { releaseId }),
        ...(message === undefined ? {} : { message }),
      })
      emit({ is: 'settled', key: key ?? file })
      tell()
    },
  }
}

interface CarryOptions extends PublishOptions {
  readonly unfit: ReadonlySet<Product>
  readonly tally: Tally
}

async function carriedOut(
  tools: PublishTools & ApplyTools,
  planned: readonly Planned[],
  options: CarryOptions,
): Promise<readonly Applied[]> {
  const limit = limiter(options.jobs)
  const reviewing = reviews(tools, options.wait)
  try {
    if (planned.some(({ plan }) => plan.material.bundle !== undefined))
      await aside(tools.emit, () => pruneBundles(tools))
    return await Promise.all(
      planned.map(async (each) => {
        const applied = await carriedOutOne({ tools, reviewing, limit }, each, options)
        options.tally.add(applied.row)
        return applied
      }),
    )
  } finally {
    await tools.journal.end()
  }
}

interface Carrying {
  readonly tools: PublishTools & ApplyTools
  readonly reviewing: Reviews
  readonly limit: ReturnType<typeof limiter>
}

/** A product that waits for its review keeps no other from being sent. */
async function carriedOutOne(
  { tools, reviewing, limit }: Carrying,
  { product, plan }: Planned,
  options: CarryOptions,
): Promise<Applied> {
  if (options.unfit.has(product)) return invalidOf(plan)
  if (plan.decision.do === 'refuse') return held(plan)
  const handed = await limit(() => notBegun(tools, plan, options) ?? apply(tools, product, plan))
  if (handed.is === 'settled') {
    if (handed.row.outcome === 'unchanged') await remember(tools.memory, product, plan, handed.row.releaseId)
    return handed
  }
  const { release, files } = handed
  const { key, id: releaseId, version } = release
  tools.emit({ is: 'reached', key, stage: 'accepted', version, releaseId })
  if (release.state === 'in-review') {
    tools.emit({ is: 'reached', key, stage: 'in-review', version, releaseId })
    tools.emit({ is: 'step', key, text: 'in review' })
  }
  const seen = await reviewing.follow(release)
  if (seen.product !== undefined) {
    await remember(tools.memory, product, { ...plan, revision: seen.product.revision }, release.id, {
      productId: seen.product.id,
      files,
    })
  }
  return followed(baseOf(plan), product, seen, { wait: options.wait, isStopped: tools.stop.aborted })
}

/** Nothing is begun once the user has stopped the run, or its time is up. */
function notBegun(
  { stop, clock }: PublishTools,
  plan: ProductPlan,
  { beginUntil }: PublishOptions,
): ({ readonly is: 'settled' } & Applied) | undefined {
  if (!stop.aborted && clock.now() < beginUntil) return undefined
  const why: Pick<PublishedRow, 'message' | 'exit'> = stop.aborted
    ? { message: 'Not begun, because the run was stopped.', exit: 'stopped' }
    : { message: 'Not begun, because the time was up.' }
  return { is: 'settled', row: { ...baseOf(plan), outcome: 'not-sent', ...why }, diagnostics: [] }
}

/** What both sides agree on from now on; a help, so that what goes wrong with it stops nothing. */
async function remember(
  memory: Memory,
  product: Product,
  { material, revision }: ProductPlan,
  releaseId: string | undefined,
  made: { readonly productId?: string; readonly files?: readonly SentFile[] | undefined } = {},
): Promise<void> {
  const { key, version, contentDigest, bundle } = material
  // Of a bundle that was sent by another run, only that run knows the bytes.
  const files = made.files ?? (bundle === undefined ? material.files : undefined)
  if (releaseId === undefined || files === undefined) return
  const before = await memory.baseline(key)
  const productId = made.productId ?? before?.productId
  if (productId === undefined) return
  if (before?.contentDigest === contentDigest && before.releaseId === releaseId && before.revision === revision) return
  const ids = { key, productId, releaseId, version, contentDigest, revision }
  await memory.remember({ ...ids, manifest: { ...product.manifest }, files: files.map(withoutUpload) }).catch(() => {})
}

function withoutUpload({ uploadId: _, ...file }: SentFile): ReleaseFile {
  return file
}

function invalidOf(plan: ProductPlan): Applied {
  const message = 'Not sent, because of what was found in it.'
  return { row: { ...baseOf(plan), outcome: 'invalid', message }, diagnostics: [] }
}

/** The row of a product that is refused, or of a run in which another was. */
function held(plan: ProductPlan): Applied {
  const { decision } = plan
  const base = baseOf(plan)
  const row = (): PublishedRow => {
    if (decision.do === 'nothing') return { ...base, outcome: 'unchanged', releaseId: decision.releaseId }
    if (decision.do === 'refuse') {
      const { lost, lostFiles } = plan
      const undone = lost.length + lostFiles.length > 0 ? { lost, lostFiles } : {}
      return { ...base, outcome: 'refused', message: decision.why, hint: decision.hint, ...undone }
    }
    const message = 'Not sent, because another product of this run was refused.'
    return { ...base, outcome: 'not-sent', message, exit: 'conflict' }
  }
  return { row: row(), diagnostics: [] }
}
