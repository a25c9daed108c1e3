/** SARIF: keeps the schema, names files by URIs, and its fixes are koo's fixes. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import type { Log, Region, Run } from 'sarif'
import type { Edit, Span } from '../../src/model/diagnostic.ts'
import { diagnosticCodeNames, diagnosticCodeRow } from '../../src/model/diagnostic-codes.ts'
import type { Validated } from '../../src/report/formats/validated.ts'
import { base, inFormat, nasty, real, sound } from './findings.ts'

const require = createRequire(import.meta.url)

describe('SARIF', () => {
  const valid = validator()

  /** The schema is of draft 4: ajv does not know the name of its identifier, nor one of its patterns as Unicode. */
  function validator() {
    const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
    return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(schema)
  }

  async function runOf(outcome: Validated): Promise<Run> {
    const log = JSON.parse(await inFormat('sarif', outcome)) as Log
    expect(valid(log) ? [] : valid.errors).toEqual([])
    const [run, ...others] = log.runs
    expect(others).toEqual([])
    if (run === undefined) throw new Error('no run')
    return run
  }

  const locationsOf = ({ results = [] }: Run) => results.map(({ locations }) => locations?.[0]?.physicalLocation)

  test.each([
    ['nasty', nasty],
    ['real', real],
    ['no', sound],
  ])('of %s findings keeps the schema, and every finding', async (_, outcome) => {
    const { results = [], tool, artifacts = [] } = await runOf(outcome)
    expect(results.map(({ ruleId }) => ruleId)).toEqual(outcome.diagnostics.map(({ code }) => code))
    expect(results.map(({ level }) => level)).toEqual(outcome.diagnostics.map(({ severity }) => severity))
    const rules = tool.driver.rules ?? []
    expect(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId))
    expect(artifacts).toHaveLength(outcome.files.length)
  })

  test('of every code gives a rule with a name, a help and an address of its own', async () => {
    const { tool } = await runOf({ ...sound, diagnostics: diagnosticCodeNames.map((code) => ({ ...base, code })) })
    for (const { id, name, shortDescription, fullDescription, help, helpUri } of tool.driver.rules ?? []) {
      const { what, why, mend, source, bad } = diagnosticCodeRow(id as (typeof diagnosticCodeNames)[number])
      expect(name).toMatch(/^([A-Z][a-z0-9]*)+$/)
      expect(shortDescription?.text).toBe(what)
      expect(fullDescription?.text).toBe(`${what} ${why}`)
      expect(help?.text).toContain(mend)
      if (bad !== undefined) expect(help?.markdown).toContain(`\`\`\`yaml\n${bad}\`\`\``)
      expect(helpUri === undefined).toBe(source === 'koo')
      if (helpUri !== undefined) expect(new URL(helpUri).protocol).toBe('https:')
    }
  })

  test('names files by URIs that lead back to them', async () => {
    const run = await runOf(nasty)
    const found = locationsOf(run).map((each) => each?.artifactLocation)
    expect(found).toHaveLength(nasty.diagnostics.length)
    for (const [index, place] of found.entries()) {
      const file = nasty.diagnostics[index]?.file ?? ''
      const url = new URL(place?.uri ?? '', 'file:///root/folder/')
      expect(url.hash + url.search).toBe('')
      expect(decodeURIComponent(url.pathname)).toBe(full(file))
      expect(place?.uriBaseId).toBe(file.startsWith('/') ? undefined : '%SRCROOT%')
      expect(run.artifacts?.[place?.index ?? -1]?.location?.uri).toBe(place?.uri)
    }
  })

  function full(file: string): string {
    if (file.startsWith('/')) return file
    return file.startsWith('../') ? `/root/${file.slice(3)}` : `/root/folder/${file}`
  }

  test.each([
    ['C:/a b/koo.yaml', 'file:///C:/a%20b/koo.yaml'],
    ['//server/share/é.yaml', 'file://server/share/%C3%A9.yaml'],
    ['./koo.yaml', 'koo.yaml'],
    ['half\ud83d.yaml', 'half%EF%BF%BD.yaml'],
  ])('names %s %s', async (file, uri) => {
    const [place] = locationsOf(await runOf({ ...sound, files: [file], diagnostics: [{ ...base, file }] }))
    expect(place?.artifactLocation?.uri).toBe(uri)
  })

  test('has the place, the lines and the field of a finding', async () => {
    const { results, columnKind } = await runOf({ ...sound, diagnostics: [base] })
    expect(columnKind).toBe('utf16CodeUnits')
    expect(results?.[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'koo.yaml', uriBaseId: '%SRCROOT%', index: 0 },
          region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 11, snippet: { text: '12' } },
          contextRegion: { startLine: 1, endLine: 2, snippet: { text: 'product:\n  name: 12' } },
        },
        logicalLocations: [{ fullyQualifiedName: '/product/name' }],
      },
    ])
  })

  test('shows no snippet of what the frame does not have', async () => {
    const [place] = locationsOf(await runOf({ ...sound, diagnostics: [{ ...base, endLine: 4, path: '' }] }))
    expect(place?.region?.snippet).toBeUndefined()
    expect(place?.contextRegion).toBeUndefined()
  })

  test('keeps braces and links of a message from meaning something', async () => {
    const { hint: _, ...plain } = { ...base, message: 'Write {0} or [a](1), not [b] (c).' }
    const { results } = await runOf({ ...sound, diagnostics: [plain] })
    expect(results?.[0]?.message.text).toBe('Write {{0}} or \\[a](1), not [b] (c).')
  })

  test('knows findings again when lines move, and tells all apart', async () => {
    const prints = async (outcome: Validated) =>
      (await runOf(outcome)).results?.map(({ partialFingerprints }) => partialFingerprints?.['kooFinding/v1'])
    const before = await prints(nasty)
    const moved = nasty.diagnostics.map((each) => ({ ...each, line: each.line + 7, endLine: each.endLine + 7 }))
    expect(await prints({ ...nasty, diagnostics: moved })).toEqual(before)
    expect(new Set(before).size).toBe(nasty.diagnostics.length)
  })

  test('says what the network did not answer', async () => {
    const { invocations } = await runOf(nasty)
    expect(invocations?.[0]?.executionSuccessful).toBe(true)
    expect(invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('https://a.example/?b,c')
  })

  test('mends what the fix mends', async () => {
    const text = '# 🚀 first\r\nproduct: { nme: 12, version: v1 }\r\nsites:\r\n  - europa\r\nend: é\r\n'
    const edits: readonly Edit[] = [
      { line: 1, column: 3, endLine: 1, endColumn: 5, text: '🎉{0}' },
      { line: 2, column: 12, endLine: 2, endColumn: 15, text: 'name' },
      { line: 2, column: 17, endLine: 2, endColumn: 19, text: '"12"' },
      { line: 2, column: 32, endLine: 2, endColumn: 32, text: '.0' },
      { line: 3, column: 1, endLine: 5, endColumn: 1, text: '' },
    ]
    const { results } = await runOf({ ...sound, diagnostics: [{ ...base, fix: { title: 'Write {it}', edits } }] })
    const [fix] = results?.[0]?.fixes ?? []
    expect(fix?.description?.text).toBe('Write {{it}}')
    const [change] = fix?.artifactChanges ?? []
    expect(change?.artifactLocation.uri).toBe('koo.yaml')
    const mended = (change?.replacements ?? []).map(({ deletedRegion, insertedContent }) => ({
      ...spanOf(deletedRegion),
      text: insertedContent?.text ?? '',
    }))
    const expected = '# 🎉{0} first\r\nproduct: { name: "12", version: v1.0 }\r\nend: é\r\n'
    expect(edited(text, edits)).toBe(expected)
    expect(edited(text, mended)).toBe(expected)
  })

  function spanOf({ startLine = 0, startColumn = 1, endLine = 0, endColumn = 0 }: Region): Span {
    return { line: startLine, column: startColumn, endLine, endColumn }
  }

  function edited(text: string, edits: readonly Edit[]): string {
    const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)]
    const at = (line: number, column: number) => (starts[line - 1] ?? Number.NaN) + column - 1
    return edits.reduceRight(
      (done, { line, column, endLine, endColumn, text: inserted }) =>
        done.slice(0, at(line, column)) + inserted + done.slice(at(endLine, endColumn)),
      text,
    )
  }
})
