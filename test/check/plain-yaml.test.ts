/**
 * The fast reader against the general parser: whatever it takes, that parser takes without a word, for the same value.
 * `KOO_FUZZ=600000` raises the number of texts tried, `KOO_FUZZ_SEED=2` tries others.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseDocument, stringify } from 'yaml'
import { notPlain, parsePlain } from '../../src/check/plain-yaml.ts'
import { deliveryMethodIds } from '../../src/model/delivery-methods.ts'
import { manifestFields } from '../../src/model/manifest.ts'
import { manifestText } from '../../src/scaffold/manifest-text.ts'

const count = Number(process.env.KOO_FUZZ ?? 8_000)
const seed = Number(process.env.KOO_FUZZ_SEED ?? 20261122)
const anHour = 3_600_000

const folder = new URL('../../examples/', import.meta.url)
const examples = readdirSync(folder).map((name) => readFileSync(new URL(`${name}/koo.yaml`, folder), 'utf8'))

describe('what it takes', () => {
  test.each<[text: string, value: unknown]>([
    ['a: 1\nb: two # three\n', { a: 1, b: 'two' }],
    ['# head\n\na:\n  b:\n    c: d', { a: { b: { c: 'd' } } }],
    ['- a\n- - b\n  - c\n-\n- d: e\n  f: g\n', ['a', ['b', 'c'], null, { d: 'e', f: 'g' }]],
    ['a:\n- b\n-   c: d\n    e:\nf: g\n', { a: ['b', { c: 'd', e: null }], f: 'g' }],
    ['a:\n  # b\n# c\n  d: 1\n    # e\n', { a: { d: 1 } }],
    ['a: http://b.c/#d\ne: f:g#h\n', { a: 'http://b.c/#d', e: 'f:g#h' }],
    [`a: 'it''s # b: c'\n"d \\"\\n": "e" # f\n`, { a: "it's # b: c", 'd "\n': 'e' }],
    ['a: [b, "c", [], {d: 1, e f: {}}] # g\n', { a: ['b', 'c', [], { d: 1, 'e f': {} }] }],
    ['a: |\n  b\n\n    c\n\n\nd: |-\n    e\n', { a: 'b\n\n  c\n', d: 'e' }],
    ['a: | # b\n    c\n  # d\ne: 1\n', { a: 'c\n', e: 1 }],
    ['a: >\n\n  b\n  c\n\n  d\n    e\n  f\n\ng: >-\n h\n i', { a: '\nb c\nd\n  e\nf\n', g: 'h i' }],
    ['a: b\n  c\n\n  - d # e\nf:\n  g\n', { a: 'b c\n- d', f: 'g' }],
    ['a: [0x1F, 0o17, 012, +1, .5, 1., -1e3]\n', { a: [31, 15, 12, 1, 0.5, 1, -1000] }],
    ['a: [-0, .inf, -.INF, .NaN, ~, Null]\n', { a: [-0, Infinity, -Infinity, NaN, null, null] }],
    ['a: [True, false, yes, no, 1_000, 2026-01-01]\n', { a: [true, false, 'yes', 'no', '1_000', '2026-01-01'] }],
    ['constructor: 1\ntoString: 2\n"1": 3\n', { constructor: 1, toString: 2, '1': 3 }],
    ['a: 价格 – 😀\n', { a: '价格 – 😀' }],
  ])('%j', (text, value) => {
    const plain = parsePlain(text)
    expect(isSame(plain, value) || plain).toBe(true)
    expect(verdict(text)).toBe('taken')
  })

  test('the examples', () => {
    expect(examples).toHaveLength(6)
    expect(examples.map(verdict)).toEqual(examples.map(() => 'taken'))
  })

  test('what `koo init` writes', () => {
    const texts = deliveryMethodIds.map((method) => manifestText(manifestFields(method), new Map(), ['head']))
    expect(texts.map(verdict)).toEqual(texts.map(() => 'taken'))
  })

  test('what our own writer makes of any value', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 })
    fc.assert(
      fc.property(value, (each) => typeof verdict(stringify(each)) === 'string'),
      { seed, numRuns: 300 },
    )
  })
})

describe('what it leaves to the general parser', () => {
  test.each([
    [
      'no block collection, or not at the margin',
      ['', '\n', '# a\n', 'a', '"a"\n', '[a]\n', '{ a: 1 }\n', '- |\n', '  a: 1\n'],
    ],
    ['documents and directives', ['---\na: 1\n', 'a: 1\n---\nb: 1\n', 'a: 1\n...\n', '%YAML 1.2\n---\na: 1\n']],
    ['anchors, aliases, tags', ['a: &b c\n', 'a: *b\n', 'a: !!str 1\n', '&a b: c\n', '- &a\n  b: c\n']],
    ['keys apart', ['<<: a\n', '? a\n: b\n', ': a\n', '__proto__: 1\n', 'a: { __proto__: 1 }\n', '[a]: b\n']],
    ['keys that are no strings', ['1: a\n', 'true: a\n', 'null: a\n', '~: a\n', '.5: a\n', 'a: { 1: b }\n']],
    [
      'keys that stand twice',
      ['a: 1\nb: 2\na: 3\n', 'a: 1\n"a": 2\n', 'a: { b: 1, b: 2 }\n', 'toString: 1\ntoString: 2\n'],
    ],
    ['unusual characters', ['a:\tb\n', 'a: 1\r\n', '\ufeffa: 1\n', 'a: \u0000\n', 'a: \u0085\n', 'a: \u2028\n']],
    [
      'odd indentation',
      ['a:\n  b: 1\n c: 2\n', 'a: 1\n  b: 2\n', '- a\n- b\n c: d\n', 'a: |\n   b\n  c\n', 'a:\n - b\n c: d\n'],
    ],
    [
      'mistakes',
      ['a\nb: 1\n', 'a: b: c\n', 'a: "b\n', 'a: "b" c\n', 'a: [b\n', 'a: @b\n', 'a: - b\n', 'a: "b"#c\n', '"a":b\n'],
    ],
    [
      'rarities',
      [
        'a: |2\n  b\n',
        'a: |+\n  b\n',
        'a: "b\n  c"\n',
        'a: "\\u0061"\n',
        'a: [b,\n  c]\n',
        'a: [b: c]\n',
        'a:\n\n# b\n  c\nd: 1\n',
      ],
    ],
    ['depth', [`${'- '.repeat(51)}a\n`, `a: ${'['.repeat(50)}${']'.repeat(50)}\n`, '- '.repeat(100_000)]],
    ['long keys', [`${'a'.repeat(1025)}: b\n`]],
  ])('%s', (_, texts) => {
    expect(texts.filter((text) => parsePlain(text) !== notPlain)).toEqual([])
  })
})

describe('never another value', () => {
  test('every short text of a few characters', () => {
    const every = (length: number): readonly string[] =>
      length === 0 ? [''] : every(length - 1).flatMap((text) => Array.from(':- \n#"a', (each) => text + each))
    const texts = [...every(5), ...every(4).map((text) => `a: >\n ${text}`)]
    expect(texts.map(verdict).filter((each) => typeof each === 'object')).toEqual([])
  })

  test(
    'any lines of odd pieces',
    () => {
      const head = fc.constantFrom('', 'a: ', 'b: ', 'c: ', 'd:', '- ', '- ', '- e: ')
      const parts = fc.array(fc.constantFrom(...pieces), { maxLength: 3 })
      const line = fc
        .tuple(fc.nat({ max: 5 }), head, parts)
        .map(([indent, ...rest]) => ' '.repeat(indent) + rest.flat().join(''))
      const text = fc.array(line, { minLength: 1, maxLength: 7 }).map((lines) => lines.join('\n'))
      const isRight = (each: string) => typeof verdict(each) === 'string'
      fc.assert(fc.property(text, isRight), { seed, numRuns: count })
    },
    anHour,
  )

  test(
    'mutated documents',
    () => {
      const random = chance(seed)
      let taken = 0
      for (let index = 0; index < count; index += 1) {
        const text = mutated(random, random.below(8) === 0 ? random.oneOf(examples) : written(random, 0, 0))
        const each = verdict(text)
        expect(typeof each === 'string' || { seed, index, ...each }).toBe(true)
        if (each === 'taken') taken += 1
      }
      // A test of what is always left would test nothing.
      expect(taken).toBeGreaterThan(count / 10)
      if (process.env.KOO_FUZZ) process.stderr.write(`seed ${seed}: ${taken} of ${count} mutated documents taken\n`)
    },
    anHour,
  )
})

type Verdict = 'taken' | 'left' | { readonly text: string; readonly plain: unknown; readonly general: unknown }

/** What the fast reader does with a text; an object where it should not have. */
function verdict(text: string): Verdict {
  const plain = parsePlain(text)
  if (plain === notPlain) return 'left'
  const document = parseDocument(text)
  const complaints = [...document.errors, ...document.warnings].map(({ message }) => message)
  const general: unknown = complaints.length > 0 ? complaints : document.toJS()
  return complaints.length === 0 && isSame(plain, general) ? 'taken' : { text, plain, general }
}

/** Strict, and with the order of keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return Object.is(one, other)
  }
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false
  const [left, right] = [Object.entries(one), Object.entries(other)]
  if (left.length !== right.length) return false
  return left.every(([key, value], index) => key === right[index]?.[0] && isSame(value, right[index]?.[1]))
}

/** A small source of chance (mulberry32), the same on every machine. */
function chance(start: number) {
  let state = start
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }
  const oneOf = (list: readonly string[]) => list[below(list.length)] ?? ''
  return { below, oneOf }
}

type Chance = ReturnType<typeof chance>

const alphabet = Array.from(':-#?&*!|>\'"{}[],%@\\` \t\n\r~019aeNx.+_宽😀\u0085\u2028\ufeff')

const scalars = [
  ...[
    'a',
    'b c',
    'a:b',
    'a#b',
    'http://a.b/c?d=e&f',
    'a, b',
    'a]',
    'it is {x}',
    '价格',
    '-a',
    '- a',
    '-',
    '?',
    ':',
    '::a',
  ],
  ...[
    '1',
    '-1',
    '+1',
    '012',
    '0x1F',
    '0o17',
    '0o8',
    '1e3',
    '1e',
    '.5',
    '5.',
    '.',
    '1_000',
    '1.2.3',
    '-0',
    '0.0',
    '+.5E-2',
  ],
  ...[
    '12345678901234567890123',
    '0xfffffffffffffffff',
    '1e400',
    '-.inf',
    '.nan',
    '+.nan',
    '.inf',
    '-',
    '--',
    '---',
    '...',
  ],
  ...[
    'null',
    '~',
    'true',
    'True',
    'tRue',
    'yes',
    '2026-01-01',
    '12:30',
    '""',
    "''",
    '"a"',
    "'a'",
    '"a\\nb"',
    "'it''s'",
  ],
  ...[
    '"a: b"',
    "'#a'",
    '"a" b',
    '"a\\u0041"',
    '"a\\',
    '"a\\qb"',
    'a "b"',
    "a 'b",
    'a: b',
    'a : b',
    'foo #bar',
    '#',
    ' #a',
  ],
  ...[
    '[]',
    '{}',
    '[a, b]',
    '[a, 1, "b"]',
    '{a: b}',
    '{ a: b, "c": [d] }',
    '[a,b]',
    '[a,]',
    '[,]',
    '{a}',
    '{a:b}',
    '[a: b]',
  ],
  ...[
    '{"a":b}',
    '{a: }',
    '[[a], {b: c}]',
    '[a b , c ]',
    '[a]b',
    '[- a]',
    '[-]',
    '[-1]',
    '[a #b]',
    '[a#b]',
    '[http://a]',
    '[a:]',
  ],
  ...[
    '|',
    '>',
    '|-',
    '>-',
    '|+',
    '>+',
    '|2',
    '| # a',
    '|#',
    '|a',
    '&a b',
    '*a',
    '!a b',
    '!!str a',
    '%a',
    '@a',
    '`a',
    '<<',
  ],
]

const keys = [
  'a',
  'b',
  'c d',
  'name',
  'toString',
  '"a"',
  "'b'",
  '1',
  'null',
  '<<',
  '__proto__',
  '"1"',
  '- a',
  'a-b',
  '-a',
  '?a',
]

/** Pieces of lines, for documents of no sense at all. */
const pieces = [...alphabet, ...scalars, '- ', ': ', ': |', ': >-', 'a: ', 'b:', 'c: ', ' # c', '  ', '  - ']

/** A small document, mostly a good one: a node at this indentation, with a line end. */
function written(random: Chance, indent: number, depth: number): string {
  const pad = ' '.repeat(indent)
  const isList = random.below(3) === 0
  let text = ''
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    if (random.below(8) === 0) text += random.oneOf(['\n', '# a\n', `${pad}# b: c\n`, '  \n', `${pad}  # d\n`])
    text += pad + (isList ? item(random, indent, depth) : entry(random, indent, depth))
  }
  return text
}

function entry(random: Chance, indent: number, depth: number): string {
  const key = random.below(10) === 0 ? random.oneOf(keys) : `k${random.below(30)}`
  const nests = depth < 3 && random.below(3) === 0
  if (!nests) return `${key}: ${value(random, indent)}`
  return `${key}:${random.oneOf(['\n', '\n', ' # a\n', '\n\n'])}${written(random, indent + random.below(5), depth + 1)}`
}

function item(random: Chance, indent: number, depth: number): string {
  if (depth === 3 || random.below(2) === 0) return `- ${value(random, indent)}`
  const gap = 1 + (random.below(4) === 0 ? random.below(3) : 0)
  const inner = written(random, indent + 1 + gap, depth + 1)
  return random.below(8) === 0 ? `-\n${inner}` : `-${' '.repeat(gap)}${inner.trimStart()}`
}

function value(random: Chance, indent: number): string {
  const line = () => random.oneOf(['a', 'b c', '', '- d', '# e', 'f #g', 'h: i', '  j', '"k"', '   ', 'l:', '|'])
  const more = () => `${' '.repeat(indent + random.below(5))}${line()}\n`
  switch (random.below(8)) {
    case 2:
      return `\n${random.oneOf(['', '', '\n', '# a\n', '#b\n', '  #c\n'])}${more()}${more()}`
    case 0:
      return `${random.oneOf(['|', '|-', '>', '>-', '|+', '>+', '| # a'])}\n${Array.from({ length: random.below(6) }, more).join('')}`
    case 1:
      return `${random.oneOf(['a', 'b c', '"d"', '1', '[e]'])}\n${Array.from({ length: random.below(3) }, more).join('')}`
    default:
      return `${random.below(3) === 0 ? random.oneOf(scalars) : `v${random.below(100)}`}${random.oneOf(['', '', '', ' ', ' # c', '#d'])}\n`
  }
}

/** The text with no to three small changes. */
function mutated(random: Chance, text: string): string {
  let result = text
  for (let left = random.below(4); left > 0; left -= 1) {
    result = random.below(2) === 0 ? withOtherCharacters(random, result) : withOtherLines(random, result)
  }
  return random.below(6) === 0 ? result.trimEnd() : result
}

function withOtherCharacters(random: Chance, text: string): string {
  const at = random.below(text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  switch (random.below(4)) {
    case 0:
      return before + after.slice(1)
    case 1:
      return before + random.oneOf(alphabet) + after
    case 2:
      return before + after.slice(0, 1) + after
    default:
      return before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2)
  }
}

function withOtherLines(random: Chance, text: string): string {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  const line = lines[at] ?? ''
  switch (random.below(6)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n')
    case 1:
      return lines.toSpliced(at, 0, line).join('\n')
    case 2:
      return lines.toSpliced(at, 1, ' '.repeat(random.below(7)) + line.trimStart()).join('\n')
    case 3:
      return lines
        .toSpliced(
          at,
          1,
          line.replace(/(: |- |^)[^:]*$/, (_, head) => head + random.oneOf(scalars)),
        )
        .join('\n')
    case 4:
      return lines.toSpliced(at, 0, random.oneOf(random.oneOf(examples).split('\n'))).join('\n')
    default:
      return lines.toSpliced(at, 2, lines[at + 1] ?? '', line).join('\n')
  }
}
