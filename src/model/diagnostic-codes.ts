/**
 * The table of diagnostic codes. A code is a word, never reused for something else. `koo explain`, SARIF's rules and the
 * coverage table are made from it, and a golden file in `test/check/golden` shows each one.
 */
import type { DiagnosticCodeRow, Stage } from './codes/code-row.ts'
import { deliveryCodes } from './codes/delivery-codes.ts'
import { priceCodes } from './codes/price-codes.ts'
import { productCodes } from './codes/product-codes.ts'
import { shapeCodes } from './codes/shape-codes.ts'
import { textCodes } from './codes/text-codes.ts'
import { pageOf } from './pages.ts'

export type { DiagnosticCodeRow, Severity, Stage } from './codes/code-row.ts'

export const diagnosticCodes = {
  ...textCodes,
  ...shapeCodes,
  ...productCodes,
  ...deliveryCodes,
  ...priceCodes,
} as const

export type DiagnosticCode = keyof typeof diagnosticCodes

export const diagnosticCodeNames = Object.keys(diagnosticCodes) as readonly DiagnosticCode[]

export function isDiagnosticCode(value: string): value is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, value)
}

/** A row as the plain data every use of the table needs. */
export function diagnosticCodeRow(code: DiagnosticCode): DiagnosticCodeRow {
  return diagnosticCodes[code]
}

const yamlPage = 'https://yaml.org/spec/1.2.2/'

/** The address of what states the requirement; undefined where that is koo itself. */
export function sourceOf(code: DiagnosticCode): string | undefined {
  const { source } = diagnosticCodeRow(code)
  if (source === 'koo') return undefined
  return source === 'yaml' ? yamlPage : pageOf(source).address
}

const fixed = 'without a sound text and shape there is no manifest'
const whyFixed: Readonly<Partial<Record<Stage, string>>> = {
  pack: 'the asset center would refuse the package all the same',
  review: 'it is a reviewer’s',
}

/** Why a code that is not adjustable is none, as the end of a sentence. */
export function whyNotAdjustable(code: DiagnosticCode): string {
  return whyFixed[diagnosticCodeRow(code).stage] ?? fixed
}

/** Whether a code can be switched off or given another level. */
export function isAdjustable(code: DiagnosticCode): boolean {
  const { stage } = diagnosticCodeRow(code)
  return stage === 'rule' || stage === 'run' || stage === 'online'
}
