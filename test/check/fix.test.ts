/** What `--fix` makes of a text: exactly what, and that it never does harm. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { check } from '../../src/check/check.ts'
import { type Examine, fixText, withEdits } from '../../src/check/fix.ts'
import { judge } from '../../src/check/judge.ts'
import { lexemes } from '../../src/check/lexemes.ts'
import { readSource } from '../../src/check/source.ts'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { diagnosticCodeRow } from '../../src/model/diagnostic-codes.ts'
import { mutated } from './mutations.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/saas/koo.yaml'), 'utf8')
const modeline = '# yaml-language-server: $schema=./koo.schema.json'
const runs = Number(process.env.KOO_RUNS ?? 400)

const examine =
  (file = 'koo.yaml'): Examine =>
  (text) => {
    const source = readSource(file, Buffer.from(text))
    const findings = source.diagnostics.length > 0 ? [] : judge(source.value, new Map())
    return check(source, findings, (each) => each)
  }

function fixed(text: string, file?: string) {
  return fixText(text, examine(file))
}

/** The lines that are other than before, without their indentation. */
function changed(from: string, to: string): readonly string[] {
  const text = example.replace(from, () => to)
  const before = text.split('\n')
  const after = fixed(text).text.split('\n')
  expect(fixed(after.join('\n')).text).toBe(after.join('\n'))
  return after.filter((line, index) => line !== before[index]).map((line) => line.trim())
}

describe('a version', () => {
  test.each([
    ['v1.0', 'V1.0'],
    ['1.0', 'V1.0'],
    ['1.10', 'V1.10'],
    ['V1', 'V1.0'],
    ['1', 'V1.0'],
    ['v2', 'V2.0'],
    ['V01.0', 'V1.0'],
    ['" V1.0 "', '"V1.0"'],
    ["'v1.0'", "'V1.0'"],
    ['version 2.1 # as printed', 'V2.1 # as printed'],
    ['V1.0.', 'V1.0'],
    ['&version v1.0', '&version V1.0'],
    ['!!str 1.0', '!!str V1.0'],
  ])('%s', (from, to) => expect(changed('V3.2', from)).toEqual([`version: ${to}`]))

  test.each(['v0.1', '0.9', 'V1.0-beta', 'First Version', '2e1', '|\n    v1.0', '"v1.\n    0"'])('%j stays', (from) => {
    expect(changed('V3.2', from)).toEqual([])
  })
})

describe('keys and values', () => {
  test.each([
    ['price: 59\n', 'price: "59"\n', 'price: 59'],
    ['price: 59\n', "price: '59.00' # a month\n", 'price: 59.00 # a month'],
    ['name: Team', 'name: 24.10', '- name: "24.10"'],
    ['name: Team', 'name: 0x1F', '- name: "0x1F"'],
    ['name: Team', 'name: true', '- name: "true"'],
    ['- name: Team', '- "nam": Team', '- "name": Team'],
    ['method: saas', 'method: SaSS', 'method: saas'],
    ['billing: yearly-monthly', 'billing: Yearly/Monthly', 'billing: yearly-monthly'],
    ['billing: yearly-monthly', 'billing: "yearly_monthly"', 'billing: "yearly-monthly"'],
    ['koo: 1', 'koo: "1"', 'koo: 1'],
    ['prodct:', 'prodct:', ''],
    ['email: support@', 'email: mailto:support@', 'email: support@tideline.example'],
    [
      'email: support@tideline.example',
      'email: " mailto:support@tideline.example"',
      'email: "support@tideline.example"',
    ],
    ['  email: support', '  phone: " +65 6123 4567"\n  email: support', 'phone: "+65 6123 4567"'],
    ['delivery:\n', 'delivery:\n  serviceSupervision: "false"\n', 'serviceSupervision: false'],
    ['logo: logo.png', '? logoo\n  : logo.png', '? logo'],
  ])('%j as %j', (from, to, expected) => {
    expect(changed(from, to)).toEqual(expected === '' ? [] : [expected])
  })

  test.each([
    ['price: 59\n', 'price: "-59"\n'],
    ['price: 59\n', 'price: "59 dollars"\n'],
    ['price: 59\n', 'price: !!str 59\n'],
    ['billing: yearly-monthly', 'billing: monthly'],
    ['hours:', 'hours: x\n  hour:'],
    ['deployment', 'deployment'],
    ['method: saas', 'method: saas\n  deployment: [customer-public-cloud]'],
  ])('%j as %j is left to a person', (from, to) => expect(changed(from, to)).toEqual([]))

  test('what an alias or a merge key brings is mended where it is written', () => {
    const text = example.replace('price: 59\n', 'price: &p "59"\n').replace('price: 229\n', 'price: *p\n')
    expect(fixed(text).text).toBe(text.replace('"59"', '59'))
  })

  test('a mended field shows the mistakes inside of it, which are mended too', () => {
    const text = example.replace('product:', 'prodct:').replace('V3.2', 'v3.2')
    expect(fixed(text)).toMatchObject({ text: example, applied: [{ line: 7 }, { line: 10, title: 'Write `V3.2`' }] })
  })

  test('two keys that both mean a third: the first is mended', () => {
    const text = example.replace('version: V3.2', 'verson: V3.2\n  versin: V3.3')
    expect(fixed(text).text).toBe(text.replace('verson', 'version'))
  })

  test('JSON', () => {
    const text = '{"koo": "1",  \n "product": {"versin": 1.10}}'
    expect(fixed(text, 'koo.json').text).toBe('{"koo": 1,\n "product": {"version": "V1.10"}}\n')
  })
})

describe('tidying', () => {
  const tidied = (text: string) => fixText(text, () => ({ diagnostics: [] }), { modeline }).text
  const tidy = (text: string) => tidied(`${modeline}\n${text}`).slice(modeline.length + 1)
  test.each([
    ['a: b  \nc:\t\nd: x # y \t\n', 'a: b\nc:\nd: x # y\n'],
    ['a: b', 'a: b\n'],
    ['a: b  ', 'a: b\n'],
    ['a: |  \n  b  \n\n  c\t\nd: x  \n', 'a: |\n  b  \n\n  c\t\nd: x\n'],
    ['a: "b  \n  c"  \n', 'a: "b  \n  c"\n'],
    ['a: b  \n  c  \n', 'a: b\n  c\n'],
    ['a: |+\n  b', 'a: |+\n  b\n'],
    ['a: b  \r\nc: d', 'a: b\r\nc: d\r\n'],
  ])('%j', (from, to) =>
    expect(tidy(from.replaceAll('\r\n', '\n')).replaceAll('\n', from.includes('\r') ? '\r\n' : '\n')).toBe(to),
  )

  test.each([
    ['a: b\n', `${modeline}\na: b\n`],
    ['\ufeffa: b\r\n', `\ufeff${modeline}\r\na: b\r\n`],
    ['%YAML 1.2\n---\na: b\n', `${modeline}\n%YAML 1.2\n---\na: b\n`],
    ['#!/bin/koo\na: b\n', `#!/bin/koo\n${modeline}\na: b\n`],
    ['# yaml-language-server: $schema=other\na: b\n', '# yaml-language-server: $schema=other\na: b\n'],
    ['{"a": 1}\n', '{"a": 1}\n'],
    ['\n', '\n'],
    ['', ''],
  ])('the line that names the schema: %j', (from, to) => {
    expect(tidied(from)).toBe(to)
    expect(tidied(to)).toBe(to)
  })

  test('a text that cannot be read stays as it is', () => {
    const text = 'a: "b  \nc: d  '
    expect(fixed(text)).toEqual({ text, applied: [] })
  })
})

test('edits count lines and columns as diagnostics do', () => {
  const edits = [
    { line: 1, column: 1, endLine: 1, endColumn: 2, text: 'b' },
    { line: 2, column: 4, endLine: 2, endColumn: 6, text: 'x' },
    { line: 3, column: 1, endLine: 3, endColumn: 1, text: 'y' },
  ]
  expect(withEdits('\ufeffa: 1\r\nd: 😀\n', edits)).toBe('\ufeffb: 1\r\nd: x\ny')
})

test('of any text: fixing twice changes nothing, comments stay, and nothing gets worse', () => {
  const comments = (text: string) =>
    [...lexemes(text.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n'))]
      .filter(({ type, text: each }) => type === 'comment' && !each.includes('koo-disable'))
      .map(({ text: each }) => each.trimEnd())
  fc.assert(
    fc.property(mutated, (text) => {
      const once = fixText(text, examine(), { modeline })
      expect(fixText(once.text, examine(), { modeline })).toEqual({ text: once.text, applied: [] })
      const added = once.applied.some(({ title }) => title.startsWith('Name the schema')) ? [modeline] : []
      expect(comments(once.text).sort()).toEqual([...added, ...comments(text)].sort())
      const before = examine()(text).diagnostics
      const after = examine()(once.text).diagnostics
      expect(inStage(after, 'text').length).toBeLessThanOrEqual(inStage(before, 'text').length)
      // A mended field or method may let see what it hid, a sound shape what is wrong by the rules.
      const hid = before.some(({ code, fix }) => fix && (code === 'unknown-field' || code === 'method-unknown'))
      if (!hid) expect(inStage(after, 'shape').length).toBeLessThanOrEqual(inStage(before, 'shape').length)
    }),
    { numRuns: runs },
  )
})

function inStage(diagnostics: readonly Diagnostic[], stage: string): readonly Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity === 'error' && diagnosticCodeRow(code).stage === stage)
}
