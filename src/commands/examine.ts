/** Checks any number of manifests for `koo validate`: only what is found is kept, and what is known is not read again. */
import type { Finding, FramedDiagnostic } from '../model/diagnostic.ts'
import type { Verdict } from '../model/verdict.ts'
import type { World } from '../ports.ts'
import { build } from '../version.ts'
import type { Run } from './run.ts'
import type { Verdicts } from './verdicts.ts'

interface Examined {
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
  const known = verdicts === undefined ? paths.map(() => '') : await verdicts.find(paths)
  const unknown = paths.filter((_, index) => typeof known[index] === 'string')
  const next = await freshVerdicts(run, unknown, verdicts !== undefined)
  const files: string[] = []
  const diagnostics: FramedDiagnostic[] = []
  let suppressed = 0
  for (const [index, path] of paths.entries()) {
    const before = known[index]
    const verdict = typeof before === 'object' ? before : await next()
    if (typeof before === 'string') verdicts?.put(path, before, verdict)
    const file = run.files.shown(path)
    const others = run.between.add({ file, key: verdict.key, name: verdict.name })
    const each = others.length === 0 ? verdict : await besideOthers(run, path, others)
    files.push(file)
    if (each.diagnostics.length > 0) diagnostics.push(...each.diagnostics)
    suppressed += each.suppressed
  }
  await verdicts?.save()
  return { files, diagnostics, suppressed }
}

/** A function that gives the verdicts on the manifests one after the other. */
async function freshVerdicts(run: Run, paths: readonly string[], named: boolean): Promise<() => Promise<Verdict>> {
  if (paths.length === 0) return async () => nothing
  const { verdictsOn } = await import('./verdict.ts')
  const parts = verdictsOn(run, paths, { named })
  let part: readonly Verdict[] = []
  let at = 0
  return async () => {
    if (at === part.length) {
      part = (await parts.next()).value ?? []
      at = 0
    }
    return part[at++] ?? nothing
  }
}

const nothing: Verdict = { diagnostics: [], suppressed: 0 }

async function openVerdicts(world: World, { files, rulebook }: Run): Promise<Verdicts> {
  const { Verdicts } = await import('./verdicts.ts')
  const { cache } = await world.folders()
  const name = encodeURIComponent(files.absolute('.')).replaceAll('%', '_').slice(-120)
  return Verdicts.open(
    files,
    files.join(cache, 'verdicts', `${name}.json`),
    `${build} ${rulebook.basis}`,
    world.clock.now(),
  )
}

/** What other manifests of the run have to do with it is never remembered. */
async function besideOthers(run: Run, path: string, others: readonly Finding[]) {
  const { checkManifest } = await import('./manifests.ts')
  return checkManifest(run, path, others)
}
