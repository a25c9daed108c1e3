/** A plan in a file: written by `koo plan --out`, read by `koo publish`, which does exactly that or nothing. */
import { canonical } from '../model/content-digest.ts'
import { Failure, usage } from '../model/failure.ts'
import { type Decision, type ProductPlan, sends } from '../model/plan.ts'
import { valueAt } from '../model/pointer.ts'
import { refuse } from './decide.ts'
import type { PlanOptions } from './plan.ts'

/** The format of saved plans this koo reads and writes. */
const savedFormat = 1

export interface SavedPlan {
  /** Version of the koo that made it. */
  readonly koo: string
  readonly marketplace: string
  /** Id of the account it was made with. */
  readonly account: string
  /** When, as RFC 3339 writes it. */
  readonly created: string
  readonly options: PlanOptions
  readonly products: readonly ProductPlan[]
}

export function savedPlanText(plan: SavedPlan): string {
  const { koo, marketplace, account, created, options, products } = plan
  return `${JSON.stringify({ format: savedFormat, koo, marketplace, account, created, options, products }, null, 2)}\n`
}

/**
 * The plan a text holds; undefined where it is something else, such as a manifest.
 *
 * @throws {Failure} (usage) for a plan of a newer koo, and for one that is damaged.
 */
export function readSavedPlan(text: string): SavedPlan | undefined {
  const value = jsonOf(text)
  const format = valueAt(value, ['format'])
  if (typeof format !== 'number' || valueAt(value, ['products']) === undefined) return undefined
  if (format !== savedFormat) {
    throw usage(
      'plan-format',
      `This plan has format ${format}, and this koo knows format ${savedFormat}.`,
      `It was made by koo ${String(valueAt(value, ['koo']))}; use that, or plan again.`,
    )
  }
  if (isSavedPlan(value)) return value
  throw damaged()
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // As `savedPlanText` begins.
    if (/^\s*\{\s*"format": \d+,\s*"koo": /.test(text)) throw damaged()
    return undefined
  }
}

function damaged(): Failure {
  return usage('plan-damaged', 'This plan is damaged.', 'Make it again with `koo plan --out`.')
}

const texts = ['koo', 'marketplace', 'account', 'created'] as const
const switches = ['resubmit', 'overwrite', 'allowRemovals'] as const

function isSavedPlan(value: unknown): value is SavedPlan {
  const products = valueAt(value, ['products'])
  return (
    texts.every((key) => typeof valueAt(value, [key]) === 'string') &&
    switches.every((key) => typeof valueAt(value, ['options', key]) === 'boolean') &&
    Array.isArray(products) &&
    products.length > 0 &&
    products.every(isProductPlan)
  )
}

const planTexts = [
  ['file'],
  ['material', 'key'],
  ['material', 'version'],
  ['material', 'contentDigest'],
  ['decision', 'do'],
]

function isProductPlan(value: unknown): value is ProductPlan {
  return (
    planTexts.every((path) => typeof valueAt(value, path) === 'string') &&
    typeof valueAt(value, ['revision']) === 'number'
  )
}

/** @throws {Failure} (conflict) where a plan was made for another marketplace or account than the one at hand. */
export function refuseElsewhere(
  saved: SavedPlan,
  here: { readonly marketplace: string; readonly account: string },
): void {
  const other = saved.marketplace !== here.marketplace ? 'marketplace' : 'account'
  if (saved[other] === here[other]) return
  throw new Failure({
    code: 'plan-elsewhere',
    exit: 'conflict',
    message: `The plan is for the ${other} ${saved[other]}, and this is ${here[other]}; nothing was sent.`,
    hint: 'Plan again for this one, or name the other with --marketplace and its keys.',
  })
}

/**
 * The fresh plans of a saved one's manifests, refusing each whose files or product on the marketplace moved. What needs
 * nothing any more may go on: an earlier run of the same plan sent it.
 */
export function heldTo(saved: SavedPlan, fresh: readonly ProductPlan[]): readonly ProductPlan[] {
  const planned = new Map(saved.products.map((each) => [each.material.key, each]))
  return fresh.map((each) => ({ ...each, decision: heldDecision(planned.get(each.material.key), each) }))
}

function heldDecision(planned: ProductPlan | undefined, fresh: ProductPlan): Decision {
  const { material, decision, revision } = fresh
  const name = `${material.key} ${material.version}`
  if (planned === undefined) return moved(`${name} is not in the plan`)
  if (planned.material.contentDigest !== material.contentDigest) return moved(`${name} changed since it was planned`)
  if (!sends(fresh)) return decision
  if (planned.revision === revision && canonical(planned.decision) === canonical(decision)) return decision
  return moved(
    planned.decision.do === decision.do
      ? `${material.key} changed on the marketplace since it was planned`
      : `${material.key} changed on the marketplace since it was planned: it would be \`${decision.do}\`, not \`${planned.decision.do}\``,
  )
}

function moved(why: string): Decision {
  return refuse(`${why}.`, 'Plan again, and look at what differs.')
}
