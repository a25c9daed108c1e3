/** A finding about the seller's material: data first; the text a person reads is made from it. */
import type { DiagnosticCode, Severity } from './diagnostic-codes.ts'

/** A place in a text; lines and columns count from 1, columns in UTF-16 units, the end is exclusive. */
export interface Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** What stands at the span is replaced by the text; an empty span inserts. */
export interface Edit extends Span {
  readonly text: string
}

/** A change that mends a finding without a person's judgement; `koo validate --fix` makes it. */
export interface Fix {
  /** What it does, as in "Write `V1.0`". */
  readonly title: string
  /** In the order of the text, none overlapping another. */
  readonly edits: readonly Edit[]
}

export interface Diagnostic extends Span {
  /** As the user named it, relative to the working directory. */
  readonly file: string
  readonly severity: Severity
  readonly code: DiagnosticCode
  /** JSON Pointer of the field. */
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** Address of the documented rule, where there is one. */
  readonly source?: string
  readonly fix?: Fix
}

/** What a rule or a reviewer says of a field, before it has a place in a text. */
export interface Finding {
  readonly code: DiagnosticCode
  readonly path: string
  readonly message: string
  readonly hint?: string
  /** Points at the key rather than the value. */
  readonly at?: 'key'
  /** The key or the scalar that is safe to write in its place. */
  readonly mend?: { readonly key: string } | { readonly value: string | number }
}

/** What a text-only observer needs to draw the frame of a diagnostic. */
export interface FramedDiagnostic extends Diagnostic {
  /** The source lines around the place: number and text. */
  readonly frame: readonly { readonly line: number; readonly text: string }[]
}

export function hasErrors(diagnostics: readonly { readonly severity: Severity }[]): boolean {
  return diagnostics.some((each) => each.severity === 'error')
}
