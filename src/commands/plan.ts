/** `koo plan`: what `koo publish` would do. */
import { usage } from '../model/failure.ts'
import type { Files } from '../ports.ts'
import { version } from '../version.ts'
import { command } from './command.ts'
import { handOversOf, manifestsOf } from './hand-overs.ts'
import { isByHand, marketplaceOptions, withMarket } from './market.ts'
import { planFlags, planOptionsOf, planToolsOf } from './planning.ts'

export const plan = command({
  name: 'plan',
  summary: 'show what publishing would do, field by field; sends nothing',
  about:
    'Compares manifests and files with the marketplace: what would change for buyers, what is uploaded, what cannot be done. What was changed on the marketplace meanwhile, and would be undone, is refused with exit code 4, and so is what is final. With --out, `koo publish FILE` sends exactly this plan, or nothing where files or marketplace moved since.',
  arguments: '[paths...]',
  options: {
    ...marketplaceOptions,
    ...planFlags,
    out: { flag: '--out <file>', about: 'save the plan, for `koo publish FILE`' },
    exitCode: {
      flag: '--exit-code',
      about: 'exit with 1 where there is something to do, with 0 where there is nothing',
    },
  },
  examples: [
    'koo plan examples',
    'koo plan products --out plan.json',
    'koo plan "products/*" --exit-code',
    'koo plan --marketplace https://market.your-company.com --json',
  ],
  async run({ arguments: paths, options: given }, world) {
    if (given.out !== undefined) await refuseOverwriting(world.files, given.out)
    if (given.out !== undefined && isByHand(world.environment, given)) {
      throw usage('contradiction', '--out saves a plan for `koo publish`, and this one a person carries out.')
    }
    const { readProducts } = await import('./manifests.ts')
    const read = await readProducts(world.files, paths)
    if (read.is === 'unsound') return { is: 'validated', files: read.files, diagnostics: read.diagnostics }
    const { planProducts } = await import('../publish/plan.ts')
    const options = planOptionsOf(given)
    const exitCode = given.exitCode ?? false
    return withMarket(world, given, async (market) => {
      const products = await planProducts(await planToolsOf(world, market), read.products, options)
      const plan = { marketplace: market.name, ...(market.byHand && { byHand: true as const }), products }
      const byHand = await handOversOf(world, market, manifestsOf(read.products))
      const planned = { is: 'planned', plan, exitCode, ...byHand } as const
      if (given.out === undefined) return planned
      const { savedPlanText } = await import('../publish/saved-plan.ts')
      const { id: account } = await market.marketplace.account()
      const created = new Date(world.clock.now()).toISOString()
      const saved = { koo: version, marketplace: market.name, account, created, options, products }
      await world.files.write(given.out, savedPlanText(saved))
      return { ...planned, saved: world.files.shown(given.out) }
    })
  },
})

/** A plan goes to a file of its own, which `koo publish` tells from a manifest. */
async function refuseOverwriting(files: Files, out: string): Promise<void> {
  if (!out.endsWith('.json')) throw usage('bad-flag', `--out takes a file ending in .json, not \`${out}\`.`)
  if (!(await files.exists(out))) return
  const { readSavedPlan } = await import('../publish/saved-plan.ts')
  const isPlan = !(await files.isFolder(out)) && readSavedPlan(new TextDecoder().decode(await files.read(out)))
  if (!isPlan) throw usage('file-there', `${files.shown(out)} is there, and no plan; it is not overwritten.`)
}
