/** Checks manifests, each by itself. */
import { fileReferences, packageGlobs } from '../model/references.ts'
import type { Verdict } from '../model/verdict.ts'
import { type CheckedManifest, checkManifest, checkText, identityOf } from './manifests.ts'
import type { Run } from './run.ts'

/**
 * So many are read before they are checked: one after the other, files are read several times as fast as between other
 * work. Small files only, so that they take a few megabytes at most.
 */
const readAhead = 64

/**
 * In their order, part by part; the next ones are read when they are needed. `named` is left out where nobody will ask
 * what they depend on.
 */
export async function* verdictsOn(
  run: Run,
  paths: readonly string[],
  options: { readonly named: boolean },
): AsyncGenerator<readonly Verdict[]> {
  for (let start = 0; start < paths.length; start += readAhead) {
    const part = paths.slice(start, start + readAhead)
    const texts = await run.files.smallTexts(part)
    const verdicts: Verdict[] = []
    for (const [index, path] of part.entries()) {
      const text = texts[index]
      const checked = await (text === undefined ? checkManifest(run, path) : checkText(run, path, text))
      verdicts.push(verdictOf(run, checked, options.named))
    }
    yield verdicts
  }
}

function verdictOf({ files }: Run, checked: CheckedManifest, wantsNamed: boolean): Verdict {
  const { file, folder, value, diagnostics, suppressed } = checked
  const { key, name } = identityOf(file, value)
  const verdict = {
    diagnostics,
    suppressed,
    ...(key === undefined ? {} : { key }),
    ...(name === undefined ? {} : { name }),
  }
  // A package depends on all of its folder.
  if (!wantsNamed || packageGlobs(value) !== undefined) return verdict
  return { ...verdict, named: fileReferences(value).map((each) => files.join(folder, each.file)) }
}
