/** What koo does while it works: facts, from which `report` makes progress for a person. */
import type { CaseVerdict } from './access/report.ts'
import type { Outcome, PublishedOutcome } from './outcome.ts'
import type { Plan } from './plan.ts'

/** How far a product has come; what became of it is one, too. */
export type Stage = 'planned' | 'sent' | PublishedOutcome

export type Event =
  | { readonly is: 'notice'; readonly text: string }
  /** A request and what came of it, for whoever looks for a fault. */
  | { readonly is: 'traced'; readonly line: string }
  | { readonly is: 'step'; readonly key: string; readonly text: string }
  | {
      readonly is: 'uploading'
      readonly key: string
      readonly file: string
      readonly sent: number
      readonly total: number
    }
  /** A long work on the bytes of one thing; `elapsed` in milliseconds. */
  | {
      readonly is: 'working'
      readonly key: string
      readonly doing: 'packing' | 'verifying' | 'looking through'
      readonly done: number
      readonly total: number
      readonly elapsed: number
    }
  /** A product has come to a stage of being published. */
  | {
      readonly is: 'reached'
      readonly key: string
      readonly stage: Stage
      /** The product is done with. */
      readonly done?: true
      readonly file?: string
      readonly version?: string
      readonly releaseId?: string
      readonly message?: string
    }
  /** How far a run of several products is; `elapsed` in milliseconds. */
  | {
      readonly is: 'tally'
      readonly done: number
      readonly total: number
      readonly counts: Readonly<Partial<Record<PublishedOutcome, number>>>
      readonly elapsed: number
    }
  /** One outcome of a command that goes on, such as `koo validate --watch`. */
  | { readonly is: 'checked'; readonly outcome: Outcome }
  /** How far the reviews of some products are, each time that was looked at. */
  | { readonly is: 'watched'; readonly status: Extract<Outcome, { readonly is: 'status' }> }
  /** A product needs no more progress. */
  | { readonly is: 'settled'; readonly key: string }
  /** Shown before a person is asked to confirm it. */
  | { readonly is: 'planned'; readonly plan: Plan }
  /** Pages are to be had at an address, until the user stops koo. */
  | { readonly is: 'serving'; readonly url: string }
  /** A case of `koo access test` is decided. */
  | { readonly is: 'case-decided'; readonly verdict: CaseVerdict }
  /** The reference production interface is ready. Its key is told only where koo made it. */
  | {
      readonly is: 'interface-serving'
      readonly url: string
      readonly key?: string
      readonly fault?: string
      /** License authorization codes it knows. */
      readonly licenses: readonly string[]
    }
  /** The sandbox is ready. Its keys are worth nothing elsewhere, so they are shown. */
  | {
      readonly is: 'listening'
      readonly url: string
      readonly credentials: { readonly accessKey: string; readonly secretKey: string }
      readonly data: string
      /** The password of its pages, where it made one itself; it is worth nothing elsewhere either. */
      readonly password?: string
      /** The key of the production interface, where koo made it itself. */
      readonly interconnectionKey?: string
    }
