/** What the manifests of one run share. */
import { Between } from '../check/rules/between.ts'
import type { FileFact } from '../model/file-fact.ts'
import type { Files } from '../ports.ts'
import { noRulebook, type Rulebook } from './workspace.ts'

export interface Run {
  readonly files: Files
  readonly rulebook: Rulebook
  readonly between: Between
  /** Facts by path: the products of one folder often share a logo. */
  readonly facts: Map<string, FileFact>
}

export function startRun(files: Files, rulebook: Rulebook = noRulebook): Run {
  return { files, rulebook, between: new Between(), facts: new Map() }
}
