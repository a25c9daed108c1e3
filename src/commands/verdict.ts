/** Checks manifests, each by itself. */
import { fileReferences, packageGlobs } from '../model/references.ts'
import type { Verdict } from '../model/verdict.ts'
import { type CheckedManifest, checkManifest, checkText, identityOf } from './manifests.ts'
import type { Run } from './run.ts'

/**
 * So many are read before they are checked: one after the other, files are read several times as fast as between other
 * work. Small files only, so that they take a few megabytes at most.
 */
const readAhead = 256

/** In their order; the next ones are read when they are needed. */
export async function* verdictsOn(run: Run, paths: readonly string[]): AsyncGenerator<Verdict, undefined> {
  for (let start = 0; start < paths.length; start += readAhead) {
    const part = paths.slice(start, start + readAhead)
    const texts = await run.files.smallTexts(part)
    for (const [index, path] of part.entries()) {
      const text = texts[index]
      yield verdictOf(run, await (text === undefined ? checkManifest(run, path) : checkText(run, path, text)))
    }
  }
  return undefined
}

function verdictOf({ files }: Run, checked: CheckedManifest): Verdict {
  const { file, folder, value, diagnostics, suppressed } = checked
  const { key, name } = identityOf(file, value)
  const named = fileReferences(value).map((each) => files.join(folder, each.file))
  return {
    diagnostics,
    suppressed,
    ...(key === undefined ? {} : { key }),
    ...(name === undefined ? {} : { name }),
    ...(packageGlobs(value) === undefined ? { named } : {}),
  }
}
