/** A hand-over: what a person enters in Seller Console, step by step, as data. The page and `handoff.json` are made of it. */
import type { ConsoleStep } from './console-form.ts'
import type { DeliveryMethod } from './delivery-methods.ts'
import type { Severity } from './diagnostic-codes.ts'

/** The format of `handoff.json`. */
export const handoffFormat = 1
/** What tells the folder of a hand-over from any other. */
export const handoffName = 'handoff.json'

/** A page of KooGallery's. */
export interface HandoffSource {
  readonly title: string
  readonly address: string
  /** Whose page it is, where it is not that of the international site. */
  readonly site?: 'europe' | 'china'
}

export interface HandoffNote {
  readonly text: string
  readonly source?: HandoffSource
  /** Concluded from the page, not said there. */
  readonly inferred?: true
}

export interface HandoffWarning {
  readonly severity: Severity
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** As in koo.yaml:12:3. */
  readonly where: string
}

/** Something to be done or entered, with a tick box. */
interface Tickable {
  /** Unique in the hand-over. */
  readonly id: string
  /** Differs where what is to be done or entered differs. */
  readonly digest: string
}

export interface HandoffField extends Tickable {
  readonly is: 'field'
  /** JSON Pointer into the manifest. */
  readonly path: string
  readonly label: string
  /** The page that names the field so; left out, the label is koo's own title. */
  readonly named?: HandoffSource
  /** What is entered: a text, the name of a file in the folder, or what is chosen. */
  readonly value: string
  readonly how: 'text' | 'lines' | 'choose' | 'file'
  /** As koo.yaml has it, where that is another; left out where it has nothing. */
  readonly written?: string
  /** How long or large it is, and what is known of limits. */
  readonly size?: string
  readonly notes: readonly HandoffNote[]
  readonly warnings: readonly HandoffWarning[]
  /** That it cannot be changed after the release. */
  readonly fixed?: HandoffNote
}

export interface HandoffCell {
  readonly path: string
  readonly value: string
  /** koo.yaml leaves it out: `value` is what that means and is entered, or `words` that only say it. */
  readonly leftOut?: 'value' | 'words'
}

export interface HandoffTable {
  readonly is: 'table'
  readonly path: string
  readonly title: string
  readonly named?: HandoffSource
  /** `unit`: what its numbers are, as in "US dollars a month". */
  readonly columns: readonly { readonly label: string; readonly named?: HandoffSource; readonly unit?: string }[]
  readonly rows: readonly (Tickable & {
    /** A cell of each column; undefined where the manifest has nothing there. */
    readonly cells: readonly (HandoffCell | undefined)[]
  })[]
  readonly notes: readonly HandoffNote[]
  readonly warnings: readonly HandoffWarning[]
}

/** Several entries under a heading. */
export interface HandoffPart {
  readonly is: 'part'
  readonly path: string
  readonly title: string
  readonly notes: readonly HandoffNote[]
  readonly warnings: readonly HandoffWarning[]
  readonly entries: readonly HandoffEntry[]
}

export type HandoffEntry = HandoffField | HandoffTable | HandoffPart

/** `command`: what is typed for it. */
export type HandoffTask = Tickable & HandoffNote & { readonly command?: string }

export interface HandoffStep {
  readonly id: ConsoleStep
  readonly title: string
  readonly tasks: readonly HandoffTask[]
  readonly notes: readonly HandoffNote[]
  readonly entries: readonly HandoffEntry[]
  /** Each completes "KooGallery’s public pages do not say". */
  readonly unknown: readonly string[]
}

export interface HandoffFile {
  /** In the folder, as in files/logo.png. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Where the manifest names it, or what is packed. */
  readonly field: string
}

export interface Handoff {
  readonly format: typeof handoffFormat
  /** The version of koo that made it. */
  readonly koo: string
  readonly key: string
  readonly name: string
  readonly version: string
  readonly method: DeliveryMethod
  /** The sites whose Seller Consoles it is entered in, by name. */
  readonly sites: readonly string[]
  readonly steps: readonly HandoffStep[]
  readonly files: readonly HandoffFile[]
  /** What cannot be changed after the release. */
  readonly final: readonly HandoffNote[]
  readonly notEntered: readonly { readonly path: string; readonly value: string; readonly why: string }[]
  /** Of the manifest as a whole, or of what is not entered. */
  readonly warnings: readonly HandoffWarning[]
}

/** How many tick boxes a step has. */
export function ticksIn({ tasks, entries }: Pick<HandoffStep, 'tasks' | 'entries'>): number {
  return tasks.length + entries.reduce((sum, each) => sum + ticksOf(each), 0)
}

function ticksOf(entry: HandoffEntry): number {
  if (entry.is === 'field') return 1
  return entry.is === 'table' ? entry.rows.length : ticksIn({ tasks: [], entries: entry.entries })
}
