/** `src/check/rules/README.md`: each documented requirement with its rule, and every code with its source. */
import { type DiagnosticCode, diagnosticCodeNames, diagnosticCodeRow, type Stage } from '../model/diagnostic-codes.ts'
import { type PageName, pageOf } from '../model/pages.ts'
import { type Requirement, requirements } from '../model/requirements.ts'
import { markdownTable } from './markdown-table.ts'

const stages: Readonly<Record<Stage, string>> = {
  text: 'reading the file',
  shape: 'the JSON Schema',
  rule: 'a rule about one manifest',
  run: 'a rule between manifests, or about comments',
  online: '`koo validate --online`',
  pack: 'a look into the package, when packing',
  review: 'the marketplace',
}

export function coverage(): string {
  return [
    '# What is checked, and what only a person can judge',
    '',
    'Made from `src/model/requirements.ts` and `src/model/codes/` by `npm run generate`; never edited.',
    '',
    'A rule is a function on a manifest whose shape is sound and on what is known of its files. It does no I/O and is',
    'synchronous. What is stated plainly for the international or the European site is an error where it is sure; what',
    'is inferred, or stated for the China site only, is a warning; most of the latter are for manifests whose `sites` name it.',
    '',
    '## Requirements',
    '',
    markdownTable(['Subject', 'Requirement', 'Source', 'Checked by', 'Left to a person'], requirements.map(rowOf)),
    '',
    '## Codes',
    '',
    markdownTable(
      ['Code', 'Level', 'Found by', 'Source'],
      diagnosticCodeNames.map((code) => {
        const { severity, stage, source } = diagnosticCodeRow(code)
        return [`\`${code}\``, severity, stages[stage], sourceText(source)]
      }),
    ),
    '',
  ].join('\n')
}

function rowOf({ subject, says, page, codes = [], person = '' }: Requirement): readonly string[] {
  const checked = codes.map((code: DiagnosticCode) => `\`${code}\``).join(', ')
  const source = page === undefined ? 'the table of delivery methods' : sourceText(page)
  return [subject, says, source, checked, person]
}

function sourceText(source: PageName | 'koo' | 'yaml'): string {
  if (source === 'koo') return 'koo’s own contract'
  if (source === 'yaml') return '[YAML 1.2](https://yaml.org/spec/1.2.2/)'
  const { title, address, read } = pageOf(source)
  return `[${title}](${address}), read ${read}`
}
