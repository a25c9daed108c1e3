/** Checks any number of manifests for `koo validate`: only what is found is kept, and what is known is not read again. */
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { fileReferences, packageGlobs } from '../model/references.ts'
import type { World } from '../ports.ts'
import { build } from '../version.ts'
import { type CheckedManifest, checkManifest, identityOf, type Run } from './manifests.ts'
import { Verdicts } from './verdicts.ts'

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
  const diagnostics: FramedDiagnostic[] = []
  const files: string[] = []
  let suppressed = 0
  for (const path of paths) {
    const each = (await remembered(run, path, verdicts)) ?? (await fresh(run, path, verdicts))
    files.push(run.files.shown(path))
    diagnostics.push(...each.diagnostics)
    suppressed += each.suppressed
  }
  await verdicts?.save()
  return { files, diagnostics, suppressed }
}

async function openVerdicts(world: World, { files, rulebook }: Run): Promise<Verdicts> {
  const { cache } = await world.folders()
  const name = encodeURIComponent(files.absolute('.')).replaceAll('%', '_').slice(-120)
  return Verdicts.open(files, files.join(cache, 'verdicts', `${name}.json`), `${build} ${rulebook.text}`)
}

/** What other manifests of the run have to do with it is never remembered. */
async function remembered(run: Run, path: string, verdicts: Verdicts | undefined) {
  const verdict = await verdicts?.find(path)
  return verdict !== undefined && run.between.add(verdict.identity).length === 0 ? verdict : undefined
}

async function fresh(run: Run, path: string, verdicts: Verdicts | undefined): Promise<CheckedManifest> {
  const stamp = await verdicts?.stamp(path)
  const checked = await checkManifest(run, path)
  const { file, folder, value, diagnostics, suppressed } = checked
  const identity = identityOf(file, value)
  const isAlone = packageGlobs(value) === undefined && run.between.add(identity).length === 0
  if (verdicts !== undefined && stamp !== undefined && isAlone) {
    const named = fileReferences(value).map((each) => run.files.join(folder, each.file))
    await verdicts.put(path, stamp, named, { identity, diagnostics, suppressed })
  }
  return checked
}
