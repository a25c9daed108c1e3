/** Checks any number of manifests for `koo validate`: only what is found is kept, and what is known is not read again. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { Verdict } from '../model/verdict.ts'
import type { World } from '../ports.ts'
import { build } from '../version.ts'
import type { Run } from './run.ts'
import type { Verdicts } from './verdicts.ts'

export interface Examined {
  readonly files: readonly string[]
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly suppressed: number
}

/** With fewer manifests the cache costs more than it saves. */
const worthCaching = 50

export async function examine(
  world: World,
  run: Run,
  paths: readonly string[],
  options: { readonly cache: boolean },
): Promise<Examined> {
  const verdicts = options.cache && paths.length >= worthCaching ? await openVerdicts(world, run) : undefined
  const files: string[] = []
  const diagnostics: FramedDiagnostic[] = []
  let suppressed = 0
  for (const path of paths) {
    const verdict = (await verdicts?.find(path)) ?? (await fresh(run, path, verdicts))
    const each = await beside(run, path, verdict)
    files.push(run.files.shown(path))
    diagnostics.push(...each.diagnostics)
    suppressed += each.suppressed
  }
  await verdicts?.save()
  return { files, diagnostics, suppressed }
}

async function openVerdicts(world: World, { files, rulebook }: Run): Promise<Verdicts> {
  const { Verdicts } = await import('./verdicts.ts')
  const { cache } = await world.folders()
  const name = encodeURIComponent(files.absolute('.')).replaceAll('%', '_').slice(-120)
  return Verdicts.open(files, files.join(cache, 'verdicts', `${name}.json`), `${build} ${rulebook.text}`)
}

async function fresh(run: Run, path: string, verdicts: Verdicts | undefined): Promise<Verdict> {
  // Its stamp is taken before it is read.
  await verdicts?.stamp(path)
  const { verdictOn } = await import('./verdict.ts')
  const verdict = await verdictOn(run, path)
  await verdicts?.put(path, verdict)
  return verdict
}

/** The verdict, and what other manifests of the run have to do with it, which is never remembered. */
async function beside(run: Run, path: string, verdict: Verdict): Promise<Pick<Verdict, 'diagnostics' | 'suppressed'>> {
  const { key, name } = verdict
  const others = run.between.add({ file: run.files.shown(path), key, name })
  if (others.length === 0) return verdict
  const { checkManifest } = await import('./manifests.ts')
  return checkManifest(run, path, others)
}
