/** `koo explain`: what a diagnostic code means and how to mend it. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'

export const explain = command({
  name: 'explain',
  summary: 'say what a diagnostic code means and how to mend it',
  arguments: '[code]',
  options: { all: { flag: '--all', about: 'every code' } },
  examples: ['koo explain version-form', 'koo explain --all --json'],
  async run({ arguments: [code], options }) {
    const { diagnosticCodes, diagnosticCodeRow, isDiagnosticCode } = await import('../model/diagnostic-codes.ts')
    const row = (each: keyof typeof diagnosticCodes) => ({ code: each, ...diagnosticCodeRow(each) })
    if (options.all) return { is: 'explained', codes: Object.keys(diagnosticCodes).filter(isDiagnosticCode).map(row) }
    if (code === undefined) throw usage('missing-argument', 'Name a code, or --all.', 'koo explain version-form')
    if (isDiagnosticCode(code)) return { is: 'explained', codes: [row(code)] }
    const { suggest } = await import('../check/suggest.ts')
    const meant = suggest(code, Object.keys(diagnosticCodes))
    throw usage(
      'unknown-code',
      `There is no diagnostic code ${code}.`,
      meant ? `Did you mean ${meant}?` : 'koo explain --all',
    )
  },
})
