/** The workspace a run belongs to: its `koo.config.yaml`, found upwards from the working directory or named. */
import type { RuleSetting, Workspace } from '../check/workspace.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import { usage } from '../model/failure.ts'
import { workspaceName } from '../model/own-names.ts'
import type { Files } from '../ports.ts'
import { folderOf } from './folder-of.ts'

export interface Rulebook {
  /** The manifest is left alone unless it is named itself. */
  readonly isIgnored: (path: string) => boolean
  /** Findings with the levels the workspace gives them; those it switches off are gone. */
  readonly adjusted: (path: string, diagnostics: readonly FramedDiagnostic[]) => readonly FramedDiagnostic[]
  /** Tells whether verdicts made under another rulebook still hold. */
  readonly basis: string
}

export const noRulebook: Rulebook = { isIgnored: () => false, adjusted: (_, diagnostics) => diagnostics, basis: '' }

/** @throws {Failure} usage, with file, line and column, where the file says what it should not. */
export async function openRulebook(files: Files, named: string | undefined): Promise<Rulebook> {
  const path = named ?? (await findUpwards(files))
  if (path === undefined) return noRulebook
  const text = new TextDecoder().decode(await files.read(path))
  const { rules, ignore } = await readOrFail(text, files.shown(path))
  const folder = folderOf(path)
  const isIgnored = ignore.length === 0 ? () => false : await files.below(folder, ignore)
  const settings = new Map<string, Setting>()
  for (const rule of rules) settings.set(rule.code, await settingOf(files, folder, rule))
  return {
    isIgnored,
    basis: `${files.absolute(path)} ${text}`,
    adjusted: (file, diagnostics) =>
      settings.size === 0 ? diagnostics : diagnostics.flatMap((each) => adjust(each, file, settings.get(each.code))),
  }
}

interface Setting extends RuleSetting {
  readonly isFree: (path: string) => boolean
}

async function settingOf(files: Files, folder: string, rule: RuleSetting): Promise<Setting> {
  return { ...rule, isFree: rule.ignore.length === 0 ? () => false : await files.below(folder, rule.ignore) }
}

function adjust(diagnostic: FramedDiagnostic, file: string, setting: Setting | undefined): readonly FramedDiagnostic[] {
  if (setting === undefined) return [diagnostic]
  if (setting.level === 'off' || setting.isFree(file)) return []
  return [setting.level === undefined ? diagnostic : { ...diagnostic, severity: setting.level }]
}

/** No further than the repository the working directory lies in. */
async function findUpwards(files: Files): Promise<string | undefined> {
  let folder = files.absolute('.')
  for (;;) {
    const path = files.join(folder, workspaceName)
    if (await files.exists(path)) return path
    const parent = folderOf(folder)
    if (parent === folder || (await files.exists(files.join(folder, '.git')))) return undefined
    folder = parent
  }
}

async function readOrFail(text: string, shown: string): Promise<Workspace> {
  const { readWorkspace, WorkspaceTrouble } = await import('../check/workspace.ts')
  try {
    return readWorkspace(text)
  } catch (error) {
    if (!(error instanceof WorkspaceTrouble)) throw error
    throw usage('bad-config', `${shown}:${error.line}:${error.column} ${error.message}`, error.hint)
  }
}
