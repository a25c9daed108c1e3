/** Publishes the products of one run: everything that can refuse first, then several at once. */
import limiter from 'p-limit'
import { type FramedDiagnostic, hasErrors } from '../model/diagnostic.ts'
import type { Outcome } from '../model/outcome.ts'
import { type ProductPlan, sends } from '../model/plan.ts'
import type { Images } from '../ports.ts'
import { type Applied, type ApplyTools, apply } from './apply.ts'
import { unusableImages } from './images.ts'
import { type PlanOptions, type PlanTools, planProducts } from './plan.ts'
import type { Product } from './product.ts'
import { heldTo, type SavedPlan } from './saved-plan.ts'

export interface PublishTools extends ApplyTools {
  readonly images: Images
  readonly memory: PlanTools['memory']
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
  /** The plan that is to be carried out, and nothing else. */
  readonly saved?: SavedPlan | undefined
}

/** With an unusable image or a conflict anywhere, nothing is sent for the others either. */
export async function publishMany(
  tools: PublishTools,
  products: readonly Product[],
  options: PublishOptions,
): Promise<Outcome> {
  const fresh = await planProducts({ ...tools, jobs: options.jobs }, products, options)
  const plans = options.saved === undefined ? fresh : heldTo(options.saved, fresh)
  const planned = products.map((product, index) => ({ product, plan: plans[index] as ProductPlan }))
  const limit = limiter(options.jobs)
  const sent = planned.filter((each) => sends(each.plan)).map(({ product }) => product)
  const unusable = await Promise.all(sent.map((product) => limit(() => unusableImages(tools.images, product))))
  const found = unusable.flat()
  // With an error already, nothing is sent anyway. One after the other: a scanner takes all processors.
  if (!hasErrors(found)) for (const product of sent) found.push(...(await tools.gate(product)))
  if (hasErrors(found)) return { is: 'validated', files: products.map(({ file }) => file), diagnostics: found }

  const refused = plans.some(({ decision }) => decision.do === 'refuse')
  if (!refused && !(await tools.confirm(plans))) return { is: 'declined' }
  try {
    const applied = await Promise.all(
      planned.map((each) => limit(async () => (refused ? held(each.plan) : apply(tools, each.product, each.plan)))),
    )
    const diagnostics = [...found, ...applied.flatMap((each) => each.diagnostics)]
    return { is: 'published', marketplace: tools.name, rows: applied.map((each) => each.row), diagnostics }
  } finally {
    await tools.files.remove(tools.scratch)
  }
}

/** The row of a product of a run in which something was refused. */
function held({ file, material, decision }: ProductPlan): Applied {
  const { key, version, method } = material
  const base = { key, version, method, file }
  const row = (): Applied['row'] => {
    if (decision.do === 'nothing') return { ...base, outcome: 'unchanged', releaseId: decision.releaseId }
    if (decision.do === 'refuse') return { ...base, outcome: 'refused', message: decision.why, hint: decision.hint }
    return { ...base, outcome: 'refused', message: 'Not sent, because another product of this run was refused.' }
  }
  return { row: row(), diagnostics: [] }
}
