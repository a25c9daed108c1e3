/** The report formats: what other programs read is what koo found, whatever files and messages are called. */
import { describe, expect, test } from '@jest/globals'
import { diagnosticCodeNames, diagnosticCodeRow } from '../../src/model/diagnostic-codes.ts'
import { reportFormatNames } from '../../src/model/report-format.ts'
import { explainedMarkdown } from '../../src/report/formats/explain-markdown.ts'
import type { Validated } from '../../src/report/formats/validated.ts'
import { base, inFormat, nasty, nastyFiles, real, sound, wellFormed } from './findings.ts'

test('the real findings are many', () => {
  expect(real.diagnostics.length).toBeGreaterThan(20)
})

test('formats that are no text and no JSON give reports, which do not break off', async () => {
  expect(reportFormatNames).toEqual(['sarif', 'junit', 'github', 'gitlab', 'markdown'])
  for (const format of reportFormatNames) {
    for (const outcome of [nasty, real, sound]) {
      const text = await inFormat(format, outcome)
      expect(text).not.toMatch(/\p{Surrogate}/u)
      expect(text).not.toMatch(/\n$/)
    }
  }
})

describe('GitHub', () => {
  /** As the runner reads a line: https://github.com/actions/toolkit, `command.ts` the other way round. */
  function read(line: string) {
    const [, name = '', list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? []
    const plain = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
    const pairs = list.split(',').map((pair): [string, string] => {
      const [key = '', ...value] = pair.split('=')
      return [key, plain(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))]
    })
    return { name, properties: Object.fromEntries(pairs), message: plain(message) }
  }
  const commandsOf = async (outcome: Validated) => (await inFormat('github', outcome)).split('\n').map(read)

  test('reads back every nasty name and message', async () => {
    const commands = await commandsOf(nasty)
    expect(commands).toHaveLength(nasty.diagnostics.length + 2)
    for (const [index, { file, message, hint, severity }] of nasty.diagnostics.entries()) {
      expect(commands[index]).toEqual({
        name: severity,
        properties: { file: wellFormed(file), line: '2', endLine: '2', col: '9', endColumn: '10', title: 'wrong-type' },
        message: wellFormed(`${message}\n${hint}`),
      })
    }
    expect(commands.slice(-2).map(({ name }) => name)).toEqual(['notice', 'error'])
  })

  test.each([
    ['one character', { endColumn: 10 }, { line: '2', endLine: '2', col: '9', endColumn: '9' }],
    ['nothing between two characters', { endColumn: 9 }, { line: '2', endLine: '2', col: '9', endColumn: '9' }],
    ['several lines, which have no columns', { endLine: 4 }, { line: '2', endLine: '4' }],
    ['a whole line with its end', { column: 1, endLine: 3, endColumn: 1 }, { line: '2', endLine: '2' }],
  ])('places %s', async (_, span, expected) => {
    const [command] = await commandsOf({ ...sound, diagnostics: [{ ...base, ...span }] })
    expect(command?.properties).toEqual({ file: 'koo.yaml', ...expected, title: 'wrong-type' })
  })

  test('has nothing to say of sound manifests', async () => {
    expect(await inFormat('github', sound)).toBe('')
  })
})

describe('GitLab', () => {
  interface Issue {
    readonly description: string
    readonly check_name: string
    readonly fingerprint: string
    readonly severity: string
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
  }
  const issuesOf = async (outcome: Validated) => JSON.parse(await inFormat('gitlab', outcome)) as readonly Issue[]

  test.each([
    ['nasty', nasty],
    ['real', real],
    ['no', sound],
  ])('has what GitLab asks for of %s findings', async (_, { diagnostics, ...outcome }) => {
    const issues = await issuesOf({ ...outcome, diagnostics })
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(diagnostics.length)
    expect(issues.map(({ check_name, severity, location }) => [check_name, severity, location])).toEqual(
      diagnostics.map(({ code, severity, file, line, column, endLine, endColumn }) => [
        code,
        severity === 'error' ? 'major' : 'minor',
        {
          path: file,
          lines: { begin: line, end: endLine },
          positions: { begin: { line, column }, end: { line: endLine, column: endColumn } },
        },
      ]),
    )
    for (const { description, fingerprint } of issues) {
      expect(description.length).toBeGreaterThan(0)
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
    }
  })

  test('names a file as the repository does', async () => {
    const [issue] = await issuesOf({ ...sound, diagnostics: [{ ...base, file: './a/koo.yaml' }] })
    expect(issue?.location.path).toBe('a/koo.yaml')
  })
})

describe('Markdown', () => {
  /** Cells as GFM takes a row apart: at pipes without a backslash before them. */
  const cells = (row: string) => (row.match(/(?:\\.|[^\\|])+/gsu) ?? []).map((each) => each.trim())

  test('keeps five columns whatever the texts are', async () => {
    const text = await inFormat('markdown', nasty)
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(rows).toHaveLength(nasty.diagnostics.length + 2 * nastyFiles.length)
    for (const row of rows) expect(row).toMatch(/^\| .* \|$/)
    const counts = rows.map((row) => row.replace(/\\./gsu, '').split('|').length)
    expect(new Set(counts)).toEqual(new Set([7]))
    expect(cells(rows[2] ?? '').slice(0, 2)).toEqual(['2:9', 'error'])
    expect(text).not.toMatch(/<script|(?<!`)@everyone/)
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(1 + nastyFiles.length)
  })

  test('shows code as code, and its source as a link', async () => {
    const message = 'There is no field `a|b` in `product`.'
    const source = 'https://a.example/(x) y'
    const text = await inFormat('markdown', { ...sound, diagnostics: [{ ...base, message, source, hint: '<b> | $1' }] })
    expect(text.split('\n')).toEqual([
      '### koo: 1 error in 1 manifest',
      '',
      '#### koo.yaml',
      '',
      '| Place | Level | Code | Finding | Help |',
      '| ---: | --- | --- | --- | --- |',
      '| 2:9 | error | [`wrong-type`](https://a.example/%28x%29%20y) | There is no field `a\\|b` in `product`. | &lt;b&gt; \\| &#36;1 |',
    ])
  })

  test('is one sentence of sound manifests', async () => {
    expect(await inFormat('markdown', sound)).toBe('koo found nothing to mend in 1 manifest.')
  })

  test('explains every code, each once and in the contents', () => {
    const text = explainedMarkdown(diagnosticCodeNames.map((code) => ({ code, ...diagnosticCodeRow(code) })))
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, code]) => code)
    const contents = [...text.matchAll(/^ {2}- \[`(.+)`\]\(#(.+)\): /gm)].map(([, code, anchor]) => [code, anchor])
    expect(headings.toSorted()).toEqual(diagnosticCodeNames.toSorted())
    expect(contents).toEqual(headings.map((code) => [code, code]))
    expect(text.match(/^```yaml$/gm)).toHaveLength(
      diagnosticCodeNames.map(diagnosticCodeRow).flatMap(({ bad, good }) => [bad, good].filter((each) => each)).length,
    )
    expect(text.match(/^Source: .+\.$/gm)).toHaveLength(diagnosticCodeNames.length)
    expect(text).toContain('Source: the manifest’s own contract.')
    expect(text).toContain('Source: [the YAML specification](https://yaml.org/spec/1.2.2/).')
    expect(text).toMatch(/^Source: \[Releasing a product: requirements\]\(https:.+\), read 2026-11-22\.$/m)
  })
})
