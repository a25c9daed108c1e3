/** `koo validate --fix`: writes the mended texts of manifests, or shows what it would write. */
import { check } from '../check/check.ts'
import { difference } from '../check/difference.ts'
import { fixText } from '../check/fix.ts'
import { judge } from '../check/judge.ts'
import { readSource } from '../check/source.ts'
import type { FixedManifest } from '../model/outcome.ts'
import { schemaName } from '../model/own-names.ts'
import { methodOf } from '../model/references.ts'
import { schemaText } from '../scaffold/scaffold.ts'
import { folderOf } from './folder-of.ts'
import { factsOf } from './manifests.ts'
import type { Run } from './run.ts'

const modeline = `# yaml-language-server: $schema=./${schemaName}`

/** Manifests that need nothing are not among the result, and are not written. */
export async function fixManifests(
  run: Run,
  paths: readonly string[],
  options: { readonly dryRun: boolean },
): Promise<readonly FixedManifest[]> {
  const fixed: FixedManifest[] = []
  for (const path of paths) {
    const each = await fixManifest(run, path, options.dryRun)
    if (each !== undefined) fixed.push(each)
  }
  return fixed
}

async function fixManifest(run: Run, path: string, dryRun: boolean): Promise<FixedManifest | undefined> {
  const { files, rulebook } = run
  const file = files.shown(path)
  const folder = folderOf(path)
  const source = readSource(file, await files.read(path))
  const facts = await factsOf(run, source.value, folder)
  const examine = (text: string) => {
    const read = readSource(file, Buffer.from(text))
    const findings = read.diagnostics.length > 0 ? [] : judge(read.value, facts.files, facts.inPackage)
    return check(read, findings, (each) => rulebook.adjusted(path, each))
  }
  const { text, applied } = fixText(source.text, examine, { modeline })
  if (text === source.text) return undefined
  if (dryRun) return { file, changes: applied, diff: difference(file, source.text, text) }
  await files.write(path, text)
  await writeSchema(run, text, file, folder)
  return { file, changes: applied }
}

/** A first line that names a schema is of no use without the schema. */
async function writeSchema({ files }: Run, text: string, file: string, folder: string): Promise<void> {
  const path = files.join(folder, schemaName)
  if (!text.includes(`$schema=./${schemaName}`) || (await files.exists(path))) return
  const method = methodOf(readSource(file, Buffer.from(text)).value)
  if (method !== undefined) await files.write(path, schemaText(method))
}
