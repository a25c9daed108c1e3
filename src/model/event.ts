/** What koo does while it works: facts, from which `report` makes progress for a person. */
import type { Outcome } from './outcome.ts'
import type { Plan } from './plan.ts'

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
  /** One outcome of a command that goes on, such as `koo validate --watch`. */
  | { readonly is: 'checked'; readonly outcome: Outcome }
  /** A product needs no more progress. */
  | { readonly is: 'settled'; readonly key: string }
  /** Shown before a person is asked to confirm it. */
  | { readonly is: 'planned'; readonly plan: Plan }
  /** The sandbox is ready. Its keys are worth nothing elsewhere, so they are shown. */
  | {
      readonly is: 'listening'
      readonly url: string
      readonly credentials: { readonly accessKey: string; readonly secretKey: string }
      readonly data: string
    }
