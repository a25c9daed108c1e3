/** `--needs-attention FILE`: written where somebody is needed, and taken away where nobody is any more. */
import { hasErrors } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import type { Outcome, PublishedRow } from '../model/outcome.ts'
import type { Files, World } from '../ports.ts'
import { aside } from '../publish/aside.ts'

/** @throws {Failure} (usage) where the report could not be written later. */
export async function refuseUnwritable(files: Files, file: string | undefined): Promise<void> {
  if (file === undefined) return
  const { kind } = (await files.entry(file)) ?? { kind: 'file' }
  if (kind !== 'file') {
    throw usage('bad-flag', `--needs-attention takes the name of a file, and ${files.shown(file)} is none.`)
  }
  // As the report will be: beside, then renamed.
  const trial = `${file}.trial`
  await files.write(trial, '', { spare: true })
  await files.removeFile(trial)
}

/** What goes wrong with it is told, and leaves the outcome as it is. */
export async function writeAttention(
  { files, emit }: Pick<World, 'files' | 'emit'>,
  file: string | undefined,
  outcome: Outcome,
): Promise<void> {
  const rows = rowsOf(outcome)
  if (file === undefined || rows === undefined) return
  const { attentionText } = await import('../publish/needs-attention.ts')
  const text = attentionText(file, rows, 'diagnostics' in outcome ? outcome.diagnostics : [])
  await aside(emit, async () => {
    if (text !== undefined) await files.write(file, text)
    else if (await files.exists(file)) await removeReport(files, file)
  })
}

async function removeReport(files: Files, file: string): Promise<void> {
  const { attentionBeginning, isAttentionText } = await import('../publish/needs-attention.ts')
  const beginning = Buffer.from(await files.slice(file, 0, attentionBeginning)).toString('utf8')
  if (isAttentionText(beginning)) return files.removeFile(file)
  throw usage('not-a-report', `${files.shown(file)} is no report of koo’s, and stays; nothing needs a person.`)
}

/** What became of each product; of manifests that were only checked, those with errors. */
function rowsOf(outcome: Outcome): readonly PublishedRow[] | undefined {
  if (outcome.is === 'published') return outcome.rows
  if (outcome.is !== 'validated') return undefined
  const wrong = new Set(outcome.diagnostics.filter((each) => hasErrors([each])).map(({ file }) => file))
  return [...wrong].map((file) => ({ file, outcome: 'invalid' }))
}
