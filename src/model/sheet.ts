/** What `koo init --from` says of a sheet of products: what is wrong in it, and what became of each row. */
import type { DeliveryMethod } from './delivery-methods.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'

export interface SheetFinding {
  /** As a person finds it: `products.csv:7:3` (row, column), or `products.xlsx:Sheet1!C7`. */
  readonly place: string
  /** As a spreadsheet program numbers them, from 1. */
  readonly row: number
  readonly column: number
  /** What the header calls the column; left out where it has no name. */
  readonly name?: string
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint?: string
}

/** What became of one row. */
export interface MadeProduct {
  readonly row: number
  /** Left out where the row names none. */
  readonly key?: string
  readonly method?: DeliveryMethod
  /** As the user would write it; left out where there is none. */
  readonly folder?: string
  /** What was written, relative to the folder. */
  readonly files: readonly string[]
  /** Which of them are copies of the seller's files. */
  readonly copied: readonly string[]
  /** Other files of the product that were there already and were left alone. */
  readonly kept: readonly string[]
  /** `already-there`: the folder has a manifest, and nothing was touched. `held-back`: sound, but others are not. */
  readonly outcome: 'written' | 'already-there' | 'refused' | 'held-back'
}
