/** A mend as an edit of the text: in the style of what stands there, or not at all. */
import { describe, expect, test } from '@jest/globals'
import { withEdits } from '../../src/check/fix.ts'
import { readSource } from '../../src/check/source.ts'
import type { Finding } from '../../src/model/diagnostic.ts'

describe('a mend as an edit', () => {
  type Mend = NonNullable<Finding['mend']>
  function written(text: string, path: string, mend: Mend, file = 'koo.yaml') {
    const at = 'key' in mend ? { at: 'key' as const } : {}
    const { fix } = readSource(file, Buffer.from(text)).place({ code: 'wrong-type', path, message: '', mend, ...at })
    return withEdits(text, fix?.edits ?? [])
  }
  test.each<readonly [string, string, Mend, string]>([
    ['a: x # c\n', '/a', { value: 'b, c' }, 'a: b, c # c\n'],
    ['a: [x]\n', '/a/0', { value: 'b, c' }, 'a: ["b, c"]\n'],
    ['a: x\n', '/a', { value: 'b: c' }, 'a: "b: c"\n'],
    ['a: x\n', '/a', { value: 'b #c' }, 'a: "b #c"\n'],
    ['a: x\n', '/a', { value: '- b' }, 'a: "- b"\n'],
    ['a: x\n', '/a', { value: 'true' }, 'a: "true"\n'],
    ['a: x\n', '/a', { value: '1.0' }, 'a: "1.0"\n'],
    ['a: x\n', '/a', { value: '' }, 'a: ""\n'],
    ['a: x\n', '/a', { value: 'b\nc' }, 'a: "b\\nc"\n'],
    ['a: "x"\n', '/a', { value: 5 }, 'a: 5\n'],
    ["a: 'x'\n", '/a', { value: "it's" }, "a: 'it''s'\n"],
    ['a: &b x\n', '/a', { value: 'c' }, 'a: &b c\n'],
    ['a: 1.10\n', '/a', { value: '1.1' }, 'a: "1.10"\n'],
    ['a: {b: "59", c: x}\n', '/a/b', { value: '59' }, 'a: {b: 59, c: x}\n'],
    ['\ufeffa: 😀x\r\n', '/a', { value: '你好' }, '\ufeffa: 你好\r\n'],
    ['a: x\n', '/a', { key: 'b' }, 'b: x\n'],
    ['"a": x\n', '/a', { key: 'b' }, '"b": x\n'],
    ['{a: x, c: d}\n', '/a', { key: 'b' }, '{b: x, c: d}\n'],
    ['a: x\n', '/a', { key: 'true' }, '"true": x\n'],
  ])('%j: %s as %j', (text, path, mend, expected) => expect(written(text, path, mend)).toBe(expected))

  test.each<readonly [string, string, Mend]>([
    ['a: x\nb: y\n', '/a', { key: 'b' }],
    ['c: &c {b: y}\na: x\n<<: *c\n', '/a', { key: 'b' }],
    ['a: |\n  x\n', '/a', { value: 'b' }],
    ['a: x\n  y\n', '/a', { value: 'b' }],
    ['a: "x\n  y"\n', '/a', { value: 'b' }],
    ['b: &b x\na: *b\n', '/a', { value: 'c' }],
    ['b: &b {c: x}\na: *b\n', '/a/c', { value: 'c' }],
    ['b: &b {c: x}\na:\n  <<: *b\n', '/a/c', { value: 'd' }],
    ['a:\n', '/a', { value: 'b' }],
    ['a: x\n', '/b', { value: 'c' }],
    ['a: !!str 59\n', '/a', { value: '59' }],
  ])('%j: none is safe at %s', (text, path, mend) => expect(written(text, path, mend)).toBe(text))

  test.each<readonly [string, Mend, string]>([
    ['{"a":24}', { value: '24' }, '{"a":"24"}'],
    ['{"a":"59"}', { value: '59' }, '{"a":59}'],
    ['{"a":24}', { key: 'b' }, '{"b":24}'],
  ])('JSON: %s with %j', (text, mend, expected) => expect(written(text, '/a', mend, 'koo.json')).toBe(expected))
})
