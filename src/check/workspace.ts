/** `koo.config.yaml`: which findings a team takes how seriously, and which manifests it leaves alone. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { Severity } from '../model/diagnostic-codes.ts'
import {
  type DiagnosticCode,
  diagnosticCodeNames,
  isAdjustable,
  isDiagnosticCode,
  whyNotAdjustable,
} from '../model/diagnostic-codes.ts'
import { suggest } from './suggest.ts'

export type Level = Severity | 'off'
const levels: readonly string[] = ['off', 'warning', 'error'] satisfies readonly Level[]

export interface RuleSetting {
  readonly code: DiagnosticCode
  readonly level?: Level
  /** Globs of manifests the code does not apply to, relative to the file's folder. */
  readonly ignore: readonly string[]
}

export interface Workspace {
  readonly rules: readonly RuleSetting[]
  /** Globs of manifests that are not checked when a folder or a glob is given. */
  readonly ignore: readonly string[]
}

const noWorkspace: Workspace = { rules: [], ignore: [] }

/** What is wrong with the file, where, and how to mend it. */
export class WorkspaceTrouble extends Error {
  readonly line: number
  readonly column: number
  readonly hint: string | undefined

  constructor(message: string, place: { readonly line: number; readonly col: number }, hint?: string) {
    super(message)
    this.line = place.line
    this.column = place.col
    this.hint = hint
  }
}

/** @throws {WorkspaceTrouble} for anything the file should not say. */
export function readWorkspace(text: string): Workspace {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const place = (offset: number) => counter.linePos(offset)
  const [error] = document.errors
  if (error) throw new WorkspaceTrouble(error.message, place(error.pos[0]))
  const at = (node: unknown) => place((node as Node | null)?.range?.[0] ?? 0)
  const reader = new Reader(at)
  if (document.contents === null) return noWorkspace
  const found: { rules: readonly RuleSetting[]; ignore: readonly string[] } = { ...noWorkspace }
  for (const { name, value } of reader.entries(document.contents, ['rules', 'ignore'])) {
    if (name === 'rules') found.rules = reader.rules(value)
    else found.ignore = reader.globs(value)
  }
  return found
}

type At = (node: unknown) => { readonly line: number; readonly col: number }

/** Reads nodes, and complains about them at their place. */
class Reader {
  readonly #at: At

  constructor(at: At) {
    this.#at = at
  }

  entries(node: unknown, known?: readonly string[]): readonly { name: string; key: unknown; value: unknown }[] {
    if (!isMap(node)) throw new WorkspaceTrouble('This must be a mapping.', this.#at(node))
    return node.items.map(({ key, value }: Pair) => {
      const name = isScalar(key) ? String(key.value) : ''
      if (known === undefined || known.includes(name)) return { name, key, value }
      throw new WorkspaceTrouble(`There is no setting \`${name}\`.`, this.#at(key), meant(name, known))
    })
  }

  rules(node: unknown): readonly RuleSetting[] {
    return this.entries(node).map(({ name, key, value }) => {
      if (!isDiagnosticCode(name)) {
        throw new WorkspaceTrouble(`There is no code \`${name}\`.`, this.#at(key), meant(name, diagnosticCodeNames))
      }
      const setting = isMap(value) ? this.#setting(name, value) : { code: name, level: this.#level(value), ignore: [] }
      if (isAdjustable(name)) return setting
      const message = `\`${name}\` cannot be changed: ${whyNotAdjustable(name)}.`
      throw new WorkspaceTrouble(message, this.#at(key), 'Leave it out.')
    })
  }

  globs(node: unknown): readonly string[] {
    if (!isSeq(node)) throw new WorkspaceTrouble('This must be a list of globs.', this.#at(node))
    return node.items.map((item) => {
      if (isScalar(item) && typeof item.value === 'string' && item.value !== '') return item.value
      throw new WorkspaceTrouble('This must be a glob such as drafts/**.', this.#at(item))
    })
  }

  #setting(code: DiagnosticCode, node: unknown): RuleSetting {
    let setting: RuleSetting = { code, ignore: [] }
    for (const { name, value } of this.entries(node, ['level', 'ignore'])) {
      setting = name === 'level' ? { ...setting, level: this.#level(value) } : { ...setting, ignore: this.globs(value) }
    }
    return setting
  }

  #level(node: unknown): Level {
    const value = isScalar(node) ? String(node.value) : ''
    if (levels.includes(value)) return value as Level
    throw new WorkspaceTrouble(
      `A level is off, warning or error, not \`${value}\`.`,
      this.#at(node),
      meant(value, levels),
    )
  }
}

function meant(word: string, words: readonly string[]): string | undefined {
  const likely = suggest(word, words)
  if (likely !== undefined) return `Did you mean \`${likely}\`?`
  return words.length > 10 ? '`koo explain --all` lists them.' : `Possible: ${words.join(', ')}.`
}
