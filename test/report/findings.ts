/** Findings for the tests of reports: real ones, and ones whose files and messages have every character that means something. */
import { join } from 'node:path'
import { nodeFiles } from '../../src/adapters/node-files.ts'
import { checkManifests } from '../../src/commands/manifests.ts'
import type { FramedDiagnostic } from '../../src/model/diagnostic.ts'
import type { ReportFormat } from '../../src/model/report-format.ts'
import type { Validated } from '../../src/report/formats/validated.ts'
import { validatedIn } from '../../src/report/formats.ts'

const golden = join(import.meta.dirname, '../check/golden')

export const base: FramedDiagnostic = {
  file: 'koo.yaml',
  line: 2,
  column: 9,
  endLine: 2,
  endColumn: 11,
  severity: 'error',
  code: 'wrong-type',
  path: '/product/name',
  message: 'The name must be a text.',
  hint: 'Quote it.',
  frame: [
    { line: 1, text: 'product:' },
    { line: 2, text: '  name: 12' },
  ],
}

export const nastyFiles = [
  'my products/koo.yaml',
  'a#b?c/koo.yaml',
  '100%/%20.yaml',
  '数据库/été 🚀.yaml',
  'a,b:c;d=e/koo.yaml',
  'C:odd\\name.yaml',
  'quote"\'<&>`|[x](y)*_.yaml',
  'line\nbreak\r.yaml',
  '/absolute path/koo.yaml',
  '../other/koo.yaml',
  '@team/koo.yaml #',
]
const nastyTexts = [
  'two\nlines\r\nand\rthree',
  'a | b \\| c \\\\| `d | e` `\\|`',
  '<script>alert(1)</script> <!-- --> &amp; &lt;',
  'ends ]]> here, {0} and {x}, [link](1), [a][b] \\',
  'tab\tbell\u0007 null\0 escape\u001b[31m del\u007f next\u0085',
  'emoji 🚀, half \ud83d, other half \ude80, \ufffe \uffff',
  '`odd ` backticks ``` `',
  '::error file=x::no %0A %25 %3A 100%',
  '@everyone look at $x$ and *this* _or_ ~~that~~ # 1',
  '',
]

const nastyDiagnostics: readonly FramedDiagnostic[] = nastyFiles.flatMap((file, at) =>
  nastyTexts.map((message, index) => ({
    ...base,
    file,
    message,
    hint: nastyTexts[(index + at) % nastyTexts.length] ?? '',
    path: `/product/${index % 3}`,
    severity: index % 2 === 0 ? ('error' as const) : ('warning' as const),
    frame: [{ line: 2, text: `  name: ${message}` }],
  })),
)
export const nasty: Validated = {
  is: 'validated',
  files: [...nastyFiles, 'sound/koo.yaml'],
  diagnostics: nastyDiagnostics,
  unreached: [{ file: 'sound/koo.yaml', what: 'https://a.example/?b,c', why: 'it did not\nanswer ]]>' }],
  mostWarnings: 1,
}
export const sound: Validated = { is: 'validated', files: ['koo.yaml'], diagnostics: [] }

/** What koo really says of every golden manifest. */
async function realFindings(): Promise<Validated> {
  const checked = await checkManifests(
    nodeFiles(golden, () => 'temporary'),
    ['.'],
  )
  const diagnostics = checked.flatMap((each) => each.diagnostics)
  return { is: 'validated', files: checked.map(({ file }) => file), diagnostics }
}
export const real = await realFindings()

export const inFormat = (format: ReportFormat, outcome: Validated) => validatedIn(format, outcome, { version: '1.2.3' })
export const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd')
