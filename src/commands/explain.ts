/** `koo explain`: what a diagnostic code means, why it matters and how to mend it, with examples. */
import { usage } from '../model/failure.ts'
import { command } from './command.ts'

export const explain = command({
  name: 'explain',
  summary: 'say what a diagnostic code means and how to mend it',
  about:
    'Every code has a wrong and a right example; --json gives them as whole manifests too. The source is the page that states the requirement, with the day it was read.',
  arguments: '[code]',
  options: { all: { flag: '--all', about: 'every code' } },
  formats: ['markdown'],
  examples: ['koo explain version-form', 'koo explain --all --json', 'koo explain --all --format markdown'],
  async run({ arguments: [code], options }) {
    const { diagnosticCodeNames, isDiagnosticCode } = await import('../model/diagnostic-codes.ts')
    const { explained } = await import('./explained.ts')
    if (options.all) return { is: 'explained', codes: diagnosticCodeNames.map(explained) }
    if (code === undefined) throw usage('missing-argument', 'Name a code, or --all.', 'koo explain version-form')
    if (isDiagnosticCode(code)) return { is: 'explained', codes: [explained(code)] }
    const { suggest } = await import('../check/suggest.ts')
    const meant = suggest(code, diagnosticCodeNames)
    throw usage(
      'unknown-code',
      `There is no diagnostic code ${code}.`,
      meant ? `Did you mean ${meant}?` : 'koo explain --all',
    )
  },
})
