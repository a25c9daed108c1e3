/** `--accept-remote`: what was changed on the marketplace is written into the manifests here, so that the run can go on. */
import { stopped } from '../model/failure.ts'
import type { FieldChange, LostChange, ProductPlan } from '../model/plan.ts'
import type { ManifestData, RemoteRelease } from '../model/release.ts'
import type { World } from '../ports.ts'
import { changesBetween } from '../publish/changes.ts'
import { type PlanTools, remembrance } from '../publish/plan.ts'
import { releasesOf, steadily } from '../publish/steady.ts'
import { merged } from '../publish/three-way.ts'
import { updatedText } from '../scaffold/manifest-update.ts'
import { manifestHere } from './here.ts'

export interface AcceptedManifest {
  /** As the user would name it. */
  readonly file: string
  readonly key: string
  /** What was taken over; `here` is what it took the place of. */
  readonly changes: readonly LostChange[]
}

/**
 * Merges into the manifests of plans that would undo something; where both sides changed a field, the marketplace's
 * stays. Tells each field. The manifests have to be read, checked and planned again afterwards.
 */
export async function acceptRemote(
  world: Pick<World, 'emit'>,
  tools: Omit<PlanTools, 'jobs'>,
  plans: readonly ProductPlan[],
): Promise<readonly AcceptedManifest[]> {
  const edited = plans.filter(({ lost }) => lost.length > 0)
  const products = await tools.marketplace.productsByKey(edited.map(({ material }) => material.key))
  const accepted: AcceptedManifest[] = []
  for (const plan of edited) {
    const { file, lost, material } = plan
    const product = products.get(material.key)
    if (product === undefined) continue
    if (tools.stop.aborted) throw stopped()
    const merge = await steadily(tools, product, async (seen) =>
      taken(tools, plan, await releasesOf(tools.marketplace, seen)),
    )
    if (merge === undefined) continue
    accepted.push({ file, key: material.key, changes: lost })
    for (const change of merge.changes) world.emit({ is: 'notice', text: `${file}: ${told(change, merge.both)}` })
  }
  return accepted
}

/** Lists are merged, so that what was added here stays in them. */
function told({ path, was, becomes }: FieldChange, both: readonly string[]): string {
  if (both.includes(path)) {
    return `${path} is now as on the marketplace.${was === undefined ? '' : ` What was here gave way: ${JSON.stringify(was)}`}`
  }
  return Array.isArray(was) && Array.isArray(becomes)
    ? `${path} now has what was changed on the marketplace.`
    : `${path} is now as on the marketplace.`
}

/** What was written into the manifest; undefined where it was not there to be changed. */
async function taken(
  tools: Pick<PlanTools, 'files' | 'marketplace' | 'memory'>,
  { file, material }: ProductPlan,
  releases: readonly RemoteRelease[],
): Promise<{ readonly changes: readonly FieldChange[]; readonly both: readonly string[] } | undefined> {
  const here = await manifestHere(tools.files, file)
  if (here.manifest === undefined) return undefined
  const remembered = await remembrance(tools, material.key, material.contentDigest, releases)
  const onSale = releases.find(({ state }) => state === 'on-sale')
  let mine: ManifestData = here.manifest
  const both: string[] = []
  for (const release of new Set([onSale, releases[0]])) {
    const base = release && (await remembered.base(release))
    if (release === undefined || base === undefined) continue
    const merge = merged(base, (await remembered.content(release)).manifest, mine)
    mine = merge.manifest
    both.push(...merge.both)
  }
  await tools.files.write(file, updatedText(here.text, here.file, mine))
  return { changes: changesBetween(here.manifest, mine), both }
}
