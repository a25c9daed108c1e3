/** Texts that are hard to read: one finding at its place, or the right value; never a crash, never a hang. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkShape } from '../../src/check/shape.ts'
import { readSource } from '../../src/check/source.ts'
import { mutated } from './mutations.ts'

const runs = Number(process.env.KOO_RUNS ?? 1100)
const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? Buffer.from(text) : text)

function read(text: string | Uint8Array, file = 'koo.yaml') {
  return readSource(file, bytesOf(text))
}

function found(text: string | Uint8Array, file?: string) {
  return read(text, file).diagnostics.map(({ code, line, column, message }) => ({ code, line, column, message }))
}

describe('a text with trouble', () => {
  test.each([
    ['a colon in a text', 'koo: 1\nname: Harbor: CRM\n', 2, 7, 'a colon and a space'],
    ['a colon in a text of a list', 'a:\n  - Fast: and: good\n', 2, 11, 'a colon and a space'],
    ['a text that begins with @', 'name: @harbor\n', 1, 7, 'cannot begin with `@`'],
    ['a text that begins with `', 'name: `harbor`\n', 1, 7, 'cannot begin with a backtick'],
    ['a text that begins with %', 'name: %harbor\n', 1, 7, 'cannot begin with `%`'],
    ['a text that begins with *', 'name: *harbor* crm\n', 1, 16, 'after an alias'],
    ['a text that begins with &', 'name: & harbor\n', 1, 7, 'cannot begin with `&`'],
    ['a text that begins with !', 'name: !harbor crm\n', 1, 7, 'no use for the tag'],
    ['a text that begins with [', 'name: [a] b\n', 1, 11, 'not expect'],
    ['a text that begins with {{', 'name: {{ name }}\n', 1, 8, 'A key is a text'],
    ['a text after |', 'name: | Harbor\n', 1, 9, 'begins on the next line'],
    ['a text after quotes', 'name: "Harbor" CRM\n', 1, 16, 'ends at the quote'],
    ['a quote within quotes', "name: 'it's'\n", 1, 11, 'ends at the quote'],
    ['an open quote', 'koo: 1\nname: "Harbor\nx: 1\n', 2, 7, 'not closed'],
    ['an open single quote', "koo: 1\nname: 'Harbor\n", 2, 7, 'not closed'],
    ['an open bracket', 'a: [b, c\nd: 1\n', 1, 4, 'a `]` is missing'],
    ['an open brace', 'a: {b: 1\nd: 1\n', 1, 4, 'a `}` is missing'],
    ['an open bracket around closed ones', 'a: [[b], {c: d}, [e]\nd: 1\n', 1, 4, 'a `]` is missing'],
    ['an open brace at the end', 'a: [{b: 1\n', 1, 5, 'a `}` is missing'],
    ['an open bracket in quotes before', 'a: "[" \nb: [c\n', 2, 4, 'a `]` is missing'],
    ['a bracket too many', 'a: [b]]\n', 1, 7, 'this `]` closes'],
    ['a comma too many', 'a: [b,, c]\n', 1, 7, 'before this comma'],
    ['a missing comma', 'a: {b: 1 c: 2}\n', 1, 8, 'A comma is missing'],
    ['a wrong escape', 'a: "C:\\dir"\n', 1, 7, '`\\d` means nothing'],
    ['a missing colon', 'koo: 1\nproduct\n', 2, 1, 'no colon after this key'],
    ['a missing colon before more', 'koo: 1\nproduct\nname: x\n', 2, 1, 'no colon after this key'],
    ['a missing space', 'koo:1\nname: A\n', 1, 1, 'no space after the colon'],
    ['a line indented less', 'a:\n  b: 1\n c: 2\n', 3, 2, 'column of those it belongs to'],
    ['a line indented more', 'a: 1\n  b: 2\n', 2, 3, 'indented deeper'],
    ['a dash indented less', 'a:\n  - b\n - c\n', 3, 2, 'This dash'],
    ['a key under dashes', '- a: 1\nc: 1\n', 2, 1, 'does not belong'],
    ['a list beside its key', 'a: - b\n', 1, 4, 'on the line of its key'],
    ['a tab for indentation', 'koo: 1\nproduct:\n\tname: A\n', 3, 1, 'not take tabs'],
    ['a tab after spaces', 'a:\n  b: 1\n  \tc: 2\n', 3, 3, 'not take tabs'],
    ['a tab after a dash', 'a:\n  -\tc: 1\n', 2, 4, 'not take tabs'],
    ['a comment without space', 'a: "b"#c\n', 1, 7, 'needs a space'],
    ['two documents', 'koo: 1\n---\nkoo: 2\n', 2, 1, 'second YAML document'],
    ['a document after the end', 'koo: 1\n...\nkoo: 2\n', 3, 1, 'second YAML document'],
    ['a key beside ---', '--- koo: 1\n', 1, 5, 'line after `---`'],
    ['a directive without ---', '%YAML 1.2\nkoo: 1\n', 2, 1, '`---` is missing'],
    ['an unknown version', '%YAML 2.0\n---\nkoo: 1\n', 1, 7, 'does not know'],
    ['an unknown directive', '%KOO\n---\nkoo: 1\n', 1, 1, 'does not know'],
    ['two anchors', 'a: &x &y b\n', 1, 7, 'one anchor'],
    ['two tags', 'a: !!str !!str b\n', 1, 10, 'one tag'],
    ['an anchored alias', 'a: &x 1\nb: &y *x\n', 2, 7, 'no anchor and no tag'],
    ['an alias without an anchor', 'koo: 1\nname: *base\n', 2, 7, 'no anchor `&base`'],
    ['an alias inside of its anchor', 'a: &a\n  b: *a\n', 2, 6, 'inside of what it names'],
    ['a merge of nothing', 'a:\n  <<: *base\n', 2, 7, 'no anchor `&base`'],
    ['a merge of a number', 'a:\n  <<: 5\n', 2, 7, 'this is none'],
    ['a merge of a list of texts', 'a: &a b\nc:\n  <<: [*a]\n', 3, 7, 'this is none'],
    ['a list as key', '? [a]\n: b\n', 1, 3, 'A key is a text'],
    ['an alias as key', 'a: &a b\n*a : c\n', 2, 1, 'A key is a text'],
    ['a binary', 'a: !!binary aGk=\n', 1, 4, 'no use for the tag `!!binary`'],
    ['a set', 'a: !!set {b}\n', 1, 4, 'no use for the tag'],
    ['a time', 'a: !!timestamp 2026-01-01\n', 1, 4, 'no use for the tag'],
    ['a control character', 'a: b\u0007\n', 1, 5, 'U+0007'],
    ['line ends of old Macs', 'koo: 1\rproduct:\r  name: A: b\r', 3, 9, 'a colon and a space'],
    ['a byte order mark', '\ufeffname: @b\n', 1, 7, 'cannot begin'],
    ['wide characters', '"😀你": @b\n', 1, 8, 'cannot begin'],
  ])('%s', (_, text, line, column, message) => {
    expect(found(text)).toEqual([{ code: 'yaml-syntax', line, column, message: expect.stringContaining(message) }])
  })

  test.each([
    ['a repeated key', 'a: 1\nb: 2\n"a": 3\na: 4\n', [3, 4]],
    ['of several mappings, in the order of the text', 'a:\n  b: 1\n  b: 2\na: 1\n', [3, 4]],
    ['two merges', 'a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n', [4]],
    ['numbers as keys', '1: a\n1: b\n', [2]],
    ['__proto__', '__proto__: a\n__proto__: b\n', [2]],
  ])('%s', (_, text, lines) => {
    expect(found(text)).toMatchObject(lines.map((line) => ({ code: 'duplicate-key', line })))
  })

  test.each([
    ['{"a": 1,\n}', 1, 8, 'one too many'],
    ['{"a" 1}', 1, 6, 'a colon belongs here'],
    ['{a: 1}', 1, 2, 'in double quotes'],
    ['{"a": 01}', 1, 7, 'a value belongs here'],
    ['[1, 2', 1, 6, 'ends too early'],
    ['{"a": "b\n"}', 1, 7, 'not closed on its line'],
    ['{} x', 1, 4, 'should end here'],
    ['{ // c\n}', 1, 3, 'no comments'],
    ['{"a":1 "b":2}', 1, 8, 'a comma'],
    ['koo: 1\n', 1, 1, 'a value belongs here'],
    ['\ufeff{"a": tru}', 1, 7, 'a value belongs here'],
  ])('JSON: %j', (text, line, column, message) => {
    expect(found(text, 'koo.json')).toEqual([
      { code: 'yaml-syntax', line, column, message: expect.stringContaining(message) },
    ])
  })

  test.each([
    ['UTF-16', Buffer.from('\ufeffkoo: 1\n', 'utf16le'), 1, 1, 'UTF-16'],
    ['UTF-16 without mark', Buffer.from('koo: 1\nproduct:\n', 'utf16le'), 1, 1, 'UTF-16'],
    ['UTF-16, big-endian', Buffer.from('koo: 1\nproduct:\n', 'utf16le').swap16(), 1, 1, 'UTF-16'],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 1, 1, 'binary'],
    ['Latin-1', Buffer.from('koo: 1\nname: Café\n', 'latin1'), 2, 10, 'the byte E9'],
    ['Latin-1 at the end', Buffer.from('koo: 1\nname: Café', 'latin1'), 2, 10, 'the byte E9'],
    ['NUL', 'koo: 1\nname: A\0\n', 2, 8, 'NUL'],
  ])('%s', (_, bytes, line, column, message) => {
    expect(found(bytes)).toEqual([{ code: 'unreadable-text', line, column, message: expect.stringContaining(message) }])
    expect(read(bytes).text).toBe('')
  })
})

describe('a text without trouble', () => {
  test.each([
    ['a byte order mark', '\ufeffkoo: 1\n', { koo: 1 }],
    ['Windows line ends', 'koo: 1\r\na: |\r\n  b\r\n', { koo: 1, a: 'b\n' }],
    ['line ends of old Macs', 'koo: 1\ra:\r  b: c\r', { koo: 1, a: { b: 'c' } }],
    ['a directive', '%YAML 1.1\n---\nkoo: yes\n...\n', { koo: 'yes' }],
    ['anchors and aliases', 'a: &a { b: 1 }\nc: *a\n', { a: { b: 1 }, c: { b: 1 } }],
    ['merge keys', 'a: &a { b: 1, c: 2 }\nd:\n  b: 3\n  <<: *a\n', { a: { b: 1, c: 2 }, d: { b: 3, c: 2 } }],
    ['a merge of several', 'd:\n  <<: [{ a: 1 }, { a: 2, b: 3 }]\n', { d: { a: 1, b: 3 } }],
    ['<< in quotes', '"<<": a\n', { '<<': 'a' }],
    ['keys that are no texts', '1.10: a\ntrue: b\n~: c\n', { '1.10': 'a', true: 'b', '~': 'c' }],
    ['names every object has', 'constructor: 1\ntoString: 2\n', { constructor: 1, toString: 2 }],
    ['core tags', 'a: !!str 5\nb: !!int 5\n', { a: '5', b: 5 }],
    ['brackets over several lines', 'a: [\n  b\n]\n', { a: ['b'] }],
    ['nothing', '', null],
  ])('%s', (_, text, value) => {
    expect(read(text)).toMatchObject({ diagnostics: [], value, text })
  })

  test('__proto__ is a key like others', () => {
    const value = read('__proto__: { a: 1 }\n').value
    expect(Object.keys(Object(value))).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  test('JSON with tabs', () => expect(found('{\n\t"koo": 1\n}\n', 'koo.json')).toEqual([]))
})

describe('a text too much for a parser is told within a second', () => {
  const bomb = (of: (inner: string) => string) =>
    Array.from(
      { length: 12 },
      (_, level) => `a${level}: &a${level} ${level === 0 ? '{ x: 1 }' : of(`*a${level - 1}, `.repeat(10))}`,
    )
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, each) => line(each))
  test.each([
    ['nested lists', '['.repeat(5000), 'yaml-syntax', 'nested too deeply'],
    ['nested mappings', '{a: '.repeat(5000), 'yaml-syntax', 'nested too deeply'],
    ['nested dashes', '- '.repeat(5000), 'yaml-syntax', 'nested too deeply'],
    ['nested lines', lines(1400, (index) => `${' '.repeat(index)}a:`).join('\n'), 'yaml-syntax', 'nested too deeply'],
    ['aliases of aliases', bomb((inner) => `[${inner}]`).join('\n'), 'yaml-syntax', 'beyond reason'],
    ['merges of merges', bomb((inner) => `{ <<: [${inner}] }`).join('\n'), 'yaml-syntax', 'beyond reason'],
    ['many aliases', `a: &a 1\nb: [${'*a,'.repeat(30_000)}]`, 'yaml-syntax', 'beyond reason'],
    ['aliases of much', `a: &a [${'1,'.repeat(9000)}]\nb: [${'*a,'.repeat(90)}]`, 'yaml-syntax', 'beyond reason'],
    ['many keys', lines(30_000, (index) => `k${index}: x`).join('\n'), undefined, ''],
    ['many brackets', `[${'a,'.repeat(500_000)}]`, 'manifest-too-large', 'more keys and values'],
    ['many line ends', '\n'.repeat(1_000_000), 'manifest-too-large', 'more keys and values'],
    ['an open quote before much', `a: "${'x\n'.repeat(200_000)}`, 'yaml-syntax', 'not closed'],
    ['ten megabytes', Buffer.alloc(10_000_000, 'a: b\n'), 'manifest-too-large', '1048576 bytes'],
  ])('%s', (_, text, code, message) => {
    const start = performance.now()
    const all = found(text)
    // Far longer, because other tests and other programs run beside it.
    expect(performance.now() - start).toBeLessThan(5000)
    expect(all).toEqual(
      code === undefined ? [] : [expect.objectContaining({ code, message: expect.stringContaining(message) })],
    )
  })

  test('a megabyte is still read', () => {
    const text = `a: ${'x'.repeat(1024 * 1024 - 3)}`
    expect(found(text)).toEqual([])
    expect(found(`${text}x`)).toMatchObject([{ code: 'manifest-too-large' }])
  })
})

describe('the place of a finding', () => {
  const place = (text: string, path: string, at?: 'key') => {
    const { line, column, endColumn } = read(text).place({ code: 'wrong-type', path, message: '', ...(at && { at }) })
    return [line, column, endColumn]
  }
  test.each([
    ['a value', 'a:\n  b: cd\n', '/a/b', [2, 6, 8]],
    ['nothing', 'a:\n  b:\n', '/a/b', [2, 3, 4]],
    ['null', 'a:\n  b: null\n', '/a/b', [2, 6, 10]],
    ['what is missing in a mapping', 'a:\n  b: 1\n', '/a/c', [1, 1, 2]],
    ['what is missing in an entry', 'a:\n  - b: 1\n  - d: 1\n', '/a/1/c', [3, 5, 6]],
    ['what is in an alias', 'a: &a\n  b: 1\nc: *a\n', '/c/b', [3, 4, 6]],
    ['what is missing in an alias', 'a: &a\n  b: 1\nc: *a\n', '/c/d', [3, 4, 6]],
    ['what is merged', 'a: &a\n  b: 1\nc:\n  <<: *a\n', '/c/b', [4, 7, 9]],
    ['what is inside of what is merged', 'a: &a\n  b: { d: 1 }\nc:\n  <<: [*a]\n', '/c/b/d', [4, 8, 10]],
    ['what is merged without alias', 'c:\n  <<: { b: 1 }\n', '/c/b', [2, 3, 5]],
    ['what is missing beside a merge', 'a: &a\n  b: 1\nc:\n  <<: *a\n', '/c/d', [3, 1, 2]],
    ['the whole', 'a: 1\n', '', [1, 1, 2]],
    ['after wide characters', '"😀": { b: 1 }\n', '/😀/b', [1, 12, 13]],
  ])('%s', (_, text, path, expected) => expect(place(text, path)).toEqual(expected))
})

test('of any text: nothing is thrown, and every diagnostic lies inside it', () => {
  fc.assert(
    fc.property(mutated, fc.constantFrom('koo.yaml', 'koo.json'), (text, file) => {
      const source = readSource(file, Buffer.from(text))
      const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
      const placed = source.diagnostics.length > 0 ? source.diagnostics : checkShape(source.value).map(source.place)
      for (const each of placed) {
        for (const { line, column, endLine, endColumn } of [each, ...(each.fix?.edits ?? [])]) {
          const length = lines[line - 1]?.length ?? -1
          expect(column >= 1 && column <= length + 1).toBe(true)
          expect(endLine === line && endColumn >= column && endColumn <= Math.max(length + 1, column + 1)).toBe(true)
        }
        expect(each.frame.length).toBeGreaterThan(0)
      }
      const syntax = source.diagnostics.filter(({ code }) => code === 'yaml-syntax')
      expect(syntax.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: runs },
  )
})
