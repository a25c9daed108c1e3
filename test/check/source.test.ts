/** Texts that are hard to read: a finding at its place, never a crash. */
import { describe, expect, test } from '@jest/globals'
import { readSource } from '../../src/check/source.ts'

function found(text: string | Uint8Array) {
  const { diagnostics } = readSource('koo.yaml', typeof text === 'string' ? Buffer.from(text) : text)
  return diagnostics.map(({ code, line, column, message }) => ({ code, line, column, message }))
}

describe('a text with trouble', () => {
  test.each([
    ['two documents', 'koo: 1\n---\nkoo: 2\n', 2, 1, 'second YAML document'],
    ['an alias without an anchor', 'koo: 1\nname: *base\n', 2, 7, 'no anchor `&base`'],
    ['a tab for indentation', 'koo: 1\nproduct:\n\tname: A\n', 3, 1, ''],
    ['an open quote', 'koo: 1\nname: "Harbor\n', 3, 1, ''],
  ])('%s', (_, text, line, column, message) => {
    expect(found(text)[0]).toMatchObject({
      code: 'yaml-syntax',
      line,
      column,
      message: expect.stringContaining(message),
    })
  })

  test('aliases that multiply beyond reason', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 12; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      )
    }
    expect(found(lines.join('\n'))).toMatchObject([
      { code: 'yaml-syntax', line: 2, message: expect.stringContaining('beyond reason') },
    ])
  })

  test.each(['['.repeat(5000), '{a: '.repeat(5000), '- '.repeat(5000)])('nesting without end: %.4s', (text) => {
    expect(found(text)).toMatchObject([{ code: 'yaml-syntax', message: expect.stringContaining('nested too deeply') }])
  })

  test.each([
    ['UTF-16', Buffer.from('\ufeffkoo: 1\n', 'utf16le')],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
  ])('%s', (_, bytes) => {
    expect(found(bytes)).toMatchObject([{ code: 'unreadable-text', line: 1, column: 1 }])
  })
})

describe('a text without trouble', () => {
  test.each([
    ['a byte order mark', '\ufeffkoo: 1\n'],
    ['Windows line ends', 'koo: 1\r\nproduct:\r\n  name: A\r\n'],
    ['JSON with tabs', '{\n\t"koo": 1\n}\n'],
    ['anchors and merge keys', 'a: &a { b: 1 }\nc: *a\n'],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})
