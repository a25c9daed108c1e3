/** What planning needs beside the products: flags, files, the marketplace and what koo remembers of it. */
import { usage } from '../model/failure.ts'
import type { Files, World } from '../ports.ts'
import type { PlanOptions, PlanTools } from '../publish/plan.ts'
import type { SavedPlan } from '../publish/saved-plan.ts'
import type { OptionValues } from './command.ts'
import type { Market } from './market.ts'

/** Products read and looked up at once. */
export const defaultJobs = 4

export const planFlags = {
  resubmit: { flag: '--resubmit', about: 'hand a rejected release in again although nothing changed' },
  overwrite: { flag: '--overwrite', about: 'undo what was changed on the marketplace since koo last knew it' },
  allowRemovals: { flag: '--allow-removals', about: 'remove specifications from sale, which is final' },
} as const

type Given = OptionValues<typeof planFlags>

export function planOptionsOf({ resubmit, overwrite, allowRemovals }: Given): PlanOptions {
  return { resubmit: resubmit ?? false, overwrite: overwrite ?? false, allowRemovals: allowRemovals ?? false }
}

export async function planToolsOf(world: World, market: Market, jobs = defaultJobs): Promise<PlanTools> {
  const { recordsOf } = await import('./records.ts')
  const { memory } = await recordsOf(world, market)
  const { files, clock, stop } = world
  const byHand = market.byHand ? { byHand: true as const } : {}
  return { files, marketplace: market.marketplace, memory, clock, jobs, stop, ...byHand }
}

/** What a run is about: manifests at paths, or those of a saved plan with the options it was made with. */
export interface Wanted {
  readonly paths: readonly string[]
  readonly options: PlanOptions
  readonly saved?: SavedPlan
}

/** @throws {Failure} (usage) where paths or flags beside a saved plan would make it another plan. */
export async function wantedBy(files: Files, paths: readonly string[], given: Given): Promise<Wanted> {
  const { readSavedPlan } = await import('../publish/saved-plan.ts')
  for (const path of paths) {
    if (!path.endsWith('.json') || !(await files.exists(path)) || (await files.isFolder(path))) continue
    const saved = readSavedPlan(new TextDecoder().decode(await files.read(path)))
    if (saved === undefined) continue
    if (paths.length > 1) throw usage('contradiction', `${path} is a saved plan, which takes no paths beside it.`)
    const flag = Object.entries(planFlags).find(([name]) => given[name as keyof Given] !== undefined)?.[1].flag
    if (flag !== undefined) {
      throw usage('contradiction', `${flag} contradicts ${path}: a saved plan keeps the options it was made with.`)
    }
    return { paths: saved.products.map(({ file }) => file), options: saved.options, saved }
  }
  return { paths, options: planOptionsOf(given) }
}
