/** Checks one manifest by itself. */
import { fileReferences, packageGlobs } from '../model/references.ts'
import type { Verdict } from '../model/verdict.ts'
import { checkManifest, identityOf } from './manifests.ts'
import type { Run } from './run.ts'

export async function verdictOn(run: Run, path: string): Promise<Verdict> {
  const { file, folder, value, diagnostics, suppressed } = await checkManifest(run, path)
  const { key, name } = identityOf(file, value)
  const named = fileReferences(value).map((each) => run.files.join(folder, each.file))
  return {
    diagnostics,
    suppressed,
    ...(key === undefined ? {} : { key }),
    ...(name === undefined ? {} : { name }),
    ...(packageGlobs(value) === undefined ? { named } : {}),
  }
}
